// SPDX-License-Identifier: Apache-2.0

internal import Workload

/// What a replay came to, for people and for programs. Figures of a replay whose audit failed are not
/// results, and are left out.
struct ReplayReport {
  let book: ReplayBook
  let policy: StockPolicy
  let window: Int
  let runID: String
  let milliseconds: Int
  /// Why the audit failed; empty when it holds.
  let reasons: [String]
  let lookedUp: Int
  /// Whole units on hand as the server says.
  let units: [Int64]

  var holds: Bool { reasons.isEmpty }
  private var verdict: String {
    holds ? "ok" : "failed: " + reasons.joined(separator: "; ")
  }

  private var onHandUnits: Int { Int(units[..<book.stockedCount].reduce(0, +)) }

  private var figures: [(key: String, value: Int)] {
    [
      ("orders", book.orders), ("accepted", book.accepted), ("rejected", book.rejectedOrders.count),
      ("units_shipped", Int(book.unitsShipped)), ("units_returned", Int(book.unitsReturned)),
      ("final_on_hand_units", onHandUnits),
    ]
  }

  private var checksums: [(key: String, value: String)] {
    [
      ("on_hand_sha256", ReplayChecksum.onHand(book, units: units)),
      ("rejected_orders_sha256", ReplayChecksum.rejectedOrders(book)),
    ]
  }

  var json: String {
    var json = JSONText()
    for (key, value) in figures {
      if holds { json.add(key, value) } else { json.add(key, null: ()) }
    }
    for (key, value) in checksums {
      if holds { json.add(key, value) } else { json.add(key, null: ()) }
    }
    json.add("seconds", thousandths: milliseconds)
    json.add("policy", policy.rawValue)
    json.add("window", window)
    json.add("cancellations", book.cancellations)
    json.add("run_id", runID)
    json.add("looked_up", lookedUp)
    json.add("audit", verdict)
    return json.text
  }

  var text: String {
    var lines = [
      "replay, \(policy.rawValue), window \(window), run \(runID), "
        + "\(decimal(thousandths: milliseconds)) s", "",
    ]
    if holds {
      lines += figures.map { "  \(padded($0.key)) \(grouped($0.value))" }
      lines += checksums.map { "  \(padded($0.key)) \($0.value)" } + [""]
    }
    lines.append("  \(padded("audit")) \(verdict)")
    if holds {
      lines.append(
        "  \(padded("")) \(grouped(book.skus.count)) SKUs add up, nothing is reserved, all "
          + "\(grouped(lookedUp)) acknowledged commands found")
    }
    return lines.joined(separator: "\n")
  }

  private func padded(_ text: String) -> String {
    text + String(repeating: " ", count: max(0, 22 - text.count))
  }
}
