// SPDX-License-Identifier: Apache-2.0

internal import HoldfastClient
internal import HoldfastServer
internal import InventoryModel
internal import Logging
internal import SystemIO

/// What became of one scenario.
struct ScenarioResult: Sendable, Equatable {
  var scenario: Scenario
  var verdict: Verdict

  enum Verdict: Sendable, Equatable {
    /// Every expectation holds.
    case passed
    /// The rules of this service say otherwise, on purpose, in that section.
    case departed(section: String, step: Int)
    /// A step gave something else; steps count from 1, 0 is the state before them.
    case failed(step: Int, path: String, got: JSON)
    /// The server could not be run or reached.
    case broken(String)
  }
}

/// Plays scenarios, each against a server of its own that keeps nothing.
enum ScenarioRun {
  /// Starts a server, plays the scenario through a client over a socket, ends the server.
  static func play(_ scenario: Scenario) async -> ScenarioResult {
    guard let any = SocketAddress("127.0.0.1:0") else {
      return ScenarioResult(scenario: scenario, verdict: .broken("no loopback address"))
    }
    var configuration = ServerConfiguration(listen: any)
    configuration.isDevelopment = true
    let server: HoldfastServer
    do throws(StartFailure) {
      let silent = Logger(label: "scenario") { _ in SwiftLogNoOpLogHandler() }
      server = try HoldfastServer(configuration, log: silent)
    } catch {
      return ScenarioResult(scenario: scenario, verdict: .broken("\(error)"))
    }
    async let ending = server.run {}
    let verdict: ScenarioResult.Verdict
    do {
      verdict = try await play(scenario, at: "\(server.address)")
    } catch {
      verdict = .broken("\(error)")
    }
    server.shutDown()
    _ = await ending
    return ScenarioResult(scenario: scenario, verdict: verdict)
  }

  private static func play(
    _ scenario: Scenario, at address: String
  ) async throws -> ScenarioResult.Verdict {
    guard let endpoint = Endpoint(address) else { return .broken("no address in \(address)") }
    var configuration = ClientConfiguration(endpoints: [endpoint])
    configuration.clientName = "holdfast scenario"
    configuration.deadline = .seconds(60)
    let client = try HoldfastClient(configuration)
    let verdict = await verdict(on: scenario, ScenarioStage(client: client))
    await client.close()
    return verdict
  }

  private static func verdict(
    on scenario: Scenario, _ stage: ScenarioStage
  ) async -> ScenarioResult.Verdict {
    let start = await stage.outcome {
      try await stage.apply(scenario.given)
      return [:]
    }
    if let path = start.difference(from: nil) {
      return .failed(step: 0, path: path, got: start.json)
    }
    var departure: ScenarioResult.Verdict?
    for (index, step) in scenario.steps.enumerated() {
      let outcome = await stage.play(step)
      guard let path = outcome.difference(from: step.expected) else { continue }
      if let section = Departure.section(of: outcome, at: index, of: scenario) {
        departure = departure ?? .departed(section: section, step: index + 1)
      } else {
        // What follows a departure may follow from it.
        return departure ?? .failed(step: index + 1, path: path, got: outcome.json)
      }
    }
    return departure ?? .passed
  }
}
