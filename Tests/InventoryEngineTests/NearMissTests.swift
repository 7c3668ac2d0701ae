// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import InventoryEngine

/// The commands of the rule book that the straight road does not need: each with one thing wrong at a
/// time, and the refusal that names it. Nothing may change.
@Suite struct NearMissTests {
  /// A command and what it is refused with; the field where the code alone does not say.
  struct Row: Sendable {
    var command: Command
    var code: RefusalCode?
    var field: String
    init(_ command: Command, _ code: RefusalCode?, _ field: String = "") {
      self.command = command
      self.code = code
      self.field = field
    }
  }

  private static func world() -> World {
    let world = World()
    for sku in ["p", "q"] as [SKU] { world.product(sku) }
    world.product("set", type: .grouped)
    world.source("a", stock: 10)
    world.source("b", stock: 10, priority: 2)
    world.item("a", "p", 10)
    world.run(.place(Place("o", .request(ReserveRequest(.stock(10), [OrderLine("p", 2)])))))
    world.run(.place(Place("gone", .request(ReserveRequest(.stock(10), [OrderLine("p", 1)])))))
    world.run(.cancel(Cancel("gone", document: "c")))
    world.run(
      .hold(Hold("h", ReserveRequest(.stock(10), [OrderLine("p", 1)]), seconds: 900)))
    return world
  }

