// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// 6.6: what was billed is paid back; what never left a source first.

extension Engine {
  /// What one line of a refund comes to.
  private struct RefundStep {
    var line: UInt32
    /// Billed, never left a source.
    var toStock: Int64
    /// Was delivered.
    var toSource: Int64
    var isReturned: Bool
    var writesOff: Bool
    /// Where delivered goods return and how much to each; empty when they do not.
    var returns: [Return] = []
  }

  /// Delivered goods that return to a source.
  private struct Return {
    var item: UInt32
    var quantity: Int64
  }

  /// Pays back billed quantities of an order. O(lines of both, times the sources of the stock where
  /// goods move).
  mutating func refund(_ refund: Refund, _ digest: UInt64) throws(Refused) -> Outcome {
    if let first = firstResult(refund.document, .refund, digest) { return first }
    try requireRoom(document: refund.document, .refund)
    try requireWellFormed(refund.order, "order")
    if let source = refund.source, !source.isWellFormed { throw .invalid("source") }
    scratch.begin(expecting: refund.lines.count)
    for line in refund.lines { try gather(OrderLine(line.sku, line.quantity), source: .max) }
    if refund.lines.isEmpty { throw Refused(.emptyInput) }
    var target: UInt16?
    if let code = refund.source {
      target = sources.find(code)
      if target == nil { throw Refused(.unknownSource) }
    }
    let order = try order(refund.order)
    try refuseDuplicate(refund.document, .refund)
    try requirePhase(order, .open, .complete)
    try matchOpen(order) { engine, line in engine.refundableQuantity(line) }
    let steps = try plan(refund, order, target)
    try requireRoomToGiveBack()
    try requireRoom(entries: steps.count * max(stocks[reservations[order].stock].links.count, 1))

    var moved = Moved(lines: [])
    for step in steps { carryOut(step, into: &moved) }
    settle(order)
    return file(refund.document, .refund, digest, .moved(moved))
  }

  /// Splits every line into its loose and its delivered part and finds where goods return. Changes
  /// nothing; refuses what could not be carried out.
  private mutating func plan(
    _ refund: Refund, _ order: UInt32, _ target: UInt16?
  ) throws(Refused) -> [RefundStep] {
    var steps: [RefundStep] = []
    for line in refund.lines {
      guard let place = scratch.place(of: skus.find(line.sku.text)) else { continue }
      let number = scratch.demands[place].line
      let progress = reservations.progress(of: number)
      let isVirtual = skus[scratch.demands[place].sku].isVirtual
      let done = isVirtual ? progress.invoiced : progress.shipped
      // Earlier lines of the same SKU in this refund took their part: `granted` counts it.
      let taken = progress.refundedLoose + scratch.demands[place].granted
      let loose = max(progress.invoiced - taken - done, 0)
      let toStock = min(line.quantity.tenThousandths, loose)
      scratch.demands[place].granted += toStock
      var step = RefundStep(
        line: number, toStock: toStock, toSource: line.quantity.tenThousandths - toStock,
        isReturned: line.isReturned ?? store.isOn(.autoReturn), writesOff: line.writesOff)
      if step.isReturned, step.toSource > 0, movesGoods(scratch.demands[place].sku) {
        let shares =
          refund.isProportional ? shares(of: step.toSource, line: step.line, order) : []
        if shares.isEmpty {
          let source = target ?? returnSource(step.line, order)
          step.returns = [try returned(step.toSource, to: source, place)]
        }
        for share in shares {
          step.returns.append(try returned(share.quantity, to: share.source, place))
        }
      }
      steps.append(step)
    }
    return steps
  }

  /// The item that delivered goods return to, or the refusal.
  private mutating func returned(
    _ quantity: Int64, to source: UInt16, _ place: Int
  ) throws(Refused) -> Return {
    let demand = scratch.demands[place]
    let item = sourceItem(demand.sku, source)
    if item == none { throw Refused(.sourceItemNotFound, sku: demand.name) }
    // `backordered` counts what this refund returns of the SKU.
    scratch.demands[place].backordered += quantity
    if scratch.demands[place].backordered > Bounds.itemMax - sourceItems[item].quantity {
      throw .invalid("qty", sku: demand.name)
    }
    return Return(item: item, quantity: quantity)
  }

