// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// A promise that waits for goods (18.2). Those of a SKU form a list in order of acceptance.
struct WaitingPromise {
  var quantity: Int64
  var line: UInt32
  var next: UInt32 = none
}

// 18.2: one source shared by several stocks. A promise is split when it is made: what is there is
// physical, the rest waits and is promoted first come, first served. Only SKUs that share pay for it.

extension Engine {
  /// Whether the stocks of the SKU promise its goods together.
  @inline(__always)
  func isJoint(_ sku: UInt32) -> Bool {
    skus[sku].flags.contains(.isShared) && !store.isOn(.independentStocks)
  }

  /// The SKU's promises and goods, to calculate with. O(stocks + sources of the SKU).
  func sharing(of sku: UInt32) -> Sharing {
    var sharing = Sharing()
    var stockItem = skus[sku].firstStockItem
    while stockItem != none {
      sharing.promises.append(
        Sharing.Promise(
          stock: stockItems[stockItem].stock, quantity: stockItems[stockItem].promised))
      stockItem = stockItems[stockItem].next
    }
    var item = skus[sku].firstItem
    while item != none {
      let source = sourceItems[item].source
      if sourceItems[item].isInStock, sources.counts(source) {
        let serves = sources.records[Int(source)].stocks.compactMap { sharing.place(of: $0) }
        sharing.pools.append(
          Sharing.Pool(
            source: source, quantity: sourceItems[item].quantity,
            serves: ContiguousArray(serves)))
      }
      item = sourceItems[item].next
    }
    return sharing
  }

  /// What a stock can still promise physically of a SKU that is shared, before what waits.
  func jointPhysical(_ stockItem: UInt32) -> Int64 {
    let sharing = sharing(of: stockItems[stockItem].sku)
    guard let place = sharing.place(of: stockItems[stockItem].stock) else { return 0 }
    return sharing.physical(place)
  }

  /// Splits what is about to be appended to a line of a shared SKU.
  mutating func split(_ quantity: Int64, _ event: SalesEvent, line: UInt32) {
    let stockItem = reservations.lines[line].stockItem
    if quantity < 0 {
      let there = max(jointPhysical(stockItem), 0)
      addWaiting(max(-quantity - there, 0), line)
      return
    }
    let waiting = waiting(of: line)
    if waiting == 0 { return }
    let left = max(-(reservations.lines[line].reserved + quantity), 0)
    // Deliveries take what was there first; what is given up was waiting first.
    let kept = event.isDelivery ? min(waiting, left) : min(max(waiting - quantity, 0), left)
    setWaiting(of: line, to: kept)
  }

  private mutating func addWaiting(_ quantity: Int64, _ line: UInt32) {
    if quantity == 0 { return }
    stockItems[reservations.lines[line].stockItem].backordered += quantity
    let sku = reservations.lines[line].sku
    var last = none
    var place = skus[sku].firstWaiting
    while place != none {
      if waitingPromises[place].line == line {
        waitingPromises[place].quantity += quantity
        return
      }
      last = place
      place = waitingPromises[place].next
    }
    let new = waitingPromises.insert(WaitingPromise(quantity: quantity, line: line))
    if last == none { skus[sku].firstWaiting = new } else { waitingPromises[last].next = new }
  }

  /// What of a line waits for goods. O(promises of the SKU that wait).
  func waiting(of line: UInt32) -> Int64 {
    var place = skus[reservations.lines[line].sku].firstWaiting
    while place != none {
      if waitingPromises[place].line == line { return waitingPromises[place].quantity }
      place = waitingPromises[place].next
    }
    return 0
  }

  private mutating func setWaiting(of line: UInt32, to quantity: Int64) {
    let sku = reservations.lines[line].sku
    var before = none
    var place = skus[sku].firstWaiting
    while place != none, waitingPromises[place].line != line {
      before = place
      place = waitingPromises[place].next
    }
    if place == none { return }
    let difference = waitingPromises[place].quantity - quantity
    stockItems[reservations.lines[line].stockItem].backordered -= difference
    waitingPromises[place].quantity = quantity
    if quantity > 0 { return }
    let next = waitingPromises[place].next
    if before == none {
      skus[sku].firstWaiting = next
    } else {
      waitingPromises[before].next = next
    }
    waitingPromises.remove(place, leaving: WaitingPromise(quantity: 0, line: none))
  }

