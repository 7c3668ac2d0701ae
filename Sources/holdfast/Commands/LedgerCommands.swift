// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryModel

struct LedgerGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Reservation entries: append, check against orders, tidy up.",
    subcommands: [
      AppendEntry.self, Inconsistencies.self, Compensate.self, CleanUp.self,
    ])
}

struct AppendEntry: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "append", abstract: "Appends reservation entries as they are given.",
    discussion: "Negative quantities reserve, positive ones give back: "
      + "holdfast ledger append --event order_placed --object old-17 -- LAMP=-2")
  @Argument(help: "Entries as SKU=QUANTITY.", transform: readLine)
  var lines: [OrderLine]
  @Option(help: "The stock.")
  var stock: StockID = .default
  @Option(help: "Why.")
  var event: SalesEvent = .manualCompensation
  @Option(help: "What caused it: an order's id.")
  var object: DocumentID = ""
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command {
    .appendEntries(
      lines.map {
        NewEntry(
          stock: stock, sku: $0.sku, quantity: $0.quantity, event: event, object: object)
      })
  }
}

struct Inconsistencies: QueryCall {
  static let configuration = CommandConfiguration(
    abstract: "Shows orders whose entries do not add up to what is owed.")
  @Option(help: "all, complete (final orders) or incomplete.")
  var only: FindingFilter = .all
  @OptionGroup var page: PageOptions
  @OptionGroup var call: CallOptions

  func query() -> Query { .inconsistencies(only, offset: page.offset, limit: page.limit) }
}

struct Compensate: CommandCall {
  static let configuration = CommandConfiguration(
    abstract: "Appends what is missing in the entries of orders.",
    discussion: """
      Without rows everything that `ledger inconsistencies` finds. A row is refused when it is no \
      longer what is found:
      holdfast ledger compensate -- old-17:LAMP:2:1
      """)
  @Argument(help: "Rows as ORDER:SKU:QUANTITY:STOCK.", transform: readFinding)
  var rows: [Finding] = []
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .compensate(rows.isEmpty ? nil : rows) }
}

struct CleanUp: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "clean-up", abstract: "Deletes entries that add up to zero. Changes no sum.")
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .cleanUp }
}

/// Reads `ORDER:SKU:QUANTITY:STOCK`, from the end: an order's id may hold colons.
func readFinding(_ text: String) throws -> Finding {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
  guard parts.count >= 4, let stock = Int32(parts[parts.count - 1]) else {
    throw ValidationError("'\(text)' cannot be read: a row is ORDER:SKU:QUANTITY:STOCK.")
  }
  return Finding(
    object: DocumentID(parts.dropLast(3).joined(separator: ":")), stock: StockID(stock),
    sku: SKU(parts[parts.count - 3]), compensate: try readQuantity(parts[parts.count - 2]))
}

/// Which rows of a long list.
struct PageOptions: ParsableArguments {
  @Option(help: "Leave out so many rows.")
  var offset: UInt64 = 0
  @Option(help: "At most so many rows.")
  var limit = UInt32(Limits.pageRowsMax)
}
