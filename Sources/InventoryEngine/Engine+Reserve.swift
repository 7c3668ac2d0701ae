// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Section 5 and 18.4: what a request gets, and the reservation that follows from it.

extension Engine {
  /// Refuses a request whose shape is wrong, whose stock is not there or that names a composite, and
  /// leaves its demands in `scratch`.
  mutating func examine(_ request: ReserveRequest) throws(Refused) -> UInt16 {
    if let customer = request.customer {
      let count = customer.text.utf8.count
      if count < 1 || count > Limits.documentBytesMax { throw .invalid("customer") }
    }
    try gather(request.lines)
    if scratch.demands.isEmpty { throw Refused(.emptyInput) }
    let stock = try resolve(request.point)
    if case .channel(let code) = request.point { scratch.channel = channels.find(code) ?? none }
    try refuseComposites()
    return stock
  }

  /// Decides what every demand in `scratch` is granted; refuses when the request cannot be met by its
  /// mode. O(demands).
  ///
  /// - Parameter isLimited: whether the customer may have no further hold (18.1).
  mutating func grant(
    _ request: ReserveRequest, in stock: UInt16, isLimited: Bool
  ) throws(Refused) {
    var refused: Int?
    var grantedCount = 0
    let customer = request.customer.map { customers.find($0) } ?? none
    for place in scratch.demands.indices {
      decide(place, request, stock)
      if limits.count > 0 { decideLimits(place, request, customer) }
      if scratch.demands[place].granted > 0 { grantedCount += 1 }
      if scratch.demands[place].reason != nil, refused == nil { refused = place }
    }
    if let refused, request.mode == .all || grantedCount == 0 {
      let refusal = refusal(of: refused, request)
      if isLimited, refusal.code == .notEnoughQuantity { throw Refused(.customerLimit) }
      throw Refused(refusal)
    }
    if isLimited { throw Refused(.customerLimit) }
    try requireRoom(lines: grantedCount)
    for place in scratch.demands.indices where scratch.demands[place].granted > 0 {
      let demand = scratch.demands[place]
      if !canAppend(-demand.granted, demand.stockItem) {
        throw .invalid("qty", sku: demand.name)
      }
    }
  }

  private func requireRoom(lines count: Int) throws(Refused) {
    if reservations.lineCount > options.linesMax - count { throw .exhausted("lines") }
    try requireRoom(entries: count)
  }

  /// Decides one demand.
  private mutating func decide(_ place: Int, _ request: ReserveRequest, _ stock: UInt16) {
    let sku = scratch.demands[place].sku
    let quantity = scratch.demands[place].quantity
    guard sku != none else {
      scratch.demands[place].reason = .notAssigned
      return
    }
    let item = stockItem(sku, stock)
    let rules = terms(of: sku, item, request)
    scratch.demands[place].stockItem = item
    scratch.demands[place].isManaged = rules.isManaged
    var granted = quantity
    if request.mode == .fill {
      (granted, scratch.demands[place].reason) = largest(quantity, item, rules, request)
    } else if let code = check(quantity, item, rules, request).last {
      granted = 0
      scratch.demands[place].reason = code
    }
    if granted == 0 { return }
    scratch.demands[place].granted = granted
    split(place, rules)
    invariant(
      !rules.isManaged || rules.isUnlimited || available(item, rules) >= granted,
      "No more is granted than the rules of the moment allow.")
  }

  /// Says where what is granted comes from: goods that are there, expected supply, backorder.
  private mutating func split(_ place: Int, _ rules: SellingRules) {
    let granted = scratch.demands[place].granted
    let item = scratch.demands[place].stockItem
    let (expected, backordered) = beyondGoods(granted, item, rules)
    scratch.demands[place].backordered = backordered
    scratch.demands[place].notifiesCustomer =
      backordered > 0 && rules.backorders == BackorderPolicy.allowedWithNotice.rawValue
    scratch.demands[place].expected = expected
    if expected > 0 {
      let owed = max(max(rules.threshold, 0) - physical(item), 0)
      scratch.demands[place].expectedAt = supplyDate(item, covering: owed + expected)
    }
  }

  /// Cuts or refuses what the customer's limits do not leave (18.5).
  private mutating func decideLimits(
    _ place: Int, _ request: ReserveRequest, _ customer: UInt32
  ) {
    let granted = scratch.demands[place].granted
    if granted == 0 { return }
    guard
      let left = allowance(
        place, customer: customer, isNamed: request.customer != nil, except: scratch.hold),
      left < granted
    else { return }
    let item = scratch.demands[place].stockItem
    let rules = terms(of: scratch.demands[place].sku, item, request)
    var rest: Int64 = 0
    if request.mode == .fill, left > 0 { rest = largest(left, item, rules, request).granted }
    scratch.demands[place].granted = rest
    scratch.demands[place].reason = .customerLimit
    split(place, rules)
  }

