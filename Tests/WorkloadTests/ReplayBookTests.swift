// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import Workload

@Suite struct ReplayBookTests {
  private let file: OrderFile
  private var book: ReplayBook

  init() throws {
    file = try orderFile(
      """
      event,order_id,sku,quantity
      order,1,b,5
      order,1,Z,2
      cancel,C2,B,3
      cancel,C2,z,9
      cancel,C3,B,4
      order,4,new,1
      """)
    let opening = try OpeningStock(csv: Array("sku,ample\nZ,10\nB,10\n".utf8), policy: .ample)
    book = ReplayBook(opening: opening, file: file)
  }

  @Test func `SKUs keep the opening stock's order and spelling`() {
    #expect(book.skus.map(\.text) == ["Z", "B", "new"])
    #expect(book.stockedCount == 2)
    #expect(book.opening == [10, 10, 0])
    #expect(book.orderLines(of: file.documents[0]).map(\.sku.text) == ["B", "Z"])
  }

  @Test mutating func `a return is the smaller of what is asked and what is out`() {
    book.orderShipped(file.documents[0])
    let lines = book.beginReturn(file.documents[1])
    #expect(lines == [OrderLine("B", Quantity(3)), OrderLine("Z", Quantity(2))])
    let isPart = book.returnArrived(file.documents[1], asked: lines, arrived: lines)
    #expect(isPart)
    #expect(book.expectedOnHand == [10, 8, 0])
    #expect(book.beginReturn(file.documents[2]) == [OrderLine("B", Quantity(2))])
  }

  @Test mutating func `what is being returned cannot be returned twice`() {
    book.orderShipped(file.documents[0])
    let first = book.beginReturn(file.documents[1])
    #expect(book.beginReturn(file.documents[2]) == [OrderLine("B", Quantity(2))])
    book.returnFailed(file.documents[1], asked: first)
    #expect(book.beginReturn(file.documents[1]).first == OrderLine("B", Quantity(3)))
    #expect(book.unitsReturned == 0)
  }

  @Test mutating func `nothing returns of what was rejected`() {
    book.orderRejected(file.documents[0])
    #expect(book.beginReturn(file.documents[1]).isEmpty)
    #expect(book.expectedOnHand == book.opening)
    #expect(book.rejectedOrders == ["1"])
    #expect(book.orders == 1 && book.accepted == 0)
  }

  @Test mutating func `an earlier run's return counts as it was made`() {
    book.orderShipped(file.documents[0])
    let asked = book.beginReturn(file.documents[1])
    let arrived: OrderLines = [OrderLine("Z", Quantity(1))]
    let isPart = book.returnArrived(file.documents[1], asked: asked, arrived: arrived)
    #expect(isPart)
    #expect(book.returned == [1, 0, 0])
    #expect(book.beginReturn(file.documents[2]) == [OrderLine("B", Quantity(4))])
  }

  @Test mutating func `an answer about other goods is noticed`() {
    book.orderShipped(file.documents[0])
    let asked = book.beginReturn(file.documents[1])
    let isPart = book.returnArrived(
      file.documents[1], asked: asked, arrived: [OrderLine("new", Quantity(1))])
    #expect(!isPart)
  }

  @Test func `checksums are over sorted lines of the stocked SKUs`() {
    #expect(
      ReplayChecksum.onHand(book, units: [7, 0, 99]) == SHA256.hexadecimal(of: "B,0\nZ,7\n"))
    var book = book
    for id in ["C", "a", "B"] { book.orderRejected(SaleDocument(.order, id: id, lines: [])) }
    #expect(ReplayChecksum.rejectedOrders(book) == SHA256.hexadecimal(of: "B\nC\na\n"))
  }
}

@Suite struct ReplayIdentityTests {
  private func identity(_ rows: String, _ policy: StockPolicy = .ample) throws -> ReplayIdentity {
    let file = try orderFile("event,order_id,sku,quantity\n" + rows)
    return ReplayIdentity(
      of: file, opening: OpeningStock(for: file, policy: .ample), policy: policy)
  }

  @Test func `the same data make the same run, other data another`() throws {
    let rows = "order,1,A,2\ncancel,C2,A,1\n"
    let runID = try identity(rows).runID
    #expect(try identity(rows).runID == runID)
    #expect(try identity(rows, .scarce).runID != runID)
    for other in ["order,1,A,3\ncancel,C2,A,1\n", "order,1,A,2\n", "order,9,A,2\ncancel,C2,A,1\n"] {
      #expect(try identity(other).runID != runID)
    }
  }

  @Test func `commands have ids of their own`() throws {
    let steps: [ReplayIdentity.Step] = [.store, .opening, .place, .deduct, .receive]
    let named = ReplayIdentity(named: "a")
    var ids: Set<CommandID> = []
    for run in [named, ReplayIdentity(named: "b"), try identity("order,1,A,2\n")] {
      for name in ["1", "2", "1 1"] { for step in steps { ids.insert(run.commandID(step, name)) } }
    }
    #expect(ids.count == 45)
    #expect(named.commandID(.place, "1") == ReplayIdentity(named: "a").commandID(.place, "1"))
    #expect(!ids.contains(.none))
  }

  @Test func `runs have documents of their own`() throws {
    #expect(ReplayIdentity(named: "a").documentID("536365").text == "a/536365")
    let run = try identity("order,1,A,2\n")
    #expect(run.runID.utf8.count == 16)
    #expect(run.documentID("536365").text == run.runID + "/536365")
  }
}
