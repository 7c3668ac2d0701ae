// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import JournalFormat

/// Every write of a journal is cut off by a power cut in every way the disk may choose: any subset of
/// its sectors is there, over the image that was durable before.
@Suite struct CrashStateTests {
  @Test func `no power cut loses an acknowledged batch or looks like damage`() {
    var states = 0
    for seed in 1...4 as ClosedRange<UInt64> {
      let journal = workload(seed)
      states += CrashStates.explore(journal) { scan, write, subset in
        let before = Array(journal.rows[..<write.rowsBefore])
        let after = Array(journal.rows[..<write.rowsAfter])
        return !scan.isCorrupt
          && (scan.rows == after || (scan.rows == before && subset != .everything))
      }
    }
    print("crash states explored: \(states)")
    #expect(states > 10_000)
  }

  @Test func `old bytes behind the end change nothing`() {
    var old = TestJournal()
    for size in 0..<40 { old.commands([size * 50]) }
    var journal = TestJournal()
    // The tail holds batches of another life of the file: another salt, the same offsets.
    journal.files[1]?.replaceSubrange(8_192..., with: (old.files[2] ?? [])[8_192...])
    journal.commands([30, 300])
    journal.commands([900])
    journal.seal(.idle)
    journal.commands([10, 2_000])
    let rows = journal.rows
    let states = CrashStates.explore(journal, fromWrite: 1) { scan, write, _ in
      !scan.isCorrupt
        && (scan.rows == Array(rows[..<write.rowsBefore])
          || scan.rows == Array(rows[..<write.rowsAfter]))
    }
    #expect(states > 250)
  }

  @Test func `a power cut during recovery changes nothing that was decided`() {
    let journal = workload(9)
    var states = 0
    var crashes = 0
    CrashStates.forEach(journal) { files, write, subset in
      crashes += 1
      // A journal that was never opened has nothing to recover; of the rest every 149th state.
      let first = Scan(TestJournal.segmentFiles(files))
      guard crashes.isMultiple(of: 149), let end = first.end, end.chain.segment > 0 else { return }
      var recovery = TestJournal(recovering: files, first, end)
      states += CrashStates.explore(recovery) { scan, _, _ in
        !scan.isCorrupt && scan.rows == first.rows
      }
      recovery.commands([50, 3])
      let again = recovery.scan()
      #expect(again.rows == recovery.rows)
      #expect(again.rows.dropLast(2) == first.rows[...])
      #expect(again.end?.chain == recovery.chain)
    }
    print("crash states of recovery explored: \(states)")
    #expect(states > 3_000)
  }

  private func workload(_ seed: UInt64) -> TestJournal {
    var random = SplitMix(state: seed)
    var journal = TestJournal()
    for step in 0..<26 {
      let records = 1 + Int(random.next() % 4)
      journal.commands((0..<records).map { _ in Int(random.next() % 1_100) }, seed: seed)
      if random.next().isMultiple(of: 4) { journal.seal(.idle) }
      if step == 12 {
        journal.seal(.shutdown)
        journal.epoch += 1
        journal.roll()
      }
    }
    journal.seal(.shutdown)
    return journal
  }
}
