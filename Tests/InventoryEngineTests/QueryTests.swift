// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

struct QueryTests {
  @Test func `pages of source items and on-hand quantities resume after any row`() {
    let world = World()
    world.source("b")
    world.source("a")
    var expected: [String] = []
    for number in 0..<60 {
      let sku = SKU(number % 2 == 0 ? "Item-\(100 + number)" : "item-\(100 + number)")
      for source in ["b", "a", "default"] as [SourceCode] where (number + source.text.count) % 4 > 0
      {
        world.item(source, sku, Quantity(number + 1))
      }
      for source in ["a", "b", "default"] where (number + source.count) % 4 > 0 {
        expected.append("\(sku) \(source)")
      }
    }
    var listed: [String] = []
    var key: SourceItemKey?
    while true {
      guard
        case .sourceItems(let rows, let isLast) = world.ask(.sourceItemPage(after: key, limit: 7))
      else { return #expect(Bool(false)) }
      listed += rows.map { "\($0.sku) \($0.source)" }
      key = rows.last.map { SourceItemKey(source: $0.source, sku: SKU($0.sku.text.uppercased())) }
      if isLast { break }
      #expect(rows.count == 7)
    }
    #expect(listed == expected)
    var sums: [Quantity] = []
    var after: SKU?
    while true {
      guard case .onHand(let rows, let isLast) = world.ask(.onHandPage(after: after, limit: 11))
      else { return #expect(Bool(false)) }
      sums += rows.map(\.quantity)
      after = rows.last?.sku
      if isLast { break }
    }
    #expect(sums.count == 60)
    #expect(sums[1] == Quantity(4), "two sources of 2")
    #expect(world.ask(.onHandPage(after: "zzz", limit: 5)) == .onHand([], isLast: true))
    #expect(world.ask(.onHandPage(after: nil, limit: 0)).refusal?.field == "limit")
  }

  @Test func `a number is explained by sources, holds and orders`() {
    let world = World()
    world.product("p", [SettingChange(.outOfStockThreshold, quantity: Quantity(2))])
    world.source("near", stock: 2, priority: 2)
    world.source("far", stock: 2, priority: 1)
    world.item("near", "p", Quantity(20))
    world.item("far", "p", Quantity(7), isInStock: false)
    world.run(hold("h", "p", "3", stock: 2))
    world.run(place("o", "p", "4", stock: 2))
    world.run(place("gone", "p", "5", stock: 2))
    world.run(.cancel(Cancel("gone", document: "c")))
    guard case .explanation(let all) = world.ask(.explain("P", stock: nil)) else {
      return #expect(Bool(false))
    }
    let salable = SalableRow(sku: "p", isSalable: true, quantity: Quantity(11))
    #expect(
      all == [
        Explanation(
          stock: 2, sku: "p", salable: salable, isManaged: true, onHand: Quantity(20),
          reserved: Quantity(-7), threshold: Quantity(2), backorders: .notAllowed,
          sources: [
            .init(source: "far", isEnabled: true, isInStock: false, quantity: Quantity(7)),
            .init(source: "near", isEnabled: true, isInStock: true, quantity: Quantity(20)),
          ],
          claims: [
            .init(kind: .hold, id: "h", quantity: Quantity(-3)),
            .init(kind: .order, id: "o", quantity: Quantity(-4)),
          ], claimsLeftOut: 0)
      ])
    #expect(world.ask(.explain("ghost", stock: nil)).refusal?.code == .noSuchProduct)
    #expect(world.ask(.explain("p", stock: 9)).refusal?.code == .unknownStock)
  }

  @Test func `claims beyond a page are counted`() {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(10_000))
    for number in 0..<4_100 { world.run(place(DocumentID("o\(number)"), "p", "1")) }
    let explanation = world.explanation("p")
    #expect(explanation?.claims.count == 4_096)
    #expect(explanation?.claims.first?.id == "o0")
    #expect(explanation?.claimsLeftOut == 4)
    #expect(world.violations() == [])
  }

