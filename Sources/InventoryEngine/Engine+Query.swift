// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

extension Engine {
  /// Answers a question. Changes nothing. O(rows of the answer), and O(log SKUs) for the start of a
  /// page; `entries` of one SKU reads all entries up to the last row.
  package func answer(_ query: Query) -> Answer {
    do throws(Refused) {
      return try find(query)
    } catch {
      return .refused(error.refusal)
    }
  }

  private func find(_ query: Query) throws(Refused) -> Answer {
    switch query {
    case .status: return .status(status)
    case .salable(let point, let names): return .salable(try salable(point, names))
    case .check(let request): return .check(try check(request))
    case .hold(let id):
      let slot = knownHold(id)
      if slot == none { throw Refused(.unknownHold) }
      return .reservation(view(slot))
    case .order(let id): return .reservation(view(try order(id)))
    case .outcome(let id): return .outcome(storedOutcome(id))
    case .sourceItems(let sku): return .sourceItems(sourceItemRows(sku), isLast: true)
    case .sourceItemPage(let after, let limit):
      return sourceItemPage(after: after, try pageRows(limit))
    case .onHandPage(let after, let limit): return onHandPage(after: after, try pageRows(limit))
    case .sources: return .sources(sources.order.map { view(source: $0) })
    case .stocks:
      return .stocks(stocks.order.filter { !stocks[$0].isDeleted }.map { view(stock: $0) })
    case .product(let sku): return .product(try view(product: sku))
    case .store: return .store(storeView)
    case .explain(let sku, let stock): return .explanation(try explain(sku, stock))
    case .entries(let filter, let after, let limit):
      return try entryPage(filter, after: after, try pageRows(limit))
    case .channel, .salableBy, .suggest, .onlyLeft, .stocksOf, .exportStock, .selectSources,
      .lowStock, .pickupLocations, .pickupLocation, .pickupReady:
      return try findSelling(query)
    case .inconsistencies, .holds, .products, .searchSources, .itemsAt, .customerLimits,
      .channelPolicies, .supplies, .placeCount, .changes:
      return try findListed(query)
    }
  }

  func pageRows(_ limit: UInt32) throws(Refused) -> Int {
    if limit == 0 { throw .invalid("limit") }
    return min(Int(limit), Limits.pageRowsMax)
  }

  package var status: ServerStatus {
    ServerStatus(
      position: position, time: time, skuCount: UInt64(skus.count),
      sourceItemCount: UInt64(sourceItems.count), activeHoldCount: UInt64(deadlines.count),
      openOrderCount: UInt64(openOrderCount), rememberedIDCount: UInt64(remembered.count),
      entryCount: UInt64(entries.count), deducted: Quantity(raw: deducted),
      received: Quantity(raw: received))
  }

  private func storedOutcome(_ id: CommandID) -> StoredOutcome? {
    guard let number = remembered.find(id, at: now) else { return nil }
    let answer = remembered[number]
    return StoredOutcome(
      reply: Reply(outcome: answer.outcome, position: answer.position, isReplayed: true),
      decidedAt: Timestamp(nanoseconds: answer.decidedAt))
  }

  // MARK: Selling

  /// Salable quantities, with the supply expected by `moment`.
  func salable(
    _ point: SalesPoint, _ names: [SKU], by moment: Int64 = .max
  ) throws(Refused) -> [SalableRow] {
    let stock = try resolve(point)
    let channel = channel(of: point)
    return names.map { salableRow($0, stock, channel: channel, by: moment) }
  }

  /// The number of the channel that asks, or `none`.
  func channel(of point: SalesPoint) -> UInt32 {
    guard case .channel(let code) = point else { return none }
    return channels.find(code) ?? none
  }

  /// The salable quantity of one SKU (4.1). O(stocks of the SKU).
  func salableRow(
    _ name: SKU, _ stock: UInt16, channel: UInt32 = none, by moment: Int64 = .max
  ) -> SalableRow {
    let sku = skus.find(name.text)
    guard sku != none, skus[sku].isProduct else {
      let shown = sku == none ? name : SKU(skus[sku].name)
      return SalableRow(sku: shown, isSalable: false, quantity: nil, refusal: .noSuchProduct)
    }
    let shown = SKU(skus[sku].name)
    if skus[sku].isComposite {
      return SalableRow(
        sku: shown, isSalable: isCompositeSalable(sku, in: stock), quantity: nil,
        refusal: .compositeHasNoQuantity)
    }
    let item = stockItem(sku, stock)
    if item == none {
      return SalableRow(
        sku: shown, isSalable: false, quantity: rules(of: sku).isManaged ? .zero : nil)
    }
    let terms = terms(item, channel: channel, needBy: moment)
    return SalableRow(
      sku: shown, isSalable: isSalable(item, terms),
      quantity: salableQuantity(item, terms).map { Quantity(raw: $0) })
  }

  private func check(_ request: ReserveRequest) throws(Refused) -> [CheckRow] {
    if request.lines.isEmpty { throw Refused(.emptyInput) }
    let stock = try resolve(request.point)
    var scratch = Scratch()
    scratch.begin(expecting: request.lines.count)
    for line in request.lines {
      let hash = TextHash.folded(line.sku.text)
      let demand = Demand(
        name: line.sku, sku: skus.find(line.sku.text, hash: hash), source: .max,
        quantity: line.quantity.tenThousandths)
      // A sum that no number holds is no valid request, like any other that is too large.
      if scratch.add(demand, hash: hash) == nil { throw .invalid("qty", sku: line.sku) }
    }
    return scratch.demands.map { checkRow($0, request, stock) }
  }

  private func checkRow(_ demand: Demand, _ request: ReserveRequest, _ stock: UInt16) -> CheckRow {
    let quantity = demand.quantity
    var row = CheckRow(
      sku: demand.sku == none ? demand.name : SKU(skus[demand.sku].name),
      requested: Quantity(raw: quantity), violations: [], available: .zero)
    let isInRange = quantity > 0 && quantity <= Limits.quantityTenThousandthsMax
    if !isInRange || (demand.sku == none && !demand.name.isWellFormed) {
      row.violations = [.invalid]
      return row
    }
    guard demand.sku != none else {
      row.violations = [.notAssigned]
      return row
    }
    if skus[demand.sku].isComposite {
      row.violations = [.compositeHasNoQuantity]
      row.available = nil
      return row
    }
    let item = stockItem(demand.sku, stock)
    let rules =
      item == none
      ? rules(of: demand.sku)
      : terms(
        item, channel: channel(of: request.point), needBy: request.needBy?.nanoseconds ?? .max)
    row.violations = check(quantity, item, rules, request).all
    if !rules.isManaged {
      row.available = nil
    } else if item != none {
      row.available = Quantity(raw: available(item, rules))
    }
    if row.violations.isEmpty {
      let (_, backordered) = beyondGoods(quantity, item, rules)
      row.backordered = Quantity(raw: backordered)
      row.notifiesCustomer =
        backordered > 0 && rules.backorders == BackorderPolicy.allowedWithNotice.rawValue
    }
    return row
  }
}
