// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

/// Sections 6 and 7 of the rules.
struct OrderLifecycleTests {
  /// Sources balt 20, aus 25, reno 10 in stock 2.
  static func shop(_ settings: [SettingChange] = [], type: ProductType = .simple) -> World {
    let world = World()
    world.product("p", settings, type: type)
    for (number, row) in [("balt", 20), ("aus", 25), ("reno", 10)].enumerated() {
      world.source(SourceCode(row.0), stock: 2, priority: Int32(number + 1))
      world.item(SourceCode(row.0), "p", Quantity(row.1))
    }
    return world
  }

  static func onHand(_ world: World, _ sku: SKU = "p") -> [Quantity?] {
    (["balt", "aus", "reno"] as [SourceCode]).map { world.onHand($0, sku) }
  }

  private func refund(
    _ document: DocumentID, _ quantity: Int, returns: Bool?, writesOff: Bool = false,
    to source: SourceCode? = nil
  ) -> Command {
    .refund(
      Refund(
        "o", document: document, source: source,
        lines: [
          Refund.Line("p", Quantity(quantity), isReturned: returns, writesOff: writesOff)
        ]))
  }

  @Test func `the worked lifecycle of 6.2`() {
    let world = Self.shop()
    #expect(world.salable("p", 2) == Quantity(55))
    world.run(place("o", "p", "25", stock: 2))
    #expect(world.salable("p", 2) == Quantity(30))
    world.run(.cancel(Cancel("o", document: "c", lines: [OrderLine("p", Quantity(5))])))
    #expect(world.salable("p", 2) == Quantity(35))
    #expect(world.order("o")?.phase == .open)
    world.run(ship("o", "s", from: "balt"))
    #expect(Self.onHand(world) == [.zero, Quantity(25), Quantity(10)])
    #expect(world.reserved("p", 2) == .zero)
    #expect(world.order("o")?.phase == .complete)
    world.run(.invoice(Invoice("o", document: "i")))
    #expect(world.salable("p", 2) == Quantity(35))
    world.run(refund("r1", 2, returns: true))
    #expect(Self.onHand(world) == [Quantity(2), Quantity(25), Quantity(10)])
    #expect(world.salable("p", 2) == Quantity(37))
    world.run(refund("r2", 3, returns: false))
    #expect(world.salable("p", 2) == Quantity(37))
    #expect(
      world.entries(.order("o")) == ["order_placed -25", "order_canceled 5", "shipment_created 20"])
    #expect(world.violations() == [])
  }

  @Test func `several shipments, then refunds of both kinds`() {
    let world = Self.shop()
    world.run(place("o", "p", "30", stock: 2))
    let twelve: OrderLines = [OrderLine("p", Quantity(12))]
    #expect(world.code(ship("o", "s1", from: "aus", twelve)) == nil)
    #expect(world.reserved("p", 2) == Quantity(-18))
    #expect(
      world.code(ship("o", "s2", from: "reno", [OrderLine("p", Quantity(11))]))
        == .insufficientSourceQuantity)
    #expect(world.reserved("p", 2) == Quantity(-18))
    #expect(world.code(ship("o", "s3", from: "reno", [OrderLine("p", Quantity(10))])) == nil)
    #expect(Self.onHand(world) == [Quantity(20), Quantity(13), .zero])
    world.run(.invoice(Invoice("o", document: "i")))
    world.run(refund("r1", 8, returns: true))
    #expect(world.reserved("p", 2) == .zero)
    #expect(world.salable("p", 2) == Quantity(33))
    #expect(world.order("o")?.phase == .complete)
    world.run(refund("r2", 15, returns: true))
    #expect(Self.onHand(world) == [Quantity(20), Quantity(28), .zero])
    #expect(world.salable("p", 2) == Quantity(48))
    #expect(world.violations() == [])
  }

  @Test(arguments: [true, false])
  func `what never left a source is refunded first`(returns: Bool) {
    let world = Self.shop()
    world.run(place("o", "p", "6", stock: 2))
    world.run(.invoice(Invoice("o", document: "i")))
    world.run(ship("o", "s", from: "aus", [OrderLine("p", Quantity(2))]))
    world.run(refund("r", 5, returns: returns, writesOff: true))
    let left = returns ? [20, 24, 10] : [16, 23, 10]
    #expect(Self.onHand(world) == left.map { Quantity($0) })
    #expect(world.reserved("p", 2) == .zero)
    #expect(world.entries(.order("o")).last == "creditmemo_created 4")
  }

  @Test func `a refund without return releases unless it writes off`() {
    let world = Self.shop()
    world.run(place("o", "p", "6", stock: 2))
    world.run(.invoice(Invoice("o", document: "i")))
    world.run(refund("r", 6, returns: false))
    #expect(world.salable("p", 2) == Quantity(55))
    #expect(Self.onHand(world) == [Quantity(20), Quantity(25), Quantity(10)])
    #expect(world.order("o")?.phase == .closed)
  }

  @Test func `auto_return is the default of the return choice`() {
    let world = Self.shop()
    world.run(.setStore(StoreChange(settings: [SettingChange(.autoReturn, flag: true)])))
    world.run(place("o", "p", "6", stock: 2))
    world.run(.invoice(Invoice("o", document: "i")))
    world.run(ship("o", "s", from: "aus"))
    world.run(refund("r", 6, returns: nil))
    #expect(world.onHand("aus", "p") == Quantity(25))
  }

  @Test func `returned goods go to the named source, else to the best that shipped`() {
    let world = Self.shop()
    world.run(place("o", "p", "9", stock: 2))
    world.run(ship("o", "s1", from: "reno", [OrderLine("p", Quantity(3))]))
    world.run(ship("o", "s2", from: "aus", [OrderLine("p", Quantity(6))]))
    world.run(.invoice(Invoice("o", document: "i")))
    world.run(.setSource(SourceChange("aus", isEnabled: false)))
    world.run(refund("r1", 4, returns: true))
    #expect(world.onHand("aus", "p") == Quantity(23), "being off changes no rank")
    world.run(.unlinkSource(stock: 2, source: "aus"))
    world.run(refund("r2", 1, returns: true))
    #expect(world.onHand("reno", "p") == Quantity(8), "what is unlinked comes last")
    world.run(refund("r3", 1, returns: true, to: "balt"))
    #expect(world.onHand("balt", "p") == Quantity(21))
    #expect(world.code(refund("r4", 1, returns: true, to: "default")) == .sourceItemNotFound)
    #expect(world.code(refund("r5", 4, returns: true)) == .exceedsOpenQuantity)
    #expect(world.violations() == [])
  }

  @Test func `a refund of delivered goods leaves the rest owed`() {
    let world = Self.shop()
    let three: OrderLines = [OrderLine("p", Quantity(3))]
    world.run(place("o", "p", "5", stock: 2))
    world.run(.invoice(Invoice("o", document: "i", lines: three)))
    world.run(ship("o", "s", from: "balt", three))
    world.run(refund("r", 2, returns: true))
    #expect(world.reserved("p", 2) == Quantity(-2))
    #expect(
      world.code(ship("o", "s2", from: "balt", [OrderLine("p", Quantity(3))]))
        == .exceedsOpenQuantity)
    #expect(world.code(ship("o", "s3", from: "balt")) == nil)
    #expect(world.reserved("p", 2) == .zero)
    #expect(world.order("o")?.phase == .complete)
  }

  @Test func `virtual goods leave their sources when billed, as far as there are any`() {
    let world = World()
    world.product("v", [SettingChange(.backorders, 1)], type: .virtual)
    for (number, row) in [("x", 3), ("y", 4)].enumerated() {
      world.source(SourceCode(row.0), stock: 2, priority: Int32(number + 1))
      world.item(SourceCode(row.0), "v", Quantity(row.1))
    }
    world.run(place("o", "v", "10", stock: 2))
    let five: OrderLines = [OrderLine("v", Quantity(5))]
    world.run(.invoice(Invoice("o", document: "i1", lines: five)))
    guard case .moved(let moved) = world.run(.invoice(Invoice("o", document: "i2", lines: five)))
    else { return #expect(Bool(false)) }
    #expect(moved.shortfall == Quantity(3))
    #expect(moved.lines == [.init("v", Quantity(2), source: "y")])
    #expect(
      world.entries(.order("o")) == [
        "order_placed -10", "invoice_created 3", "invoice_created 2", "invoice_created 2",
      ])
    #expect(world.reserved("v", 2) == Quantity(-3))
    world.run(
      .refund(Refund("o", document: "r", lines: [.init("v", Quantity(2), isReturned: true)])))
    #expect(world.onHand("x", "v") == Quantity(2), "best-priority source that carries it")
    #expect(world.violations() == [])
  }

  @Test func `virtual lines are passed over when shipping`() {
    let world = Self.shop()
    world.product("v", type: .virtual)
    world.item("balt", "v", Quantity(9))
    let both: OrderLines = [OrderLine("p", Quantity(1)), OrderLine("v", Quantity(1))]
    world.run(.place(Place("o", .request(ReserveRequest(.stock(2), both)))))
    #expect(world.code(ship("o", "s", from: "balt", both)) == nil)
    #expect(world.onHand("balt", "v") == Quantity(9))
    #expect(world.order("o")?.phase == .open)
    world.run(.invoice(Invoice("o", document: "i")))
    #expect(world.order("o")?.phase == .complete)
  }

  @Test func `cancelling is cut only when it says all`() {
    let world = Self.shop()
    world.run(place("o", "p", "5", stock: 2))
    world.run(ship("o", "s", from: "balt", [OrderLine("p", Quantity(2))]))
    let four: OrderLines = [OrderLine("p", Quantity(4))]
    #expect(world.code(.cancel(Cancel("o", document: "c1", lines: four))) == .exceedsOpenQuantity)
    #expect(
      world.run(.cancel(Cancel("o", document: "c2")))
        == .moved(Moved(lines: [.init("p", Quantity(3))])))
    #expect(world.run(.cancel(Cancel("o", document: "c3"))) == .moved(Moved(lines: [])))
    #expect(world.code(.cancel(Cancel("o", document: "c4", lines: four))) == .orderState)
    world.run(place("o2", "p", "5", stock: 2))
    world.run(.cancel(Cancel("o2", document: "c5")))
    #expect(world.order("o2")?.phase == .canceled)
    #expect(world.salable("p", 2) == Quantity(53))
  }

  @Test func `what is paid cannot be cancelled`() {
    let world = Self.shop()
    world.run(place("o", "p", "5", stock: 2))
    world.run(.invoice(Invoice("o", document: "i")))
    #expect(world.run(.cancel(Cancel("o", document: "c"))) == .moved(Moved(lines: [])))
    #expect(
      world.code(.cancel(Cancel("o", document: "d", lines: [OrderLine("p", Quantity(1))])))
        == .exceedsOpenQuantity)
  }

  @Test func `fractions are cut off when goods are sold in whole units`() {
    let world = Self.shop([SettingChange(.isQuantityDecimal, flag: true)])
    world.run(place("o", "p", "2.5", stock: 2))
    world.run(
      .setProduct(ProductChange("p", settings: [SettingChange(.isQuantityDecimal, flag: false)])))
    world.run(ship("o", "s", from: "balt"))
    #expect(world.onHand("balt", "p") == Quantity(18))
    #expect(world.reserved("p", 2) == q("-0.5"))
  }

  @Test func `entries stop while stock is not managed or nothing is subtracted`() {
    let world = Self.shop()
    world.run(place("o", "p", "4", stock: 2))
    let off = ProductChange("p", settings: [SettingChange(.manageStock, flag: false)])
    world.run(.setProduct(off))
    world.run(ship("o", "s", from: "balt"))
    #expect(world.onHand("balt", "p") == Quantity(20))
    world.run(.setProduct(ProductChange("p", settings: [SettingChange(.manageStock, nil)])))
    #expect(world.reserved("p", 2) == Quantity(-4), "4 too low until compensated (14)")
    world.run(.setStore(StoreChange(settings: [SettingChange(.canSubtract, flag: false)])))
    world.run(place("o2", "p", "4", stock: 2))
    #expect(world.reserved("p", 2) == Quantity(-4))
    world.run(ship("o2", "s2", from: "balt"))
    #expect(world.onHand("balt", "p") == Quantity(16))
    #expect(world.reserved("p", 2) == Quantity(-4))
    #expect(world.violations() == [])
  }

  @Test func `a plain deduction is all or nothing and sums its lines`() {
    let world = Self.shop()
    world.product("free", [SettingChange(.manageStock, flag: false)])
    func deduct(_ document: DocumentID, _ lines: OrderLines) -> Command {
      .deduct(Deduct(order: nil, document: document, parts: [.init(source: "reno", lines: lines)]))
    }
    let eleven: OrderLines = [OrderLine("p", Quantity(5)), OrderLine("P", Quantity(6))]
    #expect(world.code(deduct("d1", eleven)) == .insufficientSourceQuantity)
    #expect(world.code(deduct("d2", [OrderLine("q", Quantity(1))])) == .sourceItemNotFound)
    #expect(
      world.code(deduct("d3", [OrderLine("p", Quantity(10)), OrderLine("free", Quantity(1))]))
        == nil)
    #expect(world.onHand("reno", "p") == .zero)
    #expect(world.code(deduct("d4", [OrderLine("p", Quantity(-3))])) == nil)
    #expect(world.onHand("reno", "p") == Quantity(3))
    #expect(world.isInStock("reno", "p") == true)
    world.item("reno", "p", Quantity(3), isInStock: false)
    #expect(world.code(deduct("d5", [OrderLine("p", Quantity(3))])) == nil, "status plays no part")
    guard case .status(let status) = world.ask(.status) else { return #expect(Bool(false)) }
    #expect(status.deducted == Quantity(13))
    #expect(status.received == Quantity(3))
  }

  @Test func `the source may be left out only when the stock has one`() {
    let world = Self.shop()
    world.run(place("o", "p", "1", stock: 2))
    #expect(world.code(ship("o", "s", from: nil)) == .sourceRequired)
    world.item("default", "p", Quantity(1))
    world.run(place("o1", "p", "1"))
    #expect(world.code(ship("o1", "s", from: nil)) == nil)
    #expect(world.onHand("default", "p") == .zero)
  }

  @Test func `one shipment may take from several sources`() {
    let world = Self.shop()
    world.run(place("o", "p", "30", stock: 2))
    let parts = [
      Deduct.Part(source: "balt", lines: [OrderLine("p", Quantity(20))]),
      Deduct.Part(source: "reno", lines: [OrderLine("p", Quantity(9))]),
      Deduct.Part(source: "balt", lines: [OrderLine("p", Quantity(1))]),
    ]
    #expect(
      world.code(.deduct(Deduct(order: "o", document: "s", parts: parts)))
        == .insufficientSourceQuantity)
    #expect(
      world.run(.deduct(Deduct(order: "o", document: "s", parts: Array(parts.prefix(2)))))
        == .moved(
          Moved(lines: [
            .init("p", Quantity(20), source: "balt"), .init("p", Quantity(9), source: "reno"),
          ])))
    #expect(world.reserved("p", 2) == Quantity(-1))
    #expect(world.violations() == [])
  }
}
