// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// The books of a replay: what was asked, what was answered, and what the server must therefore hold
/// at the end. SKUs are known by their number in `skus`, which those of the opening stock lead.
///
/// A cancellation returns, per line, the smaller of its quantity and what is still out of that SKU:
/// shipped with accepted orders and not yet returned. Which of the orders it is matched to changes
/// no quantity.
package struct ReplayBook: Sendable {
  /// The SKUs of the opening stock, then any others the documents name.
  package let skus: [SKU]
  /// How many of `skus` have an opening stock.
  package let stockedCount: Int
  /// Whole units at the beginning, per SKU.
  package let opening: [Int64]
  /// Units that left and came back, per SKU.
  package private(set) var shipped: [Int64]
  package private(set) var returned: [Int64]

  /// Documents answered so far.
  package private(set) var orders = 0
  package private(set) var accepted = 0
  package private(set) var cancellations = 0
  /// Ids of rejected orders, in the order of the answers.
  package private(set) var rejectedOrders: [String] = []

  /// For every SKU number of the order file, the number here.
  private let numbers: [Int]
  /// Units of returns that were asked for and not answered yet; they cannot be returned again.
  private var returning: [Int64]

  /// Opens the books.
  package init(opening stock: OpeningStock, file: OrderFile) {
    var index = SKUIndex()
    for row in stock.rows { _ = index.add(row.sku) }
    stockedCount = index.count
    numbers = file.skus.skus.map { index.add($0) }
    skus = index.skus
    opening = stock.rows.map(\.units) + Array(repeating: 0, count: index.count - stockedCount)
    shipped = Array(repeating: 0, count: index.count)
    returned = shipped
    returning = shipped
  }

  /// Units shipped so far, all SKUs together.
  package var unitsShipped: Int64 { shipped.reduce(0, +) }
  /// Units returned so far, all SKUs together.
  package var unitsReturned: Int64 { returned.reduce(0, +) }

  /// What a document asks for, as lines of a command, in file order.
  package func orderLines(of document: SaleDocument) -> OrderLines {
    var lines = OrderLines()
    lines.reserveCapacity(document.lines.count)
    for line in document.lines {
      lines.append(OrderLine(skus[numbers[line.sku]], Quantity(Int(line.units))))
    }
    return lines
  }

  /// An order was accepted and shipped in full.
  package mutating func orderShipped(_ order: SaleDocument) {
    invariant(order.kind == .order, "only orders are shipped")
    orders += 1
    accepted += 1
    for line in order.lines { shipped[numbers[line.sku]] += line.units }
  }

  /// An order was rejected whole.
  package mutating func orderRejected(_ order: SaleDocument) {
    invariant(order.kind == .order, "only orders are rejected")
    orders += 1
    rejectedOrders.append(order.id)
  }

  /// What a cancellation returns, as lines of a receipt; empty when nothing of it is still out. The
  /// units are set aside until `returnArrived` or `returnFailed`.
  package mutating func beginReturn(_ cancellation: SaleDocument) -> OrderLines {
    invariant(cancellation.kind == .cancellation, "only cancellations return goods")
    var lines = OrderLines()
    for line in cancellation.lines {
      let sku = numbers[line.sku]
      let units = min(line.units, shipped[sku] - returned[sku] - returning[sku])
      if units <= 0 { continue }
      returning[sku] += units
      lines.append(OrderLine(skus[sku], Quantity(Int(units))))
    }
    return lines
  }

  /// The server answered the receipt: `arrived` is what it put into stock, which differs from `asked`
  /// only when an earlier run under the same ids asked for something else.
  ///
  /// - Returns: whether `arrived` is a part of the document's lines, in their order; if not, the
  ///   books are wrong from here on.
  package mutating func returnArrived(
    _ cancellation: SaleDocument, asked: OrderLines, arrived: OrderLines
  ) -> Bool {
    endReturn(cancellation, asked: asked)
    cancellations += 1
    return apply(arrived, of: cancellation) { book, sku, units in book.returned[sku] += units }
  }

  /// The receipt came to nothing.
  package mutating func returnFailed(_ cancellation: SaleDocument, asked: OrderLines) {
    endReturn(cancellation, asked: asked)
  }

  private mutating func endReturn(_ cancellation: SaleDocument, asked: OrderLines) {
    let isPart = apply(asked, of: cancellation) { book, sku, units in
      book.returning[sku] -= units
      invariant(book.returning[sku] >= 0, "a return ends once")
    }
    invariant(isPart, "a return asks for lines of its document")
  }

  /// Lines of a receipt are a part of its document's lines, in the same order.
  private mutating func apply(
    _ lines: OrderLines, of document: SaleDocument,
    _ change: (inout ReplayBook, _ sku: Int, _ units: Int64) -> Void
  ) -> Bool {
    var next = lines.startIndex
    for line in document.lines where next < lines.endIndex {
      let sku = numbers[line.sku]
      guard lines[next].sku == skus[sku] else { continue }
      change(&self, sku, lines[next].quantity.wholeUnits)
      next += 1
    }
    return next == lines.endIndex
  }

  /// What must be on hand now, per SKU: opening - shipped + returned.
  package var expectedOnHand: [Int64] {
    skus.indices.map { opening[$0] - shipped[$0] + returned[$0] }
  }
}
