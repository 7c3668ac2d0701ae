// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// What becomes of an order outside the straight road: it fails, waits to be processed, comes from
// elsewhere, is closed by the order system, or comes back (6.1, 6.8, 6.9, 18.8).

extension Engine {
  /// A placed order failed later: what it reserves is compensated and the order is gone; its entries stay
  /// under its id. O(lines).
  mutating func failOrder(_ id: DocumentID) throws(Refused) -> Outcome {
    try requireWellFormed(id, "order")
    let order = try order(id)
    try requireUntouched(order)
    try requireRoom(entries: lineCount(of: order))
    let hash = ReservationTable.hash(id.text, .other)
    if !reservations.makeRoom(for: hash) { throw .exhausted("reservations") }
    giveBack(order, .orderPlaceFailed)
    openOrderCount -= 1
    forgetPickup(order)
    reservations.turnIntoObject(order)
    return .done
  }

  /// A queued order is accepted or rejected (6.9). O(lines).
  mutating func processOrder(
    _ id: DocumentID, isAccepted: Bool
  ) throws(Refused) -> Outcome {
    try requireWellFormed(id, "order")
    let order = try order(id)
    let isDeferred = reservations[order].flags.contains(.isDeferred)
    if isAccepted {
      try requirePhase(order, .open)
      return isDeferred ? try reserveDeferred(order) : .done
    }
    try requireUntouched(order)
    try requireRoom(entries: lineCount(of: order))
    giveBack(order, .orderPlaceFailed)
    cancelLines(of: order)
    return .done
  }

  private mutating func reserveDeferred(_ order: UInt32) throws(Refused) -> Outcome {
    gatherLines(of: order) { engine, line in engine.openQuantity(line) }
    try refuseComposites()
    let request = request(of: order)
    scratch.channel = reservations[order].channel
    try grant(request, in: reservations[order].stock, isLimited: false)
    let lines = grantedLines()
    reserveLines()
    reservations[order].flags.remove(.isDeferred)
    if !lines.isEmpty {
      reservations.setExtra(
        of: order, ReservationExtra(group: reservations.extra(of: order)?.group, grants: lines))
    }
    return .reserved(Reserved(expiresAt: nil, lines: lines))
  }

  /// Reserves a canceled order afresh under the rules of the moment (18.8). O(lines).
  mutating func reopen(
    _ id: DocumentID, _ document: DocumentID, _ digest: UInt64
  ) throws(Refused) -> Outcome {
    if let first = firstResult(document, .reopening, digest) { return first }
    try requireRoom(document: document, .reopening)
    try requireWellFormed(id, "order")
    let order = try order(id)
    try refuseDuplicate(document, .reopening)
    try requirePhase(order, .canceled)
    gatherLines(of: order) { engine, line in engine.reservations.progress(of: line).canceled }
    try refuseComposites()
    scratch.channel = reservations[order].channel
    try grant(request(of: order), in: reservations[order].stock, isLimited: false)
    let lines = grantedLines()
    for demand in scratch.demands { reservations.setProgress(of: demand.line) { $0.canceled = 0 } }
    reserveLines()
    if reservations[order].flags.contains(.isListed) { reservations.unlist(order) }
    reservations[order].phase = .open
    reservations[order].state = .new
    openOrderCount += 1
    return file(
      document, .reopening, digest,
      .reserved(Reserved(expiresAt: nil, isReacquired: true, lines: lines)))
  }

  /// Appends what was granted to the lines of the demands.
  private mutating func reserveLines() {
    let appends = store.isOn(.canSubtract)
    for demand in scratch.demands where appends && demand.isManaged {
      append(-demand.granted, .orderPlaced, line: demand.line)
    }
  }

  /// The request that made a reservation, without its lines.
  func request(of slot: UInt32) -> ReserveRequest {
    let record = reservations[slot]
    return ReserveRequest(
      .stock(stocks[record.stock].id), [],
      customer: record.customer == none ? nil : CustomerID(customers[record.customer].id),
      group: reservations.extra(of: slot)?.group,
      quantityChecksOnly: record.flags.contains(.checksQuantityOnly),
      allowsBackorder: record.isOrder || record.flags.contains(.allowsBackorder))
  }

