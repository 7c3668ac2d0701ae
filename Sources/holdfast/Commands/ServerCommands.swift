// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryModel

struct Ping: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Asks whether the server answers, who it is, and what it allows.")
  @OptionGroup var call: CallOptions

  mutating func run() async throws {
    try await call.run { session in try await session.ping() }
  }
}

struct Status: QueryCall {
  static let configuration = CommandConfiguration(abstract: "Shows the server's state in numbers.")
  @OptionGroup var call: CallOptions

  func query() -> Query { .status }
}

struct Lookup: QueryCall {
  static let configuration = CommandConfiguration(
    abstract: "Says what happened to a command, by its id.")
  @Argument(help: "The command's id, 32 hexadecimal digits.")
  var id: CommandID
  @OptionGroup var call: CallOptions

  func query() -> Query { .outcome(id) }
}
