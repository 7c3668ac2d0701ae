// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

/// Section 4 of the rules.
struct SalableQuantityTests {
  struct Row: Sendable, CustomStringConvertible {
    var name: String
    var onHand: [String]
    var reserved = "0"
    var threshold = "0"
    var backorders: Int64 = 0
    var isManaged = true
    var salable: String?
    var isSalable = true
    var description: String { name }
  }

  static let table: [Row] = [
    Row(name: "three sources", onHand: ["20", "25", "10"], reserved: "15", salable: "40"),
    Row(name: "positive threshold", onHand: ["55"], threshold: "5", salable: "50"),
    Row(
      name: "threshold reached", onHand: ["5"], threshold: "5", salable: "0", isSalable: false),
    Row(
      name: "just above the threshold", onHand: ["5.0001"], threshold: "5", salable: "0.0001"),
    Row(
      name: "backorders to a limit", onHand: ["25"], threshold: "-50", backorders: 1,
      salable: "75"),
    Row(
      name: "70 of them reserved", onHand: ["25"], reserved: "70", threshold: "-50",
      backorders: 1, salable: "5"),
    Row(
      name: "negative threshold without backorders", onHand: ["25"], threshold: "-50",
      salable: "25"),
    Row(
      name: "positive threshold with backorders", onHand: ["25"], threshold: "5", backorders: 1,
      salable: "25"),
    Row(
      name: "unlimited and oversubscribed", onHand: ["25"], reserved: "40", backorders: 1,
      salable: "-15"),
    Row(name: "fractional", onHand: ["8.5"], reserved: "2.25", threshold: "0.5", salable: "5.75"),
    Row(name: "not managed", onHand: ["3"], isManaged: false, salable: nil),
    Row(
      name: "nothing on hand, limited backorders", onHand: ["0"], threshold: "-10", backorders: 1,
      salable: "10"),
    Row(name: "a ten-thousandth left", onHand: ["0.0001"], salable: "0.0001"),
  ]

