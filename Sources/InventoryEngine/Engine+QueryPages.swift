// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Listings that can be resumed after any row.

extension Engine {
  /// The source items of one SKU in order of source code. O(items log items).
  func sourceItemRows(_ name: SKU) -> [SourceItemRow] {
    let sku = skus.find(name.text)
    return sku == none ? [] : rows(of: sku)
  }

  private func rows(of sku: UInt32) -> [SourceItemRow] {
    var items: [UInt32] = []
    var item = skus[sku].firstItem
    while item != none {
      items.append(item)
      item = sourceItems[item].next
    }
    items.sort { sources.rank(sourceItems[$0].source) < sources.rank(sourceItems[$1].source) }
    return items.map { row(of: sku, $0) }
  }

  func row(of sku: UInt32, _ item: UInt32) -> SourceItemRow {
    SourceItemRow(
      source: SourceCode(sources.records[Int(sourceItems[item].source)].code),
      sku: SKU(skus[sku].name), quantity: Quantity(raw: sourceItems[item].quantity),
      isInStock: sourceItems[item].isInStock,
      notifyQuantity: notify(of: item).map { Quantity(raw: $0) },
      notifyInForce: Quantity(raw: notifyInForce(of: item, sku)),
      unexplained: Quantity(raw: unexplained(of: item)),
      version: sourceItems[item].version)
  }

  /// The low-stock level in force: the item's own, the product's or the store's (section 9).
  func notifyInForce(of item: UInt32, _ sku: UInt32) -> Int64 {
    notify(of: item) ?? skus.ownSettings(of: sku)?[.notifyQuantity] ?? store[.notifyQuantity]
  }

  /// A page of all source items by SKU and source code.
  func sourceItemPage(after key: SourceItemKey?, _ limit: Int) -> Answer {
    var page: [SourceItemRow] = []
    var place = skus.order.start
    if let key { place = skus.place(of: key.sku.text, isExclusive: false) }
    while let sku = skus.order.next(&place) {
      for row in rows(of: sku) {
        if let key, TextHash.foldedEqual(row.sku.text, key.sku.text),
          !TextHash.exactlyPrecedes(key.source.text, row.source.text)
        {
          continue
        }
        if page.count == limit { return .sourceItems(page, isLast: false) }
        page.append(row)
      }
    }
    return .sourceItems(page, isLast: true)
  }

  /// A page of on-hand quantities over all sources, of the SKUs that have a source item.
  func onHandPage(after name: SKU?, _ limit: Int) -> Answer {
    var page: [OnHandRow] = []
    var place = skus.order.start
    if let name { place = skus.place(of: name.text, isExclusive: true) }
    while let sku = skus.order.next(&place) {
      var item = skus[sku].firstItem
      if item == none { continue }
      if page.count == limit { return .onHand(page, isLast: false) }
      var sum: Int64 = 0
      while item != none {
        sum += sourceItems[item].quantity
        item = sourceItems[item].next
      }
      page.append(OnHandRow(sku: SKU(skus[sku].name), quantity: Quantity(raw: sum)))
    }
    return .onHand(page, isLast: true)
  }

  /// A page of entries. Those of one hold or order follow its chain; those of one SKU are picked out
  /// of all.
  func entryPage(
    _ filter: EntryFilter, after: UInt64, _ limit: Int
  ) throws(Refused) -> Answer {
    switch filter {
    case .all: return scanEntries(after: after, limit) { _, _ in true }
    case .sku(let name):
      let sku = skus.find(name.text)
      if sku == none { return .entries([], isLast: true) }
      return scanEntries(after: after, limit) { _, entry in entry.sku == sku }
    case .order(let id): return chainEntries(of: try order(id), after: after, limit)
    case .hold(let id):
      let slot = knownHold(id)
      if slot == none { throw Refused(.unknownHold) }
      return chainEntries(of: slot, after: after, limit)
    case .stock(let id):
      guard let stock = stocks.find(id) else { throw Refused(.unknownStock) }
      return scanEntries(after: after, limit) { engine, entry in engine.stock(of: entry) == stock }
    case .object(let id):
      return scanEntries(after: after, limit) { engine, entry in
        let record = engine.reservations[entry.reservation]
        return record.kind != .hold && TextHash.exactlyEqual(record.id, id.text)
      }
    }
  }

  private func scanEntries(
    after: UInt64, _ limit: Int, _ isWanted: (borrowing Engine, Entry) -> Bool
  ) -> Answer {
    var page: [EntryRow] = []
    var id = after
    while let entry = entries.next(after: &id) {
      if !isWanted(self, entry) { continue }
      if page.count == limit { return .entries(page, isLast: false) }
      page.append(row(of: entry, id))
    }
    return .entries(page, isLast: true)
  }

  /// The chain leads from the newest entry back; the oldest rows after `after` are wanted.
  private func chainEntries(of slot: UInt32, after: UInt64, _ limit: Int) -> Answer {
    var ids: [UInt64] = []
    var id = reservations[slot].lastEntry
    while id > after, let entry = entries.entry(id) {
      ids.append(id)
      id = entry.previous
    }
    let wanted = ids.reversed().prefix(limit)
    let rows = wanted.compactMap { id in entries.entry(id).map { row(of: $0, id) } }
    return .entries(rows, isLast: ids.count <= limit)
  }

  /// The stock whose sum the entry belongs to.
  func stock(of entry: Entry) -> UInt16 { reservations[entry.reservation].stock }

  private func row(of entry: Entry, _ id: UInt64) -> EntryRow {
    let slot = entry.reservation
    return EntryRow(
      id: id, stock: stocks[stock(of: entry)].id, sku: SKU(skus[entry.sku].name),
      quantity: Quantity(raw: entry.quantity), event: entry.event ?? .manualCompensation,
      kind: reservations[slot].kind, object: DocumentID(reservations[slot].id),
      position: entry.position)
  }
}
