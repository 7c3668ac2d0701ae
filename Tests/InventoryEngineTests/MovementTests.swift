// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

/// Section 11 of the rules, receipts, and adjustments of 18.8.
struct MovementTests {
  private func world() -> World {
    let world = World()
    world.product("p")
    world.source("a", stock: 2)
    world.source("b", stock: 3)
    return world
  }

  private func item(
    _ sku: SKU = "p", _ source: SourceCode = "a", _ quantity: Quantity = Quantity(1),
    notify: Quantity? = nil
  ) -> SourceItemChange {
    SourceItemChange(source: source, sku: sku, quantity: quantity, notifyQuantity: notify)
  }

  @Test func `source items are set all or none`() {
    let world = world()
    world.product("box", type: .grouped)
    func refusal(_ change: SourceItemChange) -> Refusal? {
      world.run(.setSourceItems([item("first"), change])).refusal
    }
    #expect(refusal(item(" p"))?.field == "sku")
    #expect(refusal(item(""))?.field == "sku")
    #expect(refusal(item("p", "a b"))?.field == "source")
    #expect(refusal(item("p", "a", q("-0.0001")))?.field == "qty")
    #expect(refusal(item("p", "a", .zero, notify: Quantity(-1)))?.field == "notify")
    #expect(refusal(item("p", "nowhere"))?.code == .unknownSource)
    #expect(refusal(item("box"))?.code == .compositeHasNoQuantity)
    #expect(world.code(.setSourceItems([])) == .emptyInput)
    #expect(world.onHand("a", "first") == nil)
    #expect(world.run(.setSourceItems([item("first"), item("p"), item("P")])) == .counted(2))
    #expect(world.violations() == [])
  }

