// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser

/// The operator's command line: every command and question of the protocol, and the journal's tools.
@main
struct Holdfast: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "holdfast",
    abstract: "Talks to a Holdfast server, and reads its journal.",
    discussion: """
      A command that changes something carries a command id, which is printed. Repeating it with --id \
      and the same words is harmless: the first answer comes back.

      Exit status: 0 done, 3 refused by the server, 4 outcome unknown, 5 server not reached, \
      64 command line not understood. journal verify: 0 sound, 1 torn tail, 2 damaged.
      """,
    groupedSubcommands: [
      CommandGroup(name: "Server:", subcommands: [Ping.self, Status.self, Lookup.self]),
      CommandGroup(
        name: "Configuration:",
        subcommands: [
          SourceGroup.self, StockGroup.self, ChannelGroup.self, ProductGroup.self,
          StoreGroup.self, ItemGroup.self, LimitGroup.self, PolicyGroup.self, SupplyGroup.self,
          PlaceGroup.self, SetupGroup.self,
        ]),
      CommandGroup(
        name: "Selling:",
        subcommands: [
          Salable.self, SalableStocks.self, Explain.self, Check.self, Suggest.self, OnlyLeft.self,
          HoldGroup.self, Extend.self, PlaceOrder.self, ReleaseHold.self, CancelOrder.self,
          OrderGroup.self, Entries.self, LedgerGroup.self, ListChanges.self,
        ]),
      CommandGroup(
        name: "Goods:",
        subcommands: [
          InvoiceOrder.self, DeductGoods.self, RefundOrder.self, ReceiveGoods.self,
          AdjustItem.self, TransferGoods.self, SelectSources.self, PickupGroup.self,
          LowStock.self,
        ]),
      CommandGroup(name: "Journal:", subcommands: [JournalGroup.self]),
      CommandGroup(name: "Conformance:", subcommands: [PlayScenarios.self]),
    ])

  /// `--connect` and `--json` may stand before the subcommand too, where people look for them first.
  static func main() async {
    await main(withLeadingOptionsMoved(Array(CommandLine.arguments.dropFirst())))
  }

  /// Moves leading `--connect ADDRESS` and `--json` behind the subcommand's own words.
  static func withLeadingOptionsMoved(_ arguments: [String]) -> [String] {
    var rest = arguments[...]
    var moved: [String] = []
    while let first = rest.first {
      if first == "--json" || first.hasPrefix("--connect=") {
        moved.append(first)
        rest = rest.dropFirst()
      } else if first == "--connect", rest.count > 1 {
        moved += rest.prefix(2)
        rest = rest.dropFirst(2)
      } else {
        break
      }
    }
    // Behind "--" everything is a word.
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    return Array(rest[..<end]) + moved + Array(rest[end...])
  }
}
