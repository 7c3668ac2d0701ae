// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Reservations and the numbers behind salable quantities.

extension ReservationView {
  /// A hold or an order with its lines.
  var report: Report {
    var head = "\(expiresAt == nil ? "order" : "hold") \(id): \(phase.name), stock \(stock)"
    if let customer { head += ", customer \(customer)" }
    head += ", made \(utcText(createdAt))"
    if let expiresAt { head += ", until \(utcText(expiresAt))" }
    if expiresAt == nil { head += ", state \(state.name)" }
    if isDeferred { head += ", not reserved until it is processed" }
    if let pickup { head += ", picked up at \(pickup)" }
    let heading = ["sku", "ordered", "canceled", "invoiced", "shipped", "refunded"]
    let rows = lines.map { line in
      [line.sku.text]
        + [line.ordered, line.canceled, line.invoiced, line.shipped, line.refunded].map {
          "\($0)"
        }
    }
    return Report(lines: [head] + table([heading] + rows), values: [json])
  }

  private var json: JSON {
    [
      "id": .text(id.text), "phase": .text(phase.name), "stock": .number(Int64(stock.rawValue)),
      "customer": .text(customer?.text), "created_at": .moment(createdAt),
      "expires_at": .moment(expiresAt), "state": .text(state.name),
      "deferred": .bool(isDeferred), "pickup": .text(pickup?.text),
      "lines": .list(
        lines.map { line in
          [
            "sku": .text(line.sku.text), "ordered": .quantity(line.ordered),
            "canceled": .quantity(line.canceled), "invoiced": .quantity(line.invoiced),
            "shipped": .quantity(line.shipped), "refunded": .quantity(line.refunded),
          ]
        }),
    ]
  }
}

extension ReservationPhase {
  /// The phase's name in output.
  var name: String {
    switch self {
    case .held: "held"
    case .expired: "expired"
    case .released: "released"
    case .converted: "converted"
    case .open: "open"
    case .complete: "complete"
    case .canceled: "canceled"
    case .closed: "closed"
    }
  }
}

extension EntryRow {
  /// Reservation entries in the order they were appended.
  static func report(_ rows: [EntryRow]) -> Report {
    let heading = ["entry", "position", "stock", "sku", "quantity", "event", "object"]
    let cells = rows.map { row in
      [
        "\(row.id)", "\(row.position)", "\(row.stock)", row.sku.text, "\(row.quantity)",
        row.event.name, "\(row.kind) \(row.object)",
      ]
    }
    return Report(lines: table([heading] + cells), values: rows.map(\.json))
  }

  private var json: JSON {
    [
      "entry": .natural(id), "position": .natural(position),
      "stock": .number(Int64(stock.rawValue)), "sku": .text(sku.text),
      "quantity": .quantity(quantity), "event": .text(event.name),
      "object_type": .text("\(kind)"), "object": .text(object.text),
    ]
  }
}

extension Explanation {
  /// How salable quantities come about, one explanation a stock.
  static func report(_ explanations: [Explanation]) -> Report {
    guard !explanations.isEmpty else {
      return Report(lines: ["No stock has a source that carries this SKU."], values: [])
    }
    return Report(lines: explanations.flatMap(\.lines), values: explanations.map(\.json))
  }

  private var lines: [String] {
    var lines = ["\(sku) in stock \(stock): \(salable.words)"]
    guard isManaged else { return lines }
    let sum = "  \(onHand) on hand, \(reserved) reserved, \(threshold) kept back (min_qty)"
    lines.append(sum + (backorders == .notAllowed ? "" : ", backorders allowed"))
    if takenElsewhere != .zero {
      lines.append("  \(takenElsewhere) promised by other stocks of the same sources")
    }
    if expected != .zero { lines.append("  \(expected) expected and for sale") }
    lines += channels.map { share in
      let salable = share.salable.map { "\($0)" } ?? "not managed"
      return "  channel \(share.channel): \(share.safety) kept from it, \(salable) salable"
    }
    lines += sources.map { source in
      var text = "  source \(source.source): \(source.quantity)"
      if !source.isEnabled { text += ", does not count: the source is disabled" }
      if !source.sells { text += ", does not count: the source is not for selling" }
      if !source.isInStock { text += ", does not count: the item is out of stock" }
      return text
    }
    lines += claims.map { "  \($0.kind) \($0.id): \($0.quantity)" }
    if claimsLeftOut > 0 { lines.append("  and \(claimsLeftOut) more") }
    return lines
  }

  private var json: JSON {
    [
      "sku": .text(sku.text), "stock": .number(Int64(stock.rawValue)),
      "salable": .bool(salable.isSalable), "quantity": .quantity(salable.quantity),
      "refusal": .text(salable.refusal?.name), "managed": .bool(isManaged),
      "on_hand": .quantity(onHand), "reserved": .quantity(reserved),
      "threshold": .quantity(threshold), "backorders": .number(backorders.rawValue),
      "sources": .list(
        sources.map { source in
          [
            "source": .text(source.source.text), "enabled": .bool(source.isEnabled),
            "in_stock": .bool(source.isInStock), "sells": .bool(source.sells),
            "quantity": .quantity(source.quantity),
          ]
        }),
      "claims": .list(
        claims.map { claim in
          [
            "type": .text("\(claim.kind)"), "id": .text(claim.id.text),
            "quantity": .quantity(claim.quantity),
          ]
        }),
      "claims_left_out": .natural(UInt64(claimsLeftOut)),
      "taken_elsewhere": .quantity(takenElsewhere), "expected": .quantity(expected),
      "channels": .list(
        channels.map { share in
          [
            "channel": .text(share.channel.text), "safety": .quantity(share.safety),
            "salable": .quantity(share.salable),
          ]
        }),
    ]
  }
}
