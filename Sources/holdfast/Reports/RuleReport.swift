// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Reports, selections and lists, as the operator reads them.

extension Answer {
  /// The answer to a question for a report or a list.
  var ruleReport: Report {
    switch self {
    case .quantity(let quantity): Report("\(quantity)", ["quantity": .quantity(quantity)])
    case .flag(let flag): Report(flag ? "yes" : "no", ["answer": .bool(flag)])
    case .count(let count): Report("\(count)", ["count": .natural(count)])
    case .onlyLeft(let rows): OnlyLeftRow.report(rows)
    case .stockSalable(let rows): StockSalableRow.report(rows)
    case .export(let rows, isLast: _): ExportRow.report(rows)
    case .selection(let selection): selection.report
    case .lowStock(let rows, let total): LowStockRow.report(rows, total)
    case .sourcePage(let views, let total):
      SourceView.report(views).appending(
        views.isEmpty ? "none" : views.count < total ? "\(views.count) of \(total)" : nil)
    case .findings(let rows, let total): Finding.report(rows, total)
    case .reservations(let views, let total): ReservationView.report(views, total)
    case .products(let views, isLast: _): ProductView.report(views)
    case .customerLimits(let limits): CustomerLimit.report(limits)
    case .channelPolicies(let policies): ChannelPolicy.report(policies)
    case .supplies(let rows): SupplyView.report(rows)
    case .changes(let rows, let oldest, let newest): ChangeRow.report(rows, oldest, newest)
    default: Report(lines: ["\(self)"], values: [])
    }
  }
}

extension Report {
  /// This report with one more line, if there is one.
  fileprivate func appending(_ line: String?) -> Report {
    guard let line else { return self }
    return Report(lines: lines + [line], values: values, status: status)
  }
}

extension OnlyLeftRow {
  fileprivate static func report(_ rows: [OnlyLeftRow]) -> Report {
    RowReport(
      ["sku", "only_left"], rows.map { [.text($0.sku.text), .quantity($0.quantity)] }
    ).report(none: "nothing asked")
  }
}

extension StockSalableRow {
  fileprivate static func report(_ rows: [StockSalableRow]) -> Report {
    RowReport(
      ["stock", "salable", "quantity", "managed", "on_hand", "reserved"],
      rows.map {
        [
          .stock($0.stock), .bool($0.salable.isSalable), .quantity($0.salable.quantity),
          .bool($0.isManaged), .quantity($0.onHand), .quantity($0.reserved),
        ]
      }
    ).report(none: "No stock has a source that carries this SKU.")
  }
}

extension ExportRow {
  static func report(_ rows: [ExportRow]) -> Report {
    Report(
      lines: ["sku,quantity,salable"]
        + rows.map { row in
          "\(csvField(row.sku.text)),\(row.quantity.map(\.description) ?? "")"
            + (row.isSalable ? ",1" : ",0")
        },
      values: rows.map {
        [
          "sku": .text($0.sku.text), "quantity": .quantity($0.quantity),
          "salable": .bool($0.isSalable),
        ]
      })
  }
}

extension Selection {
  fileprivate var report: Report {
    let rows = RowReport(
      ["source", "sku", "quantity", "available"],
      rows.map {
        [
          .text($0.source.text), .text($0.sku.text), .quantity($0.quantity),
          .quantity($0.available),
        ]
      }
    ).report(none: "No source has any of it.")
    let verdict = isShippable ? "shippable" : "not all of it can be shipped"
    return Report(
      lines: [verdict] + rows.lines,
      values: [["shippable": .bool(isShippable), "selections": .list(rows.values)]])
  }
}

extension LowStockRow {
  fileprivate static func report(_ rows: [LowStockRow], _ total: UInt64) -> Report {
    RowReport(
      ["source", "sku", "quantity", "notify"],
      rows.map {
        [
          .text($0.source.text), .text($0.sku.text), .quantity($0.quantity),
          .quantity($0.notifyQuantity),
        ]
      }
    ).report(none: "Nothing is low.", total: total)
  }
}

extension Finding {
  fileprivate static func report(_ rows: [Finding], _ total: UInt64) -> Report {
    RowReport(
      ["object", "stock", "sku", "compensate", "orphan", "final"],
      rows.map {
        [
          .text($0.object.text), .stock($0.stock), .text($0.sku.text), .quantity($0.compensate),
          .bool($0.isOrphan), .bool($0.isFinal),
        ]
      }
    ).report(none: "No inconsistency.", total: total)
  }
}

