// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import holdfast

/// Files that come in: CSV, places, set-ups, scenarios.
@Suite struct FileTests {
  private func rows(_ text: String) -> [DelimitedText.Row] { DelimitedText.comma(Array(text.utf8)) }

  @Test func `CSV is read as RFC 4180 says`() {
    #expect(rows("") == [])
    #expect(rows("a,b") == [.init(line: 1, fields: ["a", "b"])])
    #expect(
      rows("\u{FEFF}a,b\r\n\r\n\"c,\"\"d\"\"\ne\",\n") == [
        .init(line: 1, fields: ["a", "b"]), .init(line: 3, fields: ["c,\"d\"\ne", ""]),
      ])
  }

  @Test func `a file of source items keeps what it can read, row by row`() throws {
    let text = """
      quantity,note,SKU,status,source_code
      5.5,x,LAMP,1,east
      ,x,LAMP,0,west
      3,x,LAMP,maybe,west
      """
    let file = try ItemFile.read(Array(text.utf8), path: "f")
    #expect(
      file.rows == [
        ImportRow(
          source: "east", sku: "LAMP", quantity: Quantity(tenThousandths: 55_000), isInStock: true),
        ImportRow(source: "west", sku: "LAMP", quantity: nil, isInStock: false),
        ImportRow(source: "west", sku: "LAMP", quantity: nil, isInStock: nil),
      ])
    #expect(file.lines == [2, 3, 4])
    #expect(throws: FileFault(path: "f", line: 1, problem: "there is no column sku")) {
      try ItemFile.read(Array("source_code,quantity\n".utf8), path: "f")
    }
    #expect(throws: FileFault(path: "f", problem: "the file is empty")) {
      try ItemFile.read([], path: "f")
    }
  }

  @Test func `source items are written as they are read`() throws {
    let row = SourceItemRow(
      source: "e,1", sku: "a\"b", quantity: 5, isInStock: false, notifyQuantity: nil, version: 1)
    let text = ItemFile.text([row]).joined(separator: "\n")
    let file = try ItemFile.read(Array(text.utf8), path: "f")
    #expect(file.rows == [ImportRow(source: "e,1", sku: "a\"b", quantity: 5, isInStock: false)])
  }

  @Test func `places come from geonames files`() throws {
    let line = "DE\t86559\tAdelzhausen\tBayern\tBY\t\t\t\t\t48.3644\t11.135\t4\n"
    #expect(
      try PlaceFile.read(Array(line.utf8), path: "f") == [
        PlaceName(
          country: "DE", postcode: "86559", city: "Adelzhausen", region: "Bayern",
          coordinates: Coordinates(latitude: 483_644_000, longitude: 111_350_000))
      ])
    #expect(throws: FileFault(path: "f", line: 1, problem: "2 fields, there should be 12")) {
      try PlaceFile.read(Array("DE\t1".utf8), path: "f")
    }
    #expect(throws: FileFault(path: "f", line: 1, problem: "no coordinates")) {
      try PlaceFile.read(Array("DE\t1\tA\tB\t\t\t\t\t\tx\ty\t1".utf8), path: "f")
    }
  }

  @Test(arguments: [
    "{}", #"{"kind":"thing"}"#, #"{"kind":"stock","id":"x"}"#, #"{"kind":"item","sku":"A"}"#,
    #"{"kind":"policy","channel":"c","safety":"200%"}"#,
    #"{"kind":"supply","supply":"s","source":"e","sku":"A","quantity":"1","expected_at":"soon"}"#,
    #"{"kind":"store","settings":{"backorders":9}}"#, #"{"kind":"limit","limit":"l"}"#,
  ])
  func `a line of a set-up that makes no sense names its fault`(text: String) throws {
    let line = StepArguments(try JSONReader.read(Array(text.utf8)))
    #expect(throws: StepRefused.self) { try SetupFile.commands(line) }
  }

  @Test func `JSON is read exactly, and refused where it is none`() throws {
    let value = try JSONReader.read(Array(#" {"a":[1,-2.50,true,null,"\u00e9\n"]} "#.utf8))
    #expect(value.description == #"{"a":[1,-2.50,true,null,"é\n"]}"#)
    for text in [
      "", "{", "[1,]", "01", "1.", "tru", #"{"a"}"#, "1 2", #""\x""#, "\"\u{01}\"", "nul",
    ] {
      #expect(throws: JSONFault.self, "\(text)") { try JSONReader.read(Array(text.utf8)) }
    }
    let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
    #expect(throws: JSONFault.self) { try JSONReader.read(Array(deep.utf8)) }
  }
}