  /// A returned quantity in the proportion in which sources shipped the line; the largest remainders
  /// get what division leaves, the earlier source first. Exact. O(sources that shipped squared).
  private func shares(
    of quantity: Int64, line: UInt32, _ order: UInt32
  ) -> [(source: UInt16, quantity: Int64)] {
    var shipments: [LineShipment] = []
    let progress = reservations.lines[line].progress
    var shipment = progress == none ? none : reservations.progress[progress].firstShipment
    while shipment != none {
      // The list leads from the newest source back.
      shipments.insert(reservations.shipments[shipment], at: 0)
      shipment = reservations.shipments[shipment].next
    }
    let total = shipments.reduce(0) { $0 + $1.quantity }
    if total == 0 { return [] }
    // Whole units go to one source whole.
    let isWhole =
      !rules(of: reservations.lines[line].sku).isDecimal
      && quantity % Quantity.one.tenThousandths == 0
    let unit = isWhole ? Quantity.one.tenThousandths : 1
    var shares: [(source: UInt16, quantity: Int64)] = []
    var rests: [UInt64] = []
    var left = quantity / unit
    for shipment in shipments {
      let product = UInt64(quantity / unit).multipliedFullWidth(by: UInt64(shipment.quantity))
      let (share, rest) = UInt64(total).dividingFullWidth(product)
      shares.append((shipment.source, Int64(share) * unit))
      rests.append(rest)
      left -= Int64(share)
    }
    while left > 0 {
      var best = 0
      for place in rests.indices where rests[place] > rests[best] { best = place }
      shares[best].quantity += unit
      rests[best] = 0
      left -= 1
    }
    return shares.filter { $0.quantity > 0 }
  }

  /// The best-priority source of those that shipped the line; unlinked ones come last. Where none did,
  /// the best-priority source that carries the SKU, else `default`. Being switched off changes no rank.
  private func returnSource(_ line: UInt32, _ order: UInt32) -> UInt16 {
    let links = stocks[reservations[order].stock].links
    var shipped: [UInt16] = []
    let progress = reservations.lines[line].progress
    var shipment = progress == none ? none : reservations.progress[progress].firstShipment
    while shipment != none {
      shipped.append(reservations.shipments[shipment].source)
      shipment = reservations.shipments[shipment].next
    }
    if let link = links.first(where: { shipped.contains($0.source) }) { return link.source }
    if let first = shipped.min(by: { sources.rank($0) < sources.rank($1) }) { return first }
    let sku = reservations.lines[line].sku
    for link in links where sourceItem(sku, link.source) != none { return link.source }
    return 0
  }

  private mutating func carryOut(_ step: RefundStep, into moved: inout Moved) {
    reservations.setProgress(of: step.line) {
      $0.refunded += step.toStock + step.toSource
      $0.refundedLoose += step.toStock
    }
    let sku = reservations.lines[step.line].sku
    guard movesGoods(sku) else { return }
    let name = SKU(skus[sku].name)
    if step.toStock > 0, step.isReturned || !step.writesOff {
      if recordsEntries(sku) { append(step.toStock, .creditmemoCreated, line: step.line) }
      moved.lines.append(.init(name, Quantity(raw: step.toStock)))
    } else if step.toStock > 0 {
      let taken = withdraw(step.toStock, line: step.line, .creditmemoCreated, into: &moved)
      let missing = Quantity(raw: step.toStock - taken)
      moved.shortfall = moved.shortfall.adding(missing) ?? Quantity(raw: .max)
    }
    for back in step.returns {
      change(back.item, of: sku, by: back.quantity)
      countReceived(back.quantity)
      let code = SourceCode(sources.records[Int(sourceItems[back.item].source)].code)
      moved.lines.append(.init(name, Quantity(raw: back.quantity), source: code))
    }
  }
}
