// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import InventoryEngine

/// The worked examples of sections 18.5 to 18.8, number by number.
@Suite struct BeyondTests {
  private func stocked(_ quantity: Quantity, _ settings: [SettingChange] = []) -> World {
    let world = World()
    world.product("p", settings)
    world.item("default", "p", quantity)
    return world
  }

  private func buy(
    _ id: DocumentID, _ quantity: Quantity, customer: CustomerID? = nil,
    channel: ChannelCode = "base", mode: ReserveMode = .all, needBy: Timestamp? = nil
  ) -> Command {
    .place(
      Place(
        id,
        .request(
          ReserveRequest(
            .channel(channel), [OrderLine("p", quantity)], customer: customer, mode: mode,
            needBy: needBy))))
  }

  @Test func `a customer's limit counts orders and holds of a day, and frees itself`() {
    let world = stocked(100)
    world.run(
      .setCustomerLimit(
        CustomerLimit("l", .sku("p"), quantity: 2, window: .rolling(seconds: 86_400))))
    #expect(world.code(buy("o1", 1, customer: "anna")) == nil)
    let cart = ReserveRequest(.channel("base"), [OrderLine("p", 1)], customer: "anna")
    #expect(world.code(.hold(Hold("h", cart, seconds: 60))) == nil)
    let refused = world.run(buy("o2", 1, customer: "anna")).refusal
    #expect(refused?.code == .customerLimit)
    #expect(refused?.available == 0)
    #expect(refused?.freeAt == world.now.adding(seconds: 60))
    // Another customer, and nobody, are not concerned.
    #expect(world.code(buy("o3", 2, customer: "bert")) == nil)
    #expect(world.code(buy("o4", 9)) == nil)
    world.wait(61)
    #expect(world.code(buy("o5", 1, customer: "anna")) == nil)
    // What was canceled no longer counts; what is older than the window neither.
    #expect(world.code(buy("o6", 1, customer: "anna")) == .customerLimit)
    world.run(.cancel(Cancel("o1", document: "c")))
    #expect(world.code(buy("o6", 1, customer: "anna")) == nil)
    world.wait(86_401)
    #expect(world.code(buy("o7", 2, customer: "anna")) == nil)
    #expect(world.violations() == [])
    #expect(world.replayAgrees)
  }

  @Test func `strict limits want a name, and fill grants the rest`() {
    let world = stocked(100)
    world.run(
      .setCustomerLimit(
        CustomerLimit("l", .sku("p"), quantity: 3, window: .perOrder, isStrict: true)))
    #expect(world.code(buy("o1", 1)) == .customerLimit)
    #expect(world.code(buy("o2", 4, customer: "anna")) == .customerLimit)
    guard case .reserved(let reserved) = world.run(buy("o3", 5, customer: "anna", mode: .fill))
    else {
      Issue.record("fill grants what the limit allows")
      return
    }
    #expect(reserved.lines.first?.granted == 3)
    #expect(reserved.lines.first?.missing == 2)
    // Each order by itself.
    #expect(world.code(buy("o4", 3, customer: "anna")) == nil)
    #expect(world.replayAgrees)
  }

  @Test func `a tag is limited over all its products`() {
    let world = stocked(100)
    world.product("r")
    world.item("default", "r", 100)
    for sku in ["p", "r"] as [SKU] { world.run(.setProduct(ProductChange(sku, tags: ["console"]))) }
    world.run(
      .setCustomerLimit(
        CustomerLimit(
          "l", .tag("console"), quantity: 2,
          window: .campaign(from: .zero, to: world.now.adding(seconds: 100)))))
    #expect(world.code(buy("o1", 1, customer: "anna")) == nil)
    let both = ReserveRequest(
      .channel("base"), [OrderLine("p", 1), OrderLine("r", 1)], customer: "anna")
    #expect(world.code(.place(Place("o2", .request(both)))) == .customerLimit)
    world.wait(101)
    #expect(world.code(.place(Place("o2", .request(both)))) == nil)
    #expect(world.replayAgrees)
  }

  @Test func `a marketplace sees 20 less, and nothing when the others sold it`() {
    let world = stocked(100)
    world.run(.setChannel(.add("market")))
    world.run(.setChannelPolicy(ChannelPolicy("market", sku: "p", safety: .quantity(20))))
    func seen(_ channel: ChannelCode) -> Quantity? {
      guard case .salable(let rows) = world.ask(.salable(.channel(channel), ["p"])) else {
        return nil
      }
      return rows.first?.quantity
    }
    #expect(seen("base") == 100)
    #expect(seen("market") == 80)
    #expect(world.code(buy("o1", 85, channel: "market")) == .notEnoughQuantity)
    #expect(world.code(buy("o1", 85)) == nil)
    #expect(seen("base") == 15)
    #expect(seen("market") == 0)
    #expect(world.code(buy("o2", 1, channel: "market")) == .notEnoughQuantity)
    #expect(world.violations() == [])
    #expect(world.replayAgrees)
  }

