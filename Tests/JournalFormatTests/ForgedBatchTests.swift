// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing
import WireCodec

@testable import JournalFormat

/// Makes the checksum of a header page right again.
func resealHeader(_ page: inout [UInt8]) {
  let sum = unsafe page.withUnsafeBytes { unsafe Checksum.crc32c($0.part(0, 4_092)) }
  for byte in 0..<4 { page[4_092 + byte] = UInt8(truncatingIfNeeded: sum >> (8 * UInt32(byte))) }
}

/// Batches whose hashes are right and whose content lies: what a faulty writer or a crafted backup
/// could hold. The reader stays inside its bytes, does not trap, and refuses.
@Suite struct ForgedBatchTests {
  /// A journal with one forged batch of `batch` bytes in place of its first.
  private static func scan(_ batch: [UInt8]) -> Scan {
    let journal = TestJournal()
    let files = journal.files.map { number, bytes in
      var bytes = bytes
      if number == 1 { bytes.replaceSubrange(8_192..<8_192 + batch.count, with: batch) }
      let content = bytes
      return unsafe JournalSegmentFile(number: number, byteCount: content.count) { offset, buffer in
        let isInside = offset >= 0 && offset + buffer.count <= content.count
        #expect(isInside && offset % 4_096 == 0 && buffer.count % 4_096 == 0)
        if isInside { unsafe buffer.copyBytes(from: content[offset..<offset + buffer.count]) }
      }
    }
    return Scan(files)
  }

  /// A batch with `payload` and sound hashes, its header changed by `change` before they are taken.
  private static func batch(
    _ payload: [UInt8], records: Int, _ change: (inout [UInt8]) -> Void = { _ in }
  ) -> [UInt8] {
    let chain = TestJournal().chain
    var bytes = [UInt8](repeating: 0, count: 128) + payload
    bytes += [UInt8](repeating: 0, count: JournalLimits.wholePages(bytes.count) - bytes.count)
    unsafe bytes.withUnsafeMutableBytes { region in
      let body = unsafe UnsafeRawBufferPointer(region).part(128, payload.count)
      var header = unsafe chain.nextBatchHeader(
        .commands, records: records, payloadBytes: payload.count,
        payloadHash: Checksum.xxh3(body, seed: chain.seed), timestamp: Timestamp(nanoseconds: 5))
      unsafe header.write(into: region, seed: chain.seed)
    }
    change(&bytes)
    let hash = unsafe bytes.withUnsafeBytes {
      unsafe Checksum.xxh3($0.part(0, 120), seed: chain.seed)
    }
    for byte in 0..<8 { bytes[120 + byte] = UInt8(truncatingIfNeeded: hash >> (8 * UInt64(byte))) }
    return bytes
  }

