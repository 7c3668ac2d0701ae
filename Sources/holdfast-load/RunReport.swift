// SPDX-License-Identifier: Apache-2.0

internal import Histogram
internal import InventoryModel
internal import WireCodec
internal import Workload

/// What a run came to, for people and for programs. Figures of a run whose audit failed are not
/// results, and are left out.
struct RunReport {
  private let options: RunCommand
  private let welcome: Welcome
  private let tally: RunTally
  /// What went wrong on the way, in words.
  var errors: [String] = []
  /// Why the audit failed; empty when it holds, `nil` before it was made.
  private var reasons: [String]?
  private var audited = "not made"
  private var lookedUp = 0
  private var acknowledged = 0

  init(_ options: RunCommand, _ welcome: Welcome, _ tally: RunTally) {
    self.options = options
    self.welcome = welcome
    self.tally = tally
  }

  mutating func audit(_ audit: RunAudit) {
    var findings = audit.stock.findings
    let more = audit.stock.findingCount - findings.count
    if more > 0 { findings.append("and \(more) more") }
    reasons = findings
    lookedUp = audit.lookedUp
    acknowledged = audit.acknowledged
    let share =
      lookedUp == acknowledged
      ? "all \(grouped(acknowledged)) acknowledged commands found"
      : "a sample of \(grouped(lookedUp)) of \(grouped(acknowledged)) acknowledged commands found"
    let settled =
      audit.settledCount > 0 ? "; \(grouped(audit.settledCount)) unanswered ones were decided" : ""
    audited = "\(grouped(audit.stock.skuCount)) SKUs add up, \(share)\(settled)"
  }

  mutating func auditFailed(_ reason: String) { reasons = [reason] }

  /// Whether the audit was made and nothing was found.
  var holds: Bool { reasons?.isEmpty == true && tally.strange == 0 }

  /// "ok", or "failed: " and the reasons.
  private var verdict: String {
    if holds { return "ok" }
    let strange = tally.strange > 0 ? ["\(tally.strange) answers make no sense"] : []
    return "failed: " + ((reasons ?? ["not made"]) + strange).joined(separator: "; ")
  }

  /// Answers a second between warm-up and end, in thousandths.
  private var rateThousandths: Int {
    Int(Double(tally.answersMeasured) / options.target.duration * 1_000)
  }

  var json: String {
    var json = JSONText()
    json.add("loop", options.rate == nil ? "closed" : "open")
    json.add("profile", options.profile.rawValue)
    json.add("mix", options.mix.rawValue)
    json.add("skus", options.skus)
    json.add("connections", options.target.connections)
    json.add("in_flight", min(options.target.inFlight, Int(welcome.inFlightMax)))
    json.add("duration_s", thousandths: Int(options.target.duration * 1_000))
    if let rate = options.rate { json.add("offered_rate", rate) }
    if holds {
      json.add("rate", thousandths: rateThousandths)
      for (key, percentile) in [
        ("p50_ms", 50.0), ("p90_ms", 90), ("p99_ms", 99), ("p999_ms", 99.9), ("max_ms", 100),
      ] {
        let nanoseconds = tally.latency.valueAtPercentile(percentile)
        json.add(key, thousandths: Int(nanoseconds / 1_000))
      }
    } else {
      for key in ["rate", "p50_ms", "p90_ms", "p99_ms", "p999_ms", "max_ms"] {
        json.add(key, null: ())
      }
    }
    json.add("granted", tally.granted)
    json.add("refused", tally.refused)
    var refusals = JSONText()
    for (code, count) in countedRefusals { refusals.add(code.name, count) }
    json.add("refusals", refusals)
    json.add("errors", tally.errors)
    json.add("unsent", tally.unsent)
    json.add("acknowledged", acknowledged)
    json.add("looked_up", lookedUp)
    json.add("audit", verdict)
    return json.text
  }

  private var countedRefusals: [(RefusalCode, Int)] {
    RefusalCode.allCases.map { ($0, tally.refusals[Int($0.rawValue)]) }.filter { $0.1 > 0 }
  }

  var text: String {
    let target = options.target
    let loop = options.rate.map { "open loop, \(grouped($0)) commands/s offered" } ?? "closed loop"
    var lines = [
      "\(loop), \(options.mix.rawValue), \(options.profile.rawValue) over \(grouped(options.skus)) "
        + "SKUs, \(target.connections) x \(target.inFlight) in flight, \(target.duration) s"
    ]
    if target.inFlight > welcome.inFlightMax {
      lines.append("the server allows \(welcome.inFlightMax) in flight, and so many were")
    }
    if holds {
      lines += ["", "  rate    \(grouped(rateThousandths / 1_000)) commands/s, each durable"]
      lines += [LatencyPicture.table(tally.latency), "", LatencyPicture.bars(tally.latency)]
    }
    lines += ["", "  granted \(grouped(tally.granted))", "  refused \(grouped(tally.refused))"]
    lines += countedRefusals.map { "    \($0.0.name) \(grouped($0.1))" }
    lines.append("  errors  \(grouped(tally.errors))")
    if tally.unsent > 0 {
      lines.append("    \(grouped(tally.unsent)) arrivals found no place in a window")
    }
    lines += errors.map { "    \($0)" }
    lines += ["", "  audit   " + (holds ? "ok: \(audited)" : verdict)]
    return lines.joined(separator: "\n")
  }
}
