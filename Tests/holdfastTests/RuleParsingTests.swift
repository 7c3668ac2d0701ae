// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import InventoryModel
import Testing

@testable import holdfast

private let id = CommandID(low: 2, high: 1)
private let hex = "00000000000000010000000000000002"
private let noon = Timestamp(nanoseconds: 1_798_113_600_000_000_000)

/// Every command and question beyond the straight road, as words.
@Suite struct RuleParsingTests {
  @Test(arguments: [
    ("product delete LAMP", Command.deleteProduct("LAMP")),
    ("product rename LAMP LAMP-2", .renameProduct(from: "LAMP", to: "LAMP-2")),
    (
      "product set SET --type bundle --option A,B=2 --option [C] --ships-together --tag x",
      .setProduct(
        ProductChange(
          "SET", type: .bundle,
          options: [
            BundleOption([.init("A"), .init("B", fixedQuantity: 2)]),
            BundleOption([.init("C")], isRequired: false),
          ], shipsTogether: true, tags: ["x"]))
    ),
    (
      "product set P --child A --no-tags",
      .setProduct(ProductChange("P", children: ["A"], tags: []))
    ),
    (
      "source set east --no-sells --ships",
      .setSource(SourceChange("east", sells: false, ships: true))
    ),
    (
      "item assign A B --source east --source west",
      .assignSources(SourceAssignment(["A", "B"], to: ["east", "west"]))
    ),
    ("item unassign A --source east", .unassignSources(SourceAssignment(["A"], to: ["east"]))),
    (
      "item set east A 3 --system-notify",
      .setSourceItems([
        SourceItemChange(source: "east", sku: "A", quantity: 3, clearsNotify: true)
      ])
    ),
    (
      "limit set l 2 --sku A --seconds 60 --channel web --count-refunds --strict",
      .setCustomerLimit(
        CustomerLimit(
          "l", .sku("A"), channel: "web", quantity: 2, window: .rolling(seconds: 60),
          countsRefunds: true, isStrict: true))
    ),
    (
      "limit set l 2 --tag t --from 2026-12-24T12:00:00Z --to 2026-12-24T12:00:00Z",
      .setCustomerLimit(
        CustomerLimit("l", .tag("t"), quantity: 2, window: .campaign(from: noon, to: noon)))
    ),
    ("limit remove l", .removeCustomerLimit("l")),
    (
      "policy set web --sku A --safety 12.5% --cap 9 --cap-since 2026-12-24T12:00:00Z --no-backorder",
      .setChannelPolicy(
        ChannelPolicy(
          "web", sku: "A", safety: .basisPoints(1_250), cap: .init(9, since: noon),
          allowsBackorder: false))
    ),
    ("policy remove web --sku A", .removeChannelPolicy("web", "A")),
    (
      "supply set po-1 east A 9 2026-12-24T12:00:00Z",
      .setSupply(Supply("po-1", source: "east", sku: "A", quantity: 9, expectedAt: noon))
    ),
    ("hold change h A=2", .changeHold(hold: "h", lines: [OrderLine("A", 2)])),
    ("order fail o", .failOrder("o")),
    ("order process o --accept", .processOrder("o", isAccepted: true)),
    ("order process o --reject", .processOrder("o", isAccepted: false)),
    (
      "order record o A=5,1,2,3,4 --stock 2 --state complete",
      .recordOrder(
        RecordedOrder(
          "o", stock: 2, state: .complete,
          lines: [.init("A", ordered: 5, canceled: 1, invoiced: 2, shipped: 3, refunded: 4)]))
    ),
    ("order state o on_hold", .setOrderState("o", .onHold)),
    ("order reopen o", .reopen(order: "o", document: DocumentID(hex))),
    ("pickup notify o --document d", .notifyPickup(order: "o", document: "d")),
    (
      "ledger append --event order_placed --object o --stock 2 -- A=-2",
      .appendEntries([
        NewEntry(stock: 2, sku: "A", quantity: -2, event: .orderPlaced, object: "o")
      ])
    ),
    ("ledger compensate", .compensate(nil)),
    (
      "ledger compensate -- o:1:A:-2:3",
      .compensate([Finding(object: "o:1", stock: 3, sku: "A", compensate: -2)])
    ),
    ("ledger clean-up", .cleanUp),
    (
      "deduct --order o --automatic --document d",
      .deduct(Deduct(order: "o", document: "d", parts: [.init(source: nil, isAutomatic: true)]))
    ),
    (
      "deduct A=1 --source east --external --document d",
      .deduct(
        Deduct(
          order: nil, document: "d",
          parts: [.init(source: "east", lines: [OrderLine("A", 1)])], manner: .external))
    ),
    (
      "refund o A=1 --proportional --document d",
      .refund(Refund("o", document: "d", isProportional: true, lines: [.init("A", 1)]))
    ),
    (
      "receive A=1 --source east --supply po-1 --document d",
      .receive(Receive("d", source: "east", lines: [OrderLine("A", 1)], supply: "po-1"))
    ),
    (
      "adjust east A --count 7 --counted-at 2026-12-24T12:00:00Z",
      .adjust(Adjust(source: "east", sku: "A", .countAsOf(7, noon)))
    ),
  ])
  func `words become the command they say`(words: String, command: Command) throws {
    let parsed = try Holdfast.parseAsRoot(words.split(separator: " ").map(String.init))
    let call = try #require(parsed as? any CommandCall, "\(words)")
    #expect(try call.command(id: id) == command)
    // What the journal shows of it names its parts.
    #expect(command == .cleanUp || !command.parts.members.isEmpty, "\(words)")
  }

