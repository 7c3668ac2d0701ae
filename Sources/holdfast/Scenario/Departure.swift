// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Where this service says something else than the scenarios do, on purpose.
///
/// Each rule names the section of the rule book that states the difference, and recognises it by what was
/// done and what came of it, never by a scenario's id.
struct Departure: Sendable {
  /// The section that makes the outcome right.
  let section: String
  /// Whether this is the difference at hand.
  let explains: @Sendable (Played) -> Bool

  /// A step that did not meet its expectation, and everything before it.
  struct Played {
    let scenario: Scenario
    /// Where the step stands, from 0.
    let index: Int
    let outcome: StepOutcome

    var step: Scenario.Step { scenario.steps[index] }
    var before: ArraySlice<Scenario.Step> { scenario.steps[..<index] }
    /// The refusal, if that is what came.
    var refusal: Refusal? {
      if case .refused(let refusal) = outcome { return refusal }
      return nil
    }
    /// Whether a refusal came where a result was expected.
    func isRefused(_ code: RefusalCode, at operations: String...) -> Bool {
      step.expected?["error"] == nil && refusal?.code == code
        && (operations.isEmpty || operations.contains(step.operation))
    }
    /// Whether such a step was played before.
    func follows(_ operations: String...) -> Bool {
      before.contains { operations.contains($0.operation) }
    }
  }

  /// The section of the rules that makes an outcome right although the step expects something else;
  /// `nil` when no rule does.
  static func section(of outcome: StepOutcome, at index: Int, of scenario: Scenario) -> String? {
    let played = Played(scenario: scenario, index: index, outcome: outcome)
    return all.first { $0.explains(played) }?.section
  }

  private static let all: [Departure] = [
    // A quantity on a shelf is never negative.
    Departure(section: "4.5") { played in
      played.isRefused(.invalid, at: "set_source_item", "set_source_items")
        && played.refusal?.field == "qty" && played.step.hasNegativeQuantity
    },
    // The same order again is the first result again.
    Departure(section: "6.3") { played in
      played.step.operation == "reserve" && played.refusal == nil
        && played.step.expected?["error"] == "duplicate_order"
        && played.before.contains { $0.arguments == played.step.arguments }
    },
    // No more is invoiced than is open.
    Departure(section: "6.4") { $0.isRefused(.exceedsOpenQuantity, at: "invoice") },
    // No more is shipped than is open, which is asked before what the source has (section 15), and
    // nothing from a source that is switched off.
    Departure(section: "6.5") { played in
      let goods: [JSON] = ["insufficient_source_qty", "source_item_not_found"]
      return played.isRefused(.exceedsOpenQuantity, at: "ship")
        || played.step.operation == "ship"
          && goods.contains(played.step.expected?["error"] ?? .null)
          && [.exceedsOpenQuantity, .sourceDisabled].contains(played.refusal?.code)
        || played.isRefused(.sourceDisabled, at: "ship", "deduct", "notify_pickup_ready")
        || played.isRefused(.sourceRequired, at: "ship")
    },
    // No more is refunded than was invoiced.
    Departure(section: "6.6") { $0.isRefused(.exceedsOpenQuantity, at: "refund") },
    // A final order is final.
    Departure(section: "6.8") { $0.isRefused(.orderState) },
    // Lines of one SKU are added up before they are judged.
    Departure(section: "7.1") { $0.step.operation == "deduct" && $0.step.namesTwice },
    Departure(section: "8.1") { $0.step.operation == "select_sources" && $0.step.namesTwice },
    // Coordinate 0 is a place.
    Departure(section: "8.3") { played in
      played.step.operation == "select_sources" && played.scenario.hasZeroCoordinate
    },
    // A stock with reservations stays; an order keeps the stock it was placed on.
    Departure(section: "10") { played in
      played.isRefused(.stockHasReservations, at: "delete_stock")
        || played.isBalance && played.hasMovedChannel
    },
    // A transfer runs one way.
    Departure(section: "11.5") { played in
      played.isRefused(.invalid, at: "transfer_partial") && played.step.hasNegativeQuantity
    },
    // Canceled orders, and what was shipped, claim nothing at a pickup location.
    Departure(section: "12") { played in
      played.step.operation == "select_sources" && played.follows("cancel", "ship", "refund")
        && played.before.contains { $0.arguments["pickup"] != nil }
    },
    // What was refunded after it was shipped is no longer owed anything; findings are checked again.
    Departure(section: "14") { played in
      let asks = ["list_inconsistencies", "create_compensations"].contains(played.step.operation)
      return played.isRefused(.staleCompensation)
        || asks && (played.follows("refund") || played.recordsRefunds)
        || played.isRefused(.invalid, at: "append_reservations", "revert_sale")
          && played.step.hasZeroQuantity
    },
    // A malformed field is named before anything that is unknown.
    Departure(section: "15") { played in
      let expected = played.step.expected?["error"]
      return played.step.operation == "link_source" && played.refusal?.code == .invalid
        && played.refusal?.field == "priority"
        && ["unknown_source", "default_link_forbidden"].contains(expected)
    },
  ]
}

extension Departure.Played {
  /// Whether the step shows what reservations add up to.
  fileprivate var isBalance: Bool {
    [
      "reserved", "get_salable", "is_salable", "list_reservations", "list_inconsistencies",
      "salable_report",
    ].contains(step.operation)
  }

  /// Whether a channel changed its stock after something was placed through it.
  fileprivate var hasMovedChannel: Bool {
    guard
      let first = before.firstIndex(where: {
        $0.operation == "reserve" && $0.arguments["channel"] != nil
      })
    else { return false }
    return before[first...].contains {
      $0.operation == "upsert_stock" && $0.arguments["channels"] != nil
    }
  }

  fileprivate var recordsRefunds: Bool {
    before.contains { step in
      step.operation == "record_order"
        && step.rows.contains { ($0.decimal("refunded") ?? 0) > 0 }
    }
  }
}

extension Scenario.Step {
  /// The rows of `items`, else the arguments themselves.
  fileprivate var rows: [JSON] {
    if case .list(let rows) = arguments["items"] { return rows }
    return [arguments]
  }

  fileprivate var hasNegativeQuantity: Bool { rows.contains { ($0.decimal("qty") ?? 0) < 0 } }
  fileprivate var hasZeroQuantity: Bool { rows.contains { $0.decimal("qty") == 0 } }

  fileprivate var namesTwice: Bool {
    let names = rows.compactMap { $0["sku"]?.words }.map { $0.utf8.map(foldASCII) }
    return Set(names).count < names.count
  }
}

extension Scenario {
  fileprivate var hasZeroCoordinate: Bool {
    guard case .list(let sources) = given["sources"] else { return false }
    return sources.contains { $0.decimal("lat") == 0 || $0.decimal("lon") == 0 }
  }
}

extension JSON {
  /// A member of at most four decimals, in 1/10,000.
  fileprivate func decimal(_ key: String) -> Int64? { self[key]?.decimal(shift: 4) }
}
