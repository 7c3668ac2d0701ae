// SPDX-License-Identifier: Apache-2.0

internal import HoldfastClient
internal import InventoryModel
internal import Workload

/// Sends a replay's commands, riding out whatever can be ridden out: lost connections are the
/// client's business, a server that cannot take commands right now is asked again under the same id.
struct ReplayClient: Sendable {
  let client: HoldfastClient
  let identity: ReplayIdentity
  /// For one command, all retries included.
  let patience: Duration

  /// Executes a command until it is decided.
  func execute(_ command: Command, id: CommandID) async throws -> Reply {
    let clock = ContinuousClock()
    let end = clock.now + patience
    while true {
      let reply = try await client.execute(command, id: id, deadline: end - clock.now)
      guard let code = reply.outcome.refusal?.code, !code.isStored, code.retry == .byItself,
        clock.now + .milliseconds(200) < end
      else { return reply }
      try await Task.sleep(for: .milliseconds(200))
    }
  }

  /// Asks the server everything the answer needs, or fails.
  func ask(_ query: Query) async throws -> Answer {
    try await client.ask(query, deadline: patience)
  }

  /// Store settings and opening stock. Lines of a real order exceed the built-in limit on what one
  /// request may ask for, which is the store's to set.
  ///
  /// - Returns: whether the run was begun before, and goes on from where it was.
  func prepare(_ opening: OpeningStock) async throws -> Bool {
    let limit = StoreChange(settings: [SettingChange(.maxSaleQuantity, quantity: .zero)])
    let reply = try await execute(.setStore(limit), id: identity.commandID(.store, "max_sale_qty"))
    guard case .done = reply.outcome else {
      throw LoadFailure("the store's max_sale_qty could not be set: \(reply.outcome)")
    }
    for start in stride(from: 0, to: opening.rows.count, by: ReplayClient.rowsMax) {
      let rows = opening.rows[start..<min(start + ReplayClient.rowsMax, opening.rows.count)]
      let items = rows.map {
        SourceItemChange(source: .default, sku: $0.sku, quantity: Quantity(Int($0.units)))
      }
      let reply = try await execute(
        .setSourceItems(items), id: identity.commandID(.opening, "\(start)"))
      guard case .counted = reply.outcome else {
        throw LoadFailure("opening stock was not taken: \(reply.outcome)")
      }
    }
    return reply.isReplayed
  }

  /// Source items of one command, and SKUs of one question.
  static let rowsMax = 1_000
}

/// What became of a document.
enum DocumentResult: Sendable {
  /// Reserved and shipped in full.
  case shipped
  /// Rejected whole for want of stock.
  case rejected
  /// What came back, and what had been asked for; both may be empty.
  case returned(asked: OrderLines, arrived: OrderLines)
}

extension ReplayClient {
  /// An order: one reservation of all its lines or none, then their shipment.
  func order(_ id: String, _ lines: OrderLines) async throws -> DocumentResult {
    let document = identity.documentID(id)
    let place = Place(document, .request(ReserveRequest(.stock(.default), lines)))
    let placed = try await execute(.place(place), id: identity.commandID(.place, id))
    switch placed.outcome {
    case .reserved(let reserved) where reserved.expiresAt == nil && reserved.lines.isEmpty: break
    case .refused(let refusal) where isWantOfStock(refusal.code): return .rejected
    default:
      throw LoadFailure("order \(id): \(shown(placed.outcome))")
    }
    let shipment = Deduct(
      order: document, document: document, parts: [Deduct.Part(source: .default)])
    let shipped = try await execute(.deduct(shipment), id: identity.commandID(.deduct, id))
    guard case .moved(let moved) = shipped.outcome, sum(moved) == sum(lines) else {
      throw LoadFailure("shipment of order \(id): \(shown(shipped.outcome))")
    }
    return .shipped
  }

  /// A cancellation: what is still out comes back into stock.
  func cancellation(_ id: String, _ lines: OrderLines) async throws -> DocumentResult {
    if lines.isEmpty { return .returned(asked: lines, arrived: lines) }
    let receipt = Receive(identity.documentID(id), source: .default, lines: lines)
    let commandID = identity.commandID(.receive, id)
    var outcome = try await execute(.receive(receipt), id: commandID).outcome
    // Started again with documents in flight, a run may ask for another part than it did before.
    // What was decided then stands.
    if outcome.refusal?.code == .idempotencyConflict,
      case .outcome(let stored?) = try await ask(.outcome(commandID))
    {
      outcome = stored.reply.outcome
    }
    guard case .moved(let moved) = outcome else {
      throw LoadFailure("cancellation \(id): \(shown(outcome))")
    }
    return .returned(
      asked: lines, arrived: OrderLines(moved.lines.map { OrderLine($0.sku, $0.quantity) }))
  }

  /// Refusals that say that goods are lacking; every other one says that something is wrong.
  private func isWantOfStock(_ code: RefusalCode) -> Bool {
    [.notEnoughQuantity, .notAssigned, .noSourceInStock].contains(code)
  }

  private func sum(_ moved: Moved) -> Int64 {
    moved.lines.reduce(0) { $0 &+ $1.quantity.tenThousandths }
  }

  private func sum(_ lines: OrderLines) -> Int64 {
    lines.reduce(0) { $0 &+ $1.quantity.tenThousandths }
  }

  private func shown(_ outcome: Outcome) -> String {
    switch outcome {
    case .refused(let refusal) where refusal.code == .duplicateOrder:
      "refused: \(refusal); another run has this run's name, and --run-id gives it another"
    case .refused(let refusal): "refused: \(refusal)"
    default: "answered \(outcome)"
    }
  }
}
