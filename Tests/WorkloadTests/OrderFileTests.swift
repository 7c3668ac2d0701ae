// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import Workload

/// Reads an order file from text, a few bytes at a time.
func orderFile(_ text: String, pieceBytes: Int = 7) throws -> OrderFile {
  var reader = OrderFileReader()
  let bytes = Array(text.utf8)
  for start in stride(from: 0, to: bytes.count, by: pieceBytes) {
    try reader.read(Array(bytes[start..<min(start + pieceBytes, bytes.count)]))
  }
  return try reader.finish()
}

/// A document as one line of text: "order 1: A 2, B 3".
func shown(_ file: OrderFile) -> [String] {
  file.documents.map { document in
    let lines = document.lines.map { "\(file.skus.skus[$0.sku]) \($0.units)" }
    return "\(document.kind) \(document.id): \(lines.joined(separator: ", "))"
  }
}

private let houseHeader = "event_time,event,order_id,sku,quantity,country\n"

@Suite struct HouseLayoutTests {
  @Test func `adjacent rows make a document`() throws {
    let file = try orderFile(
      houseHeader + """
        2010-12-01T08:26:00,order,536365,21730,6,United Kingdom
        2010-12-01T08:26:00,order,536365,22752,2,United Kingdom
        2010-12-01T09:41:00,cancel,C536379,21730,1,United Kingdom
        2010-12-01T09:42:00,order,536380,22961,24,"Korea, Republic of"
        """)
    #expect(
      shown(file) == [
        "order 536365: 21730 6, 22752 2", "cancellation C536379: 21730 1", "order 536380: 22961 24",
      ])
    #expect(file.leftOut == OrderFile.LeftOut())
  }

  @Test func `lines of one document and SKU are added up`() throws {
    let file = try orderFile(houseHeader + "t,order,1,A,2,x\nt,order,1,B,1,x\nt,order,1,a,3,x\n")
    #expect(shown(file) == ["order 1: A 5, B 1"])
  }

  @Test func `columns may stand in any order`() throws {
    let file = try orderFile("quantity,sku,order_id,event\n5,A,7,cancel\n")
    #expect(shown(file) == ["cancellation 7: A 5"])
  }

  @Test(arguments: [
    ("t,order,1,A,2,x\nt,order,2,A,2,x\nt,order,1,B,2,x\n", "line 4: the rows of document 1 are"),
    ("t,order,1,A,0,x\n", "line 2: quantity cannot be \"0\""),
    ("t,order,1,A,-1,x\n", "line 2: quantity"), ("t,order,1,A,1.5,x\n", "line 2: quantity"),
    ("t,order,1,A,,x\n", "line 2: quantity"),
    ("t,order,1,A,123456789012,x\n", "line 2: quantity"),
    ("t,order,1,A,1,x\nt,refund,1,A,1,x\n", "line 3: event cannot be \"refund\""),
    ("t,order,1,A,1,x\nt,cancel,1,B,1,x\n", "line 3: event"),
    ("t,order,,A,1,x\n", "line 2: order_id"), ("t,order,1, A,1,x\n", "line 2: sku"),
    ("t,order,1\n", "line 2: sku"), ("", "there is no document"),
  ])
  func `a bad row is named with its line`(rows: String, expected: String) {
    let fault = #expect(throws: OrderFileFault.self) { try orderFile(houseHeader + rows) }
    #expect(fault?.description.hasPrefix(expected) == true, "\(fault?.description ?? "no fault")")
  }

  @Test func `a file of unknown columns is refused`() {
    #expect(throws: OrderFileFault.unknownLayout) { try orderFile("a,b\n1,2\n") }
    #expect(throws: OrderFileFault.empty) { try orderFile("") }
  }

  @Test func `a document beyond one command is refused`() {
    let rows = (0...Limits.linesMax).map { "t,order,1,S\($0),1,x\n" }
    #expect(throws: Never.self) { try orderFile(houseHeader + rows.dropLast().joined()) }
    #expect(throws: OrderFileFault.tooManyLines(document: "1", count: 8_191)) {
      try orderFile(houseHeader + rows.joined())
    }
  }
}

@Suite struct UCILayoutTests {
  private let header =
    "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"

