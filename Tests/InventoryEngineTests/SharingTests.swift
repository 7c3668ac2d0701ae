// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import InventoryEngine

/// 18.2: one source shared by several stocks.
@Suite struct SharingTests {
  /// Stock 10 (X) sells from A and B, stock 20 (Y) from B.
  private func world(a: Quantity = 10, b: Quantity = 5) -> World {
    let world = World()
    world.product("p")
    world.source("A", stock: 10)
    world.source("B", stock: 10, priority: 2)
    world.source("B", stock: 20)
    world.item("A", "p", a)
    world.item("B", "p", b)
    return world
  }

  private func order(
    _ world: World, _ id: DocumentID, _ stock: StockID, _ quantity: Quantity
  ) -> Outcome {
    world.run(
      .place(Place(id, .request(ReserveRequest(.stock(stock), [OrderLine("p", quantity)])))))
  }

  private func ship(
    _ world: World, _ id: DocumentID, _ parts: [(SourceCode, Quantity)],
    manner: Deduct.Manner = .usual
  ) -> RefusalCode? {
    world.code(
      .deduct(
        Deduct(
          order: id, document: DocumentID("s-\(id)-\(parts.count)-\(manner)"),
          parts: parts.map { .init(source: $0.0, lines: [OrderLine("p", $0.1)]) }, manner: manner)))
  }

  @Test func `what one stock sells of shared goods the other does not see any more`() {
    let world = world()
    #expect(world.salable("p", 10) == 15)
    #expect(world.salable("p", 20) == 5)
    #expect(order(world, "o", 10, 12).refusal == nil)
    #expect(world.salable("p", 20) == 3)
    #expect(order(world, "o2", 10, 3).refusal == nil)
    #expect(world.salable("p", 20) == 0)
    #expect(order(world, "o3", 20, 1).refusal?.code == .notEnoughQuantity)
    #expect(world.violations() == [])
  }

  @Test func `the smallest set of stocks decides`() {
    let world = world()
    _ = order(world, "x", 10, 8)
    _ = order(world, "y", 20, 5)
    #expect(world.salable("p", 10) == 2)
    #expect(world.salable("p", 20) == 0)
    let explanation = world.explanation("p", 10)
    #expect(explanation?.takenElsewhere == 5)
    #expect(world.replayAgrees)
  }

  @Test func `the independent profile restores the seed's arithmetic, and joint comes back`() {
    let world = world()
    _ = order(world, "x", 10, 15)
    world.run(.setStore(StoreChange(settings: [SettingChange(.independentStocks, flag: true)])))
    #expect(world.salable("p", 20) == 5)
    world.run(.setStore(StoreChange(settings: [SettingChange(.independentStocks, flag: false)])))
    #expect(world.salable("p", 20) == 0)
    #expect(world.violations() == [])
  }

  @Test func `a shipment that would strand another stock is refused unless forced`() {
    let world = world()
    _ = order(world, "x", 10, 12)
    _ = order(world, "y", 20, 3)
    #expect(ship(world, "x", [("B", 5)]) == .breaksPromise)
    #expect(ship(world, "x", [("A", 10), ("B", 2)]) == nil)
    #expect(world.violations() == [])
    #expect(ship(world, "y", [("B", 3)]) == nil)
    #expect(world.salable("p", 10) == 0)

    let other = self.world()
    _ = order(other, "x", 10, 12)
    _ = order(other, "y", 20, 3)
    #expect(ship(other, "x", [("B", 5)], manner: .forced) == nil)
    #expect(other.onHand("B", "p") == 0)
    #expect(other.violations() == [])
  }

  @Test func `a recount takes nothing back, and the stream names who is overpromised`() {
    let world = world()
    _ = order(world, "x", 10, 12)
    _ = order(world, "y", 20, 3)
    world.item("A", "p", 0)
    #expect(world.reserved("p", 10) == -12)
    #expect(world.salable("p", 10) == 0)
    guard case .changes(let rows, _, _) = world.ask(.changes(after: 0, limit: 100)) else {
      Issue.record("no changes")
      return
    }
    let last = rows.last { $0.stock == 10 }
    #expect(last?.after.isOverpromised == true)
    #expect(last?.before.isOverpromised == false)
    #expect(world.violations() == [])
  }

