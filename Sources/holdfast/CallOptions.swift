// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryModel

/// Where to send a command, and how to print what comes back.
struct CallOptions: ParsableArguments {
  @Option(help: "The server's address, HOST:PORT.")
  var connect = "127.0.0.1:7400"
  @Flag(help: "Print JSON, one value a line.")
  var json = false

  /// Refuses: the client library is not part of the tree yet.
  func run(_ work: (Session) async throws -> Report) async throws {
    throw ExitCode(ExitStatus.notSent.rawValue)
  }
}

/// A connected client.
struct Session: Sendable {
  func execute(_ command: Command, id: CommandID) async throws -> Report {
    throw ExitCode(ExitStatus.notSent.rawValue)
  }
  func ask(_ query: Query) async throws -> Answer {
    throw ExitCode(ExitStatus.notSent.rawValue)
  }
  func ping() async throws -> Report { throw ExitCode(ExitStatus.notSent.rawValue) }
}
