// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

/// Section 5 of the rules, and the settings of section 3 as it reads them.
struct RequestCheckTests {
  private func violations(_ world: World, _ request: ReserveRequest) -> [RefusalCode] {
    guard case .check(let rows) = world.ask(.check(request)) else { return [.internalError] }
    return rows[0].violations
  }

  @Test(
    arguments: [
      ("6", nil), ("12", nil), ("7", .quantityIncrement), ("0.5", .minSaleQuantity),
      ("56", .quantityIncrement), ("60", .notEnoughQuantity),
    ] as [(String, RefusalCode?)])
  func `increments of six`(asked: String, code: RefusalCode?) {
    let world = World()
    world.product(
      "p",
      [
        SettingChange(.enableQuantityIncrements, flag: true),
        SettingChange(.quantityIncrement, quantity: Quantity(6)),
      ])
    world.item("default", "p", Quantity(55))
    #expect(world.code(place("o", "p", asked)) == code)
  }

  @Test(
    arguments: [
      ("0.25", nil), ("0.2499", .minSaleQuantity), ("55", nil), ("55.0001", .notEnoughQuantity),
    ] as [(String, RefusalCode?)])
  func `decimals from a quarter`(asked: String, code: RefusalCode?) {
    let world = World()
    world.product(
      "p",
      [
        SettingChange(.isQuantityDecimal, flag: true),
        SettingChange(.minSaleQuantity, quantity: q("0.25")),
      ])
    world.item("default", "p", Quantity(55))
    #expect(world.code(place("o", "p", asked)) == code)
  }

