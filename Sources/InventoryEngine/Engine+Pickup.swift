// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Section 12: orders that are picked up at a source.

extension Engine {
  /// What open pickup orders claim of a SKU at a source. O(lines of the source's open pickup orders).
  func claimed(_ sku: UInt32, at source: UInt16, except order: UInt32 = none) -> Int64 {
    var sum: Int64 = 0
    for slot in sources.records[Int(source)].pickupOrders where slot != order {
      let line = line(of: slot, sku)
      if line == none { continue }
      let progress = reservations.progress(of: line)
      let left =
        reservations.lines[line].ordered - progress.canceled - progress.shipped - progress.refunded
      sum = min(sum + max(left, 0), Bounds.itemMax)
    }
    return sum
  }

  /// Notes where a new order is picked up.
  mutating func notePickup(_ order: UInt32, at source: UInt16?) {
    guard let source else { return }
    reservations[order].pickup = source
    sources[source].pickupOrders.append(order)
  }

  /// The order claims nothing any more; where it was to be picked up stays known.
  mutating func forgetPickup(_ order: UInt32) {
    let source = reservations[order].pickup
    if source == .max { return }
    sources[source].pickupOrders.removeAll { $0 == order }
  }

  /// The source of a pickup, or the refusal.
  func pickupSource(_ code: SourceCode?) throws(Refused) -> UInt16? {
    guard let code else { return nil }
    if !code.isWellFormed { throw .invalid("pickup") }
    guard let source = sources.find(code) else { throw Refused(.unknownSource) }
    return source
  }

  /// Whether a source can hand over an order: something is left to ship, the source is on, and every line
  /// has an in-stock item with the ordered quantity there. O(lines).
  func isReady(_ order: UInt32, at source: UInt16) -> Bool {
    if reservations[order].phase != .open || !sources.isEnabled(source) { return false }
    var isAnythingLeft = false
    var line = reservations[order].firstLine
    while line != none {
      let sku = reservations.lines[line].sku
      if shippableQuantity(line) > 0 { isAnythingLeft = true }
      if movesGoods(sku) {
        let item = sourceItem(sku, source)
        if item == none || !sourceItems[item].isInStock
          || sourceItems[item].quantity < reservations.lines[line].ordered
        {
          return false
        }
      } else if skus[sku].isProduct, !skus[sku].flags.contains(.isInStock) {
        return false
      }
      line = reservations.lines[line].next
    }
    return isAnythingLeft
  }

  /// Answers whether an order can be handed over, at its own location or another source.
  func pickupReady(_ id: DocumentID, _ code: SourceCode?) throws(Refused) -> Answer {
    let order = try order(id)
    var source = reservations[order].pickup
    if let code {
      guard let named = sources.find(code) else { throw Refused(.unknownSource) }
      source = named
    }
    return .flag(source != .max && isReady(order, at: source))
  }

  /// Ships what is open of a pickup order from its location, when it is ready; once. O(lines).
  mutating func notifyPickup(
    _ id: DocumentID, _ document: DocumentID, _ digest: UInt64
  ) throws(Refused) -> Outcome {
    if let first = firstResult(document, .shipment, digest) { return first }
    try requireRoom(document: document, .shipment)
    try requireWellFormed(id, "order")
    let order = try order(id)
    try refuseDuplicate(document, .shipment)
    let source = reservations[order].pickup
    if source == .max { throw Refused(.notReadyForPickup) }
    gatherLines(of: order) { engine, line in engine.shippableQuantity(line) }
    if reservations[order].phase != .open || scratch.demands.isEmpty {
      // Only the message is due again.
      return file(document, .shipment, digest, .moved(Moved(lines: [])))
    }
    if !isReady(order, at: source) { throw Refused(.notReadyForPickup) }
    for place in scratch.demands.indices { scratch.demands[place].source = source }
    try requireGoods(.usual)
    try requirePromisesKept(order)
    try requireRoomToGiveBack()
    return file(document, .shipment, digest, .moved(ship()))
  }
}
