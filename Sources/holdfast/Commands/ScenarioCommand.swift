// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

struct PlayScenarios: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario", abstract: "Plays files of behaviour scenarios.",
    discussion: """
      Each scenario, one JSON object a line, is played through a client against a server of its own \
      that listens on a free local port and keeps nothing. A failure is printed as given, expected and \
      got. Where the rules of this service differ from a scenario on purpose, it is listed as a \
      departure with the section that says so, and counts neither as passed nor as failed.

      Exit status: 0 nothing failed, 1 something failed, 65 a file cannot be read as scenarios.
      """)
  @Argument(help: "Files of scenarios; - is standard input.")
  var files: [String]
  @Option(help: "Play only the scenario with this id; may be repeated.")
  var only: [String] = []
  @Flag(help: "Print JSON: a value for each scenario, and one for the sums.")
  var json = false

  mutating func run() async throws {
    var scenarios: [Scenario] = []
    do throws(ScenarioFault) {
      for file in files { scenarios += try Scenario.read(path: file) }
    } catch {
      let report = Report(
        "\(error)", ["error": "unreadable", "problem": .text("\(error)")], status: .unreadable)
      return try report.end(asJSON: json)
    }
    if !only.isEmpty { scenarios = scenarios.filter { only.contains($0.id) } }
    var results: [ScenarioResult] = []
    for scenario in scenarios { results.append(await ScenarioRun.play(scenario)) }
    try ScenarioResult.report(results).end(asJSON: json)
  }
}

extension ScenarioResult {
  /// All failures, all departures, and the sums.
  static func report(_ results: [ScenarioResult]) -> Report {
    let failed = results.filter(\.isFailure)
    let departed = results.filter { if case .departed = $0.verdict { true } else { false } }
    let passed = results.count - failed.count - departed.count
    var lines = failed.flatMap(\.lines) + departed.flatMap(\.lines)
    var sums = "\(passed) passed, \(failed.count) failed"
    if !departed.isEmpty { lines.append(numbered(departed.count, "departure")) }
    if results.isEmpty { sums = "no scenario: " + sums }
    lines.append(sums)
    let total: JSON = [
      "passed": .number(Int64(passed)), "failed": .number(Int64(failed.count)),
      "departed": .number(Int64(departed.count)),
    ]
    return Report(
      lines: lines, values: results.map(\.json) + [total],
      status: failed.isEmpty ? .done : .torn)
  }

  var isFailure: Bool {
    switch verdict {
    case .passed, .departed: false
    case .failed, .broken: true
    }
  }

  /// What a reader needs to judge it: nothing when it passed.
  private var lines: [String] {
    switch verdict {
    case .passed: return []
    case .departed(let section, let step):
      return [
        "departure \(scenario.id) step \(step): \(scenario.title) (rules, section \(section))"
      ]
    case .broken(let problem): return ["FAILED \(scenario.id): \(problem)"]
    case .failed(let step, let path, let got):
      var lines = ["FAILED \(scenario.id): \(scenario.title)", "  given     \(scenario.given)"]
      for (index, played) in scenario.steps.prefix(step).enumerated() {
        lines.append("  step \(index + 1)    \(played.operation) \(played.arguments)")
      }
      lines.append("  expected  \(scenario.expectation(of: step))")
      lines.append("  got       \(got)" + (path.isEmpty ? "" : " (differs at \(path))"))
      return lines
    }
  }

  private var json: JSON {
    var members: [JSON.Member] = [
      .init(key: "id", value: .text(scenario.id)),
      .init(key: "feature", value: .text(scenario.feature)),
    ]
    switch verdict {
    case .passed: members.append(.init(key: "verdict", value: "passed"))
    case .departed(let section, let step):
      members.append(.init(key: "verdict", value: "departed"))
      members.append(.init(key: "section", value: .text(section)))
      members.append(.init(key: "step", value: .number(Int64(step))))
    case .broken(let problem):
      members.append(.init(key: "verdict", value: "failed"))
      members.append(.init(key: "problem", value: .text(problem)))
    case .failed(let step, let path, let got):
      members.append(.init(key: "verdict", value: "failed"))
      members.append(.init(key: "step", value: .number(Int64(step))))
      members.append(.init(key: "given", value: scenario.given))
      members.append(.init(key: "expected", value: scenario.expectation(of: step)))
      members.append(.init(key: "got", value: got))
      members.append(.init(key: "differs_at", value: .text(path)))
    }
    return .object(members)
  }
}

extension Scenario {
  /// What a step has to give; 0 is the state before the first, which is never refused.
  func expectation(of step: Int) -> JSON {
    if step == 0 { return "the given state is accepted" }
    return steps[step - 1].expected ?? "no refusal"
  }
}
