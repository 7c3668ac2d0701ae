// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Workload

/// All records of a text as texts.
func records(_ text: String) throws(CSVFault) -> [[String]] {
  var splitter = CSVSplitter()
  var found: [[String]] = []
  func take() { found.append((0..<splitter.record.fieldCount).map(splitter.record.text)) }
  for byte in text.utf8 where try splitter.feed(byte) { take() }
  if try splitter.finish() { take() }
  return found
}

@Suite struct CSVSplitterTests {
  @Test(arguments: [
    ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
    ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
    ("a,,\n", [["a", "", ""]]),
    (",\n", [["", ""]]),
    ("\n\na\n\n", [["a"]]),
    ("\"a,b\",c\n", [["a,b", "c"]]),
    ("\"he said \"\"no\"\"\",1\n", [["he said \"no\"", "1"]]),
    ("\"\",x\n", [["", "x"]]),
    ("\"\"\n", [[""]]),
    ("\"two\nlines\",2\n", [["two\nlines", "2"]]),
    ("6\" RULER,1\n", [["6\" RULER", "1"]]),
    ("\u{FEFF}a,b\n", [["a", "b"]]),
    ("", []),
  ])
  func `text is cut into records`(text: String, expected: [[String]]) throws {
    #expect(try records(text) == expected)
  }

  @Test func `lines are counted inside quotes too`() throws {
    var splitter = CSVSplitter()
    for byte in "a\n\"b\nb\"\nc\n".utf8 { _ = try splitter.feed(byte) }
    #expect(splitter.line == 5)
  }

  @Test func `a quote that is not closed is a fault`() {
    #expect(throws: CSVFault.quoteNotClosed(line: 2)) { try records("a\n\"b") }
  }

  @Test func `a record without end is a fault`() {
    let text = String(repeating: "a", count: CSVSplitter.recordBytesMax)
    #expect(throws: Never.self) { try records(text) }
    #expect(throws: CSVFault.recordTooLong(line: 1)) { try records(text + "a") }
  }

  @Test func `bytes that are not UTF-8 harm no other field`() throws {
    var splitter = CSVSplitter()
    for byte in [0x61, 0x2C, 0xA3, 0x39, 0x2C, 0x62] as [UInt8] { _ = try splitter.feed(byte) }
    _ = try splitter.finish()
    #expect(splitter.record.text(0) == "a")
    #expect(splitter.record.text(2) == "b")
    #expect(splitter.record.text(3) == "")
  }
}
