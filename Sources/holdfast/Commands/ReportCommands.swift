// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryModel

struct SalableStocks: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "stocks-of", abstract: "Shows a SKU in every stock that can sell it.")
  @Argument(help: "The SKU.")
  var sku: SKU
  @OptionGroup var call: CallOptions

  func query() -> Query { .stocksOf(sku) }
}

struct Suggest: QueryCall {
  static let configuration = CommandConfiguration(
    abstract: "Says the quantity that the cart rules allow, nearest to the one asked for.")
  @Argument(help: "The SKU and the quantity as SKU=QUANTITY.", transform: readLine)
  var line: OrderLine
  @OptionGroup var point: PointOptions
  @OptionGroup var call: CallOptions

  func query() -> Query { .suggest(point.point, line.sku, line.quantity) }
}

struct OnlyLeft: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "only-left", abstract: "Says whether the hint about the last units is due.")
  @Argument(help: "The SKUs.")
  var skus: [SKU]
  @OptionGroup var point: PointOptions
  @OptionGroup var call: CallOptions

  func query() -> Query { .onlyLeft(point.point, skus) }
}

struct LowStock: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "low-stock", abstract: "Shows source items below their notify quantity.")
  @Flag(help: "The feed: empty, disabled and out-of-stock ones too.")
  var feed = false
  @Option(help: "Only sources that this channel sells from.")
  var channel: ChannelCode?
  @OptionGroup var page: PageOptions
  @OptionGroup var call: CallOptions

  func query() -> Query {
    .lowStock(feed ? .feed : .report, channel, offset: page.offset, limit: page.limit)
  }
}

struct ListChanges: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "changes", abstract: "Shows changes of salable quantities, with before and after.",
    discussion: "Numbered without gaps: ask again with --after and the last number you have.")
  @Option(help: "Only changes with a greater number.")
  var after: UInt64 = 0
  @Option(help: "At most so many.")
  var limit = UInt32(Limits.pageRowsMax)
  @OptionGroup var call: CallOptions

  func query() -> Query { .changes(after: after, limit: limit) }
}

struct DeleteProduct: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Deletes a product with its source items.")
  @Argument(help: "The product's SKU.")
  var sku: SKU
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .deleteProduct(sku) }
}

struct RenameProduct: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Gives a product a new SKU; items and open orders follow.")
  @Argument(help: "The SKU of now.")
  var from: SKU
  @Argument(help: "The new SKU.")
  var to: SKU
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .renameProduct(from: from, to: to) }
}

struct ListProducts: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Shows products by SKU.")
  @Option(help: "Only SKUs behind this one.")
  var after: SKU?
  @Option(help: "At most so many.")
  var limit = UInt32(Limits.pageRowsMax)
  @OptionGroup var call: CallOptions

  func query() -> Query { .products(after: after, limit: limit) }
}

struct SearchSources: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Shows sources whose fields match.",
    discussion: "holdfast source search country=DE city~burg")
  @Argument(
    help: sourceFilterHelp, transform: readSourceFilter)
  var filters: [SourceFilter]
  @OptionGroup var page: PageOptions
  @OptionGroup var call: CallOptions

  func query() -> Query { .searchSources(filters, offset: page.offset, limit: page.limit) }
}

struct GetChannel: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Shows the stock that a channel sells from.")
  @Argument(help: "The channel's code.")
  var code: ChannelCode
  @OptionGroup var call: CallOptions

  func query() -> Query { .channel(code) }
}