  @Test func `percent of what is on hand, a cap, and no backorders for one channel`() {
    let world = stocked(100, [SettingChange(.backorders, 1)])
    world.run(.setChannel(.add("market")))
    world.run(
      .setChannelPolicy(
        ChannelPolicy(
          "market", safety: .basisPoints(1_250), cap: .init(30), allowsBackorder: false)))
    #expect(world.code(buy("o1", 31, channel: "market")) == .notEnoughQuantity)
    #expect(world.code(buy("o1", 30, channel: "market")) == nil)
    #expect(world.code(buy("o2", 1, channel: "market")) == .notEnoughQuantity)
    world.run(.cancel(Cancel("o1", document: "c")))
    #expect(world.code(buy("o3", 1, channel: "market")) == nil)
    // The other channel may still sell on backorder.
    #expect(world.code(buy("o4", 500)) == nil)
    #expect(world.code(buy("o5", 1, channel: "market")) == .notEnoughQuantity)
    #expect(world.replayAgrees)
  }

  @Test func `supply sells what is expected, once, with its date`() {
    let world = stocked(3, [SettingChange(.sellExpected, 1)])
    let day20 = world.now.adding(seconds: 20 * 86_400)
    world.run(
      .setSupply(Supply("po", source: "default", sku: "p", quantity: 10, expectedAt: day20)))
    guard case .reserved(let first) = world.run(buy("o1", 8)) else {
      Issue.record("3 now and 5 on the 20th")
      return
    }
    #expect(first.lines.first?.granted == 8)
    #expect(first.lines.first?.expected == 5)
    #expect(first.lines.first?.expectedAt == day20)
    let second = world.run(buy("o2", 6)).refusal
    #expect(second?.code == .notEnoughQuantity)
    #expect(second?.available == 5)
    // 7 come instead of 10: the 5 are served, 2 are left.
    world.run(
      .receive(Receive("r", source: "default", lines: [OrderLine("p", 7)], supply: "po")))
    #expect(world.salable("p") == 2)
    #expect(world.violations() == [])
    #expect(world.replayAgrees)
  }

  @Test func `a count of the past does not undo what left since`() {
    let world = stocked(10)
    let counted = world.now
    world.wait(10)
    world.run(place("o", "p", "4"))
    world.run(ship("o", "s", from: "default"))
    // The shelf was counted with 9 before the 4 left.
    world.run(.adjust(Adjust(source: "default", sku: "p", .countAsOf(9, counted))))
    #expect(world.onHand("default", "p") == 5)
    #expect(world.replayAgrees)
  }

  @Test func `goods that left through another system are taken as far as there are any`() {
    let world = stocked(3, [SettingChange(.backorders, 1)])
    world.run(place("o", "p", "5"))
    let deduct = Deduct(
      order: "o", document: "s", parts: [.init(source: "default")], manner: .external)
    #expect(world.code(.deduct(deduct)) == nil)
    #expect(world.onHand("default", "p") == 0)
    #expect(world.reserved("p") == 0)
    guard case .sourceItems(let rows, _) = world.ask(.sourceItems("p")) else { return }
    #expect(rows.first?.unexplained == 2)
    world.run(.adjust(Adjust(source: "default", sku: "p", .count(4))))
    guard case .sourceItems(let after, _) = world.ask(.sourceItems("p")) else { return }
    #expect(after.first?.unexplained == 0)
    #expect(world.replayAgrees)
  }

  @Test func `a canceled order is reopened while there are goods`() {
    let world = stocked(5)
    world.run(place("o", "p", "4"))
    world.run(.cancel(Cancel("o", document: "c")))
    #expect(world.code(.reopen(order: "o", document: "r")) == nil)
    #expect(world.reserved("p") == -4)
    world.run(.cancel(Cancel("o", document: "c2")))
    world.run(place("other", "p", "3"))
    #expect(world.code(.reopen(order: "o", document: "r2")) == .notEnoughQuantity)
    #expect(world.violations() == [])
    #expect(world.replayAgrees)
  }

  @Test func `a source that only ships holds goods back for waiting orders`() {
    let world = stocked(5)
    world.run(.setSource(SourceChange("default", sells: false)))
    #expect(world.salable("p") == 0)
    world.run(.setSource(SourceChange("default", sells: true)))
    world.run(place("o", "p", "5"))
    world.run(.setSource(SourceChange("default", ships: false)))
    #expect(world.code(ship("o", "s", from: "default")) == .sourceDisabled)
    world.run(.setSource(SourceChange("default", ships: true)))
    #expect(world.code(ship("o", "s", from: "default")) == nil)
    #expect(world.replayAgrees)
  }

  @Test(
    arguments: [(0, -2, 25), (1, 50, 75), (1, 0, 25), (0, 10, 35), (2, -1, nil)]
      as [(Int64, Int64, Int?)])
  func `the explicit backorder limit says how far below zero`(
    mode: Int64, limit: Int64, salable: Int?
  ) {
    let raw = limit < 0 ? limit : limit * 10_000
    let world = stocked(
      25, [SettingChange(.backorders, mode), SettingChange(.backorderLimit, raw)])
    guard let salable else {
      // Without a floor the salable quantity is what is there, and any quantity passes.
      #expect(world.code(place("o", "p", "9000")) == nil)
      return
    }
    #expect(world.salable("p") == Quantity(salable))
    #expect(world.code(place("o", "p", "\(salable + 1)")) == .notEnoughQuantity)
    #expect(world.code(place("o", "p", "\(salable)")) == nil)
  }
}
