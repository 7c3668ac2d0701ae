// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import HoldfastClient
internal import InventoryModel

/// Where to send a command, and how to print what comes back.
struct CallOptions: ParsableArguments {
  @Option(help: "The server's address, HOST:PORT.", transform: readEndpoint)
  var connect = Endpoint.local
  @Option(help: "Seconds after which a call gives up, all retries included.")
  var timeout: Int64 = 10
  @Flag(help: "Print JSON, one value a line.")
  var json = false

  func validate() throws {
    if timeout < 1 { throw ValidationError("--timeout is at least 1 second.") }
  }

  /// Connects, lets `work` ask, closes the connection, prints, and ends with the report's status.
  func run(_ work: (Session) async throws -> Report) async throws {
    var configuration = ClientConfiguration(endpoints: [connect])
    configuration.clientName = "holdfast"
    configuration.deadline = .seconds(timeout)
    let report: Report
    do {
      let client = try HoldfastClient(configuration)
      report = try await work(Session(client: client))
      await client.close()
    } catch let error as ClientError {
      report = error.report(address: connect)
    }
    try report.end(asJSON: json)
  }
}

/// Reads `HOST:PORT`.
func readEndpoint(_ text: String) throws -> Endpoint {
  guard let endpoint = Endpoint(text) else {
    throw ValidationError("'\(text)' is not HOST:PORT, like 127.0.0.1:7400.")
  }
  return endpoint
}

/// A client that speaks in reports.
struct Session: Sendable {
  let client: HoldfastClient

  func execute(_ command: Command, id: CommandID) async throws(ClientError) -> Report {
    try await client.execute(command, id: id).report(id: id)
  }

  func ask(_ query: Query) async throws(ClientError) -> Answer {
    try await client.ask(query)
  }

  func ping() async throws(ClientError) -> Report {
    let greeting = try await client.greeting()
    let (seconds, attoseconds) = try await client.ping().components
    return greeting.report(microseconds: seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
  }
}

extension ServerGreeting {
  /// Who answered, how fast, and what it allows.
  func report(microseconds: Int64) -> Report {
    Report(
      lines: [
        "\(serverName) answers after \(microseconds) microseconds",
        "protocol \(protocolVersion), store \(store), start \(epoch), position \(position)",
        "command ids are remembered for \(retentionSeconds) seconds; \(inFlightMax) requests in flight, "
          + "\(batchCommandsMax) commands a batch, \(frameBytesMax) bytes a frame",
      ],
      values: [
        [
          "server": .text(serverName), "microseconds": .number(microseconds),
          "protocol": .text(protocolVersion), "store": .text(store), "epoch": .natural(epoch),
          "position": .natural(position), "retention_seconds": .number(Int64(retentionSeconds)),
          "in_flight_max": .number(Int64(inFlightMax)),
          "batch_commands_max": .number(Int64(batchCommandsMax)),
          "frame_bytes_max": .number(Int64(frameBytesMax)),
        ]
      ])
  }
}

extension ClientError {
  /// What happened to the call, and what to do about it.
  func report(address: Endpoint) -> Report {
    switch self {
    case .notSent(let reason):
      Report(
        "Not sent: \(reason). Nothing was changed. Is a server listening on \(address)?",
        ["error": "not_sent", "reason": .text(reason)], status: .notSent)
    case .outcomeUnknown(let id, let reason):
      Report(
        "Nobody knows whether it was done: \(reason). Ask with `holdfast lookup \(id)`, or send the "
          + "same words with --id \(id): it is done once at most.",
        ["error": "outcome_unknown", "id": .text(id.description), "reason": .text(reason)],
        status: .outcomeUnknown)
    case .notAnswered(let reason):
      Report(
        "Not answered: \(reason). Nothing was changed; ask again.",
        ["error": "not_answered", "reason": .text(reason)], status: .notSent)
    case .refusedByServer(let code, let reason):
      Report(
        "The server does not accept this client (\(code.name)): \(reason). \(code.advice)",
        ["error": "refused_by_server", "code": .text(code.name), "reason": .text(reason)],
        status: .notSent)
    case .otherStore:
      Report(
        "What listens on \(address) now serves another store than before: nothing was sent to it.",
        ["error": "other_store"], status: .notSent)
    case .misuse(let reason):
      Report(
        "Cannot be sent: \(reason).", ["error": "misuse", "reason": .text(reason)], status: .usage)
    }
  }
}
