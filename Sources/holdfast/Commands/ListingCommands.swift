// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryModel

struct Entries: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows reservation entries in the order they were appended.")
  @Option(help: "Those of this SKU.")
  var sku: SKU?
  @Option(help: "Those of this order.")
  var order: DocumentID?
  @Option(help: "Those of this hold.")
  var hold: DocumentID?
  @Option(help: "Those of this stock.")
  var stock: StockID?
  @Option(help: "Those that this id caused, be it an order's or not.")
  var object: DocumentID?
  @Option(help: "Only entries with a greater number.")
  var after: UInt64 = 0
  @Option(help: "At most so many.")
  var limit: UInt64 = .max
  @OptionGroup var call: CallOptions

  func validate() throws {
    let named = [sku != nil, order != nil, hold != nil, stock != nil, object != nil]
    if named.filter({ $0 }).count > 1 {
      throw ValidationError("Name one of --sku, --order, --hold, --stock and --object.")
    }
  }

  var filter: EntryFilter {
    if let sku { return .sku(sku) }
    if let order { return .order(order) }
    if let stock { return .stock(stock) }
    if let object { return .object(object) }
    return hold.map { .hold($0) } ?? .all
  }

  mutating func run() async throws {
    let (filter, start, most) = (filter, after, limit)
    try await call.run { session in
      var rows: [EntryRow] = []
      while UInt64(rows.count) < most {
        let wanted = min(most - UInt64(rows.count), UInt64(Limits.pageRowsMax))
        let answer = try await session.ask(
          .entries(filter, after: rows.last?.id ?? start, limit: UInt32(wanted)))
        guard case .entries(let page, let isLast) = answer else { return answer.report }
        rows += page
        if isLast || page.isEmpty { break }
      }
      return EntryRow.report(rows)
    }
  }
}

struct ExportStock: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Prints the quantity on hand of every SKU over all sources as CSV.",
    discussion:
      "Sorted by the bytes of the SKU, so that two exports can be compared. Taken page by "
      + "page: of a server that sells meanwhile it is no picture of one moment.")
  @OptionGroup var call: CallOptions

  mutating func run() async throws {
    try await call.run { session in
      var rows: [OnHandRow] = []
      while true {
        let answer = try await session.ask(
          .onHandPage(after: rows.last?.sku, limit: UInt32(Limits.pageRowsMax)))
        guard case .onHand(let page, let isLast) = answer else { return answer.report }
        rows += page
        if isLast || page.isEmpty { break }
      }
      return OnHandRow.export(rows)
    }
  }
}

extension OnHandRow {
  /// Header and rows as CSV, sorted by the bytes of the SKU.
  static func export(_ rows: [OnHandRow]) -> Report {
    let sorted = rows.sorted { $0.sku.text.utf8.lexicographicallyPrecedes($1.sku.text.utf8) }
    return Report(
      lines: ["sku,quantity"] + sorted.map { "\(csvField($0.sku.text)),\($0.quantity)" },
      values: sorted.map { ["sku": .text($0.sku.text), "quantity": .quantity($0.quantity)] })
  }
}

/// A field of a CSV file, quoted when it must be (RFC 4180).
func csvField(_ text: String) -> String {
  let isPlain = text.utf8.allSatisfy {
    $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\n")
      && $0 != UInt8(ascii: "\r")
  }
  if isPlain { return text }
  return "\""
    + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    + "\""
}
