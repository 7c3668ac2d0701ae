// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryModel

struct SourceGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "source", abstract: "Sources: the places that hold goods.",
    subcommands: [SetSource.self, GetSource.self, ListSources.self, SearchSources.self])
}

struct SetSource: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Creates a source or changes the named parts of it.",
    discussion: "A new source needs name, country and postcode: "
      + "holdfast source set berlin name=Berlin country=DE postcode=10115")
  @Argument(help: "The source's code.")
  var code: SourceCode
  @Argument(help: "Text fields as FIELD=TEXT.", transform: readSourceText)
  var texts: [SourceText] = []
  @Flag(help: "Whether its goods count and ship.")
  var status: EnabledFlag?
  @Flag(inversion: .prefixedNo, help: "Whether customers can pick up there.")
  var pickup: Bool?
  @Flag(inversion: .prefixedNo, help: "Whether its goods count for selling.")
  var sells: Bool?
  @Flag(inversion: .prefixedNo, help: "Whether goods leave it.")
  var ships: Bool?
  @Option(parsing: .unconditional, help: "Degrees north.", transform: readDegrees)
  var latitude: Int32?
  @Option(parsing: .unconditional, help: "Degrees east.", transform: readDegrees)
  var longitude: Int32?
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func validate() throws {
    if (latitude == nil) != (longitude == nil) {
      throw ValidationError("Give both --latitude and --longitude.")
    }
  }

  func command(id: CommandID) -> Command {
    var change = SourceChange(
      code, isEnabled: status?.isEnabled, isPickup: pickup, sells: sells, ships: ships,
      texts: texts)
    if let latitude, let longitude {
      change.coordinates = Coordinates(latitude: latitude, longitude: longitude)
    }
    return .setSource(change)
  }
}

struct GetSource: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Shows one source.")
  @Argument(help: "The source's code.")
  var code: SourceCode
  @OptionGroup var call: CallOptions

  func query() -> Query { .sources }

  func report(_ answer: Answer) -> Report {
    guard case .sources(let views) = answer else { return answer.report }
    let found = views.filter { $0.code == code }
    if found.isEmpty { return Refusal(.unknownSource, field: code.text).report }
    return SourceView.report(found)
  }
}

struct ListSources: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Shows all sources.")
  @OptionGroup var call: CallOptions

  func query() -> Query { .sources }
}

/// Reads degrees with up to seven decimals as a number of 10^-7 degrees.
func readDegrees(_ text: String) throws -> Int32 {
  let isNegative = text.hasPrefix("-")
  let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
  let decimals = parts.count > 1 ? parts[1] : ""
  guard parts.count <= 2, decimals.count <= 7, decimals.allSatisfy(\.isWholeNumber),
    let whole = parts.first.flatMap({ Int64($0) }), (0...180).contains(whole),
    let fraction = Int64(decimals + String(repeating: "0", count: 7 - decimals.count))
  else { throw ValidationError("'\(text)' is not degrees, like 52.52 or -0.1278.") }
  let magnitude = whole * 10_000_000 + fraction
  return Int32(isNegative ? -magnitude : magnitude)
}