  /// Gives goods that came free to the promises that wait, first come, first served.
  /// O(promises that wait, times the cost of `Sharing.physical`).
  mutating func promote(_ sku: UInt32) {
    var place = skus[sku].firstWaiting
    while place != none {
      let next = waitingPromises[place].next
      let line = waitingPromises[place].line
      let there = max(jointPhysical(reservations.lines[line].stockItem), 0)
      if there > 0 {
        setWaiting(
          of: line,
          to: waitingPromises[place].quantity - min(there, waitingPromises[place].quantity))
      }
      place = next
    }
  }

  /// Brings the flag of a SKU in step with its sources, and the split of its promises with the flag.
  /// O(sources of the SKU), and O(claims of the SKU) when sharing begins or ends.
  mutating func refreshSharing(of sku: UInt32) {
    var isShared = false
    var item = skus[sku].firstItem
    while item != none, !isShared {
      isShared = sources.records[Int(sourceItems[item].source)].stocks.count > 1
      item = sourceItems[item].next
    }
    if isShared == skus[sku].flags.contains(.isShared) { return }
    skus[sku].set(.isShared, isShared)
    splitAfresh(sku)
  }

  /// Splits all promises of a SKU as if they were made now, stock by stock and oldest first.
  /// O(claims of the SKU).
  mutating func splitAfresh(_ sku: UInt32) {
    var place = skus[sku].firstWaiting
    while place != none {
      let next = waitingPromises[place].next
      waitingPromises.remove(place, leaving: WaitingPromise(quantity: 0, line: none))
      place = next
    }
    skus[sku].firstWaiting = none
    var stocksOfSKU: ContiguousArray<UInt32> = []
    var stockItem = skus[sku].firstStockItem
    while stockItem != none {
      stockItems[stockItem].backordered =
        isJoint(sku) ? max(-stockItems[stockItem].reserved, 0) : 0
      stocksOfSKU.append(stockItem)
      stockItem = stockItems[stockItem].next
    }
    if !isJoint(sku) { return }
    stocksOfSKU.sort { stocks[stockItems[$0].stock].id < stocks[stockItems[$1].stock].id }
    for stockItem in stocksOfSKU { splitClaims(of: stockItem) }
  }

  private mutating func splitClaims(of stockItem: UInt32) {
    let first = stockItems[stockItem].firstClaim
    if first == none { return }
    var line = first
    repeat {
      let owed = max(-reservations.lines[line].reserved, 0)
      let part = min(owed, max(jointPhysical(stockItem), 0))
      // What waits was counted as waiting already; `addWaiting` counts it again.
      stockItems[stockItem].backordered -= owed
      addWaiting(owed - part, line)
      line = reservations.lines[line].nextClaim
    } while line != first
    // Claims above zero owe nothing, and lower what their stock owes.
    stockItems[stockItem].backordered = min(
      max(stockItems[stockItem].backordered, 0), max(-stockItems[stockItem].reserved, 0))
  }

  /// Refuses a shipment for an order that would make another stock's promise impossible (18.2). The
  /// demands name the sources. O(demands, times the cost of `Sharing.spare`).
  func requirePromisesKept(_ order: UInt32) throws(Refused) {
    if store.isOn(.independentStocks) { return }
    let stock = reservations[order].stock
    for place in scratch.demands.indices {
      let demand = scratch.demands[place]
      guard demand.isManaged, demand.sku != none, isJoint(demand.sku) else { continue }
      // Demands of one SKU come from several sources; each is judged after those before it.
      if scratch.demands[..<place].contains(where: { $0.sku == demand.sku }) { continue }
      var sharing = sharing(of: demand.sku)
      guard let own = sharing.place(of: stock) else { continue }
      for other in scratch.demands[place...] where other.sku == demand.sku && other.isManaged {
        let pool = sharing.pools.firstIndex { $0.source == other.source }
        guard let pool else { continue }
        let spare = sharing.spare(at: other.source, for: own)
        if other.quantity > spare {
          throw Refused(
            Refusal(
              .breaksPromise, sku: demand.name, available: Quantity(raw: max(spare, 0)),
              requested: Quantity(raw: other.quantity)))
        }
        sharing.pools[pool].quantity -= other.quantity
        sharing.promises[own].quantity = max(sharing.promises[own].quantity - other.quantity, 0)
      }
    }
  }
}

extension SalesEvent {
  /// Whether goods left a source with it.
  var isDelivery: Bool {
    switch self {
    case .shipmentCreated, .invoiceCreated: true
    default: false
    }
  }
}