  @Test(arguments: table) func `salable is on hand plus reserved minus threshold`(row: Row) {
    let world = World()
    world.product(
      "s",
      [
        SettingChange(.isQuantityDecimal, flag: true), SettingChange(.minSaleQuantity, 0),
        SettingChange(.backorders, row.backorders),
        SettingChange(.outOfStockThreshold, quantity: q(row.threshold)),
        SettingChange(.manageStock, flag: row.isManaged),
      ])
    for (number, quantity) in row.onHand.enumerated() {
      let code = SourceCode("s\(number)")
      world.source(code, stock: 7, priority: Int32(number + 1))
      world.item(code, "s", q(quantity))
    }
    if row.reserved != "0" { #expect(world.code(place("o", "s", row.reserved, stock: 7)) == nil) }
    #expect(world.salable("s", 7) == row.salable.map { q($0) })
    #expect(world.isSalable("s", 7) == row.isSalable)
    #expect(world.violations() == [])
  }

  /// The European stock of 4.5.
  static func europe(_ settings: [SettingChange] = []) -> World {
    let world = World()
    world.product("p", [SettingChange(.isQuantityDecimal, flag: true)] + settings)
    world.run(.setStore(StoreChange(settings: [SettingChange(.minSaleQuantity, 0)])))
    for (number, code) in ["eu-1", "eu-2", "eu-3", "eu-x"].enumerated() {
      world.source(SourceCode(code), stock: 10, priority: Int32(number + 1))
    }
    world.item("eu-1", "p", q("5.5"))
    world.item("eu-2", "p", q("3"))
    world.item("eu-3", "p", q("10"), isInStock: false)
    world.item("eu-x", "p", q("10"))
    world.run(.setSource(SourceChange("eu-x", isEnabled: false)))
    return world
  }

  @Test func `out-of-stock items and disabled sources do not count`() {
    let world = Self.europe()
    #expect(world.salable("p", 10) == q("8.5"))
    #expect(world.code(place("o", "p", "8.5", stock: 10)) == nil)
    #expect(!world.isSalable("p", 10))
    world.run(.cancel(Cancel("o", document: "c", lines: [OrderLine("p", q("0.17"))])))
    #expect(world.salable("p", 10) == q("0.17"))
    world.run(.setSource(SourceChange("eu-x", isEnabled: true)))
    #expect(world.salable("p", 10) == q("10.17"))
    world.run(.setSource(SourceChange("eu-1", isEnabled: false)))
    #expect(world.salable("p", 10) == q("4.67"))
    #expect(world.violations() == [])
  }

  @Test func `is_salable follows the order of 4.4`() {
    let world = Self.europe([SettingChange(.backorders, 1)])
    #expect(world.isSalable("p", 10))
    for source in ["eu-1", "eu-2"] as [SourceCode] {
      world.item(source, "p", q("5"), isInStock: false)
    }
    #expect(!world.isSalable("p", 10), "no item in stock, whatever the backorders say")
    world.run(
      .setProduct(ProductChange("p", settings: [SettingChange(.manageStock, flag: false)])))
    #expect(world.isSalable("p", 10), "not managed")
    for source in ["eu-1", "eu-2", "eu-3"] as [SourceCode] {
      world.run(.setSource(SourceChange(source, isEnabled: false)))
    }
    #expect(!world.isSalable("p", 10), "no enabled source carries it")
    #expect(world.salable("p", 10) == nil)
  }

  @Test func `a stock without sources sells nothing`() {
    let world = World()
    world.product("p")
    world.run(.setStock(StockChange(5, name: "Empty")))
    #expect(!world.isSalable("p", 5))
    #expect(world.salable("p", 5) == .zero)
    #expect(world.code(place("o", "p", "1", stock: 5)) == .notAssigned)
  }

  @Test func `reservations outlive the removal of all sources`() {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(5))
    world.run(place("o", "p", "2"))
    #expect(
      world.run(.removeSourceItems([SourceItemKey(source: "default", sku: "p")])) == .counted(1))
    #expect(world.code(place("x", "p", "1")) == .notAssigned)
    #expect(world.reserved("p") == Quantity(-2))
    world.item("default", "p", Quantity(5))
    #expect(world.salable("p") == Quantity(3))
    #expect(world.violations() == [])
  }

  @Test func `a SKU without product or a composite has no salable quantity`() {
    let world = World()
    world.product("box", type: .bundle)
    world.item("default", "loose", Quantity(5))
    let answer = world.ask(.salable(.channel(.base), ["LOOSE", "box", "ghost"]))
    guard case .salable(let rows) = answer else { return #expect(Bool(false)) }
    #expect(rows.map(\.refusal) == [.noSuchProduct, .compositeHasNoQuantity, .noSuchProduct])
    #expect(rows[0].sku.text == "loose")
  }

  struct Backordered: Sendable {
    var reserved: String
    var asked: String
    var backordered: String
  }

  @Test(arguments: [
    Backordered(reserved: "0", asked: "30", backordered: "5"),
    Backordered(reserved: "40", asked: "30", backordered: "30"),
    Backordered(reserved: "0", asked: "25", backordered: "0"),
  ])
  func `what is not there is backordered`(row: Backordered) {
    let world = World()
    world.product("p", [SettingChange(.backorders, 2)])
    world.item("default", "p", Quantity(25))
    if row.reserved != "0" { world.run(place("first", "p", row.reserved)) }
    guard case .check(let rows) = world.ask(.check(request("p", row.asked))) else {
      return #expect(Bool(false))
    }
    #expect(rows[0].backordered == q(row.backordered))
    #expect(rows[0].notifiesCustomer == (row.backordered != "0"))
    guard case .reserved(let reserved) = world.run(place("o", "p", row.asked)) else {
      return #expect(Bool(false))
    }
    #expect(reserved.lines.isEmpty == (row.backordered == "0"))
    #expect(reserved.lines.first?.backordered ?? .zero == q(row.backordered))
  }
}
