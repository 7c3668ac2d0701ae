// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import JournalFormat

/// Files that are missing, swapped, copied, cut short or foreign.
@Suite struct SegmentFileTests {
  /// Five segments, the last in use, and a blank sixth.
  private static func rolled() -> TestJournal {
    var journal = TestJournal()
    while journal.chain.segment < 5 { journal.commands([9_000, 100]) }
    journal.commands([60])
    journal.seal(.idle)
    return journal
  }

  private func scan(_ files: [UInt64: [UInt8]]) -> Scan { Scan(TestJournal.segmentFiles(files)) }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `a missing file between or before others is seen`(number: UInt64) {
    var files = Self.rolled().files
    files[number] = nil
    let found = scan(files)
    if number == 6 {
      #expect(found.verdict.exitCode == 0)
    } else {
      #expect(found.reason == .missingSegment)
      #expect(found.verdict.description.contains(SegmentName.of(number)))
    }
  }

  @Test func `the last file missing after a roll seal is seen`() {
    var files = Self.rolled().files
    files[5] = nil
    files[6] = nil
    let found = scan(files)
    #expect(found.reason == .missingSegment)
    #expect(found.verdict.description.contains(SegmentName.of(5)))
  }

  @Test func `swapped and copied files are seen`() {
    let files = Self.rolled().files
    for first in 1...6 as ClosedRange<UInt64> {
      for second in 1...6 as ClosedRange<UInt64> where second != first {
        var swapped = files
        swapped[first] = files[second]
        swapped[second] = files[first]
        #expect(scan(swapped).isCorrupt, "swapped \(first) and \(second)")
        var copied = files
        copied[second] = files[first]
        // A blank file over the last used one is what a power cut after a roll seal leaves.
        if first == 6 && second == 5 { continue }
        #expect(scan(copied).isCorrupt, "copied \(first) over \(second)")
      }
    }
    let twice = TestJournal.segmentFiles(files) + TestJournal.segmentFiles(files)
    #expect(Scan(twice).reason == .duplicateSegment)
  }

  @Test func `a file of any other size is refused`() {
    let files = Self.rolled().files
    for number in [1, 3, 5] as [UInt64] {
      for size in stride(from: 0, to: 2 * 65_536, by: 512) where size != 65_536 {
        var resized = files
        let zeros = [UInt8](repeating: 0, count: max(0, size - 65_536))
        resized[number] = Array((files[number] ?? []).prefix(size)) + zeros
        guard case .wrongSize(_, size)? = scan(resized).reason else {
          Issue.record("segment \(number) of \(size) bytes: \(scan(resized).verdict)")
          continue
        }
      }
    }
  }

  @Test func `a segment that lost both headers is never taken for a blank one`() {
    for number in 1...5 as ClosedRange<UInt64> {
      var files = Self.rolled().files
      files[number]?.replaceSubrange(0..<8_192, with: [UInt8](repeating: 0, count: 8_192))
      #expect(scan(files).reason == .headerDamaged)
    }
  }

  @Test func `an all-zero file in the place of a used one is seen`() {
    for number in 1...4 as ClosedRange<UInt64> {
      var files = Self.rolled().files
      files[number] = [UInt8](repeating: 0, count: 65_536)
      #expect(scan(files).isCorrupt)
    }
  }

