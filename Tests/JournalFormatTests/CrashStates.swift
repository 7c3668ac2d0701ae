// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import JournalFormat

/// A small generator; the seed names the run.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// The images a power cut may leave: for each write, subsets of its sectors over what was durable.
enum CrashStates {
  enum Subset: Equatable {
    case nothing
    case some
    case everything
  }

  /// Up to this many sectors every subset is tried; of more, prefixes, suffixes, single sectors, all but
  /// one, and 48 random ones.
  static let everySubsetMax = 8

  static func forEach(
    _ journal: TestJournal, fromWrite first: Int = 0,
    _ body: ([UInt64: [UInt8]], TracedWrite, Subset) -> Void
  ) {
    for write in journal.writes.dropFirst(first) {
      guard let old = write.filesBefore[write.segment] else { continue }
      let sectors = changedSectors(write, old)
      for subset in subsets(of: sectors.count) {
        var image = old
        for (index, sector) in sectors.enumerated() where subset[index] {
          let start = sector * 512
          image.replaceSubrange(
            write.offset + start..<write.offset + start + 512,
            with: write.bytes[start..<start + 512])
        }
        var files = write.filesBefore
        files[write.segment] = image
        let isAll = subset.allSatisfy { $0 }
        body(files, write, isAll ? .everything : subset.contains(true) ? .some : .nothing)
      }
    }
  }

  /// Scans every state and records those `holds` refuses. Returns how many there were.
  static func explore(
    _ journal: TestJournal, fromWrite first: Int = 0,
    _ holds: (Scan, TracedWrite, Subset) -> Bool
  ) -> Int {
    var states = 0
    forEach(journal, fromWrite: first) { files, write, subset in
      states += 1
      let scan = Scan(TestJournal.segmentFiles(files))
      if !holds(scan, write, subset) {
        Issue.record(
          """
          \(subset) of the write at \(write.segment):\(write.offset), \(write.bytes.count) bytes: \
          \(scan.rows.count) rows of \(write.rowsBefore) to \(write.rowsAfter), \(scan.verdict)
          """)
      }
    }
    return states
  }

  /// Sectors the write changes; the others are the same there or not.
  private static func changedSectors(_ write: TracedWrite, _ old: [UInt8]) -> [Int] {
    (0..<write.bytes.count / 512).filter { sector in
      let start = sector * 512
      return write.bytes[start..<start + 512]
        != old[write.offset + start..<write.offset + start + 512]
    }
  }

  private static func subsets(of count: Int) -> [[Bool]] {
    if count <= everySubsetMax {
      return (0..<1 << count).map { bits in (0..<count).map { bits >> $0 & 1 == 1 } }
    }
    var random = SplitMix(state: UInt64(count))
    let indices = Array(0..<count)
    var found: [[Bool]] = []
    for cut in 0...count {
      found.append(indices.map { $0 < cut })
      found.append(indices.map { $0 >= cut })
      found.append(indices.map { $0 == cut })
      found.append(indices.map { $0 != cut })
    }
    for _ in 0..<48 { found.append(indices.map { _ in random.next() & 1 == 1 }) }
    return found
  }
}
