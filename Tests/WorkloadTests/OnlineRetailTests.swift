// SPDX-License-Identifier: Apache-2.0

import Foundation
import InventoryModel
import Testing

@testable import Workload

/// The real year of orders, when it is at hand: in the folder `HOLDFAST_DATA` names, or beside the
/// package in `../shared/data/online-retail` (also for a package one folder deeper).
enum OnlineRetail {
  static let folder: URL? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let named = ProcessInfo.processInfo.environment["HOLDFAST_DATA"].map { URL(filePath: $0) }
    let beside = ["..", "../.."].map { root.appending(path: "\($0)/shared/data/online-retail") }
    let found = ([named].compactMap { $0 } + beside).first {
      FileManager.default.fileExists(atPath: $0.appending(path: "orders.csv.gz").path)
    }
    if found == nil {
      print("skipped: no data set; HOLDFAST_DATA names the folder of orders.csv.gz")
    }
    return found
  }()

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: try #require(folder).appending(path: name)))
  }

  /// The orders, unpacked by the system's `gunzip` and read once.
  static let orders: Result<OrderFile, any Error> = Result {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let path = try #require(folder).appending(path: "orders.csv.gz").path
    process.arguments = ["gunzip", "-c", path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    var reader = OrderFileReader()
    while let piece = try pipe.fileHandleForReading.read(upToCount: 1 << 16), !piece.isEmpty {
      try reader.read(Array(piece))
    }
    process.waitUntilExit()
    return try reader.finish()
  }

  static func expected(_ policy: StockPolicy) throws -> [String: Any] {
    let json = try JSONSerialization.jsonObject(with: Data(try bytes("expected.json")))
    let policies = try #require((json as? [String: Any])?["policies"] as? [String: Any])
    return try #require(policies[policy.rawValue] as? [String: Any])
  }
}

/// The least stock keeper that could work: on-hand units per SKU, nothing else.
private struct PlainStock {
  var units: [SKU: Int64]

  mutating func take(_ lines: OrderLines) -> Bool {
    guard lines.allSatisfy({ units[$0.sku, default: 0] >= $0.quantity.wholeUnits }) else {
      return false
    }
    for line in lines { units[line.sku, default: 0] -= line.quantity.wholeUnits }
    return true
  }

  mutating func put(_ lines: OrderLines) {
    for line in lines { units[line.sku, default: 0] += line.quantity.wholeUnits }
  }
}

@Suite(.enabled(if: OnlineRetail.folder != nil, "skipped: no data set"))
struct OnlineRetailTests {
  @Test func `the file is read whole`() throws {
    let file = try OnlineRetail.orders.get()
    #expect(file.documents.count { $0.kind == .order } == 19_790)
    #expect(file.documents.count { $0.kind == .cancellation } == 3_422)
    #expect(file.documents.map(\.lines.count).reduce(0, +) == 526_302)
    #expect(file.documents.map(\.lines.count).max() == 1_106)
    #expect(file.skus.count == 3_813)
    #expect(file.leftOut == OrderFile.LeftOut())
  }

  /// The same documents written in the other layout, among rows that are to be left out.
  @Test func `the published layout gives the same documents`() throws {
    let file = try OnlineRetail.orders.get()
    var text =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\r\n"
    for document in file.documents.prefix(1_500) {
      let sign = document.kind == .order ? "" : "-"
      text += "\(document.id),POST,POSTAGE,\(sign)1,12/1/2010 8:26,18,12583.0,France\r\n"
      for line in document.lines {
        let sku = file.skus.skus[line.sku].text.lowercased()
        text += "\(document.id),\(sku),\"A, \"\"B\"\"\",\(sign)\(line.units),t,0,17850.0,x\r\n"
      }
      text += "9\(document.id.suffix(6)),21730,lost,-3,12/1/2010 8:26,0,,United Kingdom\r\n"
    }
    let other = try orderFile(text, pieceBytes: 4_096)
    #expect(shown(other).elementsEqual(shown(file).prefix(1_500)))
    #expect(other.leftOut == OrderFile.LeftOut(notGoods: 1_500, writeOffs: 1_500))
  }

  @Test(arguments: StockPolicy.allCases)
  func `the opening stock can be worked out from the orders`(policy: StockPolicy) throws {
    let derived = OpeningStock(for: try OnlineRetail.orders.get(), policy: policy)
    let stated = try OpeningStock(csv: try OnlineRetail.bytes("opening_stock.csv"), policy: policy)
    let units = Dictionary(uniqueKeysWithValues: derived.rows.map { ($0.sku, $0.units) })
    #expect(derived.rows.count == stated.rows.count)
    for row in stated.rows { #expect(units[row.sku] == row.units, "\(row.sku)") }
  }

  @Test(arguments: StockPolicy.allCases)
  func `the books end where they must`(policy: StockPolicy) throws {
    let file = try OnlineRetail.orders.get()
    let opening = try OpeningStock(csv: try OnlineRetail.bytes("opening_stock.csv"), policy: policy)
    var book = ReplayBook(opening: opening, file: file)
    var stock = PlainStock(
      units: Dictionary(uniqueKeysWithValues: opening.rows.map { ($0.sku, $0.units) }))
    for document in file.documents {
      switch document.kind {
      case .order:
        if stock.take(book.orderLines(of: document)) {
          book.orderShipped(document)
        } else {
          book.orderRejected(document)
        }
      case .cancellation:
        let lines = book.beginReturn(document)
        stock.put(lines)
        let isPart = book.returnArrived(document, asked: lines, arrived: lines)
        #expect(isPart)
      }
    }
    let units = book.skus.map { stock.units[$0] ?? 0 }
    #expect(units == book.expectedOnHand)
    let expected = try OnlineRetail.expected(policy)
    #expect(book.orders == expected["orders"] as? Int)
    #expect(book.accepted == expected["accepted_orders"] as? Int)
    #expect(book.rejectedOrders.count == expected["rejected_orders"] as? Int)
    #expect(Int(book.unitsShipped) == expected["units_shipped"] as? Int)
    #expect(Int(book.unitsReturned) == expected["units_returned"] as? Int)
    #expect(Int(units.reduce(0, +)) == expected["final_on_hand_units"] as? Int)
    #expect(
      ReplayChecksum.onHand(book, units: units) == expected["on_hand_sha256"] as? String)
    #expect(
      ReplayChecksum.rejectedOrders(book) == expected["rejected_orders_sha256"] as? String)
  }
}
