// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// 11.2, 11.3, 11.7 and 8.3: many rows at once.

extension Engine {
  /// Creates missing source items, empty and out of stock; composite and unknown products are passed
  /// over. O(SKUs x sources).
  mutating func assignSources(_ assignment: SourceAssignment) throws(Refused) -> Outcome {
    let numbers = try requireKnown(assignment)
    var missing: [(sku: UInt32, source: UInt16, name: SKU)] = []
    for name in assignment.skus {
      let sku = skus.find(name.text)
      guard sku != none, skus[sku].isProduct, !skus[sku].isComposite else { continue }
      for source in numbers where sourceItem(sku, source) == none {
        missing.append((sku, source, name))
      }
    }
    var stockItemsNeeded = 0
    for row in missing { stockItemsNeeded += sources.records[Int(row.source)].stocks.count }
    if sourceItems.count > options.sourceItemsMax - missing.count {
      throw .exhausted("source_items")
    }
    if stockItems.count > options.stockItemsMax - stockItemsNeeded {
      throw .exhausted("stock_items")
    }
    for row in missing { try requireTogether(row.sku, at: row.source, row.name) }
    var created: UInt32 = 0
    for row in missing where sourceItem(row.sku, row.source) == none {
      _ = addItem(row.sku, row.source, quantity: 0, isInStock: false)
      created += 1
    }
    return .counted(created)
  }

  /// Removes source items; what is reserved stays and is told. O(SKUs x sources).
  mutating func unassignSources(_ assignment: SourceAssignment) throws(Refused) -> Outcome {
    let numbers = try requireKnown(assignment)
    var removed: UInt32 = 0
    var left: Int64 = 0
    for name in assignment.skus {
      let sku = skus.find(name.text)
      if sku == none { continue }
      var isChanged = false
      for source in numbers {
        let item = sourceItem(sku, source)
        if item == none { continue }
        removeItem(item, of: sku)
        removed += 1
        isChanged = true
      }
      if isChanged { left = min(left + reservedLeft(sku, numbers), Bounds.itemMax) }
    }
    return .unassigned(removed, reservedLeft: Quantity(raw: left))
  }

  /// What is reserved of a SKU in the stocks of the sources.
  private func reservedLeft(_ sku: UInt32, _ numbers: [UInt16]) -> Int64 {
    var sum: Int64 = 0
    var stockItem = skus[sku].firstStockItem
    while stockItem != none {
      let stock = stockItems[stockItem].stock
      if numbers.contains(where: { sources.records[Int($0)].stocks.contains(stock) }) {
        sum = min(sum + max(-stockItems[stockItem].reserved, 0), Bounds.itemMax)
      }
      stockItem = stockItems[stockItem].next
    }
    return sum
  }

  private func requireKnown(_ assignment: SourceAssignment) throws(Refused) -> [UInt16] {
    if assignment.skus.isEmpty { throw .invalid("skus") }
    if assignment.sources.isEmpty { throw .invalid("sources") }
    for name in assignment.skus where !name.isWellFormed { throw .invalid("skus", sku: name) }
    var numbers: [UInt16] = []
    for code in assignment.sources {
      guard let source = sources.find(code) else { throw Refused(.unknownSource) }
      numbers.append(source)
    }
    return numbers
  }

  // MARK: Import

  /// Writes or removes the valid rows and lists the others. O(rows).
  mutating func importSourceItems(
    _ mode: ImportMode, _ rows: [ImportRow]
  ) throws(Refused) -> Outcome {
    if rows.isEmpty { throw Refused(.emptyInput) }
    try requireRoom(forImport: rows.count)
    var result = ImportResult()
    for (number, row) in rows.enumerated() {
      if let fault = fault(of: row, mode) {
        result.invalid.append(
          ImportResult.InvalidRow(
            row: UInt32(truncatingIfNeeded: number), code: fault.code, field: fault.field))
      } else {
        apply(row, mode, &result)
      }
    }
    return .imported(result)
  }

  private func requireRoom(forImport count: Int) throws(Refused) {
    if skus.count > options.skusMax - count { throw .exhausted("skus") }
    if sourceItems.count > options.sourceItemsMax - count { throw .exhausted("source_items") }
    if stockItems.count > options.stockItemsMax - count * stocks.count {
      throw .exhausted("stock_items")
    }
  }

  /// What speaks against a row, or `nil`.
  private mutating func fault(
    of row: ImportRow, _ mode: ImportMode
  ) -> (code: RefusalCode, field: String)? {
    let name = SKU(row.sku)
    if row.source.isEmpty { return (.invalid, "source") }
    guard let source = sources.find(SourceCode(row.source)) else { return (.unknownSource, "") }
    if !name.isWellFormed { return (.invalid, "sku") }
    if mode == .delete { return nil }
    guard let quantity = row.quantity?.tenThousandths, (0...Bounds.itemMax).contains(quantity),
      quantity <= Limits.quantityTenThousandthsMax
    else { return (.invalid, "qty") }
    let sku = skus.find(row.sku)
    if sku != none, skus[sku].isComposite { return (.compositeHasNoQuantity, "") }
    if sku == none, !skus.makeRoom(for: row.sku) { return (.capacityExhausted, "skus") }
    if sku != none, !togetherBundles.isEmpty, sourceItem(sku, source) == none {
      do throws(Refused) { try requireTogether(sku, at: source, name) } catch {
        return (error.refusal.code, error.refusal.field)
      }
    }
    return nil
  }

  private mutating func apply(_ row: ImportRow, _ mode: ImportMode, _ result: inout ImportResult) {
    guard let source = sources.find(SourceCode(row.source)) else { return }
    if mode == .delete {
      let sku = skus.find(row.sku)
      let item = sku == none ? none : sourceItem(sku, source)
      if item == none { return }
      removeItem(item, of: sku)
      result.deleted += 1
      return
    }
    let sku = skus.intern(row.sku)
    let quantity = row.quantity?.tenThousandths ?? 0
    let item = sourceItem(sku, source)
    if item == none {
      _ = addItem(sku, source, quantity: quantity, isInStock: row.isInStock ?? false)
      result.created += 1
      return
    }
    let isInStock =
      row.isInStock ?? (mode == .append ? sourceItems[item].isInStock : false)
    set(item, of: sku, quantity: quantity, isInStock: isInStock)
    setUnexplained(of: item, to: 0)
    if mode == .replace { setNotify(of: item, to: nil) }
    result.updated += 1
  }

  // MARK: Places

  /// Replaces or extends the places of a country. O(places of the country).
  mutating func importPlaces(_ change: PlaceImport) throws(Refused) -> Outcome {
    if change.country.isBlank || change.country.utf8.count > 64 { throw .invalid("country") }
    for place in change.places {
      if !TextHash.foldedEqual(place.country, change.country) { throw .invalid("country") }
      if abs(Int64(place.coordinates.latitude)) > 900_000_000
        || abs(Int64(place.coordinates.longitude)) > 1_800_000_000
      {
        throw .invalid("coordinates")
      }
    }
    if places.count > options.placesMax - change.places.count { throw .exhausted("places") }
    places.add(change.places, of: change.country, replaces: change.replaces)
    return .counted(UInt32(truncatingIfNeeded: places.count(of: change.country)))
  }
}
