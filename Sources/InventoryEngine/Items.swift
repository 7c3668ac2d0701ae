// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// One SKU at one source.
struct SourceItem {
  /// On-hand quantity, 0 to `Bounds.itemMax`.
  var quantity: Int64
  /// The position of the command that last changed it.
  var version: Position
  /// The SKU's next source item, or `none`.
  var next: UInt32
  /// Its own low-stock level, or `none`.
  var notify: UInt32 = none
  /// What left it by another system and was not there (18.8), or `none`.
  var unexplained: UInt32 = none
  /// Number of the source.
  var source: UInt16
  /// The operator's intent.
  var isInStock: Bool

  static let vacant = SourceItem(
    quantity: 0, version: 0, next: none, source: .max, isInStock: false)
}

/// One SKU in one stock: the row that selling touches. Its counters are sums over the SKU's source
/// items at the stock's linked sources and over the reservation entries; `violations` recomputes them.
struct StockItem {
  /// On hand: in-stock items of enabled linked sources.
  var onHand: Int64 = 0
  /// Sum of the reservation entries, at most 0 in a healthy system.
  var reserved: Int64 = 0
  /// The part of what is reserved that waits for goods; kept only while stocks share the SKU (18.2).
  var backordered: Int64 = 0
  /// The SKU's next stock item, or `none`.
  var next: UInt32
  /// The oldest line with a non-zero sum of entries, or `none`; its `previousClaim` is the newest.
  var firstClaim: UInt32 = none
  /// Lines with a non-zero sum of entries.
  var claimCount: UInt32 = 0
  /// Its place in the list of what the command at work touches, from 1; 0 when untouched.
  var touched: UInt32 = 0
  /// Number of the SKU.
  var sku: UInt32
  /// Number of the stock.
  var stock: UInt16
  /// Items at linked sources.
  var assigned: UInt16 = 0
  /// Items at linked sources that are enabled.
  var enabled: UInt16 = 0
  /// In-stock items at linked sources that are enabled.
  var inStock: UInt16 = 0

  init(sku: UInt32, stock: UInt16, next: UInt32) {
    self.sku = sku
    self.stock = stock
    self.next = next
  }

  /// What is promised of goods that are there (18.2).
  var promised: Int64 { max(-reserved - backordered, 0) }

  /// Whether it says nothing: as good as absent.
  var isBlank: Bool { onHand == 0 && reserved == 0 && assigned == 0 && firstClaim == none }
}

/// What one source item adds to a stock item.
struct Contribution: Equatable {
  var onHand: Int64 = 0
  var assigned: UInt16 = 0
  var enabled: UInt16 = 0
  var inStock: UInt16 = 0

  /// Of an item at a source; of no item, nothing.
  init(quantity: Int64, isInStock: Bool, isEnabled: Bool) {
    assigned = 1
    enabled = isEnabled ? 1 : 0
    inStock = isEnabled && isInStock ? 1 : 0
    onHand = isEnabled && isInStock ? quantity : 0
  }

  init() {}
}

extension StockItem {
  /// Replaces one contribution by another. Nothing overflows: see `Bounds`.
  mutating func exchange(_ old: Contribution, for new: Contribution) {
    onHand += new.onHand - old.onHand
    assigned = assigned + new.assigned - old.assigned
    enabled = enabled + new.enabled - old.enabled
    inStock = inStock + new.inStock - old.inStock
  }
}
