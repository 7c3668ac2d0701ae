// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryModel

struct StockGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stock", abstract: "Stocks: pools of sources that serve sales channels.",
    subcommands: [
      SetStock.self, GetStock.self, ListStocks.self, LinkSource.self, UnlinkSource.self,
      DeleteStock.self, ExportStock.self, ExportSalable.self,
    ])
}

struct SetStock: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Creates a stock or changes its name or channels.")
  @Argument(help: "The stock's number.")
  var stock: StockID
  @Option(help: "Its name; a new stock needs one.")
  var name: String?
  @Option(
    name: .customLong("channel"),
    help: "A channel it serves; may be repeated. Those named replace those it had.")
  var channels: [ChannelCode] = []
  @Flag(help: "It serves no channel.")
  var noChannels = false
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func validate() throws {
    if noChannels, !channels.isEmpty {
      throw ValidationError("Use --channel or --no-channels, not both.")
    }
  }

  func command(id: CommandID) -> Command {
    let isKept = channels.isEmpty && !noChannels
    return .setStock(StockChange(stock, name: name, channels: isKept ? nil : channels))
  }
}

struct GetStock: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Shows one stock with its channels and sources.")
  @Argument(help: "The stock's number.")
  var stock: StockID
  @OptionGroup var call: CallOptions

  func query() -> Query { .stocks }

  func report(_ answer: Answer) -> Report {
    guard case .stocks(let views) = answer else { return answer.report }
    let found = views.filter { $0.id == stock }
    if found.isEmpty { return Refusal(.unknownStock, field: "\(stock)").report }
    return StockView.report(found)
  }
}

struct ListStocks: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Shows all stocks with their channels and sources.")
  @OptionGroup var call: CallOptions

  func query() -> Query { .stocks }
}

struct LinkSource: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "link", abstract: "Links a source to a stock, or changes the link's priority.")
  @Argument(help: "The stock's number.")
  var stock: StockID
  @Argument(help: "The source's code.")
  var source: SourceCode
  @Option(help: "From 1 on; lower is preferred.")
  var priority: Int32 = 1
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command {
    .linkSource(StockSourceLink(stock: stock, source: source, priority: priority))
  }
}

struct UnlinkSource: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "unlink", abstract: "Takes a source away from a stock.")
  @Argument(help: "The stock's number.")
  var stock: StockID
  @Argument(help: "The source's code.")
  var source: SourceCode
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .unlinkSource(stock: stock, source: source) }
}

struct DeleteStock: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Deletes a stock without channels and reservations.")
  @Argument(help: "The stock's number.")
  var stock: StockID
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .deleteStock(stock) }
}

struct ChannelGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "channel", abstract: "Sales channels; each sells from one stock.",
    subcommands: [
      AddChannel.self, RemoveChannel.self, RenameChannel.self, GetChannel.self,
    ])
}

struct AddChannel: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Adds a channel; it sells from stock 1.")
  @Argument(help: "The channel's code.")
  var code: ChannelCode
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .setChannel(.add(code)) }
}

struct RemoveChannel: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Removes a channel.")
  @Argument(help: "The channel's code.")
  var code: ChannelCode
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .setChannel(.remove(code)) }
}

struct RenameChannel: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Gives a channel a new code; it keeps its stock.")
  @Argument(help: "The code of now.")
  var from: ChannelCode
  @Argument(help: "The new code.")
  var to: ChannelCode
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .setChannel(.rename(from: from, to: to)) }
}
