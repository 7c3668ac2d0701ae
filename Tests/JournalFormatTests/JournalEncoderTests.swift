// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import JournalFormat

@Suite struct JournalEncoderTests {
  private static func append(_ encoder: inout JournalEncoder, bodyBytes: Int) -> JournalAppend {
    let body = [UInt8](repeating: 0x42, count: bodyBytes)
    return unsafe body.withUnsafeBytes {
      unsafe encoder.append(opcode: 1, id: CommandID(low: 1, high: 2), body: $0)
    }
  }

  @Test func `a full region asks for a larger one and goes on there`() {
    let journal = TestJournal()
    let (small, _) = unsafe inRegion(4_096) { region in
      var encoder = unsafe JournalEncoder(into: region, segmentBytes: journal.segmentBytes)
      #expect(Self.append(&encoder, bodyBytes: 3_900) == .appended(index: 0))
      #expect(Self.append(&encoder, bodyBytes: 100) == .regionFull(needed: 8_192))
      let (write, bytes) = unsafe inRegion(8_192) { larger in
        unsafe encoder.move(to: larger)
        #expect(Self.append(&encoder, bodyBytes: 100) == .appended(index: 1))
        return encoder.finish(at: journal.chain, timestamp: Timestamp(nanoseconds: 1_000))
      }
      var written = journal
      written.put(write, bytes)
      return written.scan()
    }
    #expect(small.rows.map(\.body.count) == [3_900, 100])
  }

  @Test func `a region of exactly the batch suffices`() {
    _ = unsafe inRegion(4_096) { region in
      var encoder = unsafe JournalEncoder(into: region, segmentBytes: 65_536)
      #expect(Self.append(&encoder, bodyBytes: 4_096 - 128 - 24) == .appended(index: 0))
      #expect(encoder.batchBytes == 4_096)
      #expect(Self.append(&encoder, bodyBytes: 0) == .regionFull(needed: 8_192))
    }
  }

  @Test(arguments: [65_536, 1 << 20, 16 << 20])
  func `a maximal batch fits a fresh segment and reads back`(segmentBytes: Int) {
    let payloadMax = JournalLimits.payloadBytesMax(segmentBytes: segmentBytes)
    #expect(segmentBytes < 16 << 20 || payloadMax == 8 << 20)
    var journal = TestJournal(segmentBytes: segmentBytes)
    let (write, bytes) = unsafe inRegion(JournalLimits.batchBytesMax) { region in
      var encoder = unsafe JournalEncoder(into: region, segmentBytes: segmentBytes)
      #expect(Self.append(&encoder, bodyBytes: payloadMax - 23) == .tooLarge)
      #expect(Self.append(&encoder, bodyBytes: payloadMax - 24 - 24) == .appended(index: 0))
      #expect(Self.append(&encoder, bodyBytes: 1) == .batchFull)
      #expect(Self.append(&encoder, bodyBytes: 0) == .appended(index: 1))
      #expect(Self.append(&encoder, bodyBytes: 0) == .batchFull)
      #expect(journal.chain.fits(batchBytes: encoder.batchBytes))
      return encoder.finish(at: journal.chain, timestamp: Timestamp(nanoseconds: 1_000))
    }
    #expect(write.header.payloadBytes == payloadMax)
    journal.put(write, bytes)
    journal.seal(.idle)
    journal.seal(.shutdown)
    journal.seal(.roll)
    #expect(journal.chain.ending == .seal(.roll))
    let scan = journal.scan()
    #expect(scan.rows.map(\.body.count) == [payloadMax - 48, 0])
    #expect(scan.seals == [.idle, .shutdown, .roll])
    #expect(scan.verdict.exitCode == 0)
  }

