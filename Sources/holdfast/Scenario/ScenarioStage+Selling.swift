// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// What may be sold.

extension ScenarioStage {
  static let sellingQuestions: [String: Operation] = [
    "get_salable": { stage, arguments in
      let row = try await stage.salable(arguments, [arguments.sku()])[0]
      if let code = row.refusal { throw StepRefused(Refusal(code, sku: row.sku)) }
      return ["qty": .quantity(row.quantity)]
    },
    "is_salable": { stage, arguments in
      ["salable": .bool(try await stage.salable(arguments, [arguments.sku()])[0].isSalable)]
    },
    "are_salable": { stage, arguments in
      let rows = try await stage.salable(arguments, try arguments.skus())
      return ["salable": .list(rows.map { .bool($0.isSalable) })]
    },
    "get_stock_item": { try await $0.stockItem($1) },
    "is_salable_for": { stage, arguments in
      let row = try await stage.check(arguments)
      return ["salable": .bool(row.violations.isEmpty), "errors": row.reasons]
    },
    "backorder_qty": { stage, arguments in
      let row = try await stage.check(arguments)
      if !row.violations.isEmpty { return ["salable": false, "errors": row.reasons] }
      return [
        "salable": true, "backordered": .quantity(row.backordered),
        "notify": .bool(row.notifiesCustomer),
      ]
    },
    "suggest_qty": { stage, arguments in
      let (point, quantity) = (try arguments.point(), try arguments.quantity("qty"))
      guard
        case .quantity(let nearest) = try await stage.ask(
          .suggest(point, arguments.sku(), quantity))
      else { throw UnexpectedAnswer(to: "suggest") }
      return ["qty": .quantity(nearest)]
    },
    "only_x_left": { stage, arguments in
      let question = Query.onlyLeft(try arguments.point(), [arguments.sku()])
      guard case .onlyLeft(let rows) = try await stage.ask(question), let row = rows.first else {
        throw UnexpectedAnswer(to: "onlyLeft")
      }
      guard let quantity = row.quantity else { return ["show": false] }
      return ["show": true, "qty": .quantity(quantity)]
    },
    "salable_report": { try await $0.salableReport($1) },
    "export_stock": { try await $0.exportStock($1) },
  ]

  /// One row for each SKU.
  private func salable(_ arguments: StepArguments, _ skus: [SKU]) async throws -> [SalableRow] {
    guard case .salable(let rows) = try await ask(.salable(try arguments.point(), skus)),
      rows.count == skus.count
    else { throw UnexpectedAnswer(to: "salable") }
    return rows
  }

  /// The request check for one quantity. What owns no quantity, and what is no quantity, is refused.
  private func check(_ arguments: StepArguments) async throws -> CheckRow {
    let line = OrderLine(arguments.sku(), try arguments.quantity("qty"))
    let request = ReserveRequest(
      try arguments.point(), OrderLines(line), group: try arguments.optionalInteger("group"))
    guard case .check(let rows) = try await ask(.check(request)), let row = rows.first else {
      throw UnexpectedAnswer(to: "check")
    }
    if row.violations == [.compositeHasNoQuantity] {
      throw StepRefused(Refusal(.compositeHasNoQuantity, sku: row.sku))
    }
    if row.violations.contains(.invalid) {
      throw StepRefused.invalid(row.sku.isWellFormed ? "qty" : "sku")
    }
    return row
  }

  /// How a SKU stands in a stock; `nil` when nothing of that SKU is known.
  func explanation(of sku: SKU, in stock: StockID) async throws -> Explanation? {
    do {
      guard case .explanation(let rows) = try await ask(.explain(sku, stock: stock)) else {
        throw UnexpectedAnswer(to: "explain")
      }
      return rows.first
    } catch let error as StepRefused where error.refusal.code == .noSuchProduct {
      return nil
    }
  }

  private func stockItem(_ arguments: StepArguments) async throws -> JSON {
    let row = try await explanation(of: arguments.sku(), in: try arguments.stock())
    guard let row, row.sources.contains(where: \.isEnabled) else { return ["exists": false] }
    return [
      "exists": true, "qty": .quantity(row.onHand), "salable": .bool(row.salable.isSalable),
    ]
  }

  private func salableReport(_ arguments: StepArguments) async throws -> JSON {
    guard case .stockSalable(let rows) = try await ask(.stocksOf(arguments.sku())) else {
      throw UnexpectedAnswer(to: "stocksOf")
    }
    return [
      "rows": .list(
        rows.map { row in
          [
            "stock": .number(Int64(row.stock.rawValue)), "qty": .quantity(row.salable.quantity),
            "managed": .bool(row.isManaged),
          ]
        })
    ]
  }

  private func exportStock(_ arguments: StepArguments) async throws -> JSON {
    let point = try arguments.point()
    let rows: [ExportRow] = try await allPages { last in
      let question = Query.exportStock(
        point, after: last?.sku, limit: UInt32(Limits.pageRowsMax))
      guard case .export(let rows, let isLast) = try await ask(question) else {
        throw UnexpectedAnswer(to: "exportStock")
      }
      return (rows, isLast)
    }
    return [
      "rows": .list(
        rows.map { row in
          // No quantity, because stock is not managed, is shown as 0 (11.8).
          [
            "sku": .text(row.sku.text), "qty": .quantity(row.quantity ?? .zero),
            "salable": .bool(row.isSalable),
          ]
        })
    ]
  }
}

extension CheckRow {
  /// Why not, in order.
  fileprivate var reasons: JSON { .list(violations.map { .text($0.name) }) }
}