  @Test(arguments: [
    ("salable A --by 2026-12-24T12:00:00Z", Query.salableBy(.stock(1), ["A"], noon)),
    ("suggest A=7 --stock 2", .suggest(.stock(2), "A", 7)),
    ("only-left A B --channel web", .onlyLeft(.channel("web"), ["A", "B"])),
    ("stocks-of A", .stocksOf("A")), ("channel get web", .channel("web")),
    (
      "select A=2 --stock 2 --algorithm distance --country DE --postcode 10115",
      .selectSources(
        SelectionRequest(
          .stock(2), [OrderLine("A", 2)], algorithm: .distance,
          destination: Destination(country: "DE", postcode: "10115")))
    ),
    (
      "select A=2 --source east --source west",
      .selectSources(
        SelectionRequest(.stock(1), [OrderLine("A", 2)], algorithm: .explicit(["east", "west"])))
    ),
    (
      "low-stock --feed --channel web --limit 9",
      .lowStock(.feed, "web", offset: 0, limit: 9)
    ),
    (
      "pickup list web city~Ber code!x --country DE --city Berlin --radius-km 5 --sku A "
        + "--sort distance --sort city:desc --page 2 --page-size 3",
      .pickupLocations(
        PickupSearch(
          "web", near: Destination(country: "DE", city: "Berlin"), radiusMetres: 5_000,
          filters: [
            SourceFilter(.city, .contains, "Ber"), SourceFilter(nil, .notEqual, "x"),
          ], skus: ["A"],
          sort: [SourceSort(.distance), SourceSort(.field(.city), isDescending: true)], page: 2,
          pageSize: 3))
    ),
    ("pickup get east web", .pickupLocation("east", "web")),
    ("pickup ready o --source east", .pickupReady(order: "o", source: "east")),
    (
      "ledger inconsistencies --only complete --offset 3",
      .inconsistencies(.complete, offset: 3, limit: 4_096)
    ),
    (
      "hold list --customer anna --sku A",
      .holds(customer: "anna", sku: "A", offset: 0, limit: 4_096)
    ),
    ("product list --after A --limit 3", .products(after: "A", limit: 3)),
    (
      "source search city:Bonn,Berlin",
      .searchSources([SourceFilter(.city, .oneOf, "Bonn,Berlin")], offset: 0, limit: 4_096)
    ),
    ("item at east --after A", .itemsAt("east", after: "A", limit: 4_096)),
    ("limit list", .customerLimits), ("policy list", .channelPolicies),
    ("supply list --sku A", .supplies("A")), ("places count DE", .placeCount(country: "DE")),
    ("changes --after 41 --limit 2", .changes(after: 41, limit: 2)),
  ])
  func `words become the question they say`(words: String, query: Query) throws {
    let parsed = try Holdfast.parseAsRoot(words.split(separator: " ").map(String.init))
    #expect(try #require(parsed as? any QueryCall, "\(words)").query() == query)
  }

  @Test(arguments: [
    "limit set l 2", "limit set l 2 --sku A --tag t", "limit set l 2 --sku A --from 2026-01-01",
    "limit set l 2 --sku A --seconds 3 --from 2026-01-01 --to 2026-01-02",
    "policy set web --safety 101%", "policy set web --safety 1.255%",
    "policy set web --cap-since 2026-01-01", "supply set s e A 1 tomorrow",
    "supply set s e A 1 2026-02-29", "order record o A=1,2,3,4,5,6", "order record o A",
    "order state o shipped", "order process o", "ledger compensate o:A:2",
    "ledger append --event none A=1", "deduct --automatic",
    "deduct --order o --automatic --source e",
    "adjust e A --by 1 --counted-at 2026-01-01", "select A=1 --algorithm priority --source e",
    "pickup list web citi=x", "pickup list web --latitude 5", "product set S --option []",
    "entries --sku A --stock 1", "item import f --batch 0", "item import f --mode overwrite",
  ])
  func `words that make no sense are refused before anything is sent`(words: String) {
    #expect(throws: (any Error).self) {
      var parsed = try Holdfast.parseAsRoot(words.split(separator: " ").map(String.init))
      if let call = parsed as? any CommandCall { _ = try call.command(id: id) }
      parsed = try Holdfast.parseAsRoot(words.split(separator: " ").map(String.init))
    }
  }

  @Test func `moments are read as they are printed`() throws {
    for nanoseconds in [
      0, 1, 951_782_400_000_000_000, 1_798_113_600_000_000_000, 4_102_444_799_999_999_999,
    ] as [Int64] {
      let moment = Timestamp(nanoseconds: nanoseconds)
      #expect(try readMoment(utcText(moment)) == moment)
    }
    #expect(try readMoment("2024-02-29") == readMoment("2024-02-29T00:00:00Z"))
    for text in [
      "", "2026", "2026-13-01", "2026-00-01", "2023-02-29", "2026-01-01T24:00:00Z",
      "2026-01-01T00:60:00Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z", "2026-1-1",
      "9999-01-01", "2026-01-01T00:00:00.1234567890Z",
    ] {
      #expect(throws: ValidationError.self, "\(text)") { try readMoment(text) }
    }
  }
}
