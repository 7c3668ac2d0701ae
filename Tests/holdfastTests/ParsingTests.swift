// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import InventoryModel
import Testing

@testable import holdfast

private let id = CommandID(low: 2, high: 1)
private let hex = "00000000000000010000000000000002"

private func command(_ words: String) throws -> Command {
  let parsed = try Holdfast.parseAsRoot(words.split(separator: " ").map(String.init))
  let call = try #require(parsed as? any CommandCall, "\(words)")
  return try call.command(id: id)
}

private func query(_ words: String) throws -> Query {
  let parsed = try Holdfast.parseAsRoot(words.split(separator: " ").map(String.init))
  return try #require(parsed as? any QueryCall, "\(words)").query()
}

@Suite struct CommandParsingTests {
  @Test func `connect and json may stand before the subcommand`() {
    let moved = Holdfast.withLeadingOptionsMoved
    #expect(
      moved(["--connect", "a:1", "--json", "ping"]) == ["ping", "--connect", "a:1", "--json"])
    #expect(moved(["--connect=a:1", "salable", "A"]) == ["salable", "A", "--connect=a:1"])
    #expect(moved(["ping", "--json"]) == ["ping", "--json"])
    #expect(moved(["--json", "salable", "--", "-A"]) == ["salable", "--json", "--", "-A"])
    #expect(moved(["--connect"]) == ["--connect"])
    #expect(moved(["--help"]) == ["--help"])
  }

  @Test(arguments: [
    (
      "source set berlin name=Berlin country=DE --disabled --pickup --latitude 52.52 --longitude -0.5",
      Command.setSource(
        SourceChange(
          "berlin", isEnabled: false, isPickup: true,
          coordinates: Coordinates(latitude: 525_200_000, longitude: -5_000_000),
          texts: [SourceText(.name, "Berlin"), SourceText(.country, "DE")]))
    ),
    ("source set berlin", .setSource(SourceChange("berlin"))),
    (
      "stock set 2 --name EU --channel eu --channel de",
      .setStock(StockChange(2, name: "EU", channels: ["eu", "de"]))
    ),
    ("stock set 2 --no-channels", .setStock(StockChange(2, channels: []))),
    ("stock set 2 --name EU", .setStock(StockChange(2, name: "EU", channels: nil))),
    ("stock delete 2", .deleteStock(2)),
    (
      "stock link 2 berlin --priority 3",
      .linkSource(StockSourceLink(stock: 2, source: "berlin", priority: 3))
    ),
    ("stock unlink 2 berlin", .unlinkSource(stock: 2, source: "berlin")),
    ("channel add eu", .setChannel(.add("eu"))),
    ("channel remove eu", .setChannel(.remove("eu"))),
    ("channel rename eu emea", .setChannel(.rename(from: "eu", to: "emea"))),
    (
      "product set LAMP max_sale_qty=2.5 backorders=system manage_stock=no --type virtual --out-of-stock",
      .setProduct(
        ProductChange(
          "LAMP", type: .virtual, isInStock: false,
          settings: [
            SettingChange(.maxSaleQuantity, 25_000), SettingChange(.backorders, nil),
            SettingChange(.manageStock, 0),
          ]))
    ),
    (
      "store set min_qty=-5 --minimum all=1 --minimum 2=0.5",
      .setStore(
        StoreChange(
          settings: [SettingChange(.outOfStockThreshold, -50_000)],
          minimumByGroup: [
            GroupMinimum(group: GroupMinimum.allGroups, quantity: .one),
            GroupMinimum(group: 2, quantity: Quantity(tenThousandths: 5_000)),
          ]))
    ),
    ("store set --no-minimums", .setStore(StoreChange(minimumByGroup: []))),
    (
      "item set default LAMP 7.5 --out-of-stock --notify 2",
      .setSourceItems([
        SourceItemChange(
          source: "default", sku: "LAMP", quantity: Quantity(tenThousandths: 75_000),
          isInStock: false, notifyQuantity: Quantity(2))
      ])
    ),
    (
      "item remove default LAMP",
      .removeSourceItems([SourceItemKey(source: "default", sku: "LAMP")])
    ),
  ])
  func `configuration is read`(words: String, expected: Command) throws {
    #expect(try command(words) == expected)
  }

  @Test(arguments: [
    (
      "hold cart-1 LAMP=3 A=B=2 --seconds 60 --channel eu --mode fill --no-backorder --customer c",
      Command.hold(
        Hold(
          "cart-1",
          ReserveRequest(
            .channel("eu"), [OrderLine("LAMP", Quantity(3)), OrderLine("A=B", Quantity(2))],
            customer: "c", mode: .fill, allowsBackorder: false), seconds: 60))
    ),
    (
      "hold cart-1 LAMP=3",
      .hold(Hold("cart-1", ReserveRequest(.stock(1), [OrderLine("LAMP", Quantity(3))])))
    ),
    ("extend cart-1 60", .extend(hold: "cart-1", seconds: 60)),
    (
      "place order-1 --hold cart-1",
      .place(Place("order-1", .hold("cart-1", lines: [], reacquires: true)))
    ),
    (
      "place order-1 LAMP=1 --hold cart-1 --no-reacquire",
      .place(
        Place(
          "order-1", .hold("cart-1", lines: [OrderLine("LAMP", .one)], reacquires: false)))
    ),
    (
      "place order-1 LAMP=1 --stock 2",
      .place(Place("order-1", .request(ReserveRequest(.stock(2), [OrderLine("LAMP", .one)]))))
    ),
    ("release cart-1 LAMP=1", .release(hold: "cart-1", lines: [OrderLine("LAMP", .one)])),
    ("cancel order-1 --document c-1", .cancel(Cancel("order-1", document: "c-1"))),
    ("cancel order-1", .cancel(Cancel("order-1", document: DocumentID(hex)))),
  ])
  func `selling is read`(words: String, expected: Command) throws {
    #expect(try command(words) == expected)
  }

  @Test(arguments: [
    ("invoice order-1", Command.invoice(Invoice("order-1", document: DocumentID(hex)))),
    (
      "deduct --order order-1 --document s-1",
      .deduct(Deduct(order: "order-1", document: "s-1", parts: [Deduct.Part(source: nil)]))
    ),
    (
      "deduct --source default LAMP=1 --document s-1",
      .deduct(
        Deduct(
          order: nil, document: "s-1",
          parts: [Deduct.Part(source: "default", lines: [OrderLine("LAMP", .one)])]))
    ),
    (
      "refund order-1 LAMP=1 --return --source default --document r",
      .refund(
        Refund(
          "order-1", document: "r", source: "default",
          lines: [Refund.Line("LAMP", .one, isReturned: true)]))
    ),
    (
      "receive LAMP=10 --document r",
      .receive(Receive("r", source: "default", lines: [OrderLine("LAMP", Quantity(10))]))
    ),
    (
      "adjust default LAMP --by -2",
      .adjust(Adjust(source: "default", sku: "LAMP", .by(Quantity(-2))))
    ),
    (
      "adjust default LAMP --count 8 --version 41",
      .adjust(Adjust(source: "default", sku: "LAMP", .count(Quantity(8)), expectedVersion: 41))
    ),
    (
      "transfer --from a --to b LAMP=4 --document t",
      .transfer(Transfer("t", from: "a", to: "b", .quantities([OrderLine("LAMP", Quantity(4))])))
    ),
    (
      "transfer --from a --to b --all --unassign LAMP SHADE --document t",
      .transfer(Transfer("t", from: "a", to: "b", .everything(["LAMP", "SHADE"], unassigns: true)))
    ),
  ])
  func `movements of goods are read`(words: String, expected: Command) throws {
    #expect(try command(words) == expected)
  }

  @Test func `an id given is the id used`() throws {
    let parsed = try Holdfast.parseAsRoot(["receive", "LAMP=1", "--id", hex])
    #expect((parsed as? any CommandCall)?.identity.id == id)
  }
}

