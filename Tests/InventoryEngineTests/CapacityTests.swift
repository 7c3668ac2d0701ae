// SPDX-License-Identifier: Apache-2.0

import InventoryEngine
import InventoryModel
import Testing

/// Full tables and numbers at their ends are refusals; nothing traps, nothing changes.
struct CapacityTests {
  private func world(_ change: (inout EngineOptions) -> Void) -> World {
    var options = EngineOptions()
    change(&options)
    let world = World(options)
    world.product("p")
    world.item("default", "p", Quantity(9))
    return world
  }

  private func expectFull(_ world: World, _ command: Command, _ table: String) {
    let digestBefore = (world.salable("p"), world.entries(.all))
    let refusal = world.run(command).refusal
    #expect(refusal?.code == .capacityExhausted)
    #expect(refusal?.field == table)
    #expect(world.salable("p") == digestBefore.0)
    #expect(world.entries(.all) == digestBefore.1)
    #expect(world.violations() == [])
    #expect(world.replayAgrees)
  }

  @Test func `every table says which one is full`() {
    expectFull(world { $0.skusMax = 1 }, .setProduct(ProductChange("q")), "skus")
    let row = SourceItemChange(source: .default, sku: "q", quantity: .one)
    expectFull(world { $0.skusMax = 1 }, .setSourceItems([row]), "skus")
    expectFull(world { $0.sourceItemsMax = 1 }, .setSourceItems([row]), "source_items")
    expectFull(world { $0.stockItemsMax = 1 }, .setSourceItems([row]), "stock_items")
    expectFull(
      world { $0.skusMax = 1 },
      .receive(Receive("r", source: .default, lines: [OrderLine("q", .one)])), "skus")
    expectFull(world { $0.reservationsMax = 0 }, place("o", "p", "1"), "reservations")
    expectFull(world { $0.linesMax = 0 }, hold("h", "p", "1"), "lines")
    expectFull(world { $0.entriesMax = 0 }, hold("h", "p", "1"), "entries")
    expectFull(
      world { $0.documentsMax = 0 },
      .receive(Receive("r", source: .default, lines: [OrderLine("p", .one)])), "documents")
    expectFull(world { $0.channelsMax = 1 }, .setChannel(.add("x")), "channels")
    expectFull(world { $0.stocksMax = 1 }, .setStock(StockChange(2, name: "x")), "stocks")
    let source = SourceChange(
      "x", texts: [SourceText(.name, "n"), SourceText(.country, "c"), SourceText(.postcode, "p")])
    expectFull(world { $0.sourcesMax = 1 }, .setSource(source), "sources")
  }

