// SPDX-License-Identifier: Apache-2.0

import InventoryEngine
import InventoryModel
import Testing

/// Section 15 of the rules: of several refusals that apply, the first of the list wins. Each table
/// starts with everything wrong at once and puts one thing right per row.
struct PrecedenceTests {
  /// SKU `p` with 5 at `default`; composite `box`; orders `done` (complete) and `o` (open, 2 of `p`);
  /// document `used` of every kind; source `off`, which is off and carries 1 of `p`; channel `lone`
  /// without a stock.
  static func world() -> World {
    let world = World()
    world.product("p")
    world.product("box", type: .bundle)
    world.item("default", "p", Quantity(9))
    world.source("off")
    world.item("off", "p", Quantity(1))
    world.run(.setSource(SourceChange("off", isEnabled: false)))
    world.source("bare")
    world.run(.setChannel(.add("lone")))
    world.run(.setStock(StockChange(1, channels: ["base"])))
    world.run(place("done", "p", "1"))
    world.run(ship("done", "used", from: nil))
    world.run(place("o", "p", "2"))
    world.run(place("used", "p", "1"))
    world.run(hold("used", "p", "1"))
    world.run(.invoice(Invoice("used", document: "used")))
    world.run(place("given-up", "p", "1"))
    world.run(.cancel(Cancel("given-up", document: "used")))
    return world
  }

  struct Step: Sendable {
    var command: Command
    var code: RefusalCode?
  }

