// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// The second half of a deduction: are the goods there, and then they go.

extension Engine {
  /// Refuses sources that are off, do not carry a SKU or hold too little, in this order. Goods that left
  /// already are not asked for (18.8).
  mutating func requireGoods(_ manner: Deduct.Manner) throws(Refused) {
    if manner != .external {
      for demand in scratch.demands where !sources.canShip(demand.source) {
        throw Refused(.sourceDisabled, sku: demand.name)
      }
    }
    for place in scratch.demands.indices {
      let demand = scratch.demands[place]
      scratch.demands[place].isManaged = demand.sku == none || movesGoods(demand.sku)
      if !scratch.demands[place].isManaged { continue }
      let item = demand.sku == none ? none : sourceItem(demand.sku, demand.source)
      if item == none { throw Refused(.sourceItemNotFound, sku: demand.name) }
      scratch.demands[place].item = item
    }
    for demand in scratch.demands where demand.isManaged {
      let held = sourceItems[demand.item].quantity
      if held < demand.quantity, manner != .external { throw .insufficient(demand, held) }
      if held - demand.quantity > Bounds.itemMax { throw .invalid("qty", sku: demand.name) }
    }
  }

  /// Moves the goods of all demands; everything was examined before.
  mutating func ship(_ manner: Deduct.Manner = .usual) -> Moved {
    var moved = Moved(lines: [])
    var order = none
    for place in scratch.demands.indices {
      let demand = scratch.demands[place]
      if demand.line != none {
        order = reservations.lines[demand.line].reservation
        reservations.setProgress(of: demand.line) { $0.shipped += demand.quantity }
      }
      let name = SKU(skus[demand.sku].name)
      guard demand.isManaged else {
        if demand.line != none { moved.lines.append(.init(name, Quantity(raw: demand.quantity))) }
        continue
      }
      takeGoods(of: demand)
      if demand.line != none {
        reservations.addShipment(
          of: demand.line, source: demand.source, quantity: demand.quantity)
        if store.isOn(.canSubtract) {
          append(demand.quantity, .shipmentCreated, line: demand.line)
        }
      }
      let code = SourceCode(sources.records[Int(demand.source)].code)
      moved.lines.append(
        .init(
          name, Quantity(raw: demand.quantity), source: code,
          isInStock: demand.line == none ? statusAfterDeduction(demand) : nil))
    }
    if order != none { settle(order) }
    return moved
  }

  /// Takes a demand's goods off its source; what is not there is kept as unexplained (18.8).
  private mutating func takeGoods(of demand: Demand) {
    let taken = min(demand.quantity, sourceItems[demand.item].quantity)
    if taken < demand.quantity {
      let (sum, overflow) = unexplained(of: demand.item)
        .addingReportingOverflow(demand.quantity - taken)
      setUnexplained(of: demand.item, to: overflow ? .max : sum)
    }
    change(demand.item, of: demand.sku, by: -taken)
    if taken > 0 { countDeducted(taken) } else { countReceived(-taken) }
  }

  /// The status that follows for an item (7.2); reported, never stored.
  private func statusAfterDeduction(_ demand: Demand) -> Bool {
    let rules = rules(of: demand.sku)
    let quantity = sourceItems[demand.item].quantity
    if !skus[demand.sku].isProduct || skus[demand.sku].flags.contains(.isInStock) {
      return rules.backorders != 0 || quantity != rules.threshold
    }
    return store.isOn(.canBackInStock) && quantity > rules.threshold
  }

  // MARK: Sources selected by the store

  /// The same deduction with every part that leaves the choice to the store replaced by parts with
  /// sources. O(lines x sources of the stock).
  func expanded(_ deduct: Deduct, _ order: UInt32) throws(Refused) -> Deduct {
    if !deduct.parts.contains(where: \.isAutomatic) { return deduct }
    var deduct = deduct
    var parts: [Deduct.Part] = []
    for part in deduct.parts {
      if !part.isAutomatic {
        parts.append(part)
        continue
      }
      parts += try selected(part.lines.isEmpty ? openLines(of: order) : part.lines, order)
    }
    deduct.parts = parts
    return deduct
  }

  private func openLines(of order: UInt32) -> OrderLines {
    var lines = OrderLines()
    var line = reservations[order].firstLine
    while line != none {
      let quantity = shippableQuantity(line)
      if quantity > 0 {
        let sku = SKU(skus[reservations.lines[line].sku].name)
        lines.append(OrderLine(sku, Quantity(raw: quantity)))
      }
      line = reservations.lines[line].next
    }
    return lines
  }

  /// Parts that take the lines from the order's stock in the store's order of sources, leaving what
  /// other pickup orders claim and what other stocks promised.
  private func selected(_ lines: OrderLines, _ order: UInt32) throws(Refused) -> [Deduct.Part] {
    var parts: [Deduct.Part] = []
    for line in lines {
      let sku = skus.find(line.sku.text)
      if sku == none || !movesGoods(sku) || skus[sku].isVirtual {
        parts.append(Deduct.Part(source: firstSource(of: order), lines: [line]))
        continue
      }
      var left = line.quantity.tenThousandths
      var sharing = sharing(of: sku)
      let own = sharing.place(of: reservations[order].stock)
      for link in stocks[reservations[order].stock].links
      where left > 0 && sources.canShip(link.source) {
        let item = sourceItem(sku, link.source)
        if item == none || !sourceItems[item].isInStock { continue }
        var part = max(
          sourceItems[item].quantity - claimed(sku, at: link.source, except: order), 0)
        if isJoint(sku), let own { part = min(part, sharing.spare(at: link.source, for: own)) }
        part = min(part, left)
        if part == 0 { continue }
        left -= part
        if let pool = sharing.pools.firstIndex(where: { $0.source == link.source }), let own {
          sharing.pools[pool].quantity -= part
          sharing.promises[own].quantity = max(sharing.promises[own].quantity - part, 0)
        }
        parts.append(
          Deduct.Part(
            source: SourceCode(sources.records[Int(link.source)].code),
            lines: [OrderLine(line.sku, Quantity(raw: part))]))
      }
      if left > 0 {
        throw Refused(
          Refusal(
            .insufficientSourceQuantity, sku: line.sku,
            available: Quantity(raw: line.quantity.tenThousandths - left), requested: line.quantity)
        )
      }
    }
    return parts
  }

  private func firstSource(of order: UInt32) -> SourceCode? {
    stocks[reservations[order].stock].links.first.map {
      SourceCode(sources.records[Int($0.source)].code)
    }
  }
}
