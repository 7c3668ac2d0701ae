// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Goods leave named sources: for an order (6.5) or without one (7.1). All or nothing.

extension Engine {
  /// Takes goods from named sources. O(lines of the command and of the order).
  mutating func deduct(_ deduct: Deduct, _ digest: UInt64) throws(Refused) -> Outcome {
    if let first = firstResult(deduct.document, .shipment, digest) { return first }
    try requireRoom(document: deduct.document, .shipment)
    guard let id = deduct.order else { return try deductPlainly(deduct, digest) }
    try requireWellFormed(id, "order")
    try gatherParts(deduct.parts, allowsNegative: false)
    try refuseEmpty(deduct.parts, mayBeEmpty: deduct.parts.count == 1)
    // What is unknown is named before the order is looked up (section 15).
    _ = try namedSources(deduct.parts)
    let order = try order(id)
    try refuseDuplicate(deduct.document, .shipment)
    try requirePhase(order, .open)
    if reservations[order].flags.contains(.isDeferred) { throw Refused(.orderState) }
    let deduct = try expanded(deduct, order)
    let places = try namedSources(deduct.parts)
    let isWhole = deduct.parts[0].lines.isEmpty
    if isWhole {
      gatherLines(of: order) { engine, line in engine.shippableQuantity(line) }
    } else {
      try matchShipment(of: order)
    }
    let from = try sourcesOrOnly(places, order)
    if isWhole {
      for place in scratch.demands.indices { scratch.demands[place].source = from[0] }
    } else {
      regather(deduct.parts, from, order)
    }
    try requireGoods(deduct.manner)
    if deduct.manner == .usual { try requirePromisesKept(order) }
    try requireRoomToGiveBack()
    return file(deduct.document, .shipment, digest, .moved(ship(deduct.manner)))
  }

  /// Without an order: nothing is reserved, so no entry follows. Negative quantities put back.
  private mutating func deductPlainly(
    _ deduct: Deduct, _ digest: UInt64
  ) throws(Refused) -> Outcome {
    try gatherParts(deduct.parts, allowsNegative: true)
    try refuseEmpty(deduct.parts, mayBeEmpty: false)
    let places = try namedSources(deduct.parts)
    try refuseComposites()
    try refuseDuplicate(deduct.document, .shipment)
    var from: [UInt16] = []
    for place in places {
      guard let place else { throw Refused(.sourceRequired) }
      from.append(place)
    }
    regather(deduct.parts, from, nil)
    try requireGoods(deduct.manner)
    return file(deduct.document, .shipment, digest, .moved(ship(deduct.manner)))
  }

  /// What of a line can be shipped: virtual goods never are, and goods sold in whole units lose the
  /// fraction.
  func shippableQuantity(_ line: UInt32) -> Int64 {
    let sku = reservations.lines[line].sku
    return skus[sku].isVirtual ? 0 : wholeIfNeeded(openQuantity(line), sku)
  }

  private func wholeIfNeeded(_ quantity: Int64, _ sku: UInt32) -> Int64 {
    if rules(of: sku).isDecimal { return quantity }
    return quantity - quantity % Quantity.one.tenThousandths
  }

  /// Examines the shape of all parts; the demands add up over the sources.
  private mutating func gatherParts(
    _ parts: [Deduct.Part], allowsNegative: Bool
  ) throws(Refused) {
    scratch.begin(expecting: parts.reduce(0) { $0 + $1.lines.count })
    for part in parts {
      if let code = part.source, !code.isWellFormed { throw .invalid("source") }
      for line in part.lines {
        try gather(line, source: .max, allowsNegative: allowsNegative)
      }
    }
  }

  private func refuseEmpty(_ parts: [Deduct.Part], mayBeEmpty: Bool) throws(Refused) {
    if parts.isEmpty { throw Refused(.emptyInput) }
    if !mayBeEmpty, parts.contains(where: \.lines.isEmpty) { throw Refused(.emptyInput) }
  }

  private func namedSources(_ parts: [Deduct.Part]) throws(Refused) -> [UInt16?] {
    var named: [UInt16?] = []
    for part in parts {
      guard let code = part.source else {
        named.append(nil)
        continue
      }
      guard let source = sources.find(code) else { throw Refused(.unknownSource) }
      named.append(source)
    }
    return named
  }

  /// The parts' sources; where none is named, the only source of the order's stock.
  private func sourcesOrOnly(
    _ named: [UInt16?], _ order: UInt32
  ) throws(Refused) -> [UInt16] {
    var all: [UInt16] = []
    for source in named {
      if let source {
        all.append(source)
        continue
      }
      let links = stocks[reservations[order].stock].links
      guard links.count == 1 else { throw Refused(.sourceRequired) }
      all.append(links[0].source)
    }
    return all
  }

  /// Refuses more than is open of a SKU over all parts together. The demands come from `gatherParts`.
  private mutating func matchShipment(of order: UInt32) throws(Refused) {
    matchLines(of: order)
    for place in scratch.demands.indices {
      let demand = scratch.demands[place]
      if demand.sku != none, demand.line != none, skus[demand.sku].isVirtual { continue }
      let open = demand.line == none ? 0 : openQuantity(demand.line)
      let asked = demand.sku == none ? demand.quantity : wholeIfNeeded(demand.quantity, demand.sku)
      if asked > open || demand.line == none { throw .exceedsOpen(demand, open) }
    }
  }

  /// Makes the demands again, this time per source; they are known to be well formed. Of an order, what
  /// is not shipped at all is left out.
  private mutating func regather(
    _ parts: [Deduct.Part], _ from: [UInt16], _ order: UInt32?
  ) {
    scratch.begin(expecting: parts.reduce(0) { $0 + $1.lines.count })
    for (part, source) in zip(parts, from) {
      for line in part.lines {
        let hash = TextHash.folded(line.sku.text)
        let sku = skus.find(line.sku.text, hash: hash)
        var quantity = line.quantity.tenThousandths
        if order != nil {
          quantity = skus[sku].isVirtual ? 0 : wholeIfNeeded(quantity, sku)
          if quantity == 0 { continue }
        }
        let demand = Demand(name: line.sku, sku: sku, source: source, quantity: quantity)
        let sum = scratch.add(demand, hash: hash)
        invariant(sum != nil, "The parts of a sum that fits fit.")
      }
    }
    if let order { attachLines(of: order) }
  }

  /// Finds the order's line of every demand; a SKU may stand in several demands, one per source.
  private mutating func attachLines(of order: UInt32) {
    var lines: [(sku: UInt32, line: UInt32)] = []
    var line = reservations[order].firstLine
    while line != none {
      lines.append((reservations.lines[line].sku, line))
      line = reservations.lines[line].next
    }
    lines.sort { $0.sku < $1.sku }
    for place in scratch.demands.indices {
      let sku = scratch.demands[place].sku
      var low = 0
      var high = lines.count
      while low < high {
        let middle = (low + high) / 2
        if lines[middle].sku < sku { low = middle + 1 } else { high = middle }
      }
      if low < lines.count, lines[low].sku == sku {
        scratch.demands[place].line = lines[low].line
      }
    }
  }
}

extension Refused {
  /// A source that holds less than it is to give.
  static func insufficient(
    _ demand: Demand, _ held: Int64, _ code: RefusalCode = .insufficientSourceQuantity
  ) -> Refused {
    Refused(
      Refusal(
        code, sku: demand.name, available: Quantity(raw: held),
        requested: Quantity(raw: demand.quantity)))
  }
}
