// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Answer {
  /// The answer to a question that is asked once (listings of many pages have their own commands).
  var report: Report {
    switch self {
    case .status(let status): status.report
    case .salable(let rows): SalableRow.report(rows)
    case .check(let rows): CheckRow.report(rows)
    case .reservation(let view): view.report
    case .outcome(let stored): StoredOutcome.report(stored)
    case .sourceItems(let rows, isLast: _): SourceItemRow.report(rows)
    case .onHand(let rows, isLast: _):
      Report(
        lines: table([["sku", "quantity"]] + rows.map { [$0.sku.text, "\($0.quantity)"] }),
        values: rows.map { ["sku": .text($0.sku.text), "quantity": .quantity($0.quantity)] })
    case .sources(let views): SourceView.report(views)
    case .stocks(let views): StockView.report(views)
    case .product(let view): view.report
    case .store(let view): view.report
    case .explanation(let explanations): Explanation.report(explanations)
    case .entries(let rows, isLast: _): EntryRow.report(rows)
    case .refused(let refusal): refusal.report
    default: ruleReport
    }
  }
}

extension ServerStatus {
  fileprivate var report: Report {
    Report(
      lines: table([
        ["position", "\(position)"], ["log time", utcText(time)], ["SKUs", "\(skuCount)"],
        ["source items", "\(sourceItemCount)"], ["active holds", "\(activeHoldCount)"],
        ["open orders", "\(openOrderCount)"], ["command ids remembered", "\(rememberedIDCount)"],
        ["reservation entries", "\(entryCount)"], ["units deducted", "\(deducted)"],
        ["units received", "\(received)"],
      ]),
      values: [
        [
          "position": .natural(position), "time": .moment(time), "skus": .natural(skuCount),
          "source_items": .natural(sourceItemCount), "active_holds": .natural(activeHoldCount),
          "open_orders": .natural(openOrderCount),
          "remembered_ids": .natural(rememberedIDCount), "entries": .natural(entryCount),
          "deducted": .quantity(deducted), "received": .quantity(received),
        ]
      ])
  }
}

extension SalableRow {
  fileprivate static func report(_ rows: [SalableRow]) -> Report {
    let isRefused = rows.contains { $0.refusal != nil }
    return Report(
      lines: table(rows.map { [$0.sku.text, $0.words] }), values: rows.map(\.json),
      status: isRefused ? .refused : .done)
  }

  /// The answer for one SKU in words.
  var words: String {
    if let refusal { return "\(refusal.name): \(refusal.advice)" }
    guard isSalable else { return "not salable" }
    return quantity.map { "\($0) salable" } ?? "salable, stock is not managed"
  }

  var json: JSON {
    [
      "sku": .text(sku.text), "salable": .bool(isSalable), "quantity": .quantity(quantity),
      "refusal": .text(refusal?.name),
    ]
  }
}

extension CheckRow {
  fileprivate static func report(_ rows: [CheckRow]) -> Report {
    Report(
      lines: rows.flatMap { row in
        let verdict = row.violations.isEmpty ? "yes" : "no"
        let there = row.available.map { "\($0) there" } ?? "stock is not managed"
        return ["\(row.sku): \(verdict), \(row.requested) asked, \(there)"]
          + row.violations.map { "  \($0.name): \($0.advice)" }
      },
      values: rows.map { row in
        [
          "sku": .text(row.sku.text), "requested": .quantity(row.requested),
          "available": .quantity(row.available), "backordered": .quantity(row.backordered),
          "notifies_customer": .bool(row.notifiesCustomer),
          "violations": .list(row.violations.map { .text($0.name) }),
        ]
      },
      status: rows.allSatisfy { $0.violations.isEmpty } ? .done : .refused)
  }
}

extension StoredOutcome {
  fileprivate static func report(_ stored: StoredOutcome?) -> Report {
    guard let stored else {
      return Report(
        "Not known: no command of this id was decided, or its answer is forgotten by now.",
        ["known": false])
    }
    let reply = stored.reply
    let head: JSON = [
      "known": true, "position": .natural(reply.position),
      "decided_at": .moment(stored.decidedAt),
    ]
    return Report(
      lines: reply.outcome.lines
        + ["position \(reply.position), decided at \(utcText(stored.decidedAt))"],
      values: [head.appending(reply.outcome.json)])
  }
}