  @Test func `an omitted notify quantity keeps the old one, removal forgets it`() {
    let world = world()
    func row() -> SourceItemRow? {
      guard case .sourceItems(let rows, _) = world.ask(.sourceItems("p")) else { return nil }
      return rows.first
    }
    world.run(.setSourceItems([item(notify: Quantity(7))]))
    world.run(.setSourceItems([item("p", "a", Quantity(9))]))
    #expect(row()?.notifyQuantity == Quantity(7))
    #expect(row()?.quantity == Quantity(9))
    let keys = [
      SourceItemKey(source: "a", sku: "P"), SourceItemKey(source: "b", sku: "p"),
      SourceItemKey(source: "a", sku: "ghost"),
    ]
    #expect(world.run(.removeSourceItems(keys)) == .counted(1))
    #expect(row() == nil)
    world.run(.setSourceItems([item()]))
    #expect(row()?.notifyQuantity == nil)
    #expect(world.code(.removeSourceItems([])) == .emptyInput)
    #expect(
      world.code(.removeSourceItems([SourceItemKey(source: "x", sku: "p")])) == .unknownSource)
  }

  @Test func `a product that becomes composite loses its items when synchronised`() {
    let world = world()
    world.item("a", "p", Quantity(5))
    world.run(
      .setStore(StoreChange(settings: [SettingChange(.synchronizeWithCatalog, flag: false)])))
    world.run(.setProduct(ProductChange("p", type: .bundle)))
    #expect(world.onHand("a", "p") == Quantity(5))
    world.run(.setStore(StoreChange(settings: [SettingChange(.synchronizeWithCatalog, nil)])))
    world.run(.setProduct(ProductChange("p", type: .configurable)))
    #expect(world.onHand("a", "p") == nil)
    #expect(world.violations() == [])
  }

  @Test func `goods arrive, also where the SKU was never seen`() {
    let world = world()
    let lines: OrderLines = [
      OrderLine("p", Quantity(2)), OrderLine("new", Quantity(1)), OrderLine("P", Quantity(1)),
    ]
    #expect(
      world.run(.receive(Receive("d", source: "a", lines: lines)))
        == .moved(
          Moved(lines: [
            .init("p", Quantity(3), source: "a"), .init("new", Quantity(1), source: "a"),
          ])))
    #expect(world.isInStock("a", "new") == true)
    #expect(world.code(.receive(Receive("e", source: "a", lines: []))) == .emptyInput)
    #expect(world.code(.receive(Receive("e", source: "x", lines: lines))) == .unknownSource)
  }

  @Test func `an adjustment states a difference or a count and may expect a version`() {
    let world = world()
    world.item("a", "p", Quantity(5))
    func adjust(_ change: Adjust.Change, version: Position? = nil) -> Command {
      .adjust(Adjust(source: "a", sku: "p", change, expectedVersion: version))
    }
    guard case .sourceItems(let rows, _) = world.ask(.sourceItems("p")) else {
      return #expect(Bool(false))
    }
    let version = rows[0].version
    #expect(world.code(adjust(.by(Quantity(-2)), version: version)) == nil)
    #expect(world.code(adjust(.by(Quantity(1)), version: version)) == .staleVersion)
    #expect(world.code(adjust(.by(Quantity(-4)), version: version)) == .insufficientSourceQuantity)
    #expect(world.code(adjust(.count(.zero))) == nil)
    #expect(world.onHand("a", "p") == .zero)
    #expect(world.isInStock("a", "p") == true)
    for change in [.by(.zero), .count(Quantity(-1)), .count(Quantity(tenThousandths: .max))]
      as [Adjust.Change]
    {
      #expect(world.run(adjust(change)).refusal?.field == "qty")
    }
    #expect(
      world.code(.adjust(Adjust(source: "b", sku: "p", .count(.one)))) == .sourceItemNotFound)
  }

  private func all(_ skus: [SKU], unassigns: Bool = false) -> Transfer.Goods {
    .everything(skus, unassigns: unassigns)
  }

  private func move(
    _ document: DocumentID, _ goods: Transfer.Goods, from: SourceCode = "a", to: SourceCode = "b"
  ) -> Command {
    .transfer(Transfer(document, from: from, to: to, goods))
  }

  @Test func `everything moves with status and notify quantity`() {
    let world = world()
    world.run(.setSourceItems([item("p", "a", Quantity(7), notify: Quantity(2))]))
    world.item("b", "p", Quantity(3), isInStock: false)
    #expect(
      world.run(move("t", all(["p", "P", "ghost"])))
        == .moved(Moved(lines: [.init("p", Quantity(7), source: "b")])))
    #expect(world.onHand("a", "p") == .zero)
    #expect(world.isInStock("a", "p") == false)
    #expect(world.onHand("b", "p") == Quantity(10))
    #expect(world.isInStock("b", "p") == true, "the origin's status")
    guard case .sourceItems(let rows, _) = world.ask(.sourceItems("p")) else {
      return #expect(Bool(false))
    }
    #expect(rows.last?.notifyQuantity == Quantity(2))
    world.run(move("u", all(["p"], unassigns: true), from: "b", to: "default"))
    #expect(world.onHand("b", "p") == nil)
    #expect(world.salable("p", 1) == Quantity(10))
    #expect(world.violations() == [])
  }

  @Test func `what is out of stock makes the destination so`() {
    let world = world()
    world.item("a", "p", Quantity(7), isInStock: false)
    world.item("b", "p", Quantity(3))
    world.run(move("t", all(["p"])))
    #expect(world.isInStock("b", "p") == false)
    #expect(world.salable("p", 3) == .zero)
  }

  @Test func `a part moves between existing items and puts the destination in stock`() {
    let world = world()
    world.item("a", "p", Quantity(7))
    world.item("b", "p", Quantity(3), isInStock: false)
    func part(_ quantity: Int, _ sku: SKU = "p") -> Transfer.Goods {
      .quantities([OrderLine(sku, Quantity(quantity)), OrderLine(sku, Quantity(1))])
    }
    #expect(world.code(move("t", part(7))) == .transferQuantityNotAvailable)
    #expect(world.code(move("t", part(1, "new"))) == .sourceItemNotFound)
    #expect(world.run(move("t", part(-1))).refusal?.field == "qty")
    #expect(world.code(move("t", part(6))) == nil)
    #expect(world.onHand("a", "p") == .zero)
    #expect(world.isInStock("a", "p") == true)
    #expect(world.isInStock("b", "p") == true)
    #expect(world.salable("p", 3) == Quantity(10))
    #expect(world.violations() == [])
  }

  @Test func `the ends of a transfer are tested in order`() {
    let world = world()
    #expect(world.run(move("t", all([]), from: "x", to: "x")).refusal?.field == "skus")
    #expect(world.code(move("t", all(["p"]), from: "x", to: "x")) == .sameSource)
    #expect(world.code(move("t", all(["p"]), from: "x", to: "y")) == .unknownOrigin)
    #expect(world.code(move("t", all(["p"]), from: "a", to: "y")) == .unknownDestination)
    #expect(world.run(move("t", .quantities([]))).refusal?.field == "items")
  }
}
