// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// How much stock a replay begins with.
package enum StockPolicy: String, Sendable, CaseIterable {
  /// The least stock with which nothing runs out when every order is accepted in file order.
  case ample
  /// 60 % of it, rounded.
  case scarce
}

/// Whole units on hand per SKU when a replay begins.
package struct OpeningStock: Sendable, Equatable {
  /// The SKUs with their units, in file order.
  package private(set) var rows: [Row] = []

  /// One SKU and its units, at least 0.
  package struct Row: Sendable, Equatable {
    /// The SKU.
    package var sku: SKU
    /// Whole units, at least 0.
    package var units: Int64
  }

  /// What `ample` and `scarce` mean for these documents: the largest number of units ever out at
  /// once, ordered so far less returned so far, and `(6 * ample + 5) / 10`. O(lines).
  package init(for file: OrderFile, policy: StockPolicy) {
    var out = [Int64](repeating: 0, count: file.skus.count)
    var most = out
    for document in file.documents {
      for line in document.lines {
        switch document.kind {
        case .order:
          out[line.sku] += line.units
          most[line.sku] = max(most[line.sku], out[line.sku])
        case .cancellation: out[line.sku] -= min(line.units, out[line.sku])
        }
      }
    }
    rows = zip(file.skus.skus, most).map { sku, ample in
      Row(sku: sku, units: policy == .ample ? ample : (6 * ample + 5) / 10)
    }
  }

  /// Reads a file with the columns `sku`, `ample` and `scarce`.
  package init(csv bytes: [UInt8], policy: StockPolicy) throws(OpeningStockFault) {
    var splitter = CSVSplitter()
    var columns: (sku: Int, units: Int)?
    var seen = SKUIndex()
    for index in 0...bytes.count {
      let isComplete: Bool
      do {
        isComplete = try index < bytes.count ? splitter.feed(bytes[index]) : splitter.finish()
      } catch { throw .notCSV(error) }
      guard isComplete else { continue }
      let record = splitter.record
      guard let (sku, units) = columns else {
        let names = (0..<record.fieldCount).map(record.text)
        guard let sku = names.firstIndex(of: "sku"),
          let units = names.firstIndex(of: policy.rawValue)
        else { throw .missingColumn }
        columns = (sku, units)
        continue
      }
      let row = Row(sku: SKU(record.text(sku)), units: wholeUnits(record.field(units)) ?? -1)
      guard row.sku.isWellFormed, row.units >= 0 else { throw .badRow(rows.count + 1) }
      guard seen.add(row.sku) == rows.count else { throw .duplicate(row.sku.text) }
      rows.append(row)
    }
    if rows.isEmpty { throw .missingColumn }
  }
}

/// Why a file is no opening stock.
package enum OpeningStockFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// The first record does not name `sku` and the policy's column, or nothing follows it.
  case missingColumn
  /// A row has no SKU, or no whole number of at least 0.
  case badRow(Int)
  /// A SKU stands there twice.
  case duplicate(String)
  /// The text cannot be cut into records.
  case notCSV(CSVFault)

  /// The fault in words.
  package var description: String {
    switch self {
    case .missingColumn: "the columns sku and that of the policy are needed, and rows below them"
    case .badRow(let row): "row \(row): no SKU, or no whole number of units"
    case .duplicate(let sku): "\(sku) stands there twice"
    case .notCSV(let fault): "\(fault)"
    }
  }
}
