// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryModel

/// A subcommand that changes state: it becomes one command under one id.
protocol CommandCall: AsyncParsableCommand {
  var call: CallOptions { get }
  var identity: IdentityOptions { get }
  /// The command the words stand for.
  ///
  /// - Parameter id: also the document id of commands that name none.
  func command(id: CommandID) throws -> Command
}

extension CommandCall {
  mutating func run() async throws {
    let id = identity.id ?? CommandID.make()
    let command = try command(id: id)
    try await call.run { session in try await session.execute(command, id: id) }
  }
}

/// A subcommand that asks one question.
protocol QueryCall: AsyncParsableCommand {
  var call: CallOptions { get }
  /// The question the words stand for.
  func query() throws -> Query
  /// What to say about the answer.
  func report(_ answer: Answer) -> Report
}

extension QueryCall {
  func report(_ answer: Answer) -> Report { answer.report }

  mutating func run() async throws {
    let query = try query()
    let make = report
    try await call.run { session in make(try await session.ask(query)) }
  }
}

/// The id of a command.
struct IdentityOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The command's id, 32 hexadecimal digits; a fresh one is made and printed if it is left out.",
      valueName: "hex"))
  var id: CommandID?
}

/// The id of the document a command makes.
struct DocumentOptions: ParsableArguments {
  @Option(help: "The document's id; if it is left out, the command's id.")
  var document: DocumentID?

  func id(_ command: CommandID) -> DocumentID { document ?? DocumentID(command.description) }
}

/// Where something is sold.
struct PointOptions: ParsableArguments {
  @Option(help: "Sell from this stock; stock 1 if neither stock nor channel is named.")
  var stock: StockID?
  @Option(help: "Sell through this channel.")
  var channel: ChannelCode?

  func validate() throws {
    if stock != nil, channel != nil {
      throw ValidationError("Name a stock or a channel, not both.")
    }
  }

  var point: SalesPoint {
    channel.map { .channel($0) } ?? .stock(stock ?? .default)
  }
}

/// How much of what is asked for.
struct RequestOptions: ParsableArguments {
  @OptionGroup var point: PointOptions
  @Option(help: "The customer's id, for limits.")
  var customer: CustomerID?
  @Option(help: "The customer group, for minimum quantities.")
  var group: Int32?
  @Option(
    help: "When not all can be granted: all (refuse), lines (some lines), fill (what there is).")
  var mode: ReserveMode = .all
  @Flag(help: "Skip the rules about minimum, maximum, increments and decimals.")
  var quantityChecksOnly = false
  @Flag(help: "Never take more than what is there.")
  var noBackorder = false
  @Flag(help: "List every violation of every line in a refusal.")
  var allViolations = false

  @Option(help: "The source where the customer picks up.")
  var pickup: SourceCode?
  @Option(
    help: "Goods that are expected up to this moment will do.", transform: readMoment)
  var needBy: Timestamp?

  func request(_ lines: [OrderLine]) -> ReserveRequest {
    ReserveRequest(
      point.point, OrderLines(lines), customer: customer, group: group, mode: mode,
      quantityChecksOnly: quantityChecksOnly, allowsBackorder: !noBackorder,
      listsViolations: allViolations, pickup: pickup, needBy: needBy)
  }
}

/// `--enabled` or `--disabled`.
enum EnabledFlag: EnumerableFlag {
  case enabled, disabled
  var isEnabled: Bool { self == .enabled }
}

/// `--in-stock` or `--out-of-stock`.
enum StockFlag: EnumerableFlag {
  case inStock, outOfStock
  var isInStock: Bool { self == .inStock }
}
