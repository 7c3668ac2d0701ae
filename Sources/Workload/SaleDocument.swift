// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// One document of an order file: an order, or the cancellation of goods sold earlier.
package struct SaleDocument: Sendable, Equatable {
  /// What the document asks for.
  package enum Kind: Sendable, Equatable {
    /// Goods are sold: all lines or none.
    case order
    /// Goods sold earlier come back.
    case cancellation
  }

  /// One SKU of a document.
  package struct Line: Sendable, Equatable {
    /// The SKU's number in the file's `SKUIndex`.
    package var sku: Int
    /// Whole units, at least 1.
    package var units: Int64
    /// Makes a line.
    package init(sku: Int, units: Int64) {
      self.sku = sku
      self.units = units
    }
  }

  /// What it asks for.
  package var kind: Kind
  /// The retailer's number; unique in the file.
  package var id: String
  /// Its lines in file order; every SKU at most once.
  package var lines: [Line]

  /// Makes a document.
  package init(_ kind: Kind, id: String, lines: [Line]) {
    self.kind = kind
    self.id = id
    self.lines = lines
  }
}

/// Numbers for SKUs in the order they are first met, so that quantities live in arrays.
package struct SKUIndex: Sendable {
  /// The SKUs by number.
  package private(set) var skus: [SKU] = []
  private var numbers: [SKU: Int] = [:]

  /// Knows no SKU.
  package init() {}

  /// How many SKUs are known.
  package var count: Int { skus.count }

  /// The number of a SKU, or `nil` when it is not known. O(length).
  package func number(of sku: SKU) -> Int? { numbers[sku] }

  /// The number of a SKU, which is given one when it is new. O(length).
  package mutating func add(_ sku: SKU) -> Int {
    if let known = numbers[sku] { return known }
    numbers[sku] = skus.count
    skus.append(sku)
    return skus.count - 1
  }
}
