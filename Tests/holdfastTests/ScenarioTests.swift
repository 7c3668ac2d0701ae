// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import holdfast

/// The scenario runner: what it compares, what it says, and what it calls a departure.
@Suite struct ScenarioTests {
  private func json(_ text: String) throws -> JSON { try JSONReader.read(Array(text.utf8)) }

  private func play(_ text: String) async throws -> ScenarioResult.Verdict {
    let scenarios = try Scenario.read(Array(text.utf8), path: "here")
    return await ScenarioRun.play(try #require(scenarios.first)).verdict
  }

  @Test(arguments: [
    (#"{"a":"5"}"#, #"{"a":"5.0000","b":1}"#, nil), (#"{"a":5}"#, #"{"a":"5.00"}"#, nil),
    (#"{"a":"1e1"}"#, #"{"a":"10"}"#, nil), (#"{"a":[1,2]}"#, #"{"a":[1]}"#, "a"),
    (#"{"a":[{"b":1}]}"#, #"{"a":[{"b":2}]}"#, "a[0].b"), (#"{"a":null}"#, #"{"a":"0"}"#, "a"),
    (#"{"a":true}"#, #"{"a":"true"}"#, "a"), (#"{"a":"x"}"#, #"{}"#, "a"),
    (#"{"a":"-0"}"#, #"{"a":"0"}"#, nil),
  ])
  func `expectations are compared as the corpus says`(
    wanted: String, got: String, path: String?
  ) throws {
    #expect(try json(wanted).difference(from: try json(got)) == path)
  }

  @Test func `a scenario passes, and fails with what was expected and got`() async throws {
    let steps = """
      {"op":"set_source_item","source":"default","sku":"A","qty":"5","status":"in"},\
      {"op":"get_source_item","source":"default","sku":"a","expect":{"qty":"WANTED"}}
      """
    func scenario(_ quantity: String) -> String {
      #"{"id":"s-1","given":{},"steps":["# + steps.replacing("WANTED", with: quantity) + "]}"
    }
    #expect(try await play(scenario("5.0")) == .passed)
    let failed = try await play(scenario("6"))
    guard case .failed(let step, let path, _) = failed else {
      Issue.record("\(failed)")
      return
    }
    #expect(step == 2)
    #expect(path == "qty")
  }

  @Test func `what the rules say otherwise is a departure, and nothing else is`() async throws {
    let negative = """
      {"id":"s-2","given":{},"steps":[{"op":"set_source_item","source":"default","sku":"A",\
      "qty":"-5","status":"in"}]}
      """
    #expect(try await play(negative) == .departed(section: "4.5", step: 1))
    let bad = """
      {"id":"s-3","given":{},"steps":[{"op":"set_source_item","source":"default","sku":"A",\
      "qty":"5","status":"half"}]}
      """
    guard case .failed = try await play(bad) else {
      Issue.record("a bad status is no departure")
      return
    }
  }

  @Test func `refusals and unknown operations fail where a result is expected`() async throws {
    for step in [
      #"{"op":"no_such_thing"}"#, #"{"op":"cancel","order":"nix"}"#,
      #"{"op":"is_salable","sku":"A","stock":1,"expect":{"error":"unknown_stock"}}"#,
    ] {
      let verdict = try await play(#"{"id":"s","given":{},"steps":["# + step + "]}")
      guard case .failed = verdict else {
        Issue.record("\(step): \(verdict)")
        continue
      }
    }
  }

  @Test(arguments: ["{", #"{"id":"x"}"#, #"{"steps":[]}"#, #"{"id":"x","steps":[{}]}"#])
  func `a file that is none says where`(text: String) throws {
    #expect(throws: ScenarioFault.self) { try Scenario.read(Array(text.utf8), path: "here") }
  }

  @Test func `the sums come last and decide the status`() throws {
    let scenario = Scenario(id: "s", title: "t", feature: "f", given: [:], steps: [])
    let passed = ScenarioResult(scenario: scenario, verdict: .passed)
    let failed = ScenarioResult(scenario: scenario, verdict: .broken("no"))
    let departed = ScenarioResult(scenario: scenario, verdict: .departed(section: "6.5", step: 0))
    let report = ScenarioResult.report([passed, failed, departed])
    #expect(report.lines.last == "1 passed, 1 failed")
    #expect(report.status.rawValue == 1)
    #expect(ScenarioResult.report([passed, departed]).status == .done)
    #expect(report.lines.contains { $0.contains("section 6.5") })
  }
}
