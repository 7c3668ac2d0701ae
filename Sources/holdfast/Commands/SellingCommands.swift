// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryModel

struct Salable: QueryCall {
  static let configuration = CommandConfiguration(
    abstract: "Says how much of each SKU can be sold.")
  @Argument(help: "The SKUs.")
  var skus: [SKU]
  @OptionGroup var point: PointOptions
  @Option(help: "With what is expected up to this moment.", transform: readMoment)
  var by: Timestamp?
  @OptionGroup var call: CallOptions

  func query() -> Query {
    by.map { .salableBy(point.point, skus, $0) } ?? .salable(point.point, skus)
  }
}

struct Explain: QueryCall {
  static let configuration = CommandConfiguration(
    abstract: "Shows how the salable quantity of a SKU comes about.")
  @Argument(help: "The SKU.")
  var sku: SKU
  @Option(help: "In this stock; if it is left out, in every stock that has the SKU.")
  var stock: StockID?
  @OptionGroup var call: CallOptions

  func query() -> Query { .explain(sku, stock: stock) }
}

struct Check: QueryCall {
  static let configuration = CommandConfiguration(
    abstract: "Asks whether quantities could be sold, without reserving them.")
  @Argument(help: "Lines as SKU=QUANTITY.", transform: readLine)
  var lines: [OrderLine]
  @OptionGroup var request: RequestOptions
  @OptionGroup var call: CallOptions

  func query() -> Query { .check(request.request(lines)) }
}

struct HoldGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold", abstract: "Reserves goods for a cart, with a deadline; or shows a hold.",
    discussion: """
      holdfast hold cart-1 LAMP=3 --seconds 600
      holdfast hold show cart-1
      """,
    subcommands: [MakeHold.self, ShowHold.self, ChangeHold.self, ListHolds.self],
    defaultSubcommand: MakeHold.self)
}

struct MakeHold: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "make", abstract: "Reserves goods for a cart, with a deadline.")
  @Argument(help: "The hold's id, chosen by you.")
  var hold: DocumentID
  @Argument(help: "Lines as SKU=QUANTITY.", transform: readLine)
  var lines: [OrderLine]
  @Option(help: "Seconds until it expires.")
  var seconds: Int64 = Limits.holdSecondsDefault
  @OptionGroup var request: RequestOptions
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command {
    .hold(Hold(hold, request.request(lines), seconds: seconds))
  }
}

struct ShowHold: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows a hold.")
  @Argument(help: "The hold's id.")
  var hold: DocumentID
  @OptionGroup var call: CallOptions

  func query() -> Query { .hold(hold) }
}

struct Extend: CommandCall {
  static let configuration = CommandConfiguration(abstract: "Moves a hold's deadline later.")
  @Argument(help: "The hold's id.")
  var hold: DocumentID
  @Argument(help: "Seconds from now.")
  var seconds: Int64
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .extend(hold: hold, seconds: seconds) }
}

struct PlaceOrder: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "place", abstract: "Turns a hold into an order, or reserves for an order at once.",
    discussion: """
      holdfast place order-1 --hold cart-1
      holdfast place order-2 LAMP=1 SHADE=2 --channel base
      """)
  @Argument(help: "The order's id, chosen by you.")
  var order: DocumentID
  @Argument(
    help: "Lines as SKU=QUANTITY. With --hold: the part of it to take.", transform: readLine)
  var lines: [OrderLine] = []
  @Option(help: "The hold that becomes the order.")
  var hold: DocumentID?
  @Flag(help: "Refuse if the hold ran out, instead of reserving afresh.")
  var noReacquire = false
  @OptionGroup var request: RequestOptions
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func validate() throws {
    if hold == nil, lines.isEmpty {
      throw ValidationError("Name what is ordered as SKU=QUANTITY, or a hold with --hold.")
    }
  }

  func command(id: CommandID) -> Command {
    guard let hold else { return .place(Place(order, .request(request.request(lines)))) }
    return .place(
      Place(order, .hold(hold, lines: OrderLines(lines), reacquires: !noReacquire)))
  }
}

struct ReleaseHold: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "release", abstract: "Ends a hold, whole or in part.")
  @Argument(help: "The hold's id.")
  var hold: DocumentID
  @Argument(help: "Lines as SKU=QUANTITY; none is all of it.", transform: readLine)
  var lines: [OrderLine] = []
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .release(hold: hold, lines: OrderLines(lines)) }
}

struct CancelOrder: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Gives up open quantities of an order.")
  @Argument(help: "The order's id.")
  var order: DocumentID
  @Argument(help: "Lines as SKU=QUANTITY; none is all that is open.", transform: readLine)
  var lines: [OrderLine] = []
  @OptionGroup var document: DocumentOptions
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command {
    .cancel(Cancel(order, document: document.id(id), lines: OrderLines(lines)))
  }
}
