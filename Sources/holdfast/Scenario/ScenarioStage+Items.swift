// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Source rows: source items, as the service calls them.

extension ScenarioStage {
  static let itemOperations: [String: Operation] = [
    "set_source_item": { stage, arguments in
      try await stage.execute(.setSourceItems([try await stage.itemChange(arguments)]))
      return [:]
    },
    "set_source_items": { stage, arguments in
      var changes: [SourceItemChange] = []
      for row in try arguments.rows("items") { changes.append(try await stage.itemChange(row)) }
      try await stage.execute(.setSourceItems(changes))
      return [:]
    },
    "delete_source_item": { stage, arguments in
      let key = SourceItemKey(source: arguments.source(), sku: arguments.sku())
      try await stage.execute(.removeSourceItems([key]))
      return [:]
    },
    "get_source_item": { try await $0.sourceItem($1) },
    "source_items_of": { stage, arguments in
      let rows = try await stage.sourceItems(of: arguments.sku())
      return ["sources": .list(rows.map { .text($0.source.text) })]
    },
    "import_source_items": { try await $0.importItems($1) },
  ]

  func sourceItems(of sku: SKU) async throws -> [SourceItemRow] {
    guard case .sourceItems(let rows, _) = try await ask(.sourceItems(sku)) else {
      throw UnexpectedAnswer(to: "sourceItems")
    }
    return rows
  }

  private func sourceItem(_ arguments: StepArguments) async throws -> JSON {
    let source = arguments.source()
    let rows = try await sourceItems(of: arguments.sku())
    guard let row = rows.first(where: { $0.source == source }) else { return ["exists": false] }
    return [
      "exists": true, "qty": .quantity(row.quantity), "status": row.isInStock ? "in" : "out",
      "notify_effective": .quantity(row.notifyInForce),
    ]
  }

  /// One row to set. A quantity or status that cannot be sent is refused here, after everything that
  /// is judged before it: the SKU, the source, and whether the source is known.
  func itemChange(_ row: StepArguments) async throws -> SourceItemChange {
    let quantity = row.readableQuantity("qty")
    let isNotifyReadable = row.given("notify") == nil || row.readableQuantity("notify") != nil
    if let quantity, let isInStock = row.isInStock, isNotifyReadable {
      return SourceItemChange(
        source: row.source(), sku: row.sku(), quantity: quantity, isInStock: isInStock,
        notifyQuantity: row.readableQuantity("notify"),
        clearsNotify: row.has("notify") && row.given("notify") == nil)
    }
    if !row.sku().isWellFormed { throw StepRefused.invalid("sku") }
    let code = row.source()
    if code.text.isEmpty || code.text.contains(where: \.isWhitespace) {
      throw StepRefused.invalid("source")
    }
    guard case .sources(let sources) = try await ask(.sources) else {
      throw UnexpectedAnswer(to: "sources")
    }
    if !sources.contains(where: { $0.code == code }) { throw StepRefused(.unknownSource) }
    guard let quantity, quantity >= .zero else { throw StepRefused.invalid("qty") }
    throw StepRefused.invalid(row.isInStock == nil ? "status" : "notify")
  }

  private func importItems(_ arguments: StepArguments) async throws -> JSON {
    let modes: [String: ImportMode] = ["append": .append, "replace": .replace, "delete": .delete]
    guard let mode = modes[arguments.text("mode")] else { throw StepRefused.invalid("mode") }
    let rows = try arguments.rows("rows").map { row in
      // The language knows no status but the two: such a row goes without its quantity, which makes
      // it invalid where a quantity is needed.
      let isReadable = row.given("status") == nil || row.isInStock != nil
      return ImportRow(
        source: row.text("source"), sku: row.text("sku"),
        quantity: isReadable ? row.readableQuantity("qty") : nil, isInStock: row.isInStock)
    }
    guard case .imported(let result) = try await execute(.importSourceItems(mode, rows)) else {
      throw UnexpectedAnswer(to: "importSourceItems")
    }
    return [
      "created": .number(Int64(result.created)), "updated": .number(Int64(result.updated)),
      "deleted": .number(Int64(result.deleted)),
      "invalid": .list(result.invalid.map { .number(Int64($0.row)) }),
    ]
  }
}
