// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// The life of an order.

extension ScenarioStage {
  static let orderOperations: [String: Operation] = [
    "reserve": { try await $0.reserve($1) },
    "process_async_order": { stage, arguments in
      guard let isAccepted = ["accepted": true, "rejected": false][arguments.text("outcome")] else {
        throw StepRefused.invalid("outcome")
      }
      let order = arguments.document("order")
      try await stage.execute(.processOrder(order, isAccepted: isAccepted))
      return [:]
    },
    "cancel": { try await $0.cancel($1) },
    "invoice": { stage, arguments in
      let invoice = Invoice(
        arguments.document("order"), document: stage.freshDocument(),
        lines: try arguments.linesOrAll())
      try await stage.execute(.invoice(invoice))
      return [:]
    },
    "ship": { try await $0.ship($1) },
    "refund": { try await $0.refund($1) },
    "record_order": { stage, arguments in
      try await stage.execute(.recordOrder(try arguments.recordedOrder()))
      return [:]
    },
    "set_order_state": { stage, arguments in
      let state = try arguments.orderState()
      try await stage.execute(.setOrderState(arguments.document("order"), state))
      return [:]
    },
    "pickup_ready": { stage, arguments in
      let source = arguments.given("source") == nil ? nil : arguments.source()
      let question = Query.pickupReady(order: arguments.document("order"), source: source)
      guard case .flag(let isReady) = try await stage.ask(question) else {
        throw UnexpectedAnswer(to: "pickupReady")
      }
      return ["ready": .bool(isReady)]
    },
    "notify_pickup_ready": { stage, arguments in
      let order = arguments.document("order")
      try await stage.execute(.notifyPickup(order: order, document: stage.freshDocument()))
      return [:]
    },
  ]

  private func reserve(_ arguments: StepArguments) async throws -> JSON {
    let order = arguments.document("order")
    let pickup = arguments.given("pickup") == nil ? nil : arguments.source("pickup")
    let request = ReserveRequest(
      try arguments.point(), try arguments.lines(), group: try arguments.optionalInteger("group"),
      pickup: pickup)
    try await execute(.place(Place(order, .request(request))))
    if try arguments.flag("fail_after_reserve") == true { try await execute(.failOrder(order)) }
    return [:]
  }

  private func reservation(_ order: DocumentID) async throws -> ReservationView {
    guard case .reservation(let view) = try await ask(.order(order)) else {
      throw UnexpectedAnswer(to: "order")
    }
    return view
  }

  /// Gives back at most what is open: the service would refuse more, and a second time, by name.
  private func cancel(_ arguments: StepArguments) async throws -> JSON {
    let order = arguments.document("order")
    let view = try await reservation(order)
    var open = view.lines.map { OrderLine($0.sku, $0.cancellable) }
    if arguments.given("items") != nil {
      let wanted = try arguments.lines()
      open = open.map { line in
        let named = wanted.filter { $0.sku.isSame(as: line.sku) }
        let sum = named.reduce(Quantity.zero) { $0.adding($1.quantity) ?? .requestMax }
        return OrderLine(line.sku, min(sum, line.quantity))
      }
    }
    let lines = open.filter { $0.quantity > .zero }
    if lines.isEmpty { return [:] }
    let cancel = Cancel(order, document: freshDocument(), lines: OrderLines(lines))
    try await execute(.cancel(cancel))
    return [:]
  }

  private func ship(_ arguments: StepArguments) async throws -> JSON {
    let part = Deduct.Part(source: arguments.source(), lines: try arguments.linesOrAll())
    let order = arguments.document("order")
    try await execute(.deduct(Deduct(order: order, document: freshDocument(), parts: [part])))
    return [:]
  }

  private func refund(_ arguments: StepArguments) async throws -> JSON {
    let lines = try arguments.rows("items").map { row in
      // What is refunded without goods coming back is written off, as this language has it.
      Refund.Line(
        row.sku(), try row.quantity("qty"), isReturned: try row.flag("return"), writesOff: true)
    }
    let refund = Refund(arguments.document("order"), document: freshDocument(), lines: lines)
    try await execute(.refund(refund))
    return [:]
  }
}

extension ReservationLineView {
  /// What can still be given up (6.4).
  fileprivate var cancellable: Quantity {
    let gone = max(shipped, invoiced).tenThousandths + canceled.tenThousandths
    return Quantity(tenThousandths: ordered.tenThousandths - gone)
  }
}

extension SKU {
  /// Whether both name the same product (section 1).
  func isSame(as other: SKU) -> Bool {
    text.utf8.elementsEqual(other.text.utf8) { foldASCII($0) == foldASCII($1) }
  }
}

extension StepArguments {
  fileprivate func orderState() throws -> OrderState {
    guard let state = OrderState.allCases.first(where: { $0.name == text("state") }) else {
      throw StepRefused.invalid("state")
    }
    return state
  }

  fileprivate func recordedOrder() throws -> RecordedOrder {
    let lines = try rows("items").map { row in
      RecordedOrder.Line(
        row.sku(), ordered: try row.quantity("ordered"),
        canceled: try row.optionalQuantity("canceled") ?? .zero,
        invoiced: try row.optionalQuantity("invoiced") ?? .zero,
        shipped: try row.optionalQuantity("shipped") ?? .zero,
        refunded: try row.optionalQuantity("refunded") ?? .zero)
    }
    return RecordedOrder(
      document("order"), stock: try stock(), state: try orderState(), lines: lines)
  }
}
