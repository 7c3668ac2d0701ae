// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Engine {
  /// Bills quantities of an order: physical goods do not move, virtual ones leave their sources now
  /// (rows 5 and 6 of 6.1; 6.7). O(lines + sources of the virtual ones).
  mutating func invoice(_ invoice: Invoice, _ digest: UInt64) throws(Refused) -> Outcome {
    if let first = firstResult(invoice.document, .invoice, digest) { return first }
    try requireRoom(document: invoice.document, .invoice)
    try requireWellFormed(invoice.order, "order")
    try gather(invoice.lines)
    let order = try order(invoice.order)
    try refuseDuplicate(invoice.document, .invoice)
    try requirePhase(order, .open, .complete)
    if reservations[order].flags.contains(.isDeferred) { throw Refused(.orderState) }
    if invoice.lines.isEmpty {
      gatherLines(of: order) { engine, line in engine.invoiceableQuantity(line) }
    } else {
      try matchOpen(order) { engine, line in engine.invoiceableQuantity(line) }
    }
    try requireRoomToGiveBack()
    try requireRoom(entries: withdrawalEntriesMax(order))

    var moved = Moved(lines: [])
    for place in scratch.demands.indices {
      let demand = scratch.demands[place]
      reservations.setProgress(of: demand.line) { $0.invoiced += demand.quantity }
      guard skus[demand.sku].isVirtual, movesGoods(demand.sku) else {
        moved.lines.append(.init(SKU(skus[demand.sku].name), Quantity(raw: demand.quantity)))
        continue
      }
      let taken = withdraw(demand.quantity, line: demand.line, .invoiceCreated, into: &moved)
      let missing = Quantity(raw: demand.quantity - taken)
      moved.shortfall = moved.shortfall.adding(missing) ?? Quantity(raw: .max)
    }
    settle(order)
    return file(invoice.document, .invoice, digest, .moved(moved))
  }

  /// Entries that taking all demands from the sources by priority may append at most.
  func withdrawalEntriesMax(_ order: UInt32) -> Int {
    scratch.demands.count * max(stocks[reservations[order].stock].links.count, 1)
  }

  /// Takes up to `quantity` of a line's SKU from the enabled sources of its stock by priority, as much
  /// as they have in stock, with one entry per source; returns what was taken. O(sources).
  mutating func withdraw(
    _ quantity: Int64, line: UInt32, _ event: SalesEvent, into moved: inout Moved
  ) -> Int64 {
    let sku = reservations.lines[line].sku
    let stock = reservations[reservations.lines[line].reservation].stock
    let isRecorded = recordsEntries(sku)
    var left = quantity
    for link in stocks[stock].links where left > 0 && sources.canShip(link.source) {
      let item = sourceItem(sku, link.source)
      if item == none || !sourceItems[item].isInStock { continue }
      let part = min(sourceItems[item].quantity, left)
      if part == 0 { continue }
      change(item, of: sku, by: -part)
      countDeducted(part)
      if isRecorded { append(part, event, line: line) }
      let source = SourceCode(sources.records[Int(link.source)].code)
      moved.lines.append(.init(SKU(skus[sku].name), Quantity(raw: part), source: source))
      left -= part
    }
    return quantity - left
  }
}
