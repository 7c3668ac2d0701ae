// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import InventoryEngine
import InventoryModel
import JournalFormat
import Testing
import WireCodec

@testable import holdfast

/// A data directory with one segment, written batch by batch; removed with the value.
final class TestDirectory {
  let url = FileManager.default.temporaryDirectory.appending(path: "holdfast-\(UUID().uuidString)")
  private var chain = JournalChain.fresh(store: StoreUUID(low: 1, high: 2))
  private var segment: [UInt8]
  private(set) var engine = Engine()
  /// Where the last batch begins.
  private(set) var lastOffset = 0

  init(segmentBytes: Int = JournalLimits.segmentBytesMin) throws {
    segment = [UInt8](repeating: 0, count: segmentBytes)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    let header = chain.nextSegmentHeader(epoch: 1, salt: 7, segmentBytes: segment.count)
    unsafe segment.withUnsafeMutableBytes { unsafe header.write(into: $0) }
    chain = JournalChain(opened: header)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Adds a batch of commands, and puts them through an engine as the server does.
  func append(_ commands: [(CommandID, Command)], at time: Int64) {
    let timestamp = Timestamp(nanoseconds: time)
    unsafe put { region, chain in
      var encoder = unsafe JournalEncoder(into: region, segmentBytes: segment.count)
      for (index, (id, command)) in commands.enumerated() {
        var writer = ByteWriter()
        MessageCodec.encode(command, id: id, into: &writer)
        let opcode = Opcode(command).rawValue
        _ = unsafe encoder.append(opcode: opcode, wireBody: writer.bytes)
        let body = unsafe UnsafeRawBufferPointer(rebasing: writer.bytes[16...])
        let digest = unsafe Checksum.xxh3(body, seed: UInt64(opcode))
        _ = engine.apply(
          command, id: id, bodyDigest: digest,
          position: chain.nextPosition + UInt64(index), timestamp: timestamp)
      }
      return encoder.finish(at: chain, timestamp: timestamp)
    }
  }

  func seal(at time: Int64) {
    unsafe put { region, chain in
      unsafe JournalEncoder.seal(
        .shutdown, at: chain, timestamp: Timestamp(nanoseconds: time), into: region)
    }
  }

  private func put(_ build: (UnsafeMutableRawBufferPointer, JournalChain) -> JournalWrite) {
    let region = UnsafeMutableRawBufferPointer.allocate(
      byteCount: JournalLimits.segmentBytesMin, alignment: 4_096)
    defer { unsafe region.deallocate() }
    let write = unsafe build(region, chain)
    unsafe segment.replaceSubrange(
      write.offset..<write.offset + write.byteCount, with: region[..<write.byteCount])
    (lastOffset, chain) = (write.offset, write.next)
  }

  /// Writes the segment, and a blank one behind it; `damage` changes bytes first.
  func save(_ damage: (inout [UInt8]) -> Void = { _ in }) throws {
    var bytes = segment
    damage(&bytes)
    try Data(bytes).write(to: url.appending(path: SegmentName.of(1)))
    try Data(count: bytes.count).write(to: url.appending(path: SegmentName.of(2)))
  }

  func verify() throws -> Report {
    let parsed = try Holdfast.parseAsRoot(["journal", "verify", url.path])
    return try #require(parsed as? VerifyJournal).report()
  }
}