extension ReservationView {
  fileprivate static func report(_ views: [ReservationView], _ total: UInt64) -> Report {
    RowReport(
      ["id", "phase", "stock", "customer", "until", "lines"],
      views.map { view in
        [
          .text(view.id.text), .text(view.phase.name), .stock(view.stock),
          .text(view.customer?.text), .moment(view.expiresAt),
          .list(view.lines.map { .text("\($0.sku)=\($0.ordered)") }),
        ]
      }
    ).report(none: "none", total: total)
  }
}

extension ProductView {
  fileprivate static func report(_ views: [ProductView]) -> Report {
    RowReport(
      ["sku", "type", "enabled", "in_stock", "tags"],
      views.map { view in
        [
          .text(view.sku.text), .text(view.type.name), .bool(view.isEnabled),
          .bool(view.isInStock), .list(view.tags.map { .text($0) }),
        ]
      }
    ).report(none: "no product")
  }
}

extension CustomerLimit {
  fileprivate static func report(_ limits: [CustomerLimit]) -> Report {
    RowReport(
      [
        "id", "goods", "channel", "quantity", "window", "from", "to", "counts_refunds", "strict",
      ], limits.map(\.row)
    ).report(none: "no limit")
  }

  private var row: [JSON] {
    let goodsText: JSON =
      switch goods {
      case .sku(let sku): .text("sku \(sku)")
      case .tag(let tag): .text("tag \(tag)")
      }
    var times: [JSON] = [.text("per order"), .null, .null]
    switch window {
    case .perOrder: break
    case .rolling(let seconds): times[0] = .text("\(seconds) s")
    case .campaign(let from, let to): times = [.text("campaign"), .moment(from), .moment(to)]
    }
    return [.text(id.text), goodsText, .text(channel?.text), .quantity(quantity)] + times
      + [.bool(countsRefunds), .bool(isStrict)]
  }
}

extension ChannelPolicy {
  fileprivate static func report(_ policies: [ChannelPolicy]) -> Report {
    RowReport(
      ["channel", "sku", "safety", "cap", "cap_since", "backorder"],
      policies.map { policy in
        [
          .text(policy.channel.text), .text(policy.sku?.text), .text(policy.safety.text),
          .quantity(policy.cap?.quantity), .moment(policy.cap?.since),
          .flag(policy.allowsBackorder),
        ]
      }
    ).report(none: "no policy")
  }
}

extension ChannelPolicy.Safety {
  /// "5" or "12.5%".
  var text: String {
    switch self {
    case .quantity(let quantity): quantity.description
    case .basisPoints(let points):
      Quantity(tenThousandths: Int64(points) * 100).description + "%"
    }
  }
}

extension SupplyView {
  fileprivate static func report(_ rows: [SupplyView]) -> Report {
    RowReport(
      ["id", "source", "sku", "quantity", "promised", "expected_at"],
      rows.map {
        [
          .text($0.supply.id.text), .text($0.supply.source.text), .text($0.supply.sku.text),
          .quantity($0.supply.quantity), .quantity($0.promised), .moment($0.supply.expectedAt),
        ]
      }
    ).report(none: "nothing expected")
  }
}

extension ChangeRow {
  static func report(_ rows: [ChangeRow], _ oldest: UInt64, _ newest: UInt64) -> Report {
    let report = RowReport(
      ["change", "position", "time", "stock", "sku", "before", "after"],
      rows.map { row in
        [
          .natural(row.sequence), .natural(row.position), .moment(row.time), .stock(row.stock),
          .text(row.sku.text), .text(row.before.text), .text(row.after.text),
        ]
      }
    ).report(none: "no change")
    return Report(
      lines: report.lines + ["kept: changes \(oldest) to \(newest)"],
      values: rows.map(\.json))
  }

  private var json: JSON {
    [
      "change": .natural(sequence), "position": .natural(position), "time": .moment(time),
      "stock": .stock(stock), "sku": .text(sku.text), "before": before.json,
      "after": after.json,
    ]
  }
}

extension ChangeRow.Numbers {
  /// "9 - 2 = 7" and whether it can be sold.
  fileprivate var text: String {
    let sum = salable.map { "\($0) salable" } ?? "not managed"
    return "\(onHand) on hand, \(reserved) reserved, \(sum)" + (isSalable ? "" : ", not salable")
      + (isOverpromised ? ", overpromised" : "")
  }

  fileprivate var json: JSON {
    [
      "on_hand": .quantity(onHand), "reserved": .quantity(reserved),
      "salable_quantity": .quantity(salable), "salable": .bool(isSalable),
      "overpromised": .bool(isOverpromised),
    ]
  }
}
