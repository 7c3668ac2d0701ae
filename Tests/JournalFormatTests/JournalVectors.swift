// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import JournalFormat

/// One golden file and how it is made.
struct JournalVector: Sendable, CustomTestStringConvertible {
  let fileName: String
  let comment: String
  let make: @Sendable () -> TestJournal

  var testDescription: String { fileName }

  init(_ name: String, _ comment: String, _ make: @escaping @Sendable () -> TestJournal) {
    fileName = "journal-\(name).hex"
    self.comment = comment
    self.make = make
  }
}

enum JournalVectors {
  static let all: [JournalVector] = good + torn + corrupt

  /// Two batches of commands with an idle seal between them, not ended in order.
  private static func small() -> TestJournal {
    var journal = TestJournal()
    journal.commands([3, 0])
    journal.seal(.idle)
    journal.commands([600])
    return journal
  }

  private static func sealed() -> TestJournal {
    var journal = small()
    journal.seal(.shutdown)
    return journal
  }

  private static func changed(
    _ journal: TestJournal, _ segment: UInt64 = 1, _ change: (inout [UInt8]) -> Void
  ) -> TestJournal {
    var result = journal
    if var bytes = result.files[segment] {
      change(&bytes)
      result.files[segment] = bytes
    }
    return result
  }

  private static func zero(_ bytes: inout [UInt8], _ range: Range<Int>) {
    bytes.replaceSubrange(range, with: [UInt8](repeating: 0, count: range.count))
  }

  private static let good = [
    JournalVector("fresh", "A directory with one blank segment: nothing was ever written.") {
      TestJournal(opened: false)
    },
    JournalVector("opened", "The first segment was opened; no batch yet.") { TestJournal() },
    JournalVector(
      "sealed",
      """
      Segment 1, ended in order. Batch 1: two records, bodies of 3 and 0 bytes. Batch 2: idle seal.
      Batch 3: one record of 600 bytes. Batch 4: shutdown seal.
      """
    ) { sealed() },
    JournalVector("unsealed", "As sealed, but stopped without the shutdown seal.") { small() },
    JournalVector(
      "rolled", "As sealed; then a second start: roll seal, segment 2 under epoch 2, one batch."
    ) {
      var journal = sealed()
      journal.epoch = 2
      journal.roll()
      journal.commands([5])
      return journal
    },
    JournalVector(
      "blemish-header", "As sealed; the first header copy is damaged, the second serves."
    ) {
      changed(sealed()) { $0[33] ^= 1 }
    },
    JournalVector("blemish-seal", "As sealed; of the shutdown seal only the last sector is left.") {
      changed(sealed()) { zero(&$0, 20_480..<20_480 + 7 * 512) }
    },
  ]

  private static let torn = [
    JournalVector(
      "torn-tail", "As unsealed; the second sector of the last batch never reached the disk."
    ) {
      changed(small()) { zero(&$0, 16_384 + 512..<16_384 + 1_024) }
    },
    JournalVector("torn-header", "As unsealed; only the second sector of the last batch is there.")
    {
      changed(small()) { zero(&$0, 16_384..<16_384 + 512) }
    },
  ]

  private static let corrupt = [
    JournalVector(
      "corrupt-sealed-batch",
      "As torn-tail, but a shutdown seal follows: the batch was acknowledged."
    ) {
      changed(sealed()) { zero(&$0, 16_384 + 512..<16_384 + 1_024) }
    },
    JournalVector("corrupt-flip", "One bit of the first record of a sealed journal.") {
      changed(sealed()) { $0[8_192 + 128 + 24] ^= 1 }
    },
    JournalVector(
      "corrupt-later-segment",
      "As rolled, without the roll seal and with the batch before it damaged."
    ) {
      var journal = small()
      journal.epoch = 2
      journal.openSegment()
      return changed(journal) { $0[16_384 + 200] ^= 1 }
    },
    JournalVector(
      "corrupt-missing-segment", "The roll seal of segment 1 speaks of a segment 2 that is gone."
    ) {
      var journal = sealed()
      journal.roll()
      journal.files[2] = nil
      journal.files[3] = nil
      return journal
    },
    JournalVector("corrupt-wrong-segment", "Segment 1 under the name of segment 2.") {
      var journal = sealed()
      journal.roll()
      journal.files[2] = journal.files[1]
      return journal
    },
    JournalVector(
      "corrupt-truncated", "Segment 1 is 4,096 bytes short; nothing but zeros is missing."
    ) {
      changed(sealed()) { $0.removeLast(4_096) }
    },
    JournalVector("corrupt-newer-format", "Both header copies carry major 2.") {
      changed(sealed()) { bytes in
        for copy in 0..<2 {
          var page = Array(bytes[copy * 4_096..<copy * 4_096 + 4_096])
          page[8] = 2
          resealHeader(&page)
          bytes.replaceSubrange(copy * 4_096..<copy * 4_096 + 4_096, with: page)
        }
      }
    },
  ]
}
