// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// 6.3 and 18.1: a hold becomes an order, or an order is reserved at once.

extension Engine {
  /// Places an order. O(lines).
  mutating func place(_ place: Place, _ digest: UInt64) throws(Refused) -> Outcome {
    let hash = ReservationTable.hash(place.order.text, isOrder: true)
    let known = reservations.find(place.order.text, isOrder: true, hash: hash)
    if known != none, reservations[known].digest == digest { return firstResult(known) }
    let order = NewOrder(id: place.order, hash: hash, digest: digest, isTaken: known != none)
    switch place.basis {
    case .request(let request): return try self.place(order, request)
    case .hold(let hold, let lines, let reacquires):
      return try self.place(order, hold: hold, lines, reacquires: reacquires)
    }
  }

  /// An order about to be placed.
  struct NewOrder {
    let id: DocumentID
    let hash: UInt64
    let digest: UInt64
    /// Whether another order has the id.
    let isTaken: Bool
  }

  private mutating func place(
    _ order: NewOrder, _ request: ReserveRequest
  ) throws(Refused) -> Outcome {
    try requireRoom(reservation: order.hash, customer: request.customer)
    try requireWellFormed(order.id, "order")
    let pickup = try pickupSource(request.pickup)
    let stock = try examine(request)
    if order.isTaken { throw Refused(.duplicateOrder) }
    let isDeferred = store.isOn(.asynchronousOrders) && store.isOn(.deferredStockUpdate)
    if isDeferred {
      try deferDemands(to: stock)
    } else {
      try grant(request, in: stock, isLimited: false)
    }

    var record = Reservation(
      id: order.id.text, digest: order.digest, createdAt: now, stock: stock, isOrder: true)
    record.channel = scratch.channel
    if let customer = request.customer { record.customer = customers.retain(customer) }
    if isDeferred { record.flags.insert(.isDeferred) }
    if request.quantityChecksOnly { record.flags.insert(.checksQuantityOnly) }
    let lines = isDeferred ? [] : grantedLines()
    let slot = open(record, hash: order.hash, .orderPlaced)
    openOrderCount += 1
    notePickup(slot, at: pickup)
    if !lines.isEmpty || (isDeferred && request.group != nil) {
      reservations.setExtra(
        of: slot, ReservationExtra(group: isDeferred ? request.group : nil, grants: lines))
    }
    return .reserved(Reserved(expiresAt: nil, lines: lines))
  }

  /// Queues what is asked for: nothing is checked or reserved before it is processed (6.9).
  private mutating func deferDemands(to stock: UInt16) throws(Refused) {
    let count = scratch.demands.count
    if reservations.lineCount > options.linesMax - count { throw .exhausted("lines") }
    if stockItems.count > options.stockItemsMax - count { throw .exhausted("stock_items") }
    for demand in scratch.demands where demand.sku == none {
      throw Refused(.notAssigned, sku: demand.name)
    }
    for place in scratch.demands.indices {
      scratch.demands[place].stockItem = ensureStockItem(scratch.demands[place].sku, stock)
      scratch.demands[place].granted = scratch.demands[place].quantity
      // No entry follows.
      scratch.demands[place].isManaged = false
    }
  }

  private mutating func place(
    _ order: NewOrder, hold id: DocumentID, _ lines: OrderLines, reacquires: Bool
  ) throws(Refused) -> Outcome {
    try requireRoom(reservation: order.hash, customer: nil)
    try requireWellFormed(order.id, "order")
    try requireWellFormed(id, "hold")
    try gather(lines)
    let hold = knownHold(id)
    if hold == none { throw Refused(.unknownHold) }
    if order.isTaken { throw Refused(.duplicateOrder) }
    let phase = reservations[hold].phase
    if phase == .held || phase == .expired {
      if lines.isEmpty {
        gatherLines(of: hold) { engine, line in engine.heldQuantity(line) }
      } else {
        try matchHeld(hold)
      }
    }
    switch phase {
    case .held: return try convert(hold, order)
    case .expired:
      if !reacquires { throw Refused(.holdExpired) }
      return try reacquire(hold, order)
    case .released, .converted, .open, .complete, .canceled, .closed: throw Refused(.holdClosed)
    }
  }

  /// An open hold becomes an order. Cannot fail for quantity or cart rules: the goods are taken.
  private mutating func convert(_ hold: UInt32, _ order: NewOrder) throws(Refused) -> Outcome {
    let count = scratch.demands.count
    if reservations.lineCount > options.linesMax - count { throw .exhausted("lines") }
    try requireRoom(entries: 3 * count)
    for place in scratch.demands.indices {
      let line = scratch.demands[place].line
      scratch.demands[place].stockItem = reservations.lines[line].stockItem
      scratch.demands[place].isManaged = movesGoods(scratch.demands[place].sku)
      scratch.demands[place].granted = scratch.demands[place].quantity
    }
    // What was held unrecorded may be recorded now; only then can the sum grow.
    for place in scratch.demands.indices where scratch.demands[place].isManaged {
      let demand = scratch.demands[place]
      if !canAppend(-demand.quantity, demand.stockItem) { throw .invalid("qty", sku: demand.name) }
    }
    for place in scratch.demands.indices {
      let line = scratch.demands[place].line
      let share = share(of: scratch.demands[place].quantity, in: line)
      if share > 0 { append(share, .holdConverted, line: line) }
    }
    giveBack(hold, .holdReleased)
    closeHold(hold, as: .converted)
    createOrder(order, from: hold, isReacquired: false)
    return .reserved(Reserved(expiresAt: nil))
  }

  /// An expired hold's goods are taken afresh under the rules of the moment.
  private mutating func reacquire(_ hold: UInt32, _ order: NewOrder) throws(Refused) -> Outcome {
    try refuseComposites()
    let stock = reservations[hold].stock
    let request = request(of: hold)
    scratch.channel = reservations[hold].channel
    try grant(request, in: stock, isLimited: false)
    let lines = grantedLines()
    reservations[hold].phase = .converted
    let slot = createOrder(order, from: hold, isReacquired: true)
    if !lines.isEmpty {
      reservations.setExtra(of: slot, ReservationExtra(group: nil, grants: lines))
    }
    return .reserved(Reserved(expiresAt: nil, isReacquired: true, lines: lines))
  }

  @discardableResult
  private mutating func createOrder(
    _ order: NewOrder, from hold: UInt32, isReacquired: Bool
  ) -> UInt32 {
    var record = Reservation(
      id: order.id.text, digest: order.digest, createdAt: now, stock: reservations[hold].stock,
      isOrder: true)
    record.customer = reservations[hold].customer
    record.channel = reservations[hold].channel
    if record.customer != none { customers.retain(record.customer) }
    if isReacquired { record.flags.insert(.isReacquired) }
    openOrderCount += 1
    return open(record, hash: order.hash, .orderPlaced)
  }
}