  private static func record(length: UInt32, bodyBytes: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * UInt32($0))) }
      + [UInt8](repeating: 0, count: 20 + bodyBytes)
  }

  @Test func `an honest batch made the same way is read`() {
    let found = Self.scan(Self.batch(Self.record(length: 8, bodyBytes: 8), records: 1))
    #expect(found.rows.count == 1)
    #expect(found.verdict.exitCode == 0)
  }

  @Test(arguments: [9, 16, 4_096, 65_536, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFE8, 0xFFFF_FFFF])
  func `a record longer than the payload is refused`(length: UInt32) {
    let found = Self.scan(Self.batch(Self.record(length: length, bodyBytes: 8), records: 1))
    #expect(found.reason == .malformedRecord(index: 0))
  }

  @Test func `records must fill the payload, no more and no less`() {
    let one = Self.record(length: 8, bodyBytes: 8)
    #expect(Self.scan(Self.batch(one + one, records: 1)).reason == .malformedRecord(index: 1))
    #expect(
      Self.scan(Self.batch(one + Self.record(length: 100, bodyBytes: 8), records: 2)).reason
        == .malformedRecord(index: 1))
  }

  @Test func `a field out of its range is refused`() {
    let one = Self.record(length: 8, bodyBytes: 8)
    // Offset and byte: kind, header bytes, cause, record count, payload bytes (three ways),
    // durable up to, segment, epoch, and a timestamp before the one before.
    let changes: [(Int, UInt8)] = [
      (8, 3), (8, 0), (8, 2), (10, 64), (12, 1), (16, 0), (16, 2), (18, 1), (19, 1), (20, 33),
      (23, 0xFF), (22, 0x80), (48, 1), (72, 2), (80, 9), (47, 0x80),
    ]
    for (offset, value) in changes {
      let found = Self.scan(Self.batch(one, records: 1) { $0[offset] = value })
      #expect(found.reason == .malformedBatch, "byte \(offset) set to \(value)")
    }
    #expect(
      Self.scan(Self.batch(one, records: 1) { $0[24] = 2 }).reason == .batchMisplaced(found: 2))
    #expect(Self.scan(Self.batch(one, records: 1) { $0[32] = 2 }).reason == .chainBroken)
    #expect(Self.scan(Self.batch(one, records: 1) { $0[56] = 2 }).reason == .chainBroken)
    // Reserved bytes belong to later minor versions.
    #expect(Self.scan(Self.batch(one, records: 1) { $0[88] = 2 }).rows.count == 1)
  }

  @Test(arguments: 1...400 as ClosedRange<UInt64>)
  func `random headers with sound hashes never trap the reader`(seed: UInt64) {
    var random = SplitMix(state: seed)
    let one = Self.record(length: 8, bodyBytes: 8)
    for _ in 0..<8 {
      let forged = Self.batch(one, records: 1) { bytes in
        for _ in 0...random.next() % 4 {
          let field = 8 + Int(random.next() % 28) * 4
          let wide = random.next()
          let value = random.next() % 3 == 0 ? wide : wide % 300
          for byte in 0..<4 {
            bytes[field + byte] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(byte)))
          }
        }
      }
      _ = Self.scan(forged).verdict.exitCode
    }
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func `random segments under a sound header never trap the reader`(seed: UInt64) {
    var random = SplitMix(state: seed)
    var journal = TestJournal()
    var page = Array((journal.files[1] ?? [])[0..<4_096])
    for _ in 0..<random.next() % 6 {
      page[32 + Int(random.next() % 64)] = UInt8(truncatingIfNeeded: random.next())
    }
    resealHeader(&page)
    journal.files[1]?.replaceSubrange(0..<8_192, with: page + page)
    for _ in 0..<200 {
      journal.files[1]?[Int(random.next() % 65_536)] = UInt8(truncatingIfNeeded: random.next())
    }
    _ = journal.scan().verdict.exitCode
  }

  @Test func `bytes journalled by a client never pass for a batch`() {
    // A client that knows everything but the salt has a whole seal journalled, page-aligned, and
    // then the power fails so that only that part of its batch is there.
    var forger = TestJournal()
    forger.commands([10])
    var journal = forger
    let header = forger.chain.nextBatchHeader(
      .commands, records: 1, payloadBytes: 32, payloadHash: 9, timestamp: .init(nanoseconds: 9_999))
    let (_, page) = unsafe inRegion(4_096) { region in
      var later = header
      later.sequence += 1
      later.durableUpTo += 1
      unsafe later.write(into: region, seed: forger.chain.seed ^ 0xDEAD)
    }
    let at = 4_096 - 128 - 24
    let body = [UInt8](repeating: 1, count: at) + page
    journal.append([
      Row(position: 2, timestamp: 0, opcode: 1, id: .none, body: body)
    ])
    let write = journal.writes[journal.writes.count - 1]
    var files = write.filesBefore
    files[1]?.replaceSubrange(
      write.offset + 4_096..<write.offset + write.bytes.count, with: write.bytes[4_096...])
    let found = Scan(TestJournal.segmentFiles(files))
    #expect(found.isTorn)
    #expect(found.rows == forger.rows)
  }
}
