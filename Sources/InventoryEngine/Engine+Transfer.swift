// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Goods move between sources: part of them (11.5) or everything (11.4).

extension Engine {
  /// Moves goods between sources, all or nothing. O(lines).
  mutating func transfer(_ transfer: Transfer, _ digest: UInt64) throws(Refused) -> Outcome {
    if let first = firstResult(transfer.document, .transfer, digest) { return first }
    try requireRoom(document: transfer.document, .transfer)
    switch transfer.goods {
    case .quantities(let lines):
      try gather(lines)
      if lines.isEmpty { throw .invalid("items") }
      let (origin, destination) = try ends(of: transfer)
      try refuseComposites()
      try refuseDuplicate(transfer.document, .transfer)
      return try transferParts(transfer, digest, origin, destination)
    case .everything(let names, let unassigns):
      if names.isEmpty { throw .invalid("skus") }
      for name in names where !name.isWellFormed { throw .invalid("sku", sku: name) }
      let (origin, destination) = try ends(of: transfer)
      try refuseDuplicate(transfer.document, .transfer)
      let outcome = try transferAll(names, origin, destination, unassigns: unassigns)
      return file(transfer.document, .transfer, digest, outcome)
    }
  }

  private func ends(of transfer: Transfer) throws(Refused) -> (UInt16, UInt16) {
    if !transfer.origin.isWellFormed { throw .invalid("origin") }
    if !transfer.destination.isWellFormed { throw .invalid("destination") }
    if TextHash.exactlyEqual(transfer.origin.text, transfer.destination.text) {
      throw Refused(.sameSource)
    }
    guard let origin = sources.find(transfer.origin) else { throw Refused(.unknownOrigin) }
    guard let destination = sources.find(transfer.destination) else {
      throw Refused(.unknownDestination)
    }
    return (origin, destination)
  }

  private mutating func transferParts(
    _ transfer: Transfer, _ digest: UInt64, _ origin: UInt16, _ destination: UInt16
  ) throws(Refused) -> Outcome {
    for demand in scratch.demands {
      if demand.sku == none || sourceItem(demand.sku, origin) == none
        || sourceItem(demand.sku, destination) == none
      {
        throw Refused(.sourceItemNotFound, sku: demand.name)
      }
    }
    for demand in scratch.demands {
      let held = sourceItems[sourceItem(demand.sku, origin)].quantity
      if held < demand.quantity {
        throw .insufficient(demand, held, .transferQuantityNotAvailable)
      }
      let there = sourceItems[sourceItem(demand.sku, destination)].quantity
      if demand.quantity > Bounds.itemMax - there { throw .invalid("qty", sku: demand.name) }
    }
    var moved = Moved(lines: [])
    for place in scratch.demands.indices {
      let demand = scratch.demands[place]
      let from = sourceItem(demand.sku, origin)
      let to = sourceItem(demand.sku, destination)
      change(from, of: demand.sku, by: -demand.quantity)
      let quantity = sourceItems[to].quantity + demand.quantity
      noteMovement(of: demand.sku, destination, demand.quantity)
      set(to, of: demand.sku, quantity: quantity, isInStock: true)
      moved.lines.append(
        .init(
          SKU(skus[demand.sku].name), Quantity(raw: demand.quantity),
          source: transfer.destination))
    }
    return file(transfer.document, .transfer, digest, .moved(moved))
  }

  /// Everything of the SKUs that the origin carries; a SKU named twice moves once.
  private mutating func transferAll(
    _ names: [SKU], _ origin: UInt16, _ destination: UInt16, unassigns: Bool
  ) throws(Refused) -> Outcome {
    scratch.begin(expecting: names.count)
    var newItems = 0
    for name in names {
      let sku = skus.find(name.text)
      guard sku != none, !skus[sku].isComposite else { continue }
      let item = sourceItem(sku, origin)
      guard item != none, scratch.place(of: sku) == nil else { continue }
      let demand = Demand(name: name, sku: sku, source: .max, quantity: sourceItems[item].quantity)
      _ = scratch.add(demand, hash: 0)
      let to = sourceItem(sku, destination)
      if to == none { newItems += 1 }
      let there = to == none ? 0 : sourceItems[to].quantity
      if demand.quantity > Bounds.itemMax - there { throw .invalid("qty", sku: name) }
    }
    try requireRoom(items: newItems, at: destination)
    var moved = Moved(lines: [])
    let code = SourceCode(sources.records[Int(destination)].code)
    for place in scratch.demands.indices {
      let sku = scratch.demands[place].sku
      let quantity = scratch.demands[place].quantity
      moveAll(of: sku, quantity, origin, destination, unassigns: unassigns)
      moved.lines.append(.init(SKU(skus[sku].name), Quantity(raw: quantity), source: code))
    }
    return .moved(moved)
  }

  private mutating func moveAll(
    of sku: UInt32, _ quantity: Int64, _ origin: UInt16, _ destination: UInt16, unassigns: Bool
  ) {
    noteMovement(of: sku, origin, -quantity)
    noteMovement(of: sku, destination, quantity)
    let from = sourceItem(sku, origin)
    let isInStock = sourceItems[from].isInStock
    var to = sourceItem(sku, destination)
    if to == none {
      to = addItem(sku, destination, quantity: quantity, isInStock: isInStock)
    } else {
      let sum = sourceItems[to].quantity + quantity
      set(to, of: sku, quantity: sum, isInStock: isInStock)
    }
    if notify(of: to) == nil { setNotify(of: to, to: notify(of: from)) }
    if unassigns {
      removeItem(from, of: sku)
    } else {
      set(from, of: sku, quantity: 0, isInStock: false)
    }
  }
}