  @Test func `raw rows become documents`() throws {
    let file = try orderFile(
      header + """
        536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,12/1/2010 8:26,2.55,17850,United Kingdom
        536365, 85123a ,"AIRLINE BAG, ""JET"" SET",4,12/1/2010 8:26,2.55,17850.0,United Kingdom
        536365,71053,WHITE METAL LANTERN,6,12/1/2010 8:27,3.39,17850,United Kingdom
        C536379,D,Discount,-1,12/1/2010 9:41,27.5,14527,United Kingdom
        C536383,35004C,SET OF 3 COLOURED FLYING DUCKS,-1,12/1/2010 9:49,4.65,15311,United Kingdom
        536370,POST,POSTAGE,3,12/1/2010 8:45,18,12583,France
        536370,dcgs0003,BOXED GLASS ASHTRAY,2,12/1/2010 8:45,1.25,12583,France
        """)
    #expect(
      shown(file) == [
        "order 536365: 85123A 10, 71053 6", "cancellation C536383: 35004C 1",
        "order 536370: DCGS0003 2",
      ])
    #expect(file.leftOut == OrderFile.LeftOut(notGoods: 2, writeOffs: 0, foundStock: 0))
  }

  @Test func `write-offs and found stock are left out and counted`() throws {
    let file = try orderFile(
      header + """
        1,22139,,-5,t,0,,United Kingdom
        2,22139,found,56,t,0.0,,United Kingdom
        3,22139,gift,1,t,0,17850,United Kingdom
        4,22139,gift,1,t,0,,United Kingdom
        4,22140,,1,t,2.5,,United Kingdom
        5,22139,,7,t,0,,United Kingdom
        5,POST,,1,t,0,,United Kingdom
        6,22139,,0,t,1,,United Kingdom
        C7,22139,,3,t,1,,United Kingdom
        8,22139,,3,t,1,,United Kingdom
        """)
    #expect(
      shown(file) == [
        "order 3: 22139 1", "order 4: 22139 1, 22140 1", "order 5: 22139 7", "order 8: 22139 3",
      ])
    #expect(file.leftOut == OrderFile.LeftOut(notGoods: 1, writeOffs: 3, foundStock: 1))
  }

  @Test(arguments: [
    "POST", "DOT", "M", "C2", "BANK CHARGES", "gift_0001_20", "PADS", "1234", "123456", "12345ABCD",
    "12345-A", "DCGS", "1234A",
  ])
  func `what is not goods is left out`(code: String) throws {
    let file = try orderFile(header + "1,\(code),,1,t,1,1,x\n1,12345abc,,2,t,1,1,x\n")
    #expect(shown(file) == ["order 1: 12345ABC 2"])
    #expect(file.leftOut.notGoods == 1)
  }

  @Test func `rows of an invoice that stand apart are joined`() throws {
    let file = try orderFile(header + "1,11111,,1,t,1,1,x\n2,11111,,1,t,1,1,x\n1,11111,,4,t,1,1,x")
    #expect(shown(file) == ["order 1: 11111 5", "order 2: 11111 1"])
  }

  @Test func `the second edition's names of columns are known`() throws {
    let header = "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n"
    #expect(shown(try orderFile(header + "1,11111,,1,t,1,1,x\n")) == ["order 1: 11111 1"])
  }
}

@Suite struct OpeningStockTests {
  @Test func `the policy chooses the column`() throws {
    let bytes = Array("sku,ample,scarce\n10002,860,516\n10080,0,0\n".utf8)
    #expect(try OpeningStock(csv: bytes, policy: .ample).rows.map(\.units) == [860, 0])
    #expect(try OpeningStock(csv: bytes, policy: .scarce).rows.map(\.units) == [516, 0])
  }

  @Test(arguments: [
    ("sku,scarce\nA,1\n", OpeningStockFault.missingColumn), ("", .missingColumn),
    ("sku,ample\n", .missingColumn), ("sku,ample\nA,-1\n", .badRow(1)),
    ("sku,ample\nA,1\nB,x\n", .badRow(2)), ("sku,ample\n,1\n", .badRow(1)),
    ("sku,ample\nA,1\na,2\n", .duplicate("a")),
  ])
  func `a bad file is refused`(text: String, fault: OpeningStockFault) {
    #expect(throws: fault) { try OpeningStock(csv: Array(text.utf8), policy: .ample) }
  }

  @Test func `ample is the most that is ever out at once`() throws {
    let file = try orderFile(
      houseHeader
        + """
        t,cancel,C0,A,9,x
        t,order,1,A,4,x
        t,cancel,C2,A,3,x
        t,order,3,A,2,x
        t,order,4,B,1,x
        """)
    #expect(OpeningStock(for: file, policy: .ample).rows.map(\.units) == [4, 1])
    #expect(OpeningStock(for: file, policy: .scarce).rows.map(\.units) == [2, 1])
  }
}
