// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import JournalFormat

@Suite struct SegmentNameTests {
  @Test func `a segment name has ten digits and reads back`() {
    #expect(SegmentName.of(1) == "journal-0000000001.hfj")
    #expect(SegmentName.of(9_999_999_999) == "journal-9999999999.hfj")
    #expect(SegmentName.number(of: "journal-0000000042.hfj") == 42)
  }

  @Test(arguments: [
    "journal-0000000000.hfj", "journal-1.hfj", "journal-00000000001.hfj", "journal-000000000a.hfj",
    "journal-0000000001.tmp", "journal-+000000001.hfj", "Journal-0000000001.hfj", "",
    "journal-.hfj", "journal-0000000001.hfj.old",
  ])
  func `what is not exactly a segment name is none`(name: String) {
    #expect(SegmentName.number(of: name) == nil)
  }
}