  @Test(
    arguments: [
      ("40", nil), ("41", .notEnoughQuantity), ("40.0001", .quantityDecimal),
      ("10001", .maxSaleQuantity),
    ] as [(String, RefusalCode?)])
  func `whole units`(asked: String, code: RefusalCode?) {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(40))
    let outcome = world.run(place("o", "p", asked))
    #expect(outcome.refusal?.code == code)
    if code == .notEnoughQuantity {
      #expect(outcome.refusal?.available == Quantity(40))
      #expect(outcome.refusal?.requested == Quantity(41))
    }
  }

  @Test func `three tenths are a multiple of one tenth`() {
    let world = World()
    world.product(
      "p",
      [
        SettingChange(.isQuantityDecimal, flag: true), SettingChange(.minSaleQuantity, 0),
        SettingChange(.enableQuantityIncrements, flag: true),
        SettingChange(.quantityIncrement, quantity: q("0.1")),
      ])
    world.item("default", "p", Quantity(1))
    #expect(violations(world, request("p", "0.3")) == [])
    #expect(violations(world, request("p", "0.35")) == [.quantityIncrement])
  }

  @Test func `lines of one SKU are one request`() {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(5))
    let twice = ReserveRequest(
      .channel(.base), [OrderLine("p", Quantity(3)), OrderLine("P", Quantity(3))])
    #expect(world.code(.place(Place("o", .request(twice)))) == .notEnoughQuantity)
    let fits = ReserveRequest(
      .channel(.base), [OrderLine("p", Quantity(3)), OrderLine("P", Quantity(2))])
    #expect(world.code(.place(Place("o", .request(fits)))) == nil)
    #expect(world.order("o")?.lines.map(\.ordered) == [Quantity(5)])
  }

  @Test func `the list of violations ends with the one a command reports`() {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(5), isInStock: false)
    #expect(violations(world, request("p", "0.5")) == [.minSaleQuantity, .noSourceInStock])
    #expect(world.code(place("o", "p", "0.5")) == .noSourceInStock)
    #expect(violations(world, request("ghost", "1")) == [.notAssigned])
    #expect(violations(world, request("p", "-1")) == [.invalid])
  }

  @Test func `the first offending SKU is named, and all violations on demand`() {
    let world = World()
    world.product("a")
    world.product("b")
    world.item("default", "a", Quantity(5))
    world.item("default", "b", Quantity(5), isInStock: false)
    var request = ReserveRequest(
      .channel(.base),
      [OrderLine("a", Quantity(9)), OrderLine("b", q("0.5")), OrderLine("c", Quantity(1))])
    let plain = world.run(.place(Place("o", .request(request)))).refusal
    #expect(plain?.code == .notEnoughQuantity)
    #expect(plain?.sku == "a")
    #expect(plain?.violations == [])
    request.listsViolations = true
    let full = world.run(.place(Place("o", .request(request)))).refusal
    #expect(
      full?.violations == [
        .init("a", .notEnoughQuantity), .init("b", .minSaleQuantity), .init("b", .noSourceInStock),
        .init("c", .notAssigned),
      ])
  }

  @Test func `the minimum comes from product, table by group, or store`() {
    let world = World()
    world.product("own", [SettingChange(.minSaleQuantity, quantity: Quantity(3))])
    world.product("p")
    world.item("default", "own", Quantity(50))
    world.item("default", "p", Quantity(50))
    world.run(
      .setStore(
        StoreChange(minimumByGroup: [
          GroupMinimum(group: GroupMinimum.allGroups, quantity: Quantity(1)),
          GroupMinimum(group: 2, quantity: Quantity(5)),
        ])))
    #expect(violations(world, request("p", "4", group: 2)) == [.minSaleQuantity])
    #expect(violations(world, request("p", "5", group: 2)) == [])
    #expect(violations(world, request("p", "1", group: 1)) == [])
    #expect(violations(world, request("p", "1")) == [])
    #expect(violations(world, request("own", "2", group: 2)) == [.minSaleQuantity])
    #expect(violations(world, request("own", "3", group: 2)) == [])
    world.run(
      .setStore(StoreChange(minimumByGroup: [GroupMinimum(group: 2, quantity: Quantity(5))])))
    world.run(
      .setStore(
        StoreChange(settings: [SettingChange(.minSaleQuantity, quantity: Quantity(9))])))
    #expect(violations(world, request("p", "1", group: 1)) == [], "no row is no minimum")
    world.run(.setStore(StoreChange(minimumByGroup: [])))
    #expect(violations(world, request("p", "1", group: 2)) == [.minSaleQuantity])
  }

  @Test func `each setting falls back to the store by itself`() {
    let world = World()
    world.product("p", [SettingChange(.maxSaleQuantity, quantity: Quantity(4))])
    world.item("default", "p", Quantity(50))
    #expect(violations(world, request("p", "5")) == [.maxSaleQuantity])
    world.run(
      .setStore(StoreChange(settings: [SettingChange(.backorders, 1)])))
    #expect(violations(world, request("p", "4")) == [])
    world.run(.setProduct(ProductChange("P", settings: [SettingChange(.maxSaleQuantity, nil)])))
    #expect(violations(world, request("p", "60")) == [])
    guard case .product(let view) = world.ask(.product("p")) else { return #expect(Bool(false)) }
    #expect(view.own == [])
    #expect(view.inForce.contains(SettingChange(.backorders, 1)))
    #expect(view.inForce.contains(SettingChange(.maxSaleQuantity, quantity: Quantity(10_000))))
  }

  @Test func `rules apply without managed stock, and a SKU without product is managed`() {
    let world = World()
    world.run(.setStore(StoreChange(settings: [SettingChange(.manageStock, flag: false)])))
    world.product("p")
    world.item("default", "p", Quantity(1))
    world.item("default", "loose", Quantity(1))
    #expect(violations(world, request("p", "0.5")) == [.minSaleQuantity])
    #expect(violations(world, request("p", "500")) == [])
    #expect(violations(world, request("loose", "2")) == [.notEnoughQuantity])
    #expect(violations(world, request("p", "0.5", quantityChecksOnly: true)) == [])
  }
}
