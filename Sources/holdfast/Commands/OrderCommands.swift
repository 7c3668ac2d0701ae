// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryModel

struct OrderGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "order", abstract: "Orders after they were placed.",
    subcommands: [
      ShowOrder.self, FailOrder.self, ProcessOrder.self, RecordOrder.self, SetOrderState.self,
      ReopenOrder.self,
    ])
}

struct ShowOrder: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows an order.")
  @Argument(help: "The order's id.")
  var order: DocumentID
  @OptionGroup var call: CallOptions

  func query() -> Query { .order(order) }
}

struct FailOrder: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "fail", abstract: "Takes back an order that could not be placed after all.")
  @Argument(help: "The order's id.")
  var order: DocumentID
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .failOrder(order) }
}

struct ProcessOrder: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "process", abstract: "Accepts or rejects an order that waits in the queue.")
  @Argument(help: "The order's id.")
  var order: DocumentID
  @Flag(help: "Whether it becomes an order.")
  var verdict: Verdict
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  enum Verdict: EnumerableFlag { case accept, reject }

  func command(id: CommandID) -> Command {
    .processOrder(order, isAccepted: verdict == .accept)
  }
}

struct RecordOrder: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Stores an order that was placed elsewhere; reserves nothing.",
    discussion: "holdfast order record old-17 --state complete LAMP=3,0,3,3,0")
  @Argument(help: "The order's id.")
  var order: DocumentID
  @Argument(
    help: "Lines as SKU=ORDERED[,CANCELED[,INVOICED[,SHIPPED[,REFUNDED]]]].",
    transform: readRecordedLine)
  var lines: [RecordedOrder.Line]
  @Option(help: "The stock it was sold from.")
  var stock: StockID = .default
  @Option(help: "new, processing, on_hold, pending, complete, closed or canceled.")
  var state: OrderState = .processing
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command {
    .recordOrder(RecordedOrder(order, stock: stock, state: state, lines: lines))
  }
}

struct SetOrderState: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "state", abstract: "Sets the state of an order.")
  @Argument(help: "The order's id.")
  var order: DocumentID
  @Argument(
    help:
      "new, processing, on_hold, pending, complete, closed or canceled; the last three are final.")
  var state: OrderState
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .setOrderState(order, state) }
}

struct ReopenOrder: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "reopen", abstract: "Takes back a cancellation as far as goods are still there.")
  @Argument(help: "The order's id.")
  var order: DocumentID
  @OptionGroup var document: DocumentOptions
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .reopen(order: order, document: document.id(id)) }
}

struct ChangeHold: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "change", abstract: "Sets what a hold holds, and keeps its deadline.")
  @Argument(help: "The hold's id.")
  var hold: DocumentID
  @Argument(help: "All its lines as SKU=QUANTITY.", transform: readLine)
  var lines: [OrderLine]
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .changeHold(hold: hold, lines: OrderLines(lines)) }
}

struct ListHolds: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Shows active holds, of a customer or of a SKU.")
  @Option(help: "Those of this customer.")
  var customer: CustomerID?
  @Option(help: "Those that hold this SKU.")
  var sku: SKU?
  @OptionGroup var page: PageOptions
  @OptionGroup var call: CallOptions

  func query() -> Query {
    .holds(customer: customer, sku: sku, offset: page.offset, limit: page.limit)
  }
}

/// Reads `SKU=ORDERED[,CANCELED[,INVOICED[,SHIPPED[,REFUNDED]]]]`.
func readRecordedLine(_ text: String) throws -> RecordedOrder.Line {
  guard let split = text.lastIndex(of: "="), split > text.startIndex else {
    throw ValidationError("'\(text)' cannot be read: a line is SKU=ORDERED, like LAMP=3,0,3,3.")
  }
  let numbers = try text[text.index(after: split)...]
    .split(separator: ",", omittingEmptySubsequences: false).map { try readQuantity(String($0)) }
  guard (1...5).contains(numbers.count) else {
    throw ValidationError("'\(text)' has \(numbers.count) quantities; there are five at most.")
  }
  let all = numbers + Array(repeating: Quantity.zero, count: 5 - numbers.count)
  return RecordedOrder.Line(
    SKU(String(text[..<split])), ordered: all[0], canceled: all[1], invoiced: all[2],
    shipped: all[3], refunded: all[4])
}