@Suite struct QueryParsingTests {
  @Test(arguments: [
    ("status", Query.status), ("lookup \(hex)", .outcome(id)),
    ("salable A B --stock 2", .salable(.stock(2), ["A", "B"])),
    ("salable A", .salable(.stock(1), ["A"])),
    ("salable A --channel eu", .salable(.channel("eu"), ["A"])),
    ("explain A", .explain("A", stock: nil)), ("explain A --stock 2", .explain("A", stock: 2)),
    ("hold show cart-1", .hold("cart-1")), ("order show order-1", .order("order-1")),
    ("check A=2", .check(ReserveRequest(.stock(1), [OrderLine("A", Quantity(2))]))),
    ("source list", .sources), ("source get berlin", .sources), ("stock list", .stocks),
    ("stock get 2", .stocks), ("product get A", .product("A")), ("store get", .store),
    ("item get A", .sourceItems("A")),
  ])
  func `questions are read`(words: String, expected: Query) throws {
    #expect(try query(words) == expected)
  }

  @Test func `entries are filtered by one thing`() throws {
    let parsed = try Holdfast.parseAsRoot(["entries", "--order", "o", "--after", "5"])
    let entries = try #require(parsed as? Entries)
    #expect(entries.filter == .order("o"))
    #expect(entries.after == 5)
  }
}

@Suite struct BadCommandLineTests {
  @Test(arguments: [
    ("receive LAMP=1.23456", "more than four decimals"), ("receive LAMP", "SKU=QUANTITY"),
    ("receive LAMP=", "not a decimal number"), ("receive =1", "SKU=QUANTITY"),
    ("receive LAMP=99999999999999999999", "too large"), ("receive", "Missing expected argument"),
    ("store set", "at least one setting"), ("store set colour=1", "there is no setting 'colour'"),
    ("store set backorders=3", "from 0 to 2"), ("store set manage_stock=2", "yes or no"),
    ("store set max_sale_qty=-1", "from 0 on"), ("source set a colour=red", "no field 'colour'"),
    ("source set a --latitude 3", "both"), ("source set a --latitude 3,5 --longitude 1", "degrees"),
    ("salable A --stock 1 --channel b", "not both"), ("place o", "Name what is ordered"),
    ("adjust default A", "either"), ("adjust default A --by 1 --count 2", "either"),
    ("deduct A=1", "--source"), ("lookup 12", "invalid"), ("hold c A=1 --mode some", "invalid"),
    ("stock set x", "invalid"), ("transfer --from a --to b A=1 --unassign", "--all"),
    ("entries --sku a --order b", "one of"), ("status --connect somewhere", "not HOST:PORT"),
    ("status --timeout 0", "at least 1"),
  ])
  func `what cannot be understood is refused with a reason and status 64`(
    words: String, reason: String
  ) throws {
    let error = try #require(throws: (any Error).self) {
      _ = try Holdfast.parseAsRoot(words.split(separator: " ").map(String.init))
    }
    #expect(Holdfast.fullMessage(for: error).contains(reason))
    #expect(Holdfast.exitCode(for: error).rawValue == ExitStatus.usage.rawValue)
  }

  @Test func `a transfer without quantities is refused`() {
    #expect(throws: ValidationError.self) { try command("transfer --from a --to b LAMP") }
  }
}
