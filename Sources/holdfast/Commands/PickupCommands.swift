// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryModel

struct SelectSources: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "select", abstract: "Proposes sources for a request. Changes nothing.",
    discussion: """
      holdfast select LAMP=12 --stock 2
      holdfast select LAMP=12 --algorithm distance --country DE --postcode 10115
      holdfast select LAMP=12 --source east --source west
      """)
  @Argument(help: "Lines as SKU=QUANTITY.", transform: readLine)
  var lines: [OrderLine]
  @OptionGroup var point: PointOptions
  @Option(help: "priority or distance; the store's if it is left out.")
  var algorithm: String?
  @Option(name: .customLong("source"), help: "Only these sources, in this order.")
  var sources: [SourceCode] = []
  @OptionGroup var place: PlaceOptions
  @OptionGroup var call: CallOptions

  func validate() throws {
    if algorithm != nil, !sources.isEmpty {
      throw ValidationError("Give --algorithm or --source, not both.")
    }
  }

  func query() -> Query {
    var chosen = SelectionAlgorithm.storeDefault
    switch algorithm {
    case nil: if !sources.isEmpty { chosen = .explicit(sources) }
    case "priority": chosen = .priority
    case "distance": chosen = .distance
    case .some(let name): chosen = .named(name)
    }
    return .selectSources(
      SelectionRequest(
        point.point, OrderLines(lines), algorithm: chosen, destination: place.destination))
  }
}

struct PickupGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pickup", abstract: "Places where customers can pick up.",
    subcommands: [ListPickups.self, GetPickup.self, PickupReady.self, NotifyPickup.self])
}

struct ListPickups: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Finds pickup locations of a channel.",
    discussion: "holdfast pickup list base --country DE --postcode 10115 --radius-km 50 "
      + "--sku LAMP city~Berlin")
  @Argument(help: "The channel.")
  var channel: ChannelCode
  @Argument(
    help: sourceFilterHelp, transform: readSourceFilter)
  var filters: [SourceFilter] = []
  @OptionGroup var place: PlaceOptions
  @Option(help: "Not farther away than this; whole kilometres.")
  var radiusKm: UInt32 = 200
  @Option(name: .customLong("sku"), help: "Only those that carry it; may be repeated.")
  var skus: [SKU] = []
  @Option(
    name: .customLong("sort"), help: "distance, code or a field, with :desc for downwards.",
    transform: readSourceSort)
  var sort: [SourceSort] = []
  @Option(help: "Which page, from 1.")
  var page: UInt32 = 1
  @Option(help: "Rows a page; 0 is all.")
  var pageSize: UInt32 = 0
  @OptionGroup var call: CallOptions

  func query() -> Query {
    .pickupLocations(
      PickupSearch(
        channel, near: place.destination,
        radiusMetres: radiusKm.multipliedReportingOverflow(by: 1_000).overflow
          ? .max : radiusKm * 1_000, filters: filters, skus: skus, sort: sort, page: page,
        pageSize: pageSize))
  }
}

struct GetPickup: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Shows a pickup location of a channel.")
  @Argument(help: "The source's code.")
  var code: SourceCode
  @Argument(help: "The channel.")
  var channel: ChannelCode
  @OptionGroup var call: CallOptions

  func query() -> Query { .pickupLocation(code, channel) }
}

struct PickupReady: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "ready", abstract: "Says whether an order can be handed over.")
  @Argument(help: "The order's id.")
  var order: DocumentID
  @Option(help: "At this source; the order's own if it is left out.")
  var source: SourceCode?
  @OptionGroup var call: CallOptions

  func query() -> Query { .pickupReady(order: order, source: source) }
}

struct NotifyPickup: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "notify", abstract: "Ships what is open of an order from its pickup location.")
  @Argument(help: "The order's id.")
  var order: DocumentID
  @OptionGroup var document: DocumentOptions
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command {
    .notifyPickup(order: order, document: document.id(id))
  }
}

/// A place on a map.
struct PlaceOptions: ParsableArguments {
  @Option(help: "The country of the place.")
  var country = ""
  @Option(help: "Its postcode.")
  var postcode = ""
  @Option(help: "Its city.")
  var city = ""
  @Option(help: "Its region.")
  var region = ""
  @Option(parsing: .unconditional, help: "Degrees north.", transform: readDegrees)
  var latitude: Int32?
  @Option(parsing: .unconditional, help: "Degrees east.", transform: readDegrees)
  var longitude: Int32?

  func validate() throws {
    if (latitude == nil) != (longitude == nil) {
      throw ValidationError("Give both --latitude and --longitude.")
    }
  }

  /// The place, or `nil` when none is named.
  var destination: Destination? {
    var coordinates: Coordinates?
    if let latitude, let longitude {
      coordinates = Coordinates(latitude: latitude, longitude: longitude)
    }
    if coordinates == nil, country.isEmpty { return nil }
    return Destination(
      coordinates: coordinates, country: country, postcode: postcode, city: city, region: region)
  }
}

/// How a filter is written.
let sourceFilterHelp: ArgumentHelp =
  "Like city=Berlin (equal), city!Berlin (not), city^Ber, city~erl (contains), city:Bonn,Berlin (one of)."

/// Reads `FIELD=TEXT` and its kin; the field `code` is the source's code.
func readSourceFilter(_ text: String) throws -> SourceFilter {
  let signs: [Character: TextCondition] = [
    "=": .equal, "!": .notEqual, "^": .prefix, "~": .contains, ":": .oneOf,
  ]
  guard let split = text.firstIndex(where: { signs[$0] != nil }),
    let condition = signs[text[split]]
  else { throw ValidationError("'\(text)' is no filter: write it like city=Berlin.") }
  return SourceFilter(
    try readSourceField(String(text[..<split])), condition,
    String(text[text.index(after: split)...]))
}

/// Reads `distance`, `code` or a field, with `:desc` for downwards.
func readSourceSort(_ text: String) throws -> SourceSort {
  let isDescending = text.hasSuffix(":desc")
  let name = isDescending ? String(text.dropLast(5)) : text
  if name == "distance" { return SourceSort(.distance, isDescending: isDescending) }
  let key = try readSourceField(name).map { SourceSort.Key.field($0) } ?? .code
  return SourceSort(key, isDescending: isDescending)
}

private func readSourceField(_ name: String) throws -> SourceField? {
  if name == "code" { return nil }
  guard let field = SourceField.allCases.first(where: { $0.fieldName == name }) else {
    let names = SourceField.allCases.map(\.fieldName).joined(separator: ", ")
    throw ValidationError("a source has no field '\(name)'; the fields are code, \(names).")
  }
  return field
}
