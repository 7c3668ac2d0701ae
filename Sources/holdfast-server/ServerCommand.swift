// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HoldfastServer
import Logging
import Operations
import SystemIO

/// The program: reads its settings, starts a server, waits for a signal, drains and seals.
@main
struct ServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "holdfast-server",
    abstract: "An inventory reservation and deduction server.",
    discussion: """
      Every setting may be given as a flag, as an environment variable (HOLDFAST_LISTEN for --listen) or in \
      a JSON file named by --config ("listen"); the flag wins over the variable, the variable over the file.

      Exit status: 0 stopped by SIGTERM or SIGINT, journal sealed; 64 wrong usage; 65 the journal is damaged; \
      69 the address is taken; 70 replay differs; 73 the data directory cannot be used; 74 writing the journal \
      failed; 75 another server has the data directory.
      """)

  @OptionGroup var options: ServerOptions

  func run() async throws {
    Process.ignoreSignals()
    Process.raiseFileDescriptorLimit()
    LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
    do {
      let settings = try await ServerSettings(options)
      var log = Logger(label: "holdfast-server")
      log.logLevel = settings.logLevel
      try await serve(settings, log: log)
    } catch let failure as StartFailure {
      Console.error("holdfast-server: \(failure)\n")
      throw ExitCode(failure.exitCode)
    }
  }

  private func serve(_ settings: ServerSettings, log: Logger) async throws {
    let server = try HoldfastServer(settings.server, log: log)
    let ended = await server.run {
      announce(server, settings, log: log)
    }
    if let failure = ended { throw failure }
    log.notice("stopped")
  }

  /// Says where the server is, on the log and in the ready file.
  private func announce(_ server: HoldfastServer, _ settings: ServerSettings, log: Logger) {
    log.notice(
      "serving",
      metadata: [
        "binary": "\(server.address)",
        "http2": "\(server.operationsAddress.map { "\($0)" } ?? "off")",
        "data": "\(settings.server.dataDirectory ?? "none (ephemeral)")",
      ])
    guard let path = settings.readyFile else { return }
    let text =
      "binary=\(server.address)\nhttp2=\(server.operationsAddress.map { "\($0)" } ?? "off")\n"
      + "pid=\(Process.id)\n"
    do {
      try Directory.writeFileDurably(path, Array(text.utf8))
    } catch {
      log.error("cannot write the ready file", metadata: ["error": "\(error)"])
    }
  }
}
