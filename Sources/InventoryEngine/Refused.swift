// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// A refusal on its way out of a decision. Thrown before anything is changed.
struct Refused: Error {
  let refusal: Refusal

  init(_ refusal: Refusal) { self.refusal = refusal }

  init(_ code: RefusalCode, sku: SKU? = nil, field: String = "") {
    refusal = Refusal(code, sku: sku, field: field)
  }

  /// A field that is missing, empty, out of range or of the wrong form.
  static func invalid(_ field: String, sku: SKU? = nil) -> Refused {
    Refused(.invalid, sku: sku, field: field)
  }

  /// A table that is full.
  static func exhausted(_ table: String) -> Refused { Refused(.capacityExhausted, field: table) }
}

/// Quantities inside the engine are counts of 1/10,000 unit.
///
/// One source item holds at most `itemMax`; with at most 1,024 links a stock and 8,192 sources no sum
/// of items can overflow, and reserved sums stop at `reservedMax`, so that on hand + reserved −
/// threshold always fits.
enum Bounds {
  static let itemMax = Limits.quantityTenThousandthsMax
  static let reservedMax: Int64 = 4_000_000_000_000_000_000
}

extension Quantity {
  init(raw: Int64) { self.init(tenThousandths: raw) }
}