  @Test func `what waits is promoted first come, first served`() {
    let world = world(a: 0, b: 5)
    world.run(
      .setProduct(ProductChange("p", settings: [SettingChange(.backorderLimit, quantity: 20)])))
    _ = order(world, "x", 10, 8)
    _ = order(world, "y", 20, 4)
    // X took the 5, 3 of it and all of Y wait; each against its own limit of 20.
    #expect(world.salable("p", 10) == 17)
    #expect(world.salable("p", 20) == 16)
    world.item("B", "p", 9)
    // 4 came: 3 for X, 1 for Y.
    #expect(world.salable("p", 10) == 20)
    #expect(world.salable("p", 20) == 17)
    world.item("A", "p", 8)
    // Goods that only X can use free B for Y.
    #expect(world.salable("p", 20) == 25)
    #expect(world.violations() == [])
    #expect(world.replayAgrees)
  }

  @Test func `sharing begins and ends with links`() {
    let world = World()
    world.product("p")
    world.source("A", stock: 10)
    world.source("B", stock: 20)
    world.item("A", "p", 10)
    world.item("B", "p", 5)
    _ = order(world, "x", 10, 8)
    world.run(.linkSource(StockSourceLink(stock: 20, source: "A", priority: 1)))
    #expect(world.salable("p", 20) == 7)
    #expect(world.salable("p", 10) == 2)
    world.run(.setSource(SourceChange("B", isEnabled: false)))
    #expect(world.salable("p", 20) == 2)
    world.run(.unlinkSource(stock: 20, source: "A"))
    #expect(world.salable("p", 20) == 0)
    #expect(world.salable("p", 10) == 2)
    #expect(world.violations() == [])
    #expect(world.replayAgrees)
  }

  @Test func `trying all sets and a flow give the same number`() {
    var random = SplitMix(seed: 11)
    for round in 0..<2_000 {
      var sharing = Sharing()
      let stocks = 2 + random.below(6)
      for stock in 0..<stocks {
        sharing.promises.append(
          .init(stock: UInt16(stock), quantity: Int64(random.below(3) == 0 ? 0 : random.below(20))))
      }
      for pool in 0..<(1 + random.below(6)) {
        let serves = (0..<stocks).filter { _ in random.below(2) == 0 }
        sharing.pools.append(
          .init(
            source: UInt16(pool), quantity: Int64(random.below(25)),
            serves: ContiguousArray(serves)))
      }
      let all = ContiguousArray(1..<stocks).filter { sharing.promises[$0].quantity > 0 }
      let group = ContiguousArray(all)
      #expect(
        sharing.physicalBySets(0, group) == sharing.physicalByFlow(0, group), "round \(round)")
    }
  }

  @Test func `random sales over shared sources never promise what cannot be served`() {
    for seed in UInt64(1)...40 {
      var random = SplitMix(seed: seed)
      let world = World()
      world.product("p")
      for stock in 1...3 {
        for source in 0..<4 where random.below(2) == 0 {
          world.source(
            SourceCode("s\(source)"), stock: StockID(Int32(stock * 10)), priority: Int32(source + 1)
          )
        }
      }
      for source in 0..<4 {
        world.source(SourceCode("s\(source)"))
        world.item(SourceCode("s\(source)"), "p", Quantity(random.below(12)))
      }
      for step in 0..<60 {
        let stock = StockID(Int32((1 + random.below(3)) * 10))
        let id = DocumentID("o\(step)")
        switch random.below(4) {
        case 0: world.run(.cancel(Cancel(DocumentID("o\(random.below(60))"), document: id)))
        case 1:
          world.run(
            .deduct(
              Deduct(
                order: DocumentID("o\(random.below(60))"), document: id,
                parts: [.init(source: SourceCode("s\(random.below(4))"))])))
        default: _ = order(world, id, stock, Quantity(1 + random.below(6)))
        }
        let sharing = world.engine.sharing(of: world.engine.skus.find("p"))
        for place in sharing.promises.indices where sharing.promises[place].quantity > 0 {
          #expect(sharing.physical(place) >= 0, "seed \(seed), step \(step)")
        }
        #expect(world.violations() == [], "seed \(seed), step \(step)")
      }
      #expect(world.replayAgrees, "seed \(seed)")
    }
  }
}

/// A seeded source of numbers.
struct SplitMix {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
