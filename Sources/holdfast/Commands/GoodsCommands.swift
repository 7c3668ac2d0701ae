// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryModel

struct InvoiceOrder: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "invoice", abstract: "Bills quantities of an order.")
  @Argument(help: "The order's id.")
  var order: DocumentID
  @Argument(help: "Lines as SKU=QUANTITY; none is all that is left.", transform: readLine)
  var lines: [OrderLine] = []
  @OptionGroup var document: DocumentOptions
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command {
    .invoice(Invoice(order, document: document.id(id), lines: OrderLines(lines)))
  }
}

struct DeductGoods: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "deduct", abstract: "Takes goods out of a source, for an order or without one.",
    discussion: """
      holdfast deduct --order order-1
      holdfast deduct --order order-1 --source berlin LAMP=2
      holdfast deduct --source default LAMP=1
      """)
  @Argument(
    help: "Lines as SKU=QUANTITY; none is all that is open of the order.", transform: readLine)
  var lines: [OrderLine] = []
  @Option(help: "The order the goods leave for.")
  var order: DocumentID?
  @Option(help: "The source they leave; the only source of the order's stock may be left out.")
  var source: SourceCode?
  @Flag(help: "The store selects the sources.")
  var automatic = false
  @Flag(help: "How: --forced breaks other stocks' promises, --external: the goods left already.")
  var manner: Manner?
  @OptionGroup var document: DocumentOptions
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  enum Manner: EnumerableFlag { case forced, external }

  func validate() throws {
    if automatic, source != nil || order == nil {
      throw ValidationError("--automatic goes with --order, and without --source.")
    }
    if order == nil, lines.isEmpty || source == nil {
      throw ValidationError("Without --order, name a --source and what leaves it as SKU=QUANTITY.")
    }
  }

  func command(id: CommandID) -> Command {
    let part = Deduct.Part(source: source, lines: OrderLines(lines), isAutomatic: automatic)
    var deduct = Deduct(order: order, document: document.id(id), parts: [part])
    if manner == .forced { deduct.manner = .forced }
    if manner == .external { deduct.manner = .external }
    return .deduct(deduct)
  }
}

struct RefundOrder: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "refund", abstract: "Pays back invoiced quantities of an order.")
  @Argument(help: "The order's id.")
  var order: DocumentID
  @Argument(help: "Lines as SKU=QUANTITY.", transform: readLine)
  var lines: [OrderLine]
  @Flag(name: .customLong("return"), inversion: .prefixedNo, help: "Whether the goods come back.")
  var isReturned: Bool?
  @Flag(help: "Unshipped goods that do not come back are written off instead of released.")
  var writeOff = false
  @Option(help: "The source returned goods go to; if it is left out, the one that shipped them.")
  var source: SourceCode?
  @Flag(help: "Split returned goods over the sources that shipped, as they shipped.")
  var proportional = false
  @OptionGroup var document: DocumentOptions
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command {
    let refunded = lines.map {
      Refund.Line($0.sku, $0.quantity, isReturned: isReturned, writesOff: writeOff)
    }
    return .refund(
      Refund(
        order, document: document.id(id), source: source, isProportional: proportional,
        lines: refunded))
  }
}

struct ReceiveGoods: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "receive", abstract: "Goods arrive at a source.")
  @Argument(help: "Lines as SKU=QUANTITY.", transform: readLine)
  var lines: [OrderLine]
  @Option(help: "The source they arrive at.")
  var source: SourceCode = .default
  @Option(help: "The supply they belong to.")
  var supply: DocumentID?
  @OptionGroup var document: DocumentOptions
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command {
    .receive(
      Receive(document.id(id), source: source, lines: OrderLines(lines), supply: supply))
  }
}

struct AdjustItem: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "adjust", abstract: "Corrects the quantity on hand of a source item.",
    discussion: """
      holdfast adjust default LAMP --by -2
      holdfast adjust default LAMP --count 8 --version 41
      """)
  @Argument(help: "The source's code.")
  var source: SourceCode
  @Argument(help: "The SKU.")
  var sku: SKU
  @Option(parsing: .unconditional, help: "A difference of either sign.", transform: readQuantity)
  var by: Quantity?
  @Option(help: "What was counted.", transform: readQuantity)
  var count: Quantity?
  @Option(
    help: "When it was counted: what moved since is taken into account.", transform: readMoment)
  var countedAt: Timestamp?
  @Option(
    name: .customLong("version"), help: "Refuse unless the item still has this version (item get).")
  var version: UInt64?
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func validate() throws {
    if (by == nil) == (count == nil) {
      throw ValidationError("Give either --by or --count.")
    }
    if countedAt != nil, count == nil {
      throw ValidationError("--counted-at goes with --count.")
    }
  }

  func command(id: CommandID) -> Command {
    var change: Adjust.Change = by.map { .by($0) } ?? .count(count ?? .zero)
    if let count, let countedAt { change = .countAsOf(count, countedAt) }
    return .adjust(Adjust(source: source, sku: sku, change, expectedVersion: version))
  }
}

struct TransferGoods: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "transfer", abstract: "Moves goods between sources.",
    discussion: """
      holdfast transfer --from default --to berlin LAMP=4
      holdfast transfer --from default --to berlin --all LAMP SHADE
      """)
  @Argument(help: "Lines as SKU=QUANTITY; with --all: SKUs.")
  var goods: [String]
  @Option(name: .customLong("from"), help: "The source they leave.")
  var origin: SourceCode
  @Option(name: .customLong("to"), help: "The source they arrive at.")
  var destination: SourceCode
  @Flag(help: "Move everything of the SKUs.")
  var all = false
  @Flag(help: "With --all: remove the emptied items from the origin.")
  var unassign = false
  @OptionGroup var document: DocumentOptions
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func validate() throws {
    if unassign, !all { throw ValidationError("--unassign goes with --all.") }
  }

  func command(id: CommandID) throws -> Command {
    let moved: Transfer.Goods =
      all
      ? .everything(goods.map { SKU($0) }, unassigns: unassign)
      : .quantities(OrderLines(try goods.map(readLine)))
    return .transfer(Transfer(document.id(id), from: origin, to: destination, moved))
  }
}
