// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Reservations (entries, as the service calls them), deductions without an order, inconsistencies.

extension ScenarioStage {
  static let entryOperations: [String: Operation] = [
    "append_reservations": { stage, arguments in
      let entries = try arguments.rows("items").map { try $0.newEntry() }
      try await stage.execute(.appendEntries(entries))
      return [:]
    },
    "revert_sale": { stage, arguments in
      let stock = try await stage.stock(behind: try arguments.point())
      let entries = try arguments.lines().map { line in
        NewEntry(
          stock: stock, sku: line.sku, quantity: line.quantity, event: .revertProductsSale)
      }
      try await stage.execute(.appendEntries(entries))
      return [:]
    },
    "deduct": { try await $0.deduct($1) },
    "reserved": { stage, arguments in
      let row = try await stage.explanation(of: arguments.sku(), in: try arguments.stock())
      return ["qty": .quantity(row?.reserved ?? .zero)]
    },
    "list_reservations": { try await $0.listReservations($1) },
    "cleanup_reservations": { stage, _ in
      guard case .cleaned(let deleted, let left) = try await stage.execute(.cleanUp) else {
        throw UnexpectedAnswer(to: "cleanUp")
      }
      return ["deleted": .natural(deleted), "left": .natural(left)]
    },
    "list_inconsistencies": { try await $0.listInconsistencies($1) },
    "create_compensations": { stage, arguments in
      let rows = arguments.given("rows") == nil ? nil : try arguments.findings()
      guard case .counted(let count) = try await stage.execute(.compensate(rows)) else {
        throw UnexpectedAnswer(to: "compensate")
      }
      return ["created": .number(Int64(count))]
    },
  ]

  private func deduct(_ arguments: StepArguments) async throws -> JSON {
    let part = Deduct.Part(source: arguments.source(), lines: try arguments.lines())
    let deduct = Deduct(order: nil, document: freshDocument(), parts: [part])
    guard case .moved(let moved) = try await execute(.deduct(deduct)) else {
      throw UnexpectedAnswer(to: "deduct")
    }
    let states = moved.lines.compactMap(\.isInStock).map { JSON.text($0 ? "in" : "out") }
    switch states.count {
    case 0: return [:]
    case 1: return ["status": states[0]]
    default: return ["status": .list(states)]
    }
  }

  private func listReservations(_ arguments: StepArguments) async throws -> JSON {
    let order = arguments.given("order") == nil ? nil : arguments.document("order")
    let rows: [EntryRow] = try await allPages { last in
      let question = Query.entries(
        .all, after: last?.id ?? 0, limit: UInt32(Limits.pageRowsMax))
      guard case .entries(let rows, let isLast) = try await ask(question) else {
        throw UnexpectedAnswer(to: "entries")
      }
      return (rows, isLast)
    }
    let shown = order == nil ? rows : rows.filter { $0.object == order && $0.kind != .hold }
    return [
      "count": .number(Int64(shown.count)),
      "rows": .list(
        shown.map { row in
          [
            "stock": .number(Int64(row.stock.rawValue)), "sku": .text(row.sku.text),
            "qty": .quantity(row.quantity), "event": .text(row.event.name),
          ]
        }),
    ]
  }

  private func listInconsistencies(_ arguments: StepArguments) async throws -> JSON {
    let filters: [String: FindingFilter] = [
      "": .all, "complete": .complete, "incomplete": .incomplete,
    ]
    guard let filter = filters[arguments.text("only")] else { throw StepRefused.invalid("only") }
    var rows: [Finding] = []
    var total: UInt64 = 0
    repeat {
      let question = Query.inconsistencies(
        filter, offset: UInt64(rows.count), limit: UInt32(Limits.pageRowsMax))
      guard case .findings(let page, let count) = try await ask(question) else {
        throw UnexpectedAnswer(to: "inconsistencies")
      }
      total = count
      if page.isEmpty { break }
      rows += page
    } while rows.count < total
    return [
      "count": .natural(total),
      "rows": .list(
        rows.map { row in
          [
            "order": .text(row.object.text), "stock": .number(Int64(row.stock.rawValue)),
            "sku": .text(row.sku.text), "compensate": .quantity(row.compensate),
          ]
        }),
    ]
  }
}

extension StepArguments {
  /// One entry to append. What is missing or empty goes as missing: the service names it.
  fileprivate func newEntry() throws -> NewEntry {
    let stock: Int32? = text("stock").isEmpty ? nil : try optionalInteger("stock")
    guard let event = has("event") ? SalesEvent(name: text("event")) : .manualCompensation else {
      throw StepRefused.invalid("event")
    }
    let isEmpty = text("qty").isEmpty
    return NewEntry(
      stock: stock.map { StockID($0) }, sku: text("sku").isEmpty ? nil : sku(),
      quantity: isEmpty ? nil : try quantity("qty"), event: event, object: document("object"),
      id: try optionalInteger("id"))
  }

  fileprivate func findings() throws -> [Finding] {
    try rows("rows").map { row in
      Finding(
        object: row.document("order"), stock: try row.stock(), sku: row.sku(),
        compensate: try row.quantity("compensate"))
    }
  }
}
