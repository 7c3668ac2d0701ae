// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryModel

struct LimitGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "limit", abstract: "How much one customer may take.",
    subcommands: [SetLimit.self, RemoveLimit.self, ListLimits.self])
}

struct SetLimit: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Creates or replaces a limit.",
    discussion: """
      holdfast limit set two-a-week 2 --sku LAMP --seconds 604800
      holdfast limit set launch 1 --tag console --from 2026-12-01T00:00:00Z --to 2026-12-31T00:00:00Z
      """)
  @Argument(help: "The limit's id.")
  var limit: DocumentID
  @Argument(help: "The most one customer may take.", transform: readQuantity)
  var quantity: Quantity
  @Option(help: "Of this SKU.")
  var sku: SKU?
  @Option(help: "Of all SKUs with this tag together.")
  var tag: String?
  @Option(help: "Only what is sold through this channel.")
  var channel: ChannelCode?
  @Option(help: "Within so many seconds; without a window, in one order.")
  var seconds: Int64?
  @Option(help: "From this moment on.", transform: readMoment)
  var from: Timestamp?
  @Option(help: "Up to this moment.", transform: readMoment)
  var to: Timestamp?
  @Flag(help: "What was refunded counts as taken.")
  var countRefunds = false
  @Flag(help: "Refuse requests that name no customer.")
  var strict = false
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func validate() throws {
    if (sku == nil) == (tag == nil) { throw ValidationError("Give either --sku or --tag.") }
    if (from == nil) != (to == nil) { throw ValidationError("Give both --from and --to.") }
    if seconds != nil, from != nil {
      throw ValidationError("Give --seconds, or --from and --to, not both.")
    }
  }

  func command(id: CommandID) -> Command {
    var window = CustomerLimit.Window.perOrder
    if let seconds { window = .rolling(seconds: seconds) }
    if let from, let to { window = .campaign(from: from, to: to) }
    let goods: CustomerLimit.Goods = sku.map { .sku($0) } ?? .tag(tag ?? "")
    return .setCustomerLimit(
      CustomerLimit(
        limit, goods, channel: channel, quantity: quantity, window: window,
        countsRefunds: countRefunds, isStrict: strict))
  }
}

struct RemoveLimit: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Removes a limit.")
  @Argument(help: "The limit's id.")
  var limit: DocumentID
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .removeCustomerLimit(limit) }
}

struct ListLimits: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Shows all limits.")
  @OptionGroup var call: CallOptions

  func query() -> Query { .customerLimits }
}

struct PolicyGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "What a channel may take: safety stock, caps, backorders.",
    subcommands: [SetPolicy.self, RemovePolicy.self, ListPolicies.self])
}

struct SetPolicy: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Creates or replaces a channel's policy.",
    discussion: """
      holdfast policy set marketplace --safety 10%
      holdfast policy set marketplace --sku LAMP --safety 3 --cap 50 --no-backorder
      """)
  @Argument(help: "The channel.")
  var channel: ChannelCode
  @Option(help: "For this SKU; without it, for every SKU that has none of its own.")
  var sku: SKU?
  @Option(help: "Kept from the channel: a quantity, or a part of what is on hand like 12.5%.")
  var safety = "0"
  @Option(help: "The most the channel may sell.", transform: readQuantity)
  var cap: Quantity?
  @Option(help: "Count what was sold from this moment on.", transform: readMoment)
  var capSince: Timestamp?
  @Flag(inversion: .prefixedNo, help: "Whether the channel may sell on backorder.")
  var backorder: Bool?
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func validate() throws {
    if capSince != nil, cap == nil { throw ValidationError("--cap-since goes with --cap.") }
    _ = try readSafety(safety)
  }

  func command(id: CommandID) throws -> Command {
    .setChannelPolicy(
      ChannelPolicy(
        channel, sku: sku, safety: try readSafety(safety),
        cap: cap.map { ChannelPolicy.Cap($0, since: capSince ?? .zero) },
        allowsBackorder: backorder))
  }
}

struct RemovePolicy: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Removes a channel's policy.")
  @Argument(help: "The channel.")
  var channel: ChannelCode
  @Option(help: "The one for this SKU; without it, the one for all others.")
  var sku: SKU?
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .removeChannelPolicy(channel, sku) }
}

struct ListPolicies: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Shows all policies.")
  @OptionGroup var call: CallOptions

  func query() -> Query { .channelPolicies }
}

struct SupplyGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "supply", abstract: "Goods that are expected, with a date.",
    subcommands: [SetSupply.self, ListSupplies.self])
}

struct SetSupply: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "States what is expected; quantity 0 ends it.",
    discussion: "When it arrives: holdfast receive LAMP=100 --source east --supply po-7")
  @Argument(help: "The supply's id, like the number of a purchase order.")
  var supply: DocumentID
  @Argument(help: "The source it arrives at.")
  var source: SourceCode
  @Argument(help: "The SKU.")
  var sku: SKU
  @Argument(help: "How much is still to come.", transform: readQuantity)
  var quantity: Quantity
  @Argument(help: "When, like 2026-12-24T08:00:00Z.", transform: readMoment)
  var expectedAt: Timestamp
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command {
    .setSupply(
      Supply(supply, source: source, sku: sku, quantity: quantity, expectedAt: expectedAt))
  }
}

struct ListSupplies: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Shows what is expected.")
  @Option(help: "Of this SKU.")
  var sku: SKU?
  @OptionGroup var call: CallOptions

  func query() -> Query { .supplies(sku) }
}

/// Reads a quantity or a part in percent, of at most two decimals.
func readSafety(_ text: String) throws -> ChannelPolicy.Safety {
  guard text.hasSuffix("%") else { return .quantity(try readQuantity(text)) }
  let percent = try readQuantity(String(text.dropLast())).tenThousandths
  guard percent % 100 == 0, let points = UInt16(exactly: percent / 100), points <= 10_000 else {
    throw ValidationError("'\(text)' is no part: write it like 10% or 12.5%, up to 100%.")
  }
  return .basisPoints(points)
}