  /// Keeps an order that was placed elsewhere. O(lines).
  mutating func recordOrder(
    _ recorded: RecordedOrder, _ digest: UInt64
  ) throws(Refused) -> Outcome {
    let hash = ReservationTable.hash(recorded.order.text, .order)
    let known = reservations.find(recorded.order.text, .order, hash: hash)
    if known != none, reservations[known].digest == digest { return .done }
    try requireRoom(reservation: hash, customer: nil)
    try requireWellFormed(recorded.order, "order")
    for line in recorded.lines { try requireSensible(line) }
    if recorded.lines.isEmpty { throw Refused(.emptyInput) }
    for (place, line) in recorded.lines.enumerated()
    where recorded.lines[..<place].contains(where: { $0.sku == line.sku }) {
      throw .invalid("sku", sku: line.sku)
    }
    guard let stock = stocks.find(recorded.stock) else { throw Refused(.unknownStock) }
    if known != none { throw Refused(.duplicateOrder) }
    try requireRoom(forRecorded: recorded)

    var record = Reservation(
      id: recorded.order.text, digest: digest, createdAt: now, stock: stock, isOrder: true)
    record.state = recorded.state
    record.flags.insert(.isRecorded)
    let slot = reservations.add(record, hash: hash)
    openOrderCount += 1
    for line in recorded.lines { addRecorded(line, to: slot, stock) }
    if recorded.state.isFinal { finish(slot, recorded.state) }
    return .done
  }

  private func requireSensible(_ line: RecordedOrder.Line) throws(Refused) {
    if !line.sku.isWellFormed { throw .invalid("sku", sku: line.sku) }
    let ordered = line.ordered.tenThousandths
    let range = 0...ordered
    guard ordered > 0, ordered <= Limits.quantityTenThousandthsMax else {
      throw .invalid("qty", sku: line.sku)
    }
    for part in [line.canceled, line.invoiced, line.shipped, line.refunded]
    where !range.contains(part.tenThousandths) {
      throw .invalid("qty", sku: line.sku)
    }
  }

  private mutating func requireRoom(forRecorded recorded: RecordedOrder) throws(Refused) {
    let count = recorded.lines.count
    if reservations.lineCount > options.linesMax - count { throw .exhausted("lines") }
    if stockItems.count > options.stockItemsMax - count { throw .exhausted("stock_items") }
    if skus.count > options.skusMax - count { throw .exhausted("skus") }
    for line in recorded.lines where !skus.makeRoom(for: line.sku.text) { throw .exhausted("skus") }
  }

  private mutating func addRecorded(
    _ line: RecordedOrder.Line, to slot: UInt32, _ stock: UInt16
  ) {
    let sku = skus.intern(line.sku.text)
    let stockItem = ensureStockItem(sku, stock)
    let number = reservations.addLine(
      ReservationLine(
        ordered: line.ordered.tenThousandths, sku: sku, stockItem: stockItem, reservation: slot),
      to: slot)
    let done = skus[sku].isVirtual ? line.invoiced : line.shipped
    let loose = max(line.invoiced.tenThousandths - done.tenThousandths, 0)
    reservations.setProgress(of: number) {
      $0.canceled = line.canceled.tenThousandths
      $0.invoiced = line.invoiced.tenThousandths
      $0.shipped = line.shipped.tenThousandths
      $0.refunded = line.refunded.tenThousandths
      $0.refundedLoose = min(line.refunded.tenThousandths, loose)
    }
  }

  /// Says where an order stands; a final state stays. O(1).
  mutating func setOrderState(
    _ id: DocumentID, _ state: OrderState
  ) throws(Refused) -> Outcome {
    try requireWellFormed(id, "order")
    let order = try order(id)
    if reservations[order].phase != .open {
      if state == reservations[order].state { return .done }
      throw Refused(.orderState)
    }
    if state.isFinal {
      finish(order, state)
    } else {
      reservations[order].state = state
    }
    return .done
  }

  /// Closes an open order in a final state, whatever is open of it.
  mutating func finish(_ order: UInt32, _ state: OrderState) {
    reservations[order].state = state
    openOrderCount -= 1
    reservations[order].closedAt = now
    reservations.listAsClosed(order)
    forgetPickup(order)
    reservations[order].phase =
      state == .complete ? .complete : state == .closed ? .closed : .canceled
  }

  private mutating func cancelLines(of order: UInt32) {
    var line = reservations[order].firstLine
    while line != none {
      let ordered = reservations.lines[line].ordered
      reservations.setProgress(of: line) { $0.canceled = ordered }
      line = reservations.lines[line].next
    }
    reservations[order].flags.remove(.isDeferred)
    finish(order, .canceled)
  }

  /// Refuses an order that is not open, or of which something happened already.
  private func requireUntouched(_ order: UInt32) throws(Refused) {
    try requirePhase(order, .open)
    var line = reservations[order].firstLine
    while line != none {
      let progress = reservations.progress(of: line)
      if progress.shipped > 0 || progress.invoiced > 0 || progress.canceled > 0 {
        throw Refused(.orderState)
      }
      line = reservations.lines[line].next
    }
  }

  private func lineCount(of slot: UInt32) -> Int {
    var count = 0
    var line = reservations[slot].firstLine
    while line != none {
      count += 1
      line = reservations.lines[line].next
    }
    return count
  }
}
