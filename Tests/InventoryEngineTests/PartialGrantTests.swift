// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

/// Section 18.4 of the rules.
struct PartialGrantTests {
  struct Row: Sendable {
    var settings: [SettingChange] = []
    var onHand = "10"
    var asked = "11"
    var granted: String
    var reason: RefusalCode?
    var allowsBackorder = true
  }

  static let increments = [
    SettingChange(.enableQuantityIncrements, flag: true),
    SettingChange(.quantityIncrement, quantity: Quantity(4)),
  ]
  static let table: [Row] = [
    Row(granted: "10", reason: .notEnoughQuantity),
    Row(asked: "10", granted: "10"),
    Row(settings: increments, granted: "8", reason: .notEnoughQuantity),
    Row(settings: increments, onHand: "100", granted: "8", reason: .quantityIncrement),
    Row(settings: increments, onHand: "3", granted: "0", reason: .notEnoughQuantity),
    Row(
      settings: [SettingChange(.minSaleQuantity, quantity: Quantity(12))], granted: "0",
      reason: .minSaleQuantity),
    Row(
      settings: [SettingChange(.maxSaleQuantity, quantity: Quantity(6))], granted: "6",
      reason: .maxSaleQuantity),
    Row(onHand: "100", asked: "2.5", granted: "2", reason: .quantityDecimal),
    Row(
      settings: [SettingChange(.isQuantityDecimal, flag: true)], onHand: "2.25", asked: "2.5",
      granted: "2.25", reason: .notEnoughQuantity),
    Row(
      settings: [
        SettingChange(.enableQuantityIncrements, flag: true),
        SettingChange(.quantityIncrement, quantity: q("1.5")),
      ], asked: "10", granted: "9", reason: .quantityIncrement),
    Row(settings: [SettingChange(.backorders, 1)], granted: "11"),
    Row(
      settings: [SettingChange(.backorders, 1)], granted: "10", reason: .notEnoughQuantity,
      allowsBackorder: false),
    Row(
      settings: [
        SettingChange(.backorders, 1), SettingChange(.outOfStockThreshold, quantity: Quantity(-1)),
      ], asked: "20", granted: "11", reason: .notEnoughQuantity),
  ]

  @Test(arguments: table.indices) func `fill grants the most that the rules allow`(index: Int) {
    let row = Self.table[index]
    let world = World()
    world.product("p", row.settings)
    world.item("default", "p", q(row.onHand))
    let request = request("p", row.asked, mode: .fill, allowsBackorder: row.allowsBackorder)
    let outcome = world.run(.place(Place("o", .request(request))))
    if row.granted == "0" {
      #expect(outcome.refusal?.code == row.reason)
      #expect(world.order("o") == nil)
    } else {
      #expect(world.order("o")?.lines.map(\.ordered) == [q(row.granted)])
      guard case .reserved(let reserved) = outcome else { return #expect(Bool(false)) }
      if let reason = row.reason {
        #expect(reserved.lines.first?.reason == reason)
        #expect(reserved.lines.first?.granted == q(row.granted))
      }
    }
    #expect(world.violations() == [])
  }

  @Test func `lines are granted in full or not at all, each by itself`() {
    let world = World()
    for sku in ["a", "b"] as [SKU] {
      world.product(sku)
      world.item("default", sku, Quantity(5))
    }
    let lines: OrderLines = [
      OrderLine("a", Quantity(9)), OrderLine("b", Quantity(3)), OrderLine("ghost", Quantity(1)),
      OrderLine("Ghost", Quantity(2)),
    ]
    let outcome = world.run(
      .hold(Hold("h", ReserveRequest(.channel(.base), lines, mode: .lines))))
    guard case .reserved(let reserved) = outcome else { return #expect(Bool(false)) }
    #expect(
      reserved.lines == [
        GrantedLine(
          sku: "a", granted: .zero, missing: Quantity(9), reason: .notEnoughQuantity),
        GrantedLine(sku: "b", granted: Quantity(3)),
        GrantedLine(sku: "ghost", granted: .zero, missing: Quantity(3), reason: .notAssigned),
      ])
    #expect(world.hold("h")?.lines.count == 1)
    #expect(world.run(world.log[world.log.count - 1].command) == outcome)
    let nothing: OrderLines = [OrderLine("a", Quantity(9)), OrderLine("ghost", Quantity(1))]
    #expect(
      world.code(.hold(Hold("x", ReserveRequest(.channel(.base), nothing, mode: .lines))))
        == .notEnoughQuantity)
  }

  @Test func `backorder = no caps at the physical part`() {
    let world = World()
    world.product("p", [SettingChange(.backorders, 1)])
    world.item("default", "p", Quantity(5))
    let six = request("p", "6", allowsBackorder: false)
    let refusal = world.run(.place(Place("o", .request(six)))).refusal
    #expect(refusal?.code == .notEnoughQuantity)
    #expect(refusal?.available == Quantity(5))
    #expect(
      world.code(.place(Place("o", .request(request("p", "5", allowsBackorder: false))))) == nil)
  }

  @Test func `an order of a thousand lines is one step`() {
    let world = World()
    var lines = OrderLines()
    var items: [SourceItemChange] = []
    for number in 0..<1_106 {
      let sku = SKU("line-\(number)")
      items.append(SourceItemChange(source: .default, sku: sku, quantity: Quantity(3)))
      lines.append(OrderLine(sku, Quantity(1)))
      lines.append(OrderLine(SKU("LINE-\(number)"), Quantity(1)))
    }
    world.run(.setSourceItems(items))
    let request = ReserveRequest(.channel(.base), lines)
    #expect(world.code(.hold(Hold("h", request))) == nil)
    #expect(world.code(.place(Place("o", .hold("h", lines: lines, reacquires: true)))) == nil)
    #expect(world.code(ship("o", "s", from: nil, lines)) == nil)
    #expect(world.order("o")?.phase == .complete)
    #expect(world.order("o")?.lines.count == 1_106)
    #expect(world.violations() == [])
    #expect(world.replayAgrees)
  }
}
