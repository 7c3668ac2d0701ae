// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Low stock (9), pickup locations (12), and lists of the catalogue and the network.

extension Engine {
  /// Source items below their low-stock level, by quantity, source and SKU. O(SKUs).
  func lowStock(
    _ list: LowStockList, _ code: ChannelCode?, _ offset: UInt64, _ limit: Int
  ) throws(Refused) -> Answer {
    var wanted: [UInt16]?
    if let code { wanted = stocks[try resolve(.channel(code))].links.map(\.source) }
    var found: [(item: UInt32, sku: UInt32, rank: Int)] = []
    var place = skus.order.start
    var rank = 0
    while let sku = skus.order.next(&place) {
      rank += 1
      if !skus[sku].isProduct || skus[sku].isComposite { continue }
      if list == .report, !skus[sku].flags.contains(.isEnabled) { continue }
      if list == .feed, !rules(of: sku).isManaged { continue }
      var item = skus[sku].firstItem
      while item != none {
        let record = sourceItems[item]
        let isWanted = wanted?.contains(record.source) ?? true
        let isShown =
          list == .feed
          || (sources.isEnabled(record.source) && record.isInStock && record.quantity > 0)
        if isWanted, isShown, record.quantity < notifyInForce(of: item, sku) {
          found.append((item, sku, rank))
        }
        item = record.next
      }
    }
    found.sort { left, right in
      let (a, b) = (sourceItems[left.item], sourceItems[right.item])
      if a.quantity != b.quantity { return a.quantity < b.quantity }
      if a.source != b.source { return sources.rank(a.source) < sources.rank(b.source) }
      return left.rank < right.rank
    }
    let rows = page(found, offset, limit).map { row in
      LowStockRow(
        source: SourceCode(sources.records[Int(sourceItems[row.item].source)].code),
        sku: SKU(skus[row.sku].name), quantity: Quantity(raw: sourceItems[row.item].quantity),
        notifyQuantity: Quantity(raw: notifyInForce(of: row.item, row.sku)))
    }
    return .lowStock(rows, total: UInt64(found.count))
  }

  // MARK: Pickup locations

  /// Pickup locations of a channel (section 12). O(sources of the stock).
  func pickupLocations(_ search: PickupSearch) throws(Refused) -> Answer {
    if search.page == 0 { throw .invalid("page") }
    guard let stock = try? resolve(.channel(search.channel)) else {
      return .sourcePage([], total: 0)
    }
    var rows: [(source: UInt16, distance: Int64)] = []
    for source in offered(by: stock) {
      if !search.filters.allSatisfy({ matches(source, $0) }) { continue }
      let carriesAll = search.skus.allSatisfy { name in
        let sku = skus.find(name.text)
        return sku != none && sourceItem(sku, source) != none
      }
      if !carriesAll { continue }
      guard let distance = distance(source, search) else { continue }
      rows.append((source, distance))
    }
    rows.sort { precedes($0, $1, search) }
    let size = search.pageSize == 0 ? Limits.pageRowsMax : Int(search.pageSize)
    let offset = UInt64(search.page - 1) * UInt64(size)
    let views = page(rows, offset, min(size, Limits.pageRowsMax)).map { view(source: $0.source) }
    return .sourcePage(views, total: UInt64(rows.count))
  }

  /// The pickup location, when the channel offers it.
  func pickupLocation(_ code: SourceCode, _ channel: ChannelCode) throws(Refused) -> Answer {
    guard let source = sources.find(code), let stock = try? resolve(.channel(channel)),
      offered(by: stock).contains(source)
    else { throw Refused(.pickupLocationNotFound) }
    return .sources([view(source: source)])
  }

  private func offered(by stock: UInt16) -> [UInt16] {
    stocks[stock].links.map(\.source).filter {
      sources.isEnabled($0) && sources.records[Int($0)].isPickup
    }
  }

