// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Section 8: which sources serve a request. Advice that changes nothing.

extension Engine {
  /// Proposes sources for a request. O(sources of the stock x SKUs).
  func select(_ request: SelectionRequest) throws(Refused) -> Selection {
    var scratch = Scratch()
    scratch.begin(expecting: request.lines.count)
    for line in request.lines {
      let hash = TextHash.folded(line.sku.text)
      let sku = skus.find(line.sku.text, hash: hash)
      if sku == none, !line.sku.isWellFormed { throw .invalid("sku", sku: line.sku) }
      let quantity = line.quantity.tenThousandths
      guard quantity > 0, quantity <= Limits.quantityTenThousandthsMax,
        let sum = scratch.add(
          Demand(name: line.sku, sku: sku, source: .max, quantity: quantity), hash: hash),
        sum <= Limits.quantityTenThousandthsMax
      else { throw .invalid("qty", sku: line.sku) }
    }
    if scratch.demands.isEmpty { throw Refused(.emptyInput) }
    let order = try sourceOrder(request)
    let stock = try resolve(request.point)
    return selection(scratch.demands, from: order(self, stock), for: stock)
  }

  /// The way an algorithm orders the enabled sources of a stock that ship.
  private func sourceOrder(
    _ request: SelectionRequest
  ) throws(Refused) -> (borrowing Engine, UInt16) -> [UInt16] {
    var algorithm = request.algorithm
    if algorithm == .storeDefault {
      algorithm = store[.defaultAlgorithm] == 1 ? .distance : .priority
    }
    if case .named(let name) = algorithm {
      guard name == "priority" || name == "distance" else { throw Refused(.unknownAlgorithm) }
      algorithm = name == "priority" ? .priority : .distance
    }
    switch algorithm {
    case .distance:
      guard let destination = request.destination else { throw Refused(.noDestination) }
      return { engine, stock in engine.byDistance(stock, to: destination) }
    case .explicit(let codes):
      for code in codes where sources.find(code) == nil { throw Refused(.unknownSource) }
      return { engine, stock in
        let linked = engine.byPriority(stock)
        return codes.compactMap { engine.sources.find($0) }.filter { linked.contains($0) }
      }
    default: return { engine, stock in engine.byPriority(stock) }
    }
  }

  /// The sources of a stock that ship, by priority.
  func byPriority(_ stock: UInt16) -> [UInt16] {
    stocks[stock].links.map(\.source).filter { sources.canShip($0) }
  }

  private func byDistance(_ stock: UInt16, to destination: Destination) -> [UInt16] {
    let linked = byPriority(stock)
    guard let target = coordinates(of: destination).first else { return linked }
    var near: [(source: UInt16, distance: Int64)] = []
    var lost: [UInt16] = []
    for source in linked {
      if let place = coordinates(of: source).first {
        let distance = Geometry.distance(place, target, radius: Geometry.selectionRadius)
        // Ties keep the order of priority.
        let index = near.firstIndex { $0.distance > distance } ?? near.count
        near.insert((source, distance), at: index)
      } else {
        lost.append(source)
      }
    }
    return near.map(\.source) + lost
  }

  /// Where a destination is: its coordinates, else the places its address may mean.
  func coordinates(of destination: Destination) -> [Coordinates] {
    if let exact = destination.coordinates { return [exact] }
    return places.find(destination)
  }

  /// Where a source is: its coordinates, else the places its address may mean.
  func coordinates(of source: UInt16) -> [Coordinates] {
    let record = sources[source]
    if let exact = record.coordinates { return [exact] }
    func text(_ field: SourceField) -> String { record.texts[Int(field.rawValue)] }
    return places.find(
      Destination(
        country: text(.country), postcode: text(.postcode), city: text(.city),
        region: text(.region)))
  }

  /// Walks source by source, and within a source SKU by SKU; every visited item is a row.
  private func selection(
    _ demands: ContiguousArray<Demand>, from order: [UInt16], for stock: UInt16
  ) -> Selection {
    var needed = demands.map(\.quantity)
    var sharings = demands.map { $0.sku != none && isJoint($0.sku) ? sharing(of: $0.sku) : nil }
    var rows: [Selection.Row] = []
    for source in order {
      for place in demands.indices {
        let sku = demands[place].sku
        let item = sku == none ? none : sourceItem(sku, source)
        if item == none || !sourceItems[item].isInStock { continue }
        let there = max(sourceItems[item].quantity - claimed(sku, at: source), 0)
        var taken = min(there, needed[place])
        if let spare = sharings[place]?.take(taken, at: source, for: stock) { taken = spare }
        needed[place] -= taken
        rows.append(
          Selection.Row(
            source: SourceCode(sources.records[Int(source)].code), sku: SKU(skus[sku].name),
            quantity: Quantity(raw: taken), available: Quantity(raw: there)))
      }
    }
    return Selection(isShippable: needed.allSatisfy { $0 == 0 }, rows: rows)
  }
}

extension Sharing {
  /// Takes up to `quantity` from a source for a stock, no more than other stocks' promises leave.
  fileprivate mutating func take(_ quantity: Int64, at source: UInt16, for stock: UInt16) -> Int64 {
    guard let own = place(of: stock), let pool = pools.firstIndex(where: { $0.source == source })
    else { return quantity }
    let taken = min(quantity, spare(at: source, for: own))
    pools[pool].quantity -= taken
    promises[own].quantity = max(promises[own].quantity - taken, 0)
    return taken
  }
}
