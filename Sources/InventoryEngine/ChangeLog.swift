// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// What a stock has of a SKU, as the change stream compares it.
struct StockNumbers: Equatable {
  var onHand: Int64
  var reserved: Int64
  var salable: Int64
  var isManaged: Bool
  var isSalable: Bool
  var isOverpromised: Bool
}

/// A stock item that the command at work touches, and what it had before.
struct TouchedItem {
  var stockItem: UInt32
  var before: StockNumbers
}

/// One row of the change stream.
struct ChangeRecord {
  var position: Position
  var time: Int64
  var stockItem: UInt32
  var before: StockNumbers
  var after: StockNumbers
}

// 18.8: the change stream. A stock item is noted before a command changes anything it depends on, and
// compared when the command is done; what differs is a row.

extension Engine {
  /// Notes a stock item before it changes, together with those it shares goods with. O(1), or
  /// O(stocks of the SKU) for one that is shared.
  @inline(__always)
  mutating func touch(_ stockItem: UInt32) {
    if stockItems[stockItem].touched == 0 { touchAfresh(stockItem) }
  }

  private mutating func touchAfresh(_ stockItem: UInt32) {
    let sku = stockItems[stockItem].sku
    if isJoint(sku) { touchAll(of: sku) } else { note(stockItem) }
  }

  /// Notes every stock item of a SKU. O(stocks of the SKU).
  mutating func touchAll(of sku: UInt32) {
    var stockItem = skus[sku].firstStockItem
    while stockItem != none {
      if stockItems[stockItem].touched == 0 { note(stockItem) }
      stockItem = stockItems[stockItem].next
    }
  }

  /// Notes every stock item, for a setting of the whole store. O(SKUs x stocks).
  mutating func touchEverything() {
    for sku in 0..<UInt32(skus.count) { touchAll(of: sku) }
  }

  private mutating func note(_ stockItem: UInt32) {
    touched.append(TouchedItem(stockItem: stockItem, before: numbers(stockItem)))
    stockItems[stockItem].touched = UInt32(truncatingIfNeeded: touched.count)
  }

  /// Promotes what waited, writes the rows of the command that is done, and forgets what it touched.
  /// O(what was touched).
  mutating func publish() {
    if touched.isEmpty { return }
    for place in touched.indices {
      let sku = stockItems[touched[place].stockItem].sku
      if skus[sku].firstWaiting != none { promote(sku) }
    }
    for place in touched.indices {
      let stockItem = touched[place].stockItem
      stockItems[stockItem].touched = 0
      let after = numbers(stockItem)
      if after == touched[place].before { continue }
      _ = changes.append(
        ChangeRecord(
          position: position, time: now, stockItem: stockItem, before: touched[place].before,
          after: after))
    }
    while changes.count > options.changesMax { _ = changes.removeFirst() }
    touched.removeAll(keepingCapacity: true)
  }

  /// What a stock has of a SKU now. O(1), or the cost of `Sharing.physical` for one that is shared.
  func numbers(_ stockItem: UInt32) -> StockNumbers {
    let sku = stockItems[stockItem].sku
    let terms = terms(stockItem)
    let isSalable = !skus[sku].isComposite && isSalable(stockItem, terms)
    return StockNumbers(
      onHand: stockItems[stockItem].onHand, reserved: stockItems[stockItem].reserved,
      salable: terms.isManaged && isSalable ? available(stockItem, terms) : 0,
      isManaged: terms.isManaged, isSalable: isSalable,
      isOverpromised: isOverpromised(stockItem, terms))
  }

  /// Whether more is promised than goods and rules allow.
  private func isOverpromised(_ stockItem: UInt32, _ terms: SellingRules) -> Bool {
    if !terms.isManaged { return false }
    if isJoint(stockItems[stockItem].sku) { return jointPhysical(stockItem) < 0 }
    if terms.isUnlimited || stockItems[stockItem].reserved >= 0 { return false }
    return physical(stockItem) - min(terms.threshold, 0) + terms.supply < 0
  }

  /// A page of the change stream after a sequence number. What is older than the oldest row kept is
  /// gone: the caller reads everything afresh and goes on from `newest`.
  func changePage(after sequence: UInt64, _ limit: Int) -> Answer {
    // Sequence numbers count from 1, running numbers from 0.
    let oldest = changes.count == 0 ? 0 : changes.head + 1
    var rows: [ChangeRow] = []
    var number = max(sequence, changes.head)
    while number < changes.tail, rows.count < limit {
      rows.append(row(changes[number], number + 1))
      number += 1
    }
    return .changes(rows, oldest: oldest, newest: changes.tail)
  }

  private func row(_ record: ChangeRecord, _ sequence: UInt64) -> ChangeRow {
    let stockItem = record.stockItem
    return ChangeRow(
      sequence: sequence, position: record.position, time: Timestamp(nanoseconds: record.time),
      stock: stocks[stockItems[stockItem].stock].id,
      sku: SKU(skus[stockItems[stockItem].sku].name), before: record.before.shown,
      after: record.after.shown)
  }
}

extension StockNumbers {
  fileprivate var shown: ChangeRow.Numbers {
    ChangeRow.Numbers(
      onHand: Quantity(raw: onHand), reserved: Quantity(raw: reserved),
      salable: isManaged ? Quantity(raw: salable) : nil, isSalable: isSalable,
      isOverpromised: isOverpromised)
  }
}
