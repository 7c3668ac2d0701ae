// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Engine {
  /// Goods arrive at a source; a missing source item is created, in stock. O(lines).
  mutating func receive(_ receive: Receive, _ digest: UInt64) throws(Refused) -> Outcome {
    if let first = firstResult(receive.document, .receipt, digest) { return first }
    try requireRoom(document: receive.document, .receipt)
    if !receive.source.isWellFormed { throw .invalid("source") }
    try gather(receive.lines)
    if receive.lines.isEmpty { throw Refused(.emptyInput) }
    guard let source = sources.find(receive.source) else { throw Refused(.unknownSource) }
    try refuseComposites()
    try refuseDuplicate(receive.document, .receipt)
    let supply = try arriving(receive, at: source)
    for place in scratch.demands.indices {
      let demand = scratch.demands[place]
      let item = demand.sku == none ? none : sourceItem(demand.sku, source)
      scratch.demands[place].item = item
      let held = item == none ? 0 : sourceItems[item].quantity
      if demand.quantity > Bounds.itemMax - held { throw .invalid("qty", sku: demand.name) }
    }
    try requireRoomForNewItems(at: source)

    if supply != none { closeSupply(supply) }
    var moved = Moved(lines: [])
    for place in scratch.demands.indices {
      let demand = scratch.demands[place]
      let sku = skus.intern(demand.name.text)
      if demand.item == none {
        _ = addItem(sku, source, quantity: demand.quantity, isInStock: true)
        noteMovement(of: sku, source, demand.quantity)
      } else {
        change(demand.item, of: sku, by: demand.quantity)
      }
      countReceived(demand.quantity)
      moved.lines.append(
        .init(SKU(skus[sku].name), Quantity(raw: demand.quantity), source: receive.source))
    }
    return file(receive.document, .receipt, digest, .moved(moved))
  }

  /// Refuses when the SKUs and items that the demands need and that do not exist yet do not fit.
  mutating func requireRoomForNewItems(at source: UInt16) throws(Refused) {
    var newSKUs = 0
    var newItems = 0
    for place in scratch.demands.indices {
      if scratch.demands[place].item == none { newItems += 1 }
      if scratch.demands[place].sku != none { continue }
      newSKUs += 1
      if !skus.makeRoom(for: scratch.demands[place].name.text) { throw .exhausted("skus") }
    }
    if skus.count > options.skusMax - newSKUs { throw .exhausted("skus") }
    try requireRoom(items: newItems, at: source)
  }
}
