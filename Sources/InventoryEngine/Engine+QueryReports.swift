// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// The questions beyond the straight road, each to the file of its subject.

extension Engine {
  /// About selling: what may be sold, from where, and where it is picked up.
  func findSelling(_ query: Query) throws(Refused) -> Answer {
    switch query {
    case .salableBy(let point, let skus, let moment):
      return .salable(try salable(point, skus, by: moment.nanoseconds))
    case .channel(let code):
      return .stocks([view(stock: try resolve(.channel(code)))])
    case .suggest(let point, let sku, let quantity): return try suggest(point, sku, quantity)
    case .onlyLeft(let point, let skus): return try onlyLeft(point, skus)
    case .stocksOf(let sku): return try stocksOf(sku)
    case .exportStock(let point, let after, let limit):
      return try exportStock(point, after: after, try pageRows(limit))
    case .selectSources(let request): return .selection(try select(request))
    case .lowStock(let list, let channel, let offset, let limit):
      return try lowStock(list, channel, offset, try pageRows(limit))
    case .pickupLocations(let search): return try pickupLocations(search)
    case .pickupLocation(let source, let channel): return try pickupLocation(source, channel)
    case .pickupReady(let order, let source): return try pickupReady(order, source)
    default: throw Refused(.unsupported)
    }
  }

  /// Lists and the change stream.
  func findListed(_ query: Query) throws(Refused) -> Answer {
    switch query {
    case .inconsistencies(let filter, let offset, let limit):
      let all = findings(filter)
      return .findings(Array(page(all, offset, try pageRows(limit))), total: UInt64(all.count))
    case .holds(let customer, let sku, let offset, let limit):
      let all = openHolds(customer, sku)
      let rows = page(all, offset, try pageRows(limit)).map { view($0) }
      return .reservations(rows, total: UInt64(all.count))
    case .products(let after, let limit): return try productPage(after: after, try pageRows(limit))
    case .searchSources(let filters, let offset, let limit):
      return searchSources(filters, offset, try pageRows(limit))
    case .itemsAt(let source, let after, let limit):
      return try itemsAt(source, after: after, try pageRows(limit))
    case .placeCount(let country): return .count(UInt64(places.count(of: country)))
    case .customerLimits: return .customerLimits(Array(limits.list))
    case .channelPolicies: return .channelPolicies(policyList())
    case .supplies(let sku): return .supplies(supplyList(sku))
    case .changes(let after, let limit): return changePage(after: after, try pageRows(limit))
    default: throw Refused(.unsupported)
    }
  }

  /// A page of a list.
  func page<Row>(_ rows: [Row], _ offset: UInt64, _ limit: Int) -> ArraySlice<Row> {
    let start = Int(min(offset, UInt64(rows.count)))
    return rows[start...].prefix(limit)
  }

  /// Open holds of a customer, or with a SKU, oldest first. O(holds of the customer, claims of the SKU,
  /// or reservations).
  private func openHolds(_ customer: CustomerID?, _ name: SKU?) -> [UInt32] {
    var slots: [UInt32] = []
    if let customer {
      let known = customers.find(customer)
      if known != none { slots = Array(customers[known].reservations) }
    } else {
      slots = Array(0..<reservations.records.slotCount)
    }
    let sku = name.map { skus.find($0.text) }
    slots = slots.filter { slot in
      guard !reservations[slot].isVacant, reservations[slot].kind == .hold,
        reservations[slot].phase == .held
      else { return false }
      guard let sku else { return true }
      let line = line(of: slot, sku)
      return line != none && heldQuantity(line) > 0
    }
    return slots.sorted { reservations[$0].serial < reservations[$1].serial }
  }
}
