// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import WireCodec

@Suite struct FrameTests {
  /// What a row of bytes comes to, as text, whatever pieces it arrives in.
  func frames(_ bytes: [UInt8], piece: Int, most: Int = Limits.frameBytesMax) -> [String] {
    var buffer = FrameBuffer(capacity: 64)
    var found: [String] = []
    var start = 0
    while start < bytes.count {
      let count = min(piece, bytes.count - start)
      let room = unsafe buffer.writable(atLeast: count)
      unsafe bytes.withUnsafeBytes {
        unsafe room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + count]))
      }
      buffer.commit(count)
      start += count
      reading: while true {
        switch buffer.next(frameBytesMax: most) {
        case .incomplete: break reading
        case .broken(let fault): return found + ["\(fault)"]
        case .frame(let header, let body):
          found.append(unsafe "\(header.opcode) \(header.correlation) \(Array(body))")
          buffer.consume()
        }
      }
    }
    return found
  }

  @Test func `drip, flood and whole give the same frames`() {
    var chance = Chance(3)
    var bytes: [UInt8] = []
    for number in 0..<40 {
      let body = (0..<chance.below(300)).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
      bytes += frame(UInt16(number), correlation: chance.next(), body)
    }
    let whole = frames(bytes, piece: bytes.count)
    #expect(whole.count == 40)
    for piece in [1, 2, 3, 31, 32, 33, 100, 4_096] {
      #expect(frames(bytes, piece: piece) == whole, "pieces of \(piece)")
    }
  }

  @Test func `every single flipped bit is noticed`() {
    let good = frame(Opcode.ping.rawValue, [1, 2, 3, 4, 5])
    let expected = frames(good, piece: good.count)
    for bit in 0..<good.count * 8 {
      var bad = good
      bad[bit / 8] ^= 1 << UInt8(bit % 8)
      // A longer length waits for more bytes, which is right; nothing is ever taken for a frame.
      let got = frames(bad, piece: bad.count)
      #expect(got != expected && !got.contains { $0.hasPrefix("513 ") }, "bit \(bit)")
    }
  }

  @Test func `lengths that cannot be are refused from four bytes`() {
    for length in [0, 1, 31, UInt32(Limits.frameBytesMax) + 1, .max / 2, .max] as [UInt32] {
      let bytes = withUnsafeBytesOf(length)
      #expect(frames(bytes, piece: 4) == ["\(WireFault.frameLength(length))"])
    }
    #expect(frames(withUnsafeBytesOf(UInt32(32)), piece: 4) == [])
    #expect(frames(withUnsafeBytesOf(UInt32(Limits.frameBytesMax)), piece: 4) == [])
    #expect(frames(withUnsafeBytesOf(UInt32(4_097)), piece: 4, most: 4_096).count == 1)
  }

  func withUnsafeBytesOf(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
  }

  @Test func `each fault is named`() {
    let good = frame(Opcode.ping.rawValue, [1])
    func broken(_ change: (inout [UInt8]) -> Void) -> [String] {
      var bytes = good
      change(&bytes)
      return frames(bytes, piece: bytes.count)
    }
    #expect(broken { $0[4] = 0 } == ["\(WireFault.magic(0x4600))"])
    #expect(broken { $0[28] ^= 1 } == ["\(WireFault.headerChecksum)"])
    #expect(broken { $0[32] ^= 1 } == ["\(WireFault.bodyChecksum)"])
  }

  @Test func `a header of another major version is named as such`() {
    var header = FrameHeader(opcode: 1, correlation: 1)
    header.versionMajor = 2
    var bytes = [UInt8](repeating: 0, count: 32)
    unsafe bytes.withUnsafeMutableBytes { unsafe header.write(to: $0) }
    #expect(frames(bytes, piece: 32) == ["\(WireFault.majorVersion(2))"])
  }

  @Test func `the checksums give their check values`() {
    let digits = Array("123456789".utf8)
    unsafe digits.withUnsafeBytes {
      #expect(unsafe Checksum.crc32c($0) == 0xE306_9283)
      #expect(unsafe Checksum.xxh3($0) == Checksum.xxh3($0, seed: 0))
      #expect(unsafe Checksum.xxh3($0, seed: 1) != Checksum.xxh3($0, seed: 2))
    }
  }

  @Test func `a batch is checked whole before anything of it is taken`() throws {
    var chance = Chance(8)
    let commands = (0..<5).map { (id: chance.id(), command: chance.command($0)) }
    let body = encoded { MessageCodec.encode(batch: commands, into: &$0) }
    try unsafe body.withUnsafeBytes { bytes in
      var items = try unsafe BatchReader(bytes)
      #expect(items.count == 5)
      var got: [Command] = []
      while let item = items.next() {
        got.append(
          try unsafe MessageCodec.decodeCommand(opcode: item.opcode, body: item.body).1)
      }
      #expect(got == commands.map(\.command))
    }
    for length in 0..<body.count {
      unsafe body.withUnsafeBytes { bytes in
        let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[..<length])
        #expect(throws: WireFault.self) { _ = try unsafe BatchReader(part) }
      }
    }
    let none = withUnsafeBytesOf(0)
    unsafe none.withUnsafeBytes { bytes in
      _ = #expect(throws: WireFault.truncated) { _ = try unsafe BatchReader(bytes) }
    }
    let many = withUnsafeBytesOf(UInt32(Limits.batchCommandsMax) + 1)
    unsafe many.withUnsafeBytes { bytes in
      _ = #expect(throws: WireFault.tooLong(Limits.batchCommandsMax + 1)) {
        _ = try unsafe BatchReader(bytes)
      }
    }
  }
}