  private func run(_ steps: [Step]) {
    let world = Self.world()
    for (number, step) in steps.enumerated() {
      let before = world.entries(.all)
      let outcome = world.run(step.command)
      #expect(outcome.refusal?.code == step.code, "row \(number)")
      if step.code != nil { #expect(world.entries(.all) == before, "row \(number)") }
    }
    #expect(world.violations() == [])
  }

  private func holding(
    _ id: DocumentID, _ point: SalesPoint, _ lines: OrderLines, seconds: Int64 = 9
  ) -> Command {
    .hold(Hold(id, ReserveRequest(point, lines), seconds: seconds))
  }

  @Test func `refusals of hold`() {
    run([
      Step(command: holding("used", .channel("nix"), [OrderLine("", Quantity(0))]), code: .invalid),
      Step(
        command: holding("used", .channel("nix"), [OrderLine("p", Quantity(0))]), code: .invalid),
      Step(
        command: holding("used", .channel("nix"), [OrderLine("p", .one)], seconds: 0),
        code: .invalid),
      Step(command: holding("used", .channel("nix"), []), code: .emptyInput),
      Step(
        command: holding("used", .channel("nix"), [OrderLine("box", .one)]), code: .unknownChannel),
      Step(
        command: holding("used", .channel("lone"), [OrderLine("box", .one)]), code: .noLinkedStock),
      Step(command: holding("used", .stock(9), [OrderLine("box", .one)]), code: .unknownStock),
      Step(
        command: holding("used", .stock(1), [OrderLine("nix", .one), OrderLine("box", .one)]),
        code: .compositeHasNoQuantity),
      Step(command: holding("used", .stock(1), [OrderLine("nix", .one)]), code: .duplicateDocument),
      Step(
        command: holding("new", .stock(1), [OrderLine("nix", .one), OrderLine("p", Quantity(99))]),
        code: .notAssigned),
      Step(command: holding("new", .stock(1), [OrderLine("p", q("0.5"))]), code: .minSaleQuantity),
      Step(
        command: holding("new", .stock(1), [OrderLine("p", Quantity(99))]), code: .notEnoughQuantity
      ),
      Step(command: holding("new", .stock(1), [OrderLine("p", .one)]), code: nil),
    ])
  }

  @Test func `refusals of place`() {
    func fromHold(_ order: DocumentID, _ hold: DocumentID, _ quantity: Int) -> Command {
      .place(
        Place(
          order, .hold(hold, lines: [OrderLine("p", Quantity(quantity))], reacquires: false)))
    }
    run([
      Step(command: fromHold("", "nix", 1), code: .invalid),
      Step(command: fromHold("used", "nix", 9), code: .unknownHold),
      Step(command: fromHold("used", "used", 9), code: .duplicateOrder),
      Step(command: fromHold("new", "used", 9), code: .exceedsOpenQuantity),
      Step(command: fromHold("new", "used", 1), code: nil),
      Step(command: fromHold("newer", "used", 1), code: .holdClosed),
      Step(command: place("used", "nix", "1"), code: .duplicateOrder),
      Step(command: place("newer", "nix", "1"), code: .notAssigned),
    ])
  }

  @Test func `refusals of deduct`() {
    func deduct(
      _ order: DocumentID, _ document: DocumentID, _ source: SourceCode?, _ quantity: Int
    ) -> Command {
      ship(order, document, from: source, [OrderLine("p", Quantity(quantity))])
    }
    run([
      Step(command: deduct("nix", "", "nix", 99), code: .invalid),
      Step(command: deduct("nix", "used", "nix", 0), code: .invalid),
      Step(
        command: .deduct(Deduct(order: "nix", document: "used", parts: [])), code: .emptyInput),
      Step(command: deduct("nix", "used", "nix", 99), code: .unknownSource),
      Step(command: deduct("nix", "used", "off", 99), code: .unknownOrder),
      Step(command: deduct("done", "used", "off", 99), code: .duplicateDocument),
      Step(command: deduct("done", "s", "off", 99), code: .orderState),
      Step(command: deduct("o", "s", "off", 99), code: .exceedsOpenQuantity),
      Step(command: deduct("o", "s", "off", 2), code: .sourceDisabled),
      Step(command: deduct("o", "s", "bare", 2), code: .sourceItemNotFound),
      Step(
        command: .adjust(Adjust(source: "default", sku: "p", .count(.one))), code: nil),
      Step(command: deduct("o", "s", "default", 2), code: .insufficientSourceQuantity),
      Step(command: deduct("o", "s", "default", 1), code: nil),
    ])
  }

  @Test func `refusals of refund`() {
    func refund(
      _ order: DocumentID, _ document: DocumentID, _ source: SourceCode?, _ quantity: Int
    ) -> Command {
      .refund(
        Refund(
          order, document: document, source: source,
          lines: [.init("p", Quantity(quantity), isReturned: true)]))
    }
    run([
      Step(command: .invoice(Invoice("done", document: "i")), code: nil),
      Step(command: refund("done", "r0", nil, 1), code: nil),
      Step(command: .invoice(Invoice("o", document: "i2")), code: nil),
      Step(command: refund("o", "r0", nil, 1), code: .duplicateDocument),
      Step(command: refund("nix", "", "nix", 99), code: .invalid),
      Step(command: refund("nix", "r0", "nix", 99), code: .unknownSource),
      Step(command: refund("nix", "r0", "bare", 99), code: .unknownOrder),
      Step(command: refund("given-up", "r0", "bare", 99), code: .duplicateDocument),
      Step(command: refund("given-up", "r", "bare", 99), code: .orderState),
      Step(command: refund("o", "r", "bare", 99), code: .exceedsOpenQuantity),
      Step(command: ship("o", "s", from: nil), code: nil),
      Step(command: refund("o", "r", "bare", 1), code: .sourceItemNotFound),
      Step(command: refund("o", "r", nil, 1), code: nil),
    ])
  }

  @Test func `refusals of cancel and invoice`() {
    let many: OrderLines = [OrderLine("p", Quantity(99))]
    run([
      Step(command: .cancel(Cancel("nix", document: "", lines: many)), code: .invalid),
      Step(command: .cancel(Cancel("nix", document: "used", lines: many)), code: .unknownOrder),
      Step(
        command: .cancel(Cancel("done", document: "used", lines: many)), code: .duplicateDocument),
      Step(command: .cancel(Cancel("done", document: "c", lines: many)), code: .orderState),
      Step(command: .cancel(Cancel("o", document: "c", lines: many)), code: .exceedsOpenQuantity),
      Step(command: .invoice(Invoice("nix", document: "", lines: many)), code: .invalid),
      Step(command: .invoice(Invoice("nix", document: "used", lines: many)), code: .unknownOrder),
      Step(
        command: .invoice(Invoice("given-up", document: "used", lines: many)),
        code: .duplicateDocument),
      Step(command: .invoice(Invoice("given-up", document: "i", lines: many)), code: .orderState),
      Step(command: .invoice(Invoice("o", document: "i", lines: many)), code: .exceedsOpenQuantity),
      Step(command: .invoice(Invoice("done", document: "i")), code: nil),
    ])
  }

  @Test func `refusals of configuration`() {
    func link(_ stock: StockID, _ source: SourceCode, _ priority: Int32) -> Command {
      .linkSource(StockSourceLink(stock: stock, source: source, priority: priority))
    }
    run([
      Step(command: link(9, "nix", 0), code: .invalid),
      Step(command: link(9, "nix", 1), code: .unknownStock),
      Step(command: link(1, "nix", 1), code: .unknownSource),
      Step(command: link(1, "off", 1), code: .defaultLinkForbidden),
      Step(command: .deleteStock(1), code: .defaultStockCannotBeDeleted),
      Step(
        command: .setStore(StoreChange(settings: [SettingChange(.isQuantityDecimal, 1)])),
        code: .invalid),
      Step(
        command: .setStore(StoreChange(settings: [SettingChange(.backorders, 3)])), code: .invalid),
      Step(
        command: .setProduct(ProductChange("p", settings: [SettingChange(.canSubtract, 1)])),
        code: .invalid),
      Step(command: .setProduct(ProductChange("p ")), code: .invalid),
    ])
  }

  @Test func `a full table comes before everything but a repeat`() {
    var options = EngineOptions()
    options.reservationsMax = 1
    let world = World(options)
    world.product("p")
    world.item("default", "p", Quantity(9))
    let first = world.run(place("o", "p", "1"))
    #expect(world.run(place("", "p", "0")).refusal?.code == .capacityExhausted)
    #expect(world.run(place("o", "p", "1")) == first)
  }
}
