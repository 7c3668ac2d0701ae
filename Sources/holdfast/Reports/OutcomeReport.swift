// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Reply {
  /// The answer to a command, with the id under which it can be repeated and looked up.
  func report(id: CommandID) -> Report {
    let head: JSON = [
      "id": .text(id.description), "position": .natural(position),
      "replayed": .bool(isReplayed),
    ]
    let tail =
      "position \(position), command \(id)" + (isReplayed ? ", decided earlier" : "")
    return Report(
      lines: outcome.lines + [tail], values: [head.appending(outcome.json)],
      status: outcome.refusal == nil ? .done : .refused)
  }
}

extension Outcome {
  /// The outcome in words.
  var lines: [String] {
    switch self {
    case .done: ["Done."]
    case .reserved(let reserved): reserved.linesOfText
    case .extended(let until): ["Held until \(utcText(until))."]
    case .moved(let moved): moved.linesOfText
    case .counted(let count): ["Done: \(numbered(Int(count), "row"))."]
    case .unassigned(let count, let reservedLeft):
      [
        "Removed: \(numbered(Int(count), "source item")). Still reserved of these SKUs: \(reservedLeft)."
      ]
    case .imported(let result): result.linesOfText
    case .cleaned(let deleted, let left): ["Removed \(deleted) entries; \(left) are left."]
    case .refused(let refusal):
      [refusal.sentences] + refusal.violations.map { "  \($0.sku): \($0.code.name)" }
    }
  }

  /// `outcome` names the kind; the other members depend on it.
  var json: JSON {
    switch self {
    case .done: ["outcome": "done"]
    case .reserved(let reserved):
      [
        "outcome": "reserved", "expires_at": .moment(reserved.expiresAt),
        "reacquired": .bool(reserved.isReacquired), "lines": .list(reserved.lines.map(\.json)),
      ]
    case .extended(let until): ["outcome": "extended", "expires_at": .moment(until)]
    case .moved(let moved):
      [
        "outcome": "moved",
        "lines": .list(
          moved.lines.map {
            [
              "sku": .text($0.sku.text), "quantity": .quantity($0.quantity),
              "source": .text($0.source?.text), "in_stock": .flag($0.isInStock),
            ]
          }),
        "shortfall": .quantity(moved.shortfall),
      ]
    case .counted(let count): ["outcome": "counted", "count": .natural(UInt64(count))]
    case .unassigned(let count, let reservedLeft):
      [
        "outcome": "unassigned", "count": .natural(UInt64(count)),
        "reserved_left": .quantity(reservedLeft),
      ]
    case .imported(let result): result.json
    case .cleaned(let deleted, let left):
      ["outcome": "cleaned", "deleted": .natural(deleted), "left": .natural(left)]
    case .refused(let refusal): ["outcome": "refused", "refusal": refusal.json]
    }
  }
}

extension Reserved {
  /// The reservation in words.
  fileprivate var linesOfText: [String] {
    var head = expiresAt.map { "Held until \(utcText($0))" } ?? "Ordered"
    if isReacquired { head += ", reserved afresh after the hold had run out" }
    let rows = lines.map { line in
      var text = "  \(line.sku): \(line.granted) granted"
      if line.missing > .zero { text += ", \(line.missing) missing" }
      if let reason = line.reason { text += " (\(reason.name))" }
      if line.backordered > .zero { text += ", \(line.backordered) of them backordered" }
      if line.notifiesCustomer { text += ", tell the customer" }
      return text
    }
    return [head + (lines.isEmpty ? ": everything asked for." : ":")] + rows
  }
}

extension ImportResult {
  /// What the import did, in words.
  fileprivate var linesOfText: [String] {
    let head =
      "Created \(created), updated \(updated), deleted \(deleted), left out \(invalid.count)."
    return [head]
      + invalid.map { row in
        "  row \(row.row): \(row.code.name)" + (row.field.isEmpty ? "" : " \(row.field)")
      }
  }

  fileprivate var json: JSON {
    [
      "outcome": "imported", "created": .natural(UInt64(created)),
      "updated": .natural(UInt64(updated)), "deleted": .natural(UInt64(deleted)),
      "invalid": .list(
        invalid.map {
          [
            "row": .natural(UInt64($0.row)), "code": .text($0.code.name),
            "field": .text($0.field.isEmpty ? nil : $0.field),
          ]
        }),
    ]
  }
}

extension GrantedLine {
  fileprivate var json: JSON {
    [
      "sku": .text(sku.text), "granted": .quantity(granted), "missing": .quantity(missing),
      "backordered": .quantity(backordered), "notifies_customer": .bool(notifiesCustomer),
      "expected": .quantity(expected), "expected_at": .moment(expectedAt),
      "reason": .text(reason?.name),
    ]
  }
}

extension Moved {
  /// What moved, in words.
  fileprivate var linesOfText: [String] {
    var rows = ["Done: \(numbered(lines.count, "line"))."]
    rows += lines.map { line in
      "  \(line.sku): \(line.quantity)" + (line.source.map { " at \($0)" } ?? "")
    }
    if shortfall > .zero { rows.append("  no source had the last \(shortfall)") }
    return rows
  }
}

extension Refusal {
  /// The refusal with its number and the rule about trying again.
  var json: JSON {
    [
      "code": .text(code.name), "number": .natural(UInt64(code.rawValue)),
      "sku": .text(sku?.text), "field": .text(field.isEmpty ? nil : field),
      "available": .quantity(available), "requested": .quantity(requested),
      "retry": .text(code.retry.name), "stored": .bool(code.isStored),
      "free_at": .moment(freeAt), "advice": .text(code.advice),
      "violations": .list(
        violations.map { ["sku": .text($0.sku.text), "code": .text($0.code.name)] }),
    ]
  }

  /// A refused question; it has no command id.
  var report: Report {
    Report(sentences, ["outcome": "refused", "refusal": json], status: .refused)
  }
}

extension RefusalCode.Retry {
  fileprivate var name: String {
    switch self {
    case .never: "never"
    case .afterConfiguration: "after_configuration"
    case .afterStockChange: "after_stock_change"
    case .byItself: "by_itself"
    }
  }
}
