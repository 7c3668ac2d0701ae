// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// 4.7, 9, 11.8, 11.9: small answers for shops and order entry.

extension Engine {
  /// The nearest quantity that the increments allow (4.7). O(1).
  func suggest(
    _ point: SalesPoint, _ name: SKU, _ quantity: Quantity
  ) throws(Refused) -> Answer {
    let stock = try resolve(point)
    let sku = try product(name)
    let item = stockItem(sku, stock)
    let rules = item == none ? rules(of: sku) : terms(item, channel: channel(of: point))
    let wanted = quantity.tenThousandths
    let step = rules.increment
    guard wanted > 0, rules.isManaged, step >= 2 * Quantity.one.tenThousandths, item != none,
      let salable = salableQuantity(item, rules)
    else { return .quantity(quantity) }
    let low = max(rules.minSale, step)
    var high = rules.isUnlimited ? Int64.max : salable
    if rules.maxSale != 0 { high = min(high, rules.maxSale) }
    // Rounded to multiples: up at the low end, down at the high end.
    let lowest = (low + step - 1) / step * step
    let highest = high / step * step
    if wanted < low || wanted > high || lowest > highest { return .quantity(quantity) }
    let below = min(max(wanted / step * step, lowest), highest)
    let above = min(max(wanted / step * step + step, lowest), highest)
    let isBelow = abs(below - wanted) < abs(above - wanted)
    return .quantity(Quantity(raw: isBelow ? below : above))
  }

  /// "Only X left" (section 9), in request order. O(SKUs).
  func onlyLeft(_ point: SalesPoint, _ names: [SKU]) throws(Refused) -> Answer {
    let stock = try resolve(point)
    let channel = channel(of: point)
    let limit = store[.onlyLeftThreshold]
    return .onlyLeft(
      names.map { name in
        let sku = skus.find(name.text)
        guard limit > 0, sku != none, skus[sku].isProduct, !skus[sku].isComposite else {
          return OnlyLeftRow(sku: name, quantity: nil)
        }
        let item = stockItem(sku, stock)
        let shown = SKU(skus[sku].name)
        if item == none { return OnlyLeftRow(sku: shown, quantity: nil) }
        let terms = terms(item, channel: channel)
        guard terms.isManaged, !terms.isUnlimited, let salable = salableQuantity(item, terms),
          salable > 0, salable <= limit
        else { return OnlyLeftRow(sku: shown, quantity: nil) }
        return OnlyLeftRow(sku: shown, quantity: Quantity(raw: salable))
      })
  }

  /// The salable quantity of a SKU in every stock it is assigned to, in order of number (11.9).
  func stocksOf(_ name: SKU) throws(Refused) -> Answer {
    let sku = skus.find(name.text)
    if sku == none { throw Refused(.noSuchProduct, sku: name) }
    if skus[sku].isComposite { throw Refused(.compositeHasNoQuantity, sku: name) }
    var rows: [StockSalableRow] = []
    for stock in stocks.order where !stocks[stock].isDeleted {
      let item = stockItem(sku, stock)
      if item == none || stockItems[item].assigned == 0 { continue }
      let terms = terms(item)
      rows.append(
        StockSalableRow(
          stock: stocks[stock].id,
          salable: SalableRow(
            sku: SKU(skus[sku].name), isSalable: isSalable(item, terms),
            quantity: salableQuantity(item, terms).map { Quantity(raw: $0) }),
          isManaged: terms.isManaged,
          onHand: stockItems[item].enabled == 0 ? nil : Quantity(raw: stockItems[item].onHand),
          reserved: Quantity(raw: stockItems[item].reserved)))
    }
    return .stockSalable(rows)
  }

  /// A page of the stock export (11.8): composites always, others when assigned.
  func exportStock(
    _ point: SalesPoint, after name: SKU?, _ limit: Int
  ) throws(Refused) -> Answer {
    let stock = try resolve(point)
    let channel = channel(of: point)
    var rows: [ExportRow] = []
    var place = skus.order.start
    if let name { place = skus.place(of: name.text, isExclusive: true) }
    while let sku = skus.order.next(&place) {
      guard skus[sku].isProduct, let row = exportRow(sku, stock, channel) else { continue }
      if rows.count == limit { return .export(rows, isLast: false) }
      rows.append(row)
    }
    return .export(rows, isLast: true)
  }

  private func exportRow(_ sku: UInt32, _ stock: UInt16, _ channel: UInt32) -> ExportRow? {
    let name = SKU(skus[sku].name)
    if skus[sku].isComposite {
      return ExportRow(
        sku: name, quantity: .zero, isSalable: isCompositeSalable(sku, in: stock))
    }
    let item = stockItem(sku, stock)
    if item == none || stockItems[item].assigned == 0 { return nil }
    let terms = terms(item, channel: channel)
    return ExportRow(
      sku: name, quantity: salableQuantity(item, terms).map { Quantity(raw: $0) },
      isSalable: isSalable(item, terms))
  }

  /// The number of a product that owns quantities, or the refusal.
  private func product(_ name: SKU) throws(Refused) -> UInt32 {
    let sku = skus.find(name.text)
    guard sku != none, skus[sku].isProduct else { throw Refused(.noSuchProduct, sku: name) }
    if skus[sku].isComposite { throw Refused(.compositeHasNoQuantity, sku: name) }
    return sku
  }
}
