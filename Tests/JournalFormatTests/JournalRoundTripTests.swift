// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import JournalFormat

@Suite struct JournalRoundTripTests {
  @Test func `an empty directory and blank segments are a fresh journal`() {
    let empty = Scan([])
    #expect(empty.verdict.description == "clean sealed fresh")
    #expect(empty.end?.hasBlankSegment == false)
    let blank = TestJournal(opened: false).scan()
    #expect(blank.verdict.description == "clean sealed fresh")
    #expect(blank.end?.chain == JournalChain.fresh(store: TestJournal.store))
    #expect(blank.end?.hasBlankSegment == true)
  }

  @Test func `what was appended is read back, and the end is where the writer stood`() {
    var journal = TestJournal()
    journal.commands([0, 1, 7, 8, 9, 300])
    journal.commands([4_096 - 128 - 24])
    journal.commands([5_000, 0, 64])
    let scan = journal.scan()
    #expect(scan.rows == journal.rows)
    #expect(
      scan.verdict
        == .clean(
          sealed: false,
          JournalEnd(
            chain: journal.chain, blemishes: JournalBlemishes(), hasBlankSegment: true)))
  }

  @Test(arguments: SealCause.allCases)
  func `a seal last makes the journal sealed`(cause: SealCause) {
    var journal = TestJournal()
    journal.commands([10, 20])
    journal.seal(cause)
    let scan = journal.scan()
    #expect(scan.rows == journal.rows)
    #expect(scan.seals == [cause])
    #expect(scan.end?.chain == journal.chain)
    #expect(scan.end?.isOrderly == (cause == .shutdown))
    guard case .clean(sealed: true, _) = scan.verdict else {
      Issue.record("\(scan.verdict)")
      return
    }
  }

  @Test func `commands after an idle seal make it unsealed again`() {
    var journal = TestJournal()
    journal.commands([10])
    journal.seal(.idle)
    journal.commands([11])
    let scan = journal.scan()
    #expect(scan.rows == journal.rows)
    guard case .clean(sealed: false, _) = scan.verdict else {
      Issue.record("\(scan.verdict)")
      return
    }
  }

  @Test func `segments roll with a seal and read as one journal`() {
    var journal = TestJournal()
    for size in 0..<120 { journal.commands([size * 40, 3]) }
    let scan = journal.scan()
    #expect(journal.chain.segment > 5)
    #expect(scan.rows == journal.rows)
    #expect(scan.seals.allSatisfy { $0 == .roll })
    #expect(scan.seals.count == Int(journal.chain.segment) - 1)
    #expect(scan.end?.chain == journal.chain)
  }

  @Test func `each start opens a segment under a new epoch`() {
    var journal = TestJournal()
    for start in 1...4 {
      journal.commands([start, 2])
      journal.seal(.shutdown)
      journal.epoch += 1
      journal.roll()
    }
    let scan = journal.scan()
    #expect(scan.rows == journal.rows)
    #expect(scan.end?.chain.ending == .opened)
    #expect(scan.end?.chain.epoch == 5)
    #expect(scan.verdict.exitCode == 0)
  }

  @Test func `the wire body is the id and the body after it`() throws {
    let wireBody = [UInt8](1...16) + [0xAA, 0xBB]
    let journal = TestJournal()
    let (write, bytes) = unsafe inRegion(4_096) { region in
      var encoder = unsafe JournalEncoder(into: region, segmentBytes: journal.segmentBytes)
      let step = unsafe wireBody.withUnsafeBytes {
        unsafe encoder.append(opcode: 9, wireBody: $0)
      }
      #expect(step == .appended(index: 0))
      return encoder.finish(at: journal.chain, timestamp: Timestamp(nanoseconds: 5_000))
    }
    var written = journal
    written.put(write, bytes)
    var scanner = JournalScanner(files: written.segmentFiles)
    guard case .batch(var batch) = scanner.next() else {
      Issue.record("no batch")
      return
    }
    let first = batch.next()
    let record = try #require(first)
    #expect(unsafe [UInt8](record.wireBody) == wireBody)
    #expect(unsafe [UInt8](record.body) == [0xAA, 0xBB])
    #expect(record.id == CommandID(low: 0x0807_0605_0403_0201, high: 0x100F_0E0D_0C0B_0A09))
    #expect(record.opcode == 9)
    #expect(record.timestamp == Timestamp(nanoseconds: 5_000))
    let after = batch.next()
    #expect(after.map(\.position) == nil)
  }

  @Test func `a scan may start at a checkpoint, and older segments may be gone`() throws {
    var journal = TestJournal()
    var checkpoints: [(JournalCheckpoint, Int)] = []
    for size in 0..<60 {
      journal.commands([size * 60])
      if size % 9 == 0 { journal.seal(.idle) }
      checkpoints.append((journal.chain.checkpoint, journal.rows.count))
    }
    for (checkpoint, count) in checkpoints {
      let kept = journal.files.filter { $0.key >= checkpoint.segment }
      let scan = Scan(TestJournal.segmentFiles(kept), from: checkpoint)
      #expect(scan.rows == Array(journal.rows[count...]))
      #expect(scan.end?.chain == journal.chain)
    }
  }
}
