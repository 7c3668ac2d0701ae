// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Section 10: sources and their links to stocks.

extension Engine {
  /// Creates or changes a source. O(SKUs) when it is switched on or off, O(sources) when it is new,
  /// else O(fields).
  mutating func setSource(_ change: SourceChange) throws(Refused) -> Outcome {
    if !change.code.isWellFormed || change.code.text.hasTemplateMarker { throw .invalid("code") }
    let known = sources.find(change.code)
    var record =
      known.map { sources[$0] } ?? SourceRecord(code: change.code.text, isEnabled: true)
    if known == nil {
      if sources.count >= options.sourcesMax
        || !sources.makeRoom(for: change.code)
      {
        throw .exhausted("sources")
      }
    }
    for text in change.texts { record.texts[Int(text.field.rawValue)] = text.text }
    record.isPickup = change.isPickup ?? record.isPickup
    record.coordinates = change.coordinates ?? record.coordinates
    try requireComplete(record)
    let isEnabled = change.isEnabled ?? record.isEnabled
    if keepsRestrictions(record), !isEnabled {
      throw Refused(.defaultSourceCannotBeDisabled)
    }
    guard let source = known else {
      record.isEnabled = isEnabled
      record.sells = change.sells ?? true
      record.ships = change.ships ?? true
      _ = sources.add(record)
      return .done
    }
    record.ships = change.ships ?? record.ships
    sources[source] = record
    switchSource(source, isEnabled: isEnabled, sells: change.sells ?? record.sells)
    return .done
  }

  /// Refuses a source whose fields do not go together. The order of the tests is part of the rules.
  private func requireComplete(_ record: SourceRecord) throws(Refused) {
    func text(_ field: SourceField) -> String { record.texts[Int(field.rawValue)] }
    let name = text(.name)
    if name.isBlank || name.hasTemplateMarker { throw .invalid(SourceField.name.fieldName) }
    for field in [SourceField.country, .postcode] where text(field).isBlank {
      throw .invalid(field.fieldName)
    }
    if record.isPickup {
      for field in [SourceField.street, .city] where text(field).isBlank {
        throw .invalid(field.fieldName)
      }
      if keepsRestrictions(record) { throw .invalid("pickup") }
    }
  }

  /// Whether a source is the default one and the seed's restrictions hold (section 2).
  private func keepsRestrictions(_ record: SourceRecord) -> Bool {
    store.isOn(.seedRestrictions) && record.code == SourceCode.default.text
  }

  /// Makes a source's goods count or not count in every stock that links it. O(SKUs) when that changes.
  private mutating func switchSource(_ source: UInt16, isEnabled: Bool, sells: Bool) {
    let counted = sources.counts(source)
    let counts = isEnabled && sells
    if counted != counts { touchItems(at: source) }
    sources[source].isEnabled = isEnabled
    sources[source].sells = sells
    if counted == counts { return }
    for stock in sources.records[Int(source)].stocks {
      recount(stock, source) { item in
        (
          Contribution(
            quantity: item.quantity, isInStock: item.isInStock, isEnabled: counted),
          Contribution(quantity: item.quantity, isInStock: item.isInStock, isEnabled: counts)
        )
      }
    }
  }

  /// Notes every stock item of the SKUs that a source carries. O(SKUs).
  private mutating func touchItems(at source: UInt16) {
    if sources.records[Int(source)].itemCount == 0 { return }
    for sku in 0..<UInt32(skus.count) where sourceItem(sku, source) != none {
      touchAll(of: sku)
    }
  }

  /// Exchanges what every item of a source contributes to a stock. O(SKUs).
  private mutating func recount(
    _ stock: UInt16, _ source: UInt16, _ exchange: (SourceItem) -> (Contribution, Contribution)
  ) {
    if sources.records[Int(source)].itemCount == 0 { return }
    for sku in 0..<UInt32(skus.count) {
      let item = sourceItem(sku, source)
      if item == none { continue }
      let (old, new) = exchange(sourceItems[item])
      let stockItem = ensureStockItem(sku, stock)
      touch(stockItem)
      stockItems[stockItem].exchange(old, for: new)
      refreshSharing(of: sku)
    }
  }

  /// Links a source to a stock or changes the link's priority. O(SKUs) for a new link to a source that
  /// has items.
  mutating func linkSource(_ link: StockSourceLink) throws(Refused) -> Outcome {
    if link.priority < 1 { throw .invalid("priority") }
    if !link.source.isWellFormed { throw .invalid("source") }
    guard let stock = stocks.find(link.stock) else { throw Refused(.unknownStock) }
    guard let source = sources.find(link.source) else { throw Refused(.unknownSource) }
    let isHome = link.stock == .default
    let isDefault = sources.records[Int(source)].code == SourceCode.default.text
    if isHome != isDefault, store.isOn(.seedRestrictions) { throw Refused(.defaultLinkForbidden) }
    if let place = stocks[stock].links.firstIndex(where: { $0.source == source }) {
      stocks[stock].links[place].priority = link.priority
      sortLinks(of: stock)
      return .done
    }
    if stocks[stock].links.count >= Limits.linksPerStockMax { throw .exhausted("links") }
    let added = sources.records[Int(source)].itemCount
    if stockItems.count > options.stockItemsMax - added { throw .exhausted("stock_items") }
    self.link(stock: stock, source: source, priority: link.priority)
    return .done
  }

  /// Makes a link that does not exist yet. O(SKUs) when the source has items.
  mutating func link(stock: UInt16, source: UInt16, priority: Int32) {
    touchItems(at: source)
    linkSerial += 1
    stocks[stock].links.append(
      LinkRecord(source: source, priority: priority, serial: linkSerial))
    sortLinks(of: stock)
    sources[source].stocks.append(stock)
    sources[source].stocks.sort()
    let isEnabled = sources.counts(source)
    recount(stock, source) { item in
      (
        Contribution(),
        Contribution(quantity: item.quantity, isInStock: item.isInStock, isEnabled: isEnabled)
      )
    }
  }

  private mutating func sortLinks(of stock: UInt16) {
    stocks[stock].links.sort { ($0.priority, $0.serial) < ($1.priority, $1.serial) }
  }

  /// Removes a link; one that does not exist is no fault. O(SKUs) when the source has items.
  mutating func unlinkSource(_ id: StockID, _ code: SourceCode) throws(Refused) -> Outcome {
    if !code.isWellFormed { throw .invalid("source") }
    guard let stock = stocks.find(id) else { throw Refused(.unknownStock) }
    guard let source = sources.find(code) else { throw Refused(.unknownSource) }
    let isDefault = sources.records[Int(source)].code == SourceCode.default.text
    if id == .default || isDefault, store.isOn(.seedRestrictions) {
      throw Refused(.defaultLinkForbidden)
    }
    unlink(stock, source)
    return .done
  }

  /// Removes a link if it exists.
  mutating func unlink(_ stock: UInt16, _ source: UInt16) {
    guard let place = stocks[stock].links.firstIndex(where: { $0.source == source }) else { return }
    touchItems(at: source)
    stocks[stock].links.remove(at: place)
    sources[source].stocks.removeAll { $0 == stock }
    let isEnabled = sources.counts(source)
    recount(stock, source) { item in
      (
        Contribution(quantity: item.quantity, isInStock: item.isInStock, isEnabled: isEnabled),
        Contribution()
      )
    }
  }
}