  @Test func `a batch holds 65,536 records and no more`() {
    var journal = TestJournal(segmentBytes: 4 << 20)
    let (write, bytes) = unsafe inRegion(JournalLimits.batchBytesMax) { region in
      var encoder = unsafe JournalEncoder(into: region, segmentBytes: 4 << 20)
      for index in 0..<65_536 {
        guard Self.append(&encoder, bodyBytes: 0) == .appended(index: index) else {
          Issue.record("record \(index) was not taken")
          break
        }
      }
      #expect(Self.append(&encoder, bodyBytes: 0) == .batchFull)
      return encoder.finish(at: journal.chain, timestamp: Timestamp(nanoseconds: 1_000))
    }
    journal.put(write, bytes)
    let scan = journal.scan()
    #expect(scan.rows.count == 65_536)
    #expect(scan.rows.last?.position == 65_536)
    #expect(scan.end?.chain.nextPosition == 65_537)
  }

  @Test func `every byte written is decided, whatever the region held`() {
    let pages = [0x00, 0xEE].map { (filler: UInt8) -> [UInt8] in
      let (write, bytes) = unsafe inRegion(8_192) { region in
        unsafe region.initializeMemory(as: UInt8.self, repeating: filler)
        var encoder = unsafe JournalEncoder(into: region, segmentBytes: 65_536)
        for size in 0..<20 { _ = Self.append(&encoder, bodyBytes: size) }
        return encoder.finish(
          at: TestJournal().chain, timestamp: Timestamp(nanoseconds: 1_000))
      }
      return Array(bytes[..<write.byteCount])
    }
    #expect(pages[0] == pages[1])
  }

  @Test func `a cleared encoder builds the next batch from nothing`() {
    _ = unsafe inRegion(4_096) { region in
      var encoder = unsafe JournalEncoder(into: region, segmentBytes: 65_536)
      _ = Self.append(&encoder, bodyBytes: 500)
      let chain = TestJournal().chain
      let first = encoder.finish(at: chain, timestamp: Timestamp(nanoseconds: 1))
      encoder.clear()
      #expect(encoder.isEmpty && encoder.batchBytes == 4_096)
      _ = Self.append(&encoder, bodyBytes: 1)
      let second = encoder.finish(at: first.next, timestamp: Timestamp(nanoseconds: 1))
      #expect(second.header.sequence == 2)
      #expect(second.header.firstPosition == 2)
      #expect(second.header.payloadBytes == 32)
      #expect(second.header.durableUpTo == 1)
      #expect(second.header.previousHash == first.header.hash)
      #expect(second.offset == first.offset + 4_096)
    }
  }

  @Test func `the pages kept for seals are always there`() {
    var journal = TestJournal()
    while journal.chain.fits(batchBytes: 4_096) { journal.commands([1]) }
    #expect(journal.chain.offset == journal.segmentBytes - 3 * 4_096)
    #expect(journal.chain.wantsSeal(.idle))
    journal.seal(.idle)
    #expect(!journal.chain.wantsSeal(.idle) && journal.chain.wantsSeal(.shutdown))
    journal.seal(.shutdown)
    #expect(!journal.chain.wantsSeal(.shutdown) && journal.chain.wantsSeal(.roll))
    journal.seal(.roll)
    #expect(journal.chain.offset == journal.segmentBytes)
    #expect(SealCause.allCases.allSatisfy { !journal.chain.wantsSeal($0) })
    #expect(!journal.chain.fits(batchBytes: 4_096))
    #expect(journal.scan().end?.chain == journal.chain)
  }

  @Test func `nothing follows a roll seal in its segment`() {
    var journal = TestJournal()
    journal.commands([1])
    journal.seal(.roll)
    #expect(!journal.chain.fits(batchBytes: 4_096))
    #expect(!journal.chain.wantsSeal(.shutdown))
  }

  @Test func `log time that goes back stops the process`() async {
    await #expect(processExitsWith: .failure) {
      var journal = TestJournal()
      journal.commands([1])
      journal.clock = 0
      journal.commands([1])
    }
  }

  @Test func `a batch that does not fit stops the process`() async {
    await #expect(processExitsWith: .failure) {
      var journal = TestJournal()
      journal.seal(.roll)
      _ = unsafe inRegion(4_096) { region in
        var encoder = unsafe JournalEncoder(into: region, segmentBytes: 65_536)
        _ = JournalEncoderTests.append(&encoder, bodyBytes: 1)
        return encoder.finish(at: journal.chain, timestamp: Timestamp(nanoseconds: 1_000))
      }
    }
  }
}