  /// The settings in force for a request: those of the SKU, and where it has a stock item also what its
  /// channel may take and what supply is in time.
  func terms(of sku: UInt32, _ stockItem: UInt32, _ request: ReserveRequest) -> SellingRules {
    if stockItem == none { return rules(of: sku) }
    return terms(
      stockItem, channel: scratch.channel, needBy: request.needBy?.nanoseconds ?? .max)
  }

  /// The refusal for a demand, with all violations of all lines when the request asks for them.
  private func refusal(of place: Int, _ request: ReserveRequest) -> Refusal {
    let demand = scratch.demands[place]
    var refusal = Refusal(demand.reason ?? .notEnoughQuantity, sku: demand.name)
    if refusal.code == .notEnoughQuantity || refusal.code.isCartRule {
      refusal.requested = Quantity(raw: demand.quantity)
    }
    if refusal.code == .notEnoughQuantity, demand.sku != none {
      let rules = terms(of: demand.sku, demand.stockItem, request)
      let limit = limit(demand.stockItem, rules, allowsBackorder: request.allowsBackorder)
      refusal.available = limit.map { Quantity(raw: $0) }
    }
    if refusal.code == .customerLimit {
      refusal.requested = Quantity(raw: demand.quantity)
      refusal.available = Quantity(raw: demand.allowance)
      refusal.freeAt = demand.freeAt.map { Timestamp(nanoseconds: $0) }
    }
    if request.listsViolations { refusal.violations = violations(of: request) }
    return refusal
  }

  private func violations(of request: ReserveRequest) -> [Refusal.Violation] {
    var list: [Refusal.Violation] = []
    for demand in scratch.demands {
      guard demand.sku != none else {
        list.append(.init(demand.name, .notAssigned))
        continue
      }
      let terms = terms(of: demand.sku, demand.stockItem, request)
      let verdict = check(demand.quantity, demand.stockItem, terms, request)
      for code in verdict.all { list.append(.init(demand.name, code)) }
    }
    return list
  }

  /// Writes down a reservation of what `scratch` grants: record, lines, entries. O(demands).
  mutating func open(
    _ record: consuming Reservation, hash: UInt64, _ event: SalesEvent
  ) -> UInt32 {
    let stock = record.stock
    let customer = record.customer
    let slot = reservations.add(record, hash: hash)
    if customer != none { customers[customer].reservations.append(slot) }
    let appends = store.isOn(.canSubtract)
    for place in scratch.demands.indices {
      let granted = scratch.demands[place].granted
      if granted == 0 { continue }
      let sku = scratch.demands[place].sku
      invariant(
        stockItems[scratch.demands[place].stockItem].stock == stock,
        "A line reserves in the stock of its reservation.")
      let line = reservations.addLine(
        ReservationLine(
          ordered: granted, sku: sku, stockItem: scratch.demands[place].stockItem,
          reservation: slot),
        to: slot)
      if appends, scratch.demands[place].isManaged { append(-granted, event, line: line) }
    }
    return slot
  }

  /// What the answer says per SKU: nothing when all was granted from what is there.
  func grantedLines() -> [GrantedLine] {
    let isPlain = scratch.demands.allSatisfy {
      $0.reason == nil && $0.backordered == 0 && $0.expected == 0
    }
    if isPlain { return [] }
    return scratch.demands.map { demand in
      GrantedLine(
        sku: demand.sku == none ? demand.name : SKU(skus[demand.sku].name),
        granted: Quantity(raw: demand.granted),
        missing: Quantity(raw: demand.quantity - demand.granted),
        backordered: Quantity(raw: demand.backordered),
        notifiesCustomer: demand.notifiesCustomer, expected: Quantity(raw: demand.expected),
        expectedAt: demand.expected == 0 ? nil : Timestamp(nanoseconds: demand.expectedAt),
        reason: demand.reason)
    }
  }

  /// The first answer to the making of a hold or order.
  func firstResult(_ slot: UInt32) -> Outcome {
    let record = reservations[slot]
    let until = Timestamp(nanoseconds: record.createdAt).adding(
      seconds: Int64(record.firstSeconds))
    return .reserved(
      Reserved(
        expiresAt: record.isOrder ? nil : until,
        isReacquired: record.flags.contains(.isReacquired),
        lines: reservations.extra(of: slot)?.grants ?? []))
  }

  /// Refuses when no further reservation fits.
  mutating func requireRoom(
    reservation hash: UInt64, customer: CustomerID?
  ) throws(Refused) {
    if reservations.count >= options.reservationsMax || !reservations.makeRoom(for: hash) {
      throw .exhausted("reservations")
    }
    if let customer, !customers.makeRoom(for: customer) { throw .exhausted("customers") }
  }
}

extension RefusalCode {
  /// Whether it is one of the cart rules of section 5.
  var isCartRule: Bool {
    switch self {
    case .minSaleQuantity, .maxSaleQuantity, .quantityIncrement, .quantityDecimal: true
    default: false
    }
  }
}
