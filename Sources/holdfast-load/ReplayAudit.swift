// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import Workload

/// The end of a replay: does the server hold what the books say, and does it know every command it
/// acknowledged?
struct ReplayAudit {
  /// Commands asked for at once.
  private static let lookupsMax = 256

  private let client: ReplayClient
  private let book: ReplayBook
  private(set) var stock = StockAudit()
  /// Whole units on hand as the server says, by the books' SKU numbers.
  private(set) var units: [Int64]
  private(set) var lookedUp = 0

  init(_ client: ReplayClient, _ book: ReplayBook) {
    self.client = client
    self.book = book
    units = Array(repeating: 0, count: book.skus.count)
  }

  /// Asks and compares.
  mutating func audit(_ acknowledged: [(id: CommandID, isGranted: Bool)]) async throws {
    let onHand = try await onHand()
    let available = try await available()
    for (index, sku) in book.skus.enumerated() {
      units[index] = onHand[index]?.wholeUnits ?? 0
      // A SKU without opening stock is never sold, and need not be known.
      let isAbsent = index >= book.stockedCount && onHand[index] == nil
      stock.compare(
        sku,
        StockAudit.Expectation(
          opening: book.opening[index], deducted: book.shipped[index],
          returned: book.returned[index], reserved: 0),
        onHand: isAbsent ? .zero : onHand[index], salable: isAbsent ? .zero : available[index])
    }
    try await lookUp(acknowledged)
  }

  /// What is on hand, page by page.
  private func onHand() async throws -> [Quantity?] {
    var index = SKUIndex()
    for sku in book.skus { _ = index.add(sku) }
    var onHand = [Quantity?](repeating: nil, count: index.count)
    var last: SKU?
    while true {
      let limit = UInt32(Limits.pageRowsMax)
      guard
        case .onHand(let rows, let isLast) = try await client.ask(
          .onHandPage(after: last, limit: limit))
      else { throw LoadFailure("the server does not list what is on hand") }
      for row in rows {
        if let number = index.number(of: row.sku) { onHand[number] = row.quantity }
      }
      last = rows.last?.sku
      if isLast || rows.isEmpty { return onHand }
    }
  }

  /// What could be sold. The SKUs need be in no catalogue, so the check of a request is asked, which
  /// says what is available all the same.
  private func available() async throws -> [Quantity?] {
    var available: [Quantity?] = []
    for start in stride(from: 0, to: book.skus.count, by: ReplayClient.rowsMax) {
      let skus = book.skus[start..<min(start + ReplayClient.rowsMax, book.skus.count)]
      let request = ReserveRequest(
        .stock(.default), OrderLines(skus.map { OrderLine($0, .one) }), quantityChecksOnly: true)
      guard case .check(let rows) = try await client.ask(.check(request)), rows.count == skus.count
      else { throw LoadFailure("the server does not say what is available") }
      available += rows.map(\.available)
    }
    return available
  }

  private mutating func lookUp(_ acknowledged: [(id: CommandID, isGranted: Bool)]) async throws {
    let client = client
    for start in stride(from: 0, to: acknowledged.count, by: ReplayAudit.lookupsMax) {
      let part = acknowledged[start..<min(start + ReplayAudit.lookupsMax, acknowledged.count)]
      let findings = try await withThrowingTaskGroup(of: String?.self) { group in
        for (id, isGranted) in part {
          group.addTask { try await finding(client, id, isGranted: isGranted) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      lookedUp += findings.count
      for case let finding? in findings { stock.report(finding) }
    }
  }
}

/// What is wrong with an acknowledged command, if anything.
private func finding(
  _ client: ReplayClient, _ id: CommandID, isGranted: Bool
) async throws -> String? {
  guard case .outcome(let stored) = try await client.ask(.outcome(id)) else {
    return "command \(id) could not be asked for"
  }
  guard let stored else { return "command \(id) was acknowledged and is not known" }
  let wasGranted = stored.reply.outcome.refusal == nil
  return wasGranted == isGranted ? nil : "command \(id) was answered otherwise than it is stored"
}
