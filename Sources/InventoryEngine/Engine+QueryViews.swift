// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Engine {
  /// A hold or an order as queries show it. O(lines).
  func view(_ slot: UInt32) -> ReservationView {
    let record = reservations[slot]
    var lines: [ReservationLineView] = []
    var line = record.firstLine
    while line != none {
      let ordered = reservations.lines[line].ordered
      // A line without quantity only keeps entries.
      if ordered == 0 {
        line = reservations.lines[line].next
        continue
      }
      var progress = reservations.progress(of: line)
      // Releasing a hold whole does not touch its lines.
      if record.phase == .released { progress.canceled = ordered }
      lines.append(
        ReservationLineView(
          sku: SKU(skus[reservations.lines[line].sku].name), ordered: Quantity(raw: ordered),
          canceled: Quantity(raw: progress.canceled), invoiced: Quantity(raw: progress.invoiced),
          shipped: Quantity(raw: progress.shipped), refunded: Quantity(raw: progress.refunded)))
      line = reservations.lines[line].next
    }
    return ReservationView(
      id: DocumentID(record.id), phase: record.phase, stock: stocks[record.stock].id,
      customer: record.customer == none ? nil : CustomerID(customers[record.customer].id),
      createdAt: Timestamp(nanoseconds: record.createdAt),
      expiresAt: record.isOrder ? nil : Timestamp(nanoseconds: record.deadline), lines: lines,
      state: record.state, isDeferred: record.flags.contains(.isDeferred),
      pickup: record.pickup == .max
        ? nil : SourceCode(sources.records[Int(record.pickup)].code))
  }

  /// A source as queries show it. O(fields).
  func view(source: UInt16) -> SourceView {
    let record = sources[source]
    var texts: [SourceText] = []
    for field in SourceField.allCases where !record.texts[Int(field.rawValue)].isEmpty {
      texts.append(SourceText(field, record.texts[Int(field.rawValue)]))
    }
    return SourceView(
      code: SourceCode(record.code), isEnabled: record.isEnabled, isPickup: record.isPickup,
      sells: record.sells, ships: record.ships, coordinates: record.coordinates, texts: texts)
  }

  /// A stock as queries show it. O(links + channels of all stocks).
  func view(stock: UInt16) -> StockView {
    let record = stocks[stock]
    let links = record.links.map { link in
      StockSourceLink(
        stock: record.id, source: SourceCode(sources.records[Int(link.source)].code),
        priority: link.priority)
    }
    return StockView(
      id: record.id, name: record.name, channels: channels.codes(of: stock), links: links)
  }

  /// A product with its own settings and those in force. O(settings).
  func view(product name: SKU) throws(Refused) -> ProductView {
    let sku = skus.find(name.text)
    guard sku != none, skus[sku].isProduct else { throw Refused(.noSuchProduct, sku: name) }
    let settings = skus.ownSettings(of: sku)
    var own: [SettingChange] = []
    var inForce: [SettingChange] = []
    for field in SettingField.allCases where field.isProductSetting {
      let value = settings?[field]
      if let value { own.append(SettingChange(field, value)) }
      inForce.append(SettingChange(field, value ?? store[field]))
    }
    var view = ProductView(
      sku: SKU(skus[sku].name), type: skus[sku].type,
      isEnabled: skus[sku].flags.contains(.isEnabled),
      isInStock: skus[sku].flags.contains(.isInStock), own: own, inForce: inForce)
    addExtras(of: sku, to: &view)
    return view
  }

  /// The store's settings. O(settings).
  var storeView: StoreView {
    let fields = SettingField.allCases.filter(\.isStoreSetting)
    return StoreView(
      settings: fields.map { SettingChange($0, store[$0]) }, minimumByGroup: store.minimumByGroup)
  }
}
