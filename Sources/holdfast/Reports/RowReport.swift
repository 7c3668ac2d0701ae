// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Rows of equal shape, as a table for people and as objects for programs.
struct RowReport {
  /// Keys of the objects; with spaces for underscores, headings of the table.
  let columns: [String]
  let rows: [[JSON]]

  init(_ columns: [String], _ rows: [[JSON]]) {
    self.columns = columns
    self.rows = rows
  }

  /// A table, an object a row, and in words what an empty list means.
  func report(none: String, total: UInt64? = nil) -> Report {
    let values = rows.map { row in
      JSON.object(zip(columns, row).map { JSON.Member(key: $0, value: $1) })
    }
    if rows.isEmpty { return Report(lines: [none], values: values) }
    let headings = columns.map { $0.split(separator: "_").joined(separator: " ") }
    var lines = table([headings] + rows.map { $0.map(\.cell) })
    if let total, total > rows.count { lines.append("\(rows.count) of \(total)") }
    return Report(lines: lines, values: values)
  }
}

extension JSON {
  /// The value in a cell of a table.
  var cell: String {
    switch self {
    case .null: "-"
    case .bool(let flag): flag ? "yes" : "no"
    case .text(let text): text
    case .list(let values): values.isEmpty ? "-" : values.map(\.cell).joined(separator: " ")
    case .number, .natural, .decimal, .object: description
    }
  }

  static func stock(_ stock: StockID) -> JSON { .number(Int64(stock.rawValue)) }
}
