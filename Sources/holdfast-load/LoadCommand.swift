// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

@main
struct LoadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "holdfast-load",
    abstract: "Loads a Holdfast server, and audits what it was told.",
    subcommands: [RunCommand.self, ReplayCommand.self, EchoCommand.self])
}
