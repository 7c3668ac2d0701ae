// SPDX-License-Identifier: Apache-2.0

import InventoryEngine
import InventoryModel
import Testing

/// Section 18.1 of the rules.
struct HoldTests {
  enum State: String, CaseIterable, Sendable {
    case active, expired, released, placed, unknown, forgotten
  }

  /// A hold "h" of 4 of 10, in one of the states, 900 seconds long.
  private func world(_ state: State) -> World {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(10))
    if state != .unknown { world.run(hold("h", "p", "4")) }
    switch state {
    case .active, .unknown: break
    case .expired: world.wait(900)
    case .released: world.run(.release(hold: "h", lines: []))
    case .placed: world.run(.place(Place("o", .hold("h", lines: [], reacquires: true))))
    case .forgotten:
      world.run(.release(hold: "h", lines: []))
      world.wait(86_400)
    }
    return world
  }

  @Test(arguments: State.allCases) func `each cell of extend`(state: State) {
    let expected: RefusalCode? =
      switch state {
      case .active: nil
      case .expired: .holdExpired
      case .released, .placed: .holdClosed
      case .unknown, .forgotten: .unknownHold
      }
    #expect(world(state).code(.extend(hold: "h", seconds: 1_000)) == expected)
  }

  @Test(arguments: State.allCases) func `each cell of release`(state: State) {
    let world = world(state)
    let entries = world.entries(.all).count
    let outcome = world.run(.release(hold: "h", lines: []))
    switch state {
    case .active:
      #expect(outcome == .moved(Moved(lines: [.init("p", Quantity(4))])))
      #expect(world.entries(.hold("h")) == ["hold_created -4", "hold_released 4"])
    case .expired:
      #expect(outcome == .moved(Moved(lines: [])))
      #expect(world.entries(.hold("h")) == ["hold_created -4", "hold_expired 4"])
    case .released, .placed:
      #expect(outcome.refusal?.code == .holdClosed)
      #expect(world.entries(.all).count == entries)
    case .unknown, .forgotten: #expect(outcome.refusal?.code == .unknownHold)
    }
    if state != .placed { #expect(world.salable("p") == Quantity(10)) }
    #expect(world.violations() == [])
  }

  @Test(arguments: State.allCases, [true, false])
  func `each cell of place`(state: State, reacquires: Bool) {
    let world = world(state)
    let outcome = world.run(.place(Place("new", .hold("h", lines: [], reacquires: reacquires))))
    switch state {
    case .active:
      #expect(outcome == .reserved(Reserved(expiresAt: nil)))
      #expect(world.entries(.hold("h")) == ["hold_created -4", "hold_converted 4"])
      #expect(world.entries(.order("new")) == ["order_placed -4"])
      #expect(world.hold("h")?.phase == .converted)
    case .expired:
      if reacquires {
        #expect(outcome == .reserved(Reserved(expiresAt: nil, isReacquired: true)))
        #expect(world.salable("p") == Quantity(6))
      } else {
        #expect(outcome.refusal?.code == .holdExpired)
      }
    case .released, .placed: #expect(outcome.refusal?.code == .holdClosed)
    case .unknown, .forgotten: #expect(outcome.refusal?.code == .unknownHold)
    }
    #expect(world.violations() == [])
  }

  @Test func `the worked example`() {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(10))
    world.run(hold("a", "p", "8"))
    #expect(world.salable("p") == Quantity(2))
    let refusal = world.run(hold("b", "p", "3")).refusal
    #expect(refusal?.code == .notEnoughQuantity)
    #expect(refusal?.available == Quantity(2))
    world.run(.adjust(Adjust(source: "default", sku: "p", .count(Quantity(5)))))
    #expect(
      world.explanation("p").map { $0.onHand.tenThousandths + $0.reserved.tenThousandths }
        == -30_000)
    #expect(world.code(.place(Place("o", .hold("a", lines: [], reacquires: false)))) == nil)
    #expect(world.reserved("p") == Quantity(-8))
  }

  @Test func `what expired first is taken afresh under the rules of the moment`() {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(10))
    world.run(hold("a", "p", "8"))
    world.run(.adjust(Adjust(source: "default", sku: "p", .count(Quantity(5)))))
    world.wait(900)
    let refusal = world.run(.place(Place("o", .hold("a", lines: [], reacquires: true)))).refusal
    #expect(refusal?.code == .notEnoughQuantity)
    #expect(refusal?.available == Quantity(5))
    let five: OrderLines = [OrderLine("p", Quantity(5))]
    #expect(world.code(.place(Place("o", .hold("a", lines: five, reacquires: true)))) == nil)
    #expect(world.order("o")?.lines.map(\.ordered) == [Quantity(5)])
    #expect(world.violations() == [])
  }

  @Test func `a hold is expired at its deadline and not a nanosecond before`() {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(10))
    let made = world.now
    world.run(hold("a", "p", "10", seconds: 60))
    #expect(world.engine.nextDeadline == made.adding(seconds: 60))
    let almost = Timestamp(nanoseconds: made.adding(seconds: 60).nanoseconds - 1)
    _ = world.engine.apply(
      .pulse, id: .none, bodyDigest: 0, position: 900, timestamp: almost)
    #expect(world.hold("a")?.phase == .held)
    world.wait(60)
    #expect(world.code(hold("b", "p", "10")) == nil, "the goods are free for any command")
    #expect(world.hold("a")?.phase == .expired)
    #expect(world.engine.nextDeadline == world.now.adding(seconds: 900))
  }

  @Test func `a hold is extended up to its longest life and never shortened`() {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(10))
    let made = world.now
    world.run(hold("a", "p", "1"))
    #expect(
      world.run(.extend(hold: "a", seconds: 60)) == .extended(until: made.adding(seconds: 900)))
    world.wait(600)
    #expect(
      world.run(.extend(hold: "a", seconds: 900)) == .extended(until: made.adding(seconds: 1_500)))
    #expect(
      world.run(.extend(hold: "a", seconds: 86_400))
        == .extended(until: made.adding(seconds: 7_200)))
    world.run(.setStore(StoreChange(settings: [SettingChange(.holdLifetimeSeconds, 100)])))
    #expect(
      world.run(.extend(hold: "a", seconds: 900)) == .extended(until: made.adding(seconds: 7_200)))
    world.run(hold("long", "p", "1", seconds: 86_400))
    #expect(
      world.run(.extend(hold: "long", seconds: 86_400))
        == .extended(until: world.now.adding(seconds: 86_400)))
    for seconds in [0, -1, 86_401] as [Int64] {
      #expect(world.run(.extend(hold: "a", seconds: seconds)).refusal?.field == "seconds")
      #expect(world.run(hold("x", "p", "1", seconds: seconds)).refusal?.field == "seconds")
    }
    #expect(world.violations() == [])
  }

  @Test func `placing a part releases the rest`() {
    let world = World()
    world.product("p")
    world.product("r")
    world.item("default", "p", Quantity(10))
    world.item("default", "r", Quantity(10))
    let both: OrderLines = [OrderLine("p", Quantity(4)), OrderLine("r", Quantity(2))]
    world.run(.hold(Hold("h", ReserveRequest(.channel(.base), both))))
    let more: OrderLines = [OrderLine("p", Quantity(5))]
    #expect(
      world.code(.place(Place("o", .hold("h", lines: more, reacquires: true))))
        == .exceedsOpenQuantity)
    let part: OrderLines = [OrderLine("p", Quantity(3))]
    #expect(world.code(.place(Place("o", .hold("h", lines: part, reacquires: true)))) == nil)
    #expect(world.salable("p") == Quantity(7))
    #expect(world.salable("r") == Quantity(10))
    #expect(
      world.entries(.hold("h")) == [
        "hold_created -4", "hold_created -2", "hold_converted 3", "hold_released 1",
        "hold_released 2",
      ])
    #expect(world.violations() == [])
  }

  @Test func `a hold is released in parts`() {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(10))
    world.run(hold("h", "p", "4"))
    #expect(
      world.code(.release(hold: "h", lines: [OrderLine("p", Quantity(5))])) == .exceedsOpenQuantity)
    world.run(.release(hold: "h", lines: [OrderLine("p", Quantity(3))]))
    #expect(world.salable("p") == Quantity(9))
    #expect(world.hold("h")?.lines.first?.canceled == Quantity(3))
    #expect(
      world.code(.release(hold: "h", lines: [OrderLine("q", Quantity(1))])) == .exceedsOpenQuantity)
    world.run(.release(hold: "h", lines: [OrderLine("p", Quantity(1))]))
    #expect(world.hold("h")?.phase == .released)
    #expect(world.violations() == [])
  }

  @Test func `a hold gives back what it took, whatever the settings are by then`() {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(10))
    world.run(hold("a", "p", "4"))
    world.run(.setProduct(ProductChange("p", settings: [SettingChange(.manageStock, flag: false)])))
    world.run(hold("b", "p", "4"))
    world.run(.setProduct(ProductChange("p", settings: [SettingChange(.manageStock, nil)])))
    world.wait(900)
    world.run(.pulse)
    #expect(world.reserved("p") == .zero)
    #expect(world.entries(.hold("b")) == [])
    #expect(world.violations() == [])
  }

  @Test func `a closed hold is forgotten with its entries after a day`() {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(10))
    world.run(hold("h", "p", "4"))
    world.run(.release(hold: "h", lines: []))
    world.wait(86_399)
    #expect(world.code(hold("h", "p", "1", seconds: 5)) == .duplicateDocument)
    world.wait(1)
    #expect(world.code(hold("h", "p", "1", seconds: 5)) == nil, "the id is free again")
    #expect(world.entries(.all) == ["hold_created -1"])
    #expect(world.violations() == [])
  }

  @Test func `a customer may have only so many open holds`() {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(10))
    world.run(.setStore(StoreChange(settings: [SettingChange(.holdsPerCustomerMax, 1)])))
    func hold(_ id: DocumentID, _ customer: CustomerID?, _ quantity: Int = 1) -> Command {
      let lines: OrderLines = [OrderLine("p", Quantity(quantity))]
      return .hold(Hold(id, ReserveRequest(.channel(.base), lines, customer: customer)))
    }
    #expect(world.code(hold("a", "ann")) == nil)
    #expect(world.code(hold("b", "ann")) == .customerLimit)
    #expect(world.code(hold("b", "ann", 99)) == .customerLimit, "before not_enough_qty")
    #expect(world.code(hold("c", "bob")) == nil)
    #expect(world.code(hold("d", nil)) == nil)
    world.run(.place(Place("o", .hold("a", lines: [], reacquires: true))))
    #expect(world.code(hold("e", "ann")) == nil)
    #expect(world.order("o")?.customer == "ann")
    #expect(world.violations() == [])
  }
}