  @Test func `entries are listed by all, SKU, order and hold, in pages`() {
    let world = World()
    for sku in ["p", "r"] as [SKU] {
      world.product(sku)
      world.item("default", sku, Quantity(90))
    }
    for number in 0..<6 {
      world.run(place(DocumentID("o\(number)"), number % 2 == 0 ? "p" : "r", "2"))
    }
    let one: OrderLines = [OrderLine("p", .one)]
    world.run(ship("o0", "s1", from: nil, one))
    world.run(ship("o0", "s2", from: nil, one))
    func page(_ filter: EntryFilter, _ after: UInt64) -> ([UInt64], Bool) {
      guard
        case .entries(let rows, let isLast) = world.ask(.entries(filter, after: after, limit: 2))
      else { return ([], false) }
      return (rows.map(\.id), isLast)
    }
    #expect(page(.all, 0) == ([1, 2], false))
    #expect(page(.all, 6) == ([7, 8], true))
    #expect(page(.sku("R"), 0) == ([2, 4], false))
    #expect(page(.sku("r"), 4) == ([6], true))
    #expect(page(.sku("ghost"), 0) == ([], true))
    #expect(page(.order("o0"), 0) == ([1, 7], false))
    #expect(page(.order("o0"), 7) == ([8], true))
    #expect(world.ask(.entries(.order("x"), after: 0, limit: 2)).refusal?.code == .unknownOrder)
    #expect(world.ask(.entries(.hold("x"), after: 0, limit: 2)).refusal?.code == .unknownHold)
  }

  @Test func `settled entries of a final order are tidied away after a day`() {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(9))
    world.run(place("o", "p", "2"))
    world.run(place("stays", "p", "2"))
    world.run(ship("o", "s", from: nil))
    world.wait(86_400)
    let before = world.reserved("p")
    world.run(.pulse)
    #expect(world.entries(.all) == ["order_placed -2"])
    #expect(world.reserved("p") == before)
    #expect(world.order("o")?.phase == .complete, "the order itself stays")
    #expect(world.code(place("o", "p", "1")) == .duplicateOrder)
    #expect(world.violations() == [])
  }

  @Test func `status counts what there is`() {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(9))
    world.run(hold("h", "p", "1"))
    world.run(place("o", "p", "2"))
    world.run(ship("o", "s", from: nil))
    world.run(place("open", "p", "1"))
    world.run(
      .receive(Receive("r", source: "default", lines: [OrderLine("p", Quantity(5))])))
    #expect(
      world.ask(.status)
        == .status(
          ServerStatus(
            position: 7, time: world.now, skuCount: 1, sourceItemCount: 1, activeHoldCount: 1,
            openOrderCount: 1, rememberedIDCount: 7, entryCount: 4, deducted: Quantity(2),
            received: Quantity(5))))
  }

  @Test func `views show names as they were created`() {
    let world = World()
    world.item("default", "loose-sku", Quantity(9))
    #expect(world.ask(.product("LOOSE-SKU")).refusal?.code == .noSuchProduct)
    world.product("Loose-SKU")
    guard case .product(let view) = world.ask(.product("LOOSE-sku")) else {
      return #expect(Bool(false))
    }
    #expect(view.sku.text == "Loose-SKU", "the catalogue's spelling")
    #expect(view.type == .simple && view.isEnabled && view.isInStock)
    guard case .sourceItems(let rows, _) = world.ask(.sourceItems("loose-sku")) else {
      return #expect(Bool(false))
    }
    #expect(rows[0].sku.text == "Loose-SKU")
    guard case .store(let store) = world.ask(.store) else { return #expect(Bool(false)) }
    #expect(store.settings.count == 29)
    #expect(world.ask(.order("x")).refusal?.code == .unknownOrder)
    #expect(world.ask(.hold("x")).refusal?.code == .unknownHold)
    #expect(world.ask(.salable(.channel("x"), [])).refusal?.code == .unknownChannel)
  }
}

extension Answer {
  fileprivate var refusal: Refusal? {
    if case .refused(let refusal) = self { return refusal }
    return nil
  }
}
