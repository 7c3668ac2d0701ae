// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import JournalFormat

/// Damage by the medium: bytes that were durable change or vanish.
@Suite struct DamageTests {
  /// One small segment of a few batches, ended in order, and the blank one after it.
  private static func sealed() -> TestJournal {
    var journal = TestJournal()
    journal.commands([10, 300, 0])
    journal.seal(.idle)
    journal.commands([5_000])
    journal.commands([40, 41])
    journal.seal(.shutdown)
    return journal
  }

  private static func flipped(_ journal: TestJournal, _ segment: UInt64, _ offset: Int) -> Scan {
    var files = journal.files
    files[segment]?[offset] ^= 1 << (offset % 8)
    return Scan(TestJournal.segmentFiles(files))
  }

  /// What a reader may say of damage to a sealed journal: it refuses, or names a blemish and gives
  /// back everything.
  private static func isDetected(_ scan: Scan, _ rows: [Row]) -> Bool {
    switch scan.verdict {
    case .corrupt: true
    case .torn: false
    case .clean(let sealed, let end): sealed && end.blemishes.count > 0 && scan.rows == rows
    }
  }

  /// Every byte up to the end of the journal, and every 61st of the zeros behind.
  private static func offsets(_ journal: TestJournal, used: Int) -> [Int] {
    Array(0..<used) + Array(stride(from: used, to: journal.segmentBytes, by: 61))
  }

  @Test(arguments: 0..<4)
  func `a flip of any byte of a sealed journal is detected and never called torn`(part: Int) {
    let journal = Self.sealed()
    let offsets = Self.offsets(journal, used: journal.chain.offset)
    for offset in offsets where offset / 64 % 4 == part {
      let scan = Self.flipped(journal, 1, offset)
      if !Self.isDetected(scan, journal.rows) {
        Issue.record("offset \(offset): \(scan.verdict)")
      }
    }
  }

  @Test func `a flip in a blank or in a rolled segment is detected`() {
    let blank = Self.sealed()
    var rolled = Self.sealed()
    rolled.epoch += 1
    rolled.roll()
    rolled.commands([77])
    rolled.seal(.idle)
    for offset in Self.offsets(blank, used: 0) {
      for (journal, segment) in [(blank, 2), (rolled, 1), (rolled, 3)] as [(TestJournal, UInt64)] {
        let scan = Self.flipped(journal, segment, offset)
        if !Self.isDetected(scan, journal.rows) {
          Issue.record("segment \(segment), offset \(offset): \(scan.verdict)")
        }
      }
    }
  }

  @Test func `without a seal only the last batch can pass for a torn one`() {
    var journal = TestJournal()
    journal.commands([10, 300, 0])
    journal.commands([500])
    let lastBegins = journal.chain.offset
    journal.commands([40, 41])
    let kept = Array(journal.rows.dropLast(2))
    for offset in Self.offsets(journal, used: 0) + Array(lastBegins..<lastBegins + 300) {
      let scan = Self.flipped(journal, 1, offset)
      switch scan.verdict {
      case .corrupt:
        #expect(offset < lastBegins)
      case .torn(let tear, _):
        let isLast = tear.offset == lastBegins && scan.rows == kept
        let isAfter = tear.offset == journal.chain.offset && scan.rows == journal.rows
        #expect(offset < journal.chain.offset ? isLast && offset >= lastBegins : isAfter)
      case .clean(_, let end):
        // Header copies and padding; behind the end a flip looks like the start of a next batch.
        #expect(end.blemishes.count > 0 && scan.rows == journal.rows)
      }
    }
  }

  @Test func `damage is named by file, offset, sequence and position`() {
    var journal = Self.sealed()
    journal.files[1]?[8_192 + 8_192 + 200] ^= 4
    let scan = journal.scan()
    #expect(
      scan.verdict
        == .corrupt(
          JournalCorruption(
            segment: 1, offset: 16_384, sequence: 3, position: 4,
            reason: .batchDamaged(laterSequence: 4, at: 24_576))))
    #expect(
      scan.verdict.description
        == "corrupt file=journal-0000000001.hfj offset=16384 sequence=3 position=4"
        + " reason=batch-damaged later-sequence=4 at=24576")
  }

  @Test func `a lost sector of any batch but the last is corruption`() {
    let journal = Self.sealed()
    let used = journal.chain.offset - 4_096
    for sector in stride(from: 8_192, to: used, by: 512) {
      var files = journal.files
      let zeros = [UInt8](repeating: 0, count: 512)
      if files[1].map({ Array($0[sector..<sector + 512]) == zeros }) ?? true { continue }
      files[1]?.replaceSubrange(sector..<sector + 512, with: zeros)
      let scan = Scan(TestJournal.segmentFiles(files))
      if !scan.isCorrupt && !Self.isDetected(scan, journal.rows) {
        Issue.record("sector at \(sector): \(scan.verdict)")
      }
    }
  }

  @Test func `a seal survives the loss of seven of its sectors`() {
    let journal = Self.sealed()
    let seal = journal.chain.offset - 4_096
    for kept in 0..<8 {
      var files = journal.files
      for sector in 0..<8 where sector != kept {
        let start = seal + sector * 512
        files[1]?.replaceSubrange(start..<start + 512, with: [UInt8](repeating: 0xA5, count: 512))
      }
      let scan = Scan(TestJournal.segmentFiles(files))
      #expect(Self.isDetected(scan, journal.rows) && !scan.isCorrupt)
      #expect(scan.end?.blemishes.first?.blemish == .sealSector)
      #expect(scan.end?.isOrderly == true)
    }
  }

  @Test func `a batch copied over another is misplaced`() {
    let journal = Self.sealed()
    var files = journal.files
    let batch = Array((files[1] ?? [])[8_192..<12_288])
    files[1]?.replaceSubrange(12_288..<16_384, with: batch)
    #expect(Scan(TestJournal.segmentFiles(files)).reason == .batchMisplaced(found: 1))
    files = journal.files
    files[1]?.replaceSubrange(journal.chain.offset..<journal.chain.offset + 4_096, with: batch)
    #expect(Scan(TestJournal.segmentFiles(files)).reason == .batchMisplaced(found: 1))
  }

  @Test func `zeros written over the end of a sealed journal never yield a wrong record`() {
    let journal = Self.sealed()
    let seal = journal.chain.offset - 4_096
    for cut in stride(from: 0, through: journal.segmentBytes, by: 512) {
      var files = journal.files
      let zeros = [UInt8](repeating: 0, count: journal.segmentBytes - cut)
      files[1]?.replaceSubrange(cut..., with: zeros)
      let scan = Scan(TestJournal.segmentFiles(files))
      #expect(scan.rows == Array(journal.rows[..<scan.rows.count]))
      // With any sector of the seal left, nothing before it may be missing.
      if cut > seal { #expect(!scan.isTorn && scan.rows == journal.rows) }
    }
  }
}