  private func check(_ rows: [Row]) {
    let world = Self.world()
    for (number, row) in rows.enumerated() {
      let entries = world.entries(.all)
      let before = world.ask(.sourceItemPage(after: nil, limit: 100))
      let refusal = world.run(row.command).refusal
      #expect(refusal?.code == row.code, "row \(number)")
      if !row.field.isEmpty { #expect(refusal?.field == row.field, "row \(number)") }
      if row.code != nil {
        #expect(world.entries(.all) == entries, "row \(number)")
        #expect(world.ask(.sourceItemPage(after: nil, limit: 100)) == before, "row \(number)")
      }
    }
    #expect(world.violations() == [])
    #expect(world.replayAgrees)
  }

  @Test func `products and source items`() {
    check([
      Row(.deleteProduct(""), .invalid, "sku"), Row(.deleteProduct("nix"), .noSuchProduct),
      Row(.renameProduct(from: "p", to: ""), .invalid),
      Row(.renameProduct(from: "nix", to: "x"), .noSuchProduct),
      Row(.renameProduct(from: "p", to: "q"), .invalid),
      Row(.assignSources(SourceAssignment([], to: ["a"])), .invalid, "skus"),
      Row(.assignSources(SourceAssignment(["p"], to: [])), .invalid, "sources"),
      Row(.assignSources(SourceAssignment(["p"], to: ["nix"])), .unknownSource),
      Row(.assignSources(SourceAssignment(["p", "set", "nix"], to: ["b"])), nil),
      Row(.unassignSources(SourceAssignment([], to: ["a"])), .invalid, "skus"),
      Row(.unassignSources(SourceAssignment(["p"], to: ["nix"])), .unknownSource),
      Row(.importSourceItems(.append, []), .emptyInput),
    ])
  }

  @Test func `limits, policies and supply`() {
    func limit(_ change: (inout CustomerLimit) -> Void) -> Command {
      var limit = CustomerLimit("l", .sku("p"), quantity: 2, window: .perOrder)
      change(&limit)
      return .setCustomerLimit(limit)
    }
    let later = Timestamp(nanoseconds: 5_000_000_000_000)
    check([
      Row(limit { $0.id = "" }, .invalid), Row(limit { $0.goods = .sku("") }, .invalid),
      Row(limit { $0.goods = .tag("") }, .invalid), Row(limit { $0.quantity = -1 }, .invalid),
      Row(limit { $0.window = .rolling(seconds: 0) }, .invalid),
      Row(limit { $0.window = .campaign(from: later, to: .zero) }, .invalid),
      Row(limit { $0.channel = "nix" }, .unknownChannel), Row(limit { _ in }, nil),
      Row(.removeCustomerLimit("nix"), nil), Row(.removeCustomerLimit("l"), nil),
      Row(.setChannelPolicy(ChannelPolicy("nix")), .unknownChannel),
      Row(.setChannelPolicy(ChannelPolicy("base", safety: .quantity(-1))), .invalid),
      Row(.setChannelPolicy(ChannelPolicy("base", safety: .basisPoints(10_001))), .invalid),
      Row(.setChannelPolicy(ChannelPolicy("base", cap: .init(-1))), .invalid),
      Row(.setChannelPolicy(ChannelPolicy("base", sku: "")), .invalid),
      Row(
        .setSupply(Supply("", source: "a", sku: "p", quantity: 1, expectedAt: later)), .invalid),
      Row(
        .setSupply(Supply("s", source: "nix", sku: "p", quantity: 1, expectedAt: later)),
        .unknownSource),
      Row(
        .setSupply(Supply("s", source: "a", sku: "", quantity: 1, expectedAt: later)), .invalid),
      Row(
        .setSupply(Supply("s", source: "a", sku: "p", quantity: -1, expectedAt: later)), .invalid),
      Row(
        .setSupply(Supply("s", source: "a", sku: "set", quantity: 1, expectedAt: later)),
        .compositeHasNoQuantity),
    ])
  }

  @Test func `orders and holds`() {
    check([
      Row(.changeHold(hold: "", lines: [OrderLine("p", 1)]), .invalid),
      Row(.changeHold(hold: "nix", lines: [OrderLine("p", 1)]), .unknownHold),
      Row(.changeHold(hold: "h", lines: [OrderLine("p", -1)]), .invalid),
      Row(.changeHold(hold: "h", lines: [OrderLine("p", 99)]), .notEnoughQuantity),
      Row(.changeHold(hold: "h", lines: [OrderLine("p", 3)]), nil),
      Row(.failOrder(""), .invalid), Row(.failOrder("nix"), .unknownOrder),
      Row(.processOrder("nix", isAccepted: true), .unknownOrder),
      Row(.setOrderState("nix", .complete), .unknownOrder),
      Row(.setOrderState("gone", .processing), .orderState),
      Row(.reopen(order: "nix", document: "d"), .unknownOrder),
      Row(.reopen(order: "o", document: ""), .invalid),
      Row(.notifyPickup(order: "nix", document: "d"), .unknownOrder),
      Row(
        .recordOrder(
          RecordedOrder("o", stock: 10, state: .new, lines: [.init("p", ordered: 1)])),
        .duplicateOrder),
      Row(
        .recordOrder(
          RecordedOrder("r", stock: 99, state: .new, lines: [.init("p", ordered: 1)])),
        .unknownStock),
      Row(.recordOrder(RecordedOrder("r", stock: 10, state: .new, lines: [])), .emptyInput),
      Row(
        .recordOrder(
          RecordedOrder(
            "r", stock: 10, state: .new, lines: [.init("p", ordered: 1, canceled: 2)])), .invalid),
    ])
  }

  @Test func `entries and compensation`() {
    func entry(_ change: (inout NewEntry) -> Void) -> Command {
      var entry = NewEntry(stock: 10, sku: "p", quantity: -1)
      change(&entry)
      return .appendEntries([entry])
    }
    check([
      Row(.appendEntries([]), .emptyInput), Row(entry { $0.id = 4 }, .reservationIDPreset),
      Row(entry { $0.stock = nil }, .invalid, "stock"),
      Row(entry { $0.sku = nil }, .invalid, "sku"),
      Row(entry { $0.quantity = nil }, .invalid, "qty"),
      Row(entry { $0.quantity = 0 }, .invalid, "qty"), Row(entry { $0.stock = 99 }, .unknownStock),
      Row(
        .compensate([Finding(object: "o", stock: 10, sku: "p", compensate: 1)]),
        .staleCompensation), Row(.compensate(nil), nil),
    ])
  }

  @Test func `the seed's restrictions can be switched off`() {
    let world = Self.world()
    let link = Command.linkSource(StockSourceLink(stock: 10, source: "default", priority: 3))
    let home = Command.linkSource(StockSourceLink(stock: 1, source: "a", priority: 3))
    let off = Command.setSource(SourceChange("default", isEnabled: false))
    #expect(world.code(link) == .defaultLinkForbidden)
    #expect(world.code(home) == .defaultLinkForbidden)
    #expect(world.code(off) == .defaultSourceCannotBeDisabled)
    world.run(.setStore(StoreChange(settings: [SettingChange(.seedRestrictions, 0)])))
    #expect(world.code(link) == nil)
    #expect(world.code(home) == nil)
    #expect(world.salable("p", 1) == 7)
    #expect(world.code(off) == nil)
    #expect(world.code(.unlinkSource(stock: 1, source: "a")) == nil)
    #expect(world.salable("p", 1) == nil || world.salable("p", 1) == 0)
    #expect(world.violations() == [])
    #expect(world.replayAgrees)
  }
}