  @Test func `remembered ids run out and come back with time`() {
    let world = world { $0.rememberedIDsMax = 5 }
    for _ in 0..<3 { #expect(world.code(.pulse) == nil) }
    let full = world.send(place("o", "p", "1"))
    #expect(full.outcome.refusal?.field == "remembered_ids")
    #expect(full.position == 0)
    #expect(world.order("o") == nil)
    world.wait(86_400)
    #expect(world.code(place("o", "p", "1")) == nil)
    #expect(world.replayAgrees)
  }

  @Test func `expiry needs no room`() {
    let world = world { $0.entriesMax = 1 }
    #expect(world.code(hold("h", "p", "1")) == nil)
    #expect(world.code(.release(hold: "h", lines: [OrderLine("p", .one)])) == .capacityExhausted)
    world.wait(900)
    world.run(.pulse)
    #expect(world.salable("p") == Quantity(9))
    #expect(world.violations() == [])
  }

  @Test(arguments: [Int64.min, -1, 0, 1_000_000_000_000_000, .max])
  func `quantities out of range are invalid wherever they stand`(raw: Int64) {
    let world = world { _ in }
    world.source("b")
    world.item("b", "p", .one)
    world.run(place("o", "p", "1"))
    world.run(.invoice(Invoice("o", document: "i")))
    let quantity = Quantity(tenThousandths: raw)
    let lines: OrderLines = [OrderLine("p", quantity)]
    let commands: [Command] = [
      .place(Place("x", .request(ReserveRequest(.stock(1), lines)))),
      .hold(Hold("x", ReserveRequest(.stock(1), lines))),
      .release(hold: "x", lines: lines), .cancel(Cancel("o", document: "x", lines: lines)),
      .invoice(Invoice("o", document: "x", lines: lines)), ship("o", "x", from: nil, lines),
      .refund(Refund("o", document: "x", lines: [.init("p", quantity)])),
      .receive(Receive("x", source: "default", lines: lines)),
      .transfer(Transfer("x", from: "default", to: "b", .quantities(lines))),
      .adjust(Adjust(source: "default", sku: "p", .by(quantity))),
    ]
    for command in commands where !(raw == -1 && isAdjustment(command)) {
      #expect(world.run(command).refusal?.code == .invalid, "\(command)")
    }
    #expect(world.violations() == [])
  }

  private func isAdjustment(_ command: Command) -> Bool {
    if case .adjust = command { return true }
    return false
  }

  @Test func `sums of the largest quantities are refused before they overflow`() {
    let world = world { _ in }
    let most: OrderLines = [OrderLine("p", .requestMax)]
    world.run(
      .setProduct(
        ProductChange(
          "p",
          settings: [
            SettingChange(.backorders, 1), SettingChange(.maxSaleQuantity, 0),
            SettingChange(.isQuantityDecimal, flag: true),
          ])))
    let twice: OrderLines = [OrderLine("p", .requestMax), OrderLine("P", .requestMax)]
    #expect(
      world.run(.place(Place("t", .request(ReserveRequest(.stock(1), twice))))).refusal?.field
        == "qty")
    var granted = 0
    for number in 0..<4_200 {
      let order = Place(
        DocumentID("o\(number)"), .request(ReserveRequest(.stock(1), most)))
      guard let refusal = world.run(.place(order)).refusal else {
        granted += 1
        continue
      }
      #expect(refusal.field == "qty")
      break
    }
    #expect(granted == 4_000)
    #expect(world.salable("p") != nil)
    let receipt = world.run(.receive(Receive("r", source: "default", lines: most)))
    #expect(receipt.refusal?.field == "qty")
    #expect(world.code(.cancel(Cancel("o0", document: "c"))) == nil)
    #expect(world.violations() == [])
  }

  @Test func `an earlier time is no time, and the last one is bearable`() {
    var engine = Engine()
    func apply(_ command: Command, at nanoseconds: Int64, _ number: UInt64) -> Outcome {
      engine.apply(
        command, id: CommandID(low: number, high: 1), bodyDigest: number, position: number,
        timestamp: Timestamp(nanoseconds: nanoseconds)
      ).outcome
    }
    _ = apply(.setProduct(ProductChange("p")), at: .max - 5, 1)
    let item = SourceItemChange(source: .default, sku: "p", quantity: Quantity(9))
    _ = apply(.setSourceItems([item]), at: .min, 2)
    let far = Reserved(expiresAt: Timestamp(nanoseconds: .max))
    #expect(apply(hold("h", "p", "1"), at: 0, 3) == .reserved(far))
    _ = apply(.pulse, at: .max, 4)
    guard case .reservation(let view) = engine.answer(.hold("h")) else {
      return #expect(Bool(false))
    }
    #expect(view.phase == .expired)
    expect(engine.violations() == [])
  }

  @Test func `a digest that differs is refused and one that agrees is not`() {
    let world = world { _ in }
    let digest = world.engine.digest()
    #expect(world.send(.digest(digest), id: CommandID.none).outcome == .done)
    let other = world.send(.digest(digest), id: CommandID.none).outcome
    #expect(other.refusal?.code == .internalError, "position and time have moved on")
  }
}
