// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Many rows at once, transfers, low stock.

extension ScenarioStage {
  static let bulkOperations: [String: Operation] = [
    "assign_sources": { stage, arguments in
      let command = Command.assignSources(try arguments.assignment())
      guard case .counted(let count) = try await stage.execute(command) else {
        throw UnexpectedAnswer(to: "assignSources")
      }
      return ["count": .number(Int64(count))]
    },
    "unassign_sources": { stage, arguments in
      let command = Command.unassignSources(try arguments.assignment())
      guard case .unassigned(let count, _) = try await stage.execute(command) else {
        throw UnexpectedAnswer(to: "unassignSources")
      }
      return ["count": .number(Int64(count))]
    },
    "transfer": { stage, arguments in
      let goods = Transfer.Goods.everything(
        try arguments.skus(), unassigns: try arguments.flag("unassign") ?? false)
      try await stage.transfer(arguments, goods)
      return [:]
    },
    "transfer_partial": { stage, arguments in
      try await stage.transfer(arguments, .quantities(try arguments.lines()))
      return [:]
    },
    "low_stock": { try await $0.lowStock($1) },
  ]

  private func transfer(_ arguments: StepArguments, _ goods: Transfer.Goods) async throws {
    let (from, to) = (arguments.source("from"), arguments.source("to"))
    try await execute(.transfer(Transfer(freshDocument(), from: from, to: to, goods)))
  }

  private func lowStock(_ arguments: StepArguments) async throws -> JSON {
    let lists: [String: LowStockList] = ["": .report, "report": .report, "feed": .feed]
    guard let list = lists[arguments.text("mode")] else { throw StepRefused.invalid("mode") }
    let channel = arguments.given("channel") == nil ? nil : arguments.channel()
    var rows: [LowStockRow] = []
    var total: UInt64 = 0
    repeat {
      let question = Query.lowStock(
        list, channel, offset: UInt64(rows.count), limit: UInt32(Limits.pageRowsMax))
      guard case .lowStock(let page, let count) = try await ask(question) else {
        throw UnexpectedAnswer(to: "lowStock")
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
            "source": .text(row.source.text), "sku": .text(row.sku.text),
            "qty": .quantity(row.quantity),
          ]
        }),
    ]
  }
}

extension StepArguments {
  fileprivate func assignment() throws -> SourceAssignment {
    SourceAssignment(try skus(), to: try texts("sources").map { SourceCode($0) })
  }
}