  @Test func `the second header serves when the first is damaged, and the other way round`() {
    for copy in 0..<2 {
      for number in 1...5 as ClosedRange<UInt64> {
        let journal = Self.rolled()
        var files = journal.files
        files[number]?.replaceSubrange(
          copy * 4_096..<(copy + 1) * 4_096, with: [UInt8](repeating: 0x5A, count: 4_096))
        let found = scan(files)
        #expect(found.rows == journal.rows)
        #expect(found.end?.blemishes.count == 1)
        #expect(
          found.end?.blemishes.first
            == JournalBlemishPlace(blemish: .headerCopy, segment: number, offset: copy * 4_096))
      }
    }
  }

  @Test func `a file of another store is refused`() {
    let journal = Self.rolled()
    let other = StoreUUID(low: 1, high: 2)
    #expect(
      Scan(journal.segmentFiles, store: other).reason == .otherStore(found: TestJournal.store))
    var files = journal.files
    files[3] = header(in: files[3]) { page in page[16] ^= 1 }
    guard case .otherStore? = scan(files).reason else {
      Issue.record("\(scan(files).verdict)")
      return
    }
  }

  @Test func `a newer major is refused by name, a newer minor is read`() {
    let journal = Self.rolled()
    var files = journal.files
    files[5] = header(in: files[5]) { page in page[8] = 2 }
    #expect(scan(files).reason == .newerFormat(major: 2, minor: 0))
    var small = TestJournal()
    small.files[1] = header(in: small.files[1]) { page in page[10] = 9 }
    #expect(small.scan().verdict.exitCode == 0)
    #expect(small.scan().end?.chain.ending == .opened)
  }

  @Test func `a header that does not continue the segment before is refused`() {
    // First sequence, first position, previous hash, log time, in a segment without batches.
    for offset in [56, 64, 72, 88] {
      var journal = Self.rolled()
      journal.roll()
      let number = journal.chain.segment
      journal.files[number] = header(in: journal.files[number]) { page in page[offset] ^= 0x10 }
      #expect(journal.scan().isCorrupt, "field at \(offset)")
    }
    var journal = Self.rolled()
    journal.epoch = 7
    journal.roll()
    journal.seal(.roll)
    let next = journal.chain.nextSegmentHeader(epoch: 7, salt: 3, segmentBytes: 65_536)
    journal.openSegment()
    let number = next.segment
    journal.files[number] = header(in: journal.files[number]) { page in page[40] = 6 }
    #expect(journal.scan().reason == .doesNotContinue)
  }

  @Test func `two sound headers that differ are refused`() {
    var journal = Self.rolled()
    journal.files[5] = header(in: journal.files[5], copies: [1]) { page in page[80] ^= 1 }
    #expect(journal.scan().reason == .headersDisagree)
  }

  @Test func `a segment cut by recovery without a seal is continued by the next header`() {
    var journal = TestJournal()
    journal.commands([10])
    journal.epoch = 2
    journal.openSegment()
    journal.commands([20])
    let found = journal.scan()
    #expect(found.rows == journal.rows)
    #expect(found.end?.blemishes.count == 0)
    journal.files[1]?[30_000] = 1
    #expect(journal.scan().rows == journal.rows)
    #expect(journal.scan().end?.blemishes.first?.blemish == .afterEnd)
  }

  @Test func `what cannot be read is refused with the reader's words`() {
    struct Unreadable: Error {}
    let journal = Self.rolled()
    let files = journal.files.map { number, bytes in
      unsafe JournalSegmentFile(number: number, byteCount: bytes.count) { offset, buffer in
        if number == 3 && offset + buffer.count > 8_192 { throw Unreadable() }
        let part = bytes[offset..<offset + buffer.count]
        unsafe buffer.copyBytes(from: part)
      }
    }
    #expect(Scan(files).reason == .unreadable("Unreadable()"))
  }

  @Test func `a checkpoint must be met exactly`() {
    var journal = Self.rolled()
    let last = journal.chain.checkpoint
    #expect(Scan(journal.segmentFiles, from: last).rows.isEmpty)
    func from(_ checkpoint: JournalCheckpoint) -> Scan {
      Scan(journal.segmentFiles, from: checkpoint)
    }
    let wrongHash = JournalCheckpoint(
      segment: last.segment, nextSequence: last.nextSequence, nextPosition: last.nextPosition,
      hash: last.hash ^ 1)
    #expect(from(wrongHash).reason == .checkpointDisagrees)
    let wrongPosition = JournalCheckpoint(
      segment: last.segment, nextSequence: last.nextSequence,
      nextPosition: last.nextPosition + 1, hash: last.hash)
    #expect(from(wrongPosition).reason == .checkpointDisagrees)
    let beyond = JournalCheckpoint(
      segment: last.segment, nextSequence: last.nextSequence + 1, nextPosition: last.nextPosition,
      hash: 5)
    #expect(from(beyond).reason == .checkpointMissing)
    let before = JournalCheckpoint(segment: 5, nextSequence: 1, nextPosition: 1, hash: 0)
    #expect(from(before).reason == .checkpointMissing)
    #expect(from(JournalChain.fresh(store: TestJournal.store).checkpoint).rows == journal.rows)
    let noFile = JournalCheckpoint(segment: 9, nextSequence: 99, nextPosition: 99, hash: 1)
    #expect(from(noFile).reason == .missingSegment)
    journal.files = [5: journal.files[6] ?? []]
    #expect(from(last).reason == .checkpointMissing)
  }

  /// The file with its header pages changed and their checksums made right again.
  private func header(
    in file: [UInt8]?, copies: [Int] = [0, 1], _ change: (inout [UInt8]) -> Void
  ) -> [UInt8] {
    var bytes = file ?? []
    for copy in copies {
      let range = copy * 4_096..<(copy + 1) * 4_096
      var page = Array(bytes[range])
      change(&page)
      resealHeader(&page)
      bytes.replaceSubrange(range, with: page)
    }
    return bytes
  }
}