  /// How far a source is from the centre of a search; 0 without a centre, `nil` when out of reach.
  private func distance(_ source: UInt16, _ search: PickupSearch) -> Int64? {
    guard let near = search.near else { return 0 }
    guard let here = coordinates(of: source).first else { return nil }
    var least: Int64?
    for centre in coordinates(of: near) {
      let distance = Geometry.distance(here, centre, radius: Geometry.pickupRadius)
      if distance < least ?? .max { least = distance }
    }
    guard let least, least <= Int64(search.radiusMetres) * 1_000 else { return nil }
    return least
  }

  private func precedes(
    _ left: (source: UInt16, distance: Int64), _ right: (source: UInt16, distance: Int64),
    _ search: PickupSearch
  ) -> Bool {
    var sort = search.sort
    if sort.isEmpty, search.near != nil { sort = [SourceSort(.distance)] }
    // Distance outranks the others.
    for key in sort.filter({ $0.key == .distance }) + sort.filter({ $0.key != .distance }) {
      var order = 0
      switch key.key {
      case .distance:
        order = left.distance < right.distance ? -1 : left.distance > right.distance ? 1 : 0
      case .code: order = sources.rank(left.source) - sources.rank(right.source)
      case .field(let field):
        let (a, b) = (text(field, left.source), text(field, right.source))
        order = TextHash.foldedPrecedes(a, b) ? -1 : TextHash.foldedPrecedes(b, a) ? 1 : 0
      }
      if order != 0 { return key.isDescending ? order > 0 : order < 0 }
    }
    return sources.rank(left.source) < sources.rank(right.source)
  }

  private func text(_ field: SourceField?, _ source: UInt16) -> String {
    guard let field else { return sources.records[Int(source)].code }
    return sources.records[Int(source)].texts[Int(field.rawValue)]
  }

  private func matches(_ source: UInt16, _ filter: SourceFilter) -> Bool {
    let text = text(filter.field, source)
    switch filter.condition {
    case .equal: return TextHash.foldedEqual(text, filter.value)
    case .notEqual: return !TextHash.foldedEqual(text, filter.value)
    case .oneOf:
      return filter.value.split(separator: ",").contains { TextHash.foldedEqual(text, String($0)) }
    case .prefix: return TextHash.foldedHasPrefix(text, filter.value)
    case .contains: return TextHash.foldedContains(text, filter.value)
    }
  }

  // MARK: Lists

  /// Sources that meet every condition, in order of code. O(sources).
  func searchSources(_ filters: [SourceFilter], _ offset: UInt64, _ limit: Int) -> Answer {
    let found = sources.order.filter { source in filters.allSatisfy { matches(source, $0) } }
    let views = page(Array(found), offset, limit).map { view(source: $0) }
    return .sourcePage(views, total: UInt64(found.count))
  }

  /// A page of the catalogue by folded SKU bytes.
  func productPage(after name: SKU?, _ limit: Int) throws(Refused) -> Answer {
    var views: [ProductView] = []
    var place = skus.order.start
    if let name { place = skus.place(of: name.text, isExclusive: true) }
    while let sku = skus.order.next(&place) {
      if !skus[sku].isProduct { continue }
      if views.count == limit { return .products(views, isLast: false) }
      views.append(try view(product: SKU(skus[sku].name)))
    }
    return .products(views, isLast: true)
  }

  /// A page of the source items of one source by folded SKU bytes. O(SKUs).
  func itemsAt(_ code: SourceCode, after name: SKU?, _ limit: Int) throws(Refused) -> Answer {
    guard let source = sources.find(code) else { throw Refused(.unknownSource) }
    var rows: [SourceItemRow] = []
    var place = skus.order.start
    if let name { place = skus.place(of: name.text, isExclusive: true) }
    while let sku = skus.order.next(&place) {
      let item = sourceItem(sku, source)
      if item == none { continue }
      if rows.count == limit { return .sourceItems(rows, isLast: false) }
      rows.append(row(of: sku, item))
    }
    return .sourceItems(rows, isLast: true)
  }
}
