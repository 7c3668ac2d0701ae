// SPDX-License-Identifier: Apache-2.0

import InventoryEngine
import InventoryModel
import Testing

/// Section 10 of the rules.
struct NetworkTests {
  private func texts(
    name: String? = "New", country: String? = "US", postcode: String? = "1", street: String? = nil,
    city: String? = nil
  ) -> [SourceText] {
    [
      (SourceField.name, name), (.country, country), (.postcode, postcode), (.street, street),
      (.city, city),
    ].compactMap { field, text in text.map { SourceText(field, $0) } }
  }

  @Test func `a fresh engine has the built-in objects`() {
    let world = World()
    guard case .sources(let sources) = world.ask(.sources),
      case .stocks(let stocks) = world.ask(.stocks)
    else { return #expect(Bool(false)) }
    #expect(sources.map(\.code) == [.default])
    #expect(sources[0].isEnabled)
    #expect(
      stocks == [
        StockView(
          id: 1, name: "Default Stock", channels: [.base],
          links: [StockSourceLink(stock: 1, source: .default, priority: 1)])
      ])
    #expect(world.violations() == [])
  }

  @Test(arguments: [
    "", " ", "test test", "tab\t", "some${test}", "${test}", "foo$::{test}", "${}",
    String(repeating: "x", count: 65),
  ])
  func `a source code without form is refused`(code: String) {
    let refusal = World().run(.setSource(SourceChange(SourceCode(code), texts: texts()))).refusal
    #expect(refusal?.code == .invalid)
    #expect(refusal?.field == "code")
  }

  @Test(arguments: [
    "plain", "$x{y}", "${open", "a:{b}", "$:x{b}", String(repeating: "é", count: 64),
  ])
  func `near misses of the template marker are codes`(code: String) {
    #expect(World().code(.setSource(SourceChange(SourceCode(code), texts: texts()))) == nil)
  }

  @Test func `required fields are tested in order`() {
    let world = World()
    func field(_ texts: [SourceText], isPickup: Bool = false, code: SourceCode = "n") -> String? {
      world.run(.setSource(SourceChange(code, isPickup: isPickup, texts: texts))).refusal?.field
    }
    #expect(field(texts(name: nil, country: nil)) == "name")
    #expect(field(texts(name: " ")) == "name")
    #expect(field(texts(name: "a ${b}")) == "name")
    #expect(field(texts(country: nil, postcode: nil)) == "country")
    #expect(field(texts(postcode: " ")) == "postcode")
    #expect(field(texts(), isPickup: true) == "street")
    #expect(field(texts(street: "S"), isPickup: true) == "city")
    #expect(field(texts(street: "S", city: "C"), isPickup: true) == nil)
    #expect(field(texts(street: "S", city: "C"), isPickup: true, code: .default) == "pickup")
    #expect(
      world.code(.setSource(SourceChange(.default, isEnabled: false)))
        == .defaultSourceCannotBeDisabled)
    #expect(world.code(.setSource(SourceChange("n", isEnabled: false))) == nil)
    guard case .sources(let sources) = world.ask(.sources) else { return #expect(Bool(false)) }
    #expect(sources.map(\.code.text) == ["default", "n"])
    #expect(sources[1].isPickup && !sources[1].isEnabled)
    #expect(sources[1].texts.contains(SourceText(.city, "C")))
  }

  @Test func `stocks are named, numbered and deleted by the rules`() {
    let world = World()
    #expect(world.run(.setStock(StockChange(0, name: "x"))).refusal?.field == "stock")
    #expect(world.run(.setStock(StockChange(4))).refusal?.field == "name")
    #expect(world.run(.setStock(StockChange(4, name: " "))).refusal?.field == "name")
    #expect(
      world.code(.setStock(StockChange(4, name: "Four", channels: ["shop"]))) == .unknownChannel)
    #expect(
      world.run(.setStock(StockChange(4, name: "Four", channels: ["base", ""]))).refusal?.field
        == "channel")
    #expect(world.code(.deleteStock(4)) == .unknownStock)
    world.run(.setChannel(.add("shop")))
    #expect(world.code(.setStock(StockChange(4, name: "Four", channels: ["shop"]))) == nil)
    #expect(world.code(.deleteStock(4)) == .stockHasSalesChannel)
    world.run(.setStock(StockChange(4, channels: [])))
    #expect(world.code(.deleteStock(1)) == .defaultStockCannotBeDeleted)
    world.product("p")
    world.source("n", stock: 4)
    world.item("n", "p", Quantity(5))
    world.run(place("o", "p", "1", stock: 4))
    #expect(world.code(.deleteStock(4)) == .stockHasReservations)
    world.run(.cancel(Cancel("o", document: "c")))
    #expect(world.code(.deleteStock(4)) == nil)
    #expect(world.code(place("x", "p", "1", stock: 4)) == .unknownStock)
    #expect(world.order("o")?.stock == 4, "orders remember where they were made")
    world.run(.setStock(StockChange(4, name: "Again")))
    #expect(world.code(place("x", "p", "1", stock: 4)) == .notAssigned)
    #expect(world.violations() == [])
  }

  @Test func `channels move, fall to the default stock, and may be left without one`() {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(5))
    world.run(.setStock(StockChange(2, name: "Two")))
    func sell(_ channel: ChannelCode) -> RefusalCode? {
      if case .refused(let refusal) = world.ask(.salable(.channel(channel), ["p"])) {
        return refusal.code
      }
      return nil
    }
    #expect(sell("shop") == .unknownChannel)
    world.run(.setChannel(.add("shop")))
    #expect(sell("shop") == nil)
    world.run(.setStock(StockChange(2, channels: ["shop", "base"])))
    guard case .stocks(let stocks) = world.ask(.stocks) else { return #expect(Bool(false)) }
    #expect(stocks.map(\.channels) == [[], ["base", "shop"]])
    world.run(.setStock(StockChange(2, channels: [])))
    #expect(sell("shop") == nil)
    world.run(.setStock(StockChange(1, channels: ["base"])))
    #expect(sell("shop") == .noLinkedStock)
    #expect(world.code(.setChannel(.add("shop"))) == nil)
    #expect(sell("shop") == .noLinkedStock, "a known channel stays as it is")
    world.run(.setStock(StockChange(2, channels: ["shop"])))
    world.run(.setChannel(.rename(from: "shop", to: "store")))
    #expect(sell("shop") == .unknownChannel)
    #expect(sell("store") == nil)
    #expect(world.code(.setChannel(.rename(from: "shop", to: "x"))) == .unknownChannel)
    #expect(world.run(.setChannel(.rename(from: "store", to: "base"))).refusal?.field == "channel")
    #expect(world.run(.setChannel(.add(" "))).refusal?.field == "channel")
    #expect(world.code(.setChannel(.remove("store"))) == nil)
    #expect(world.code(.setChannel(.remove("store"))) == .unknownChannel)
    #expect(world.violations() == [])
  }

  @Test func `links follow the restrictions of the seed`() {
    let world = World()
    world.source("n")
    world.run(.setStock(StockChange(2, name: "Two")))
    func link(_ stock: StockID, _ source: SourceCode, _ priority: Int32 = 1) -> Command {
      .linkSource(StockSourceLink(stock: stock, source: source, priority: priority))
    }
    #expect(world.run(link(2, "n", 0)).refusal?.field == "priority")
    #expect(world.code(link(9, "n")) == .unknownStock)
    #expect(world.code(link(2, "x")) == .unknownSource)
    #expect(world.code(link(1, "n")) == .defaultLinkForbidden)
    #expect(world.code(link(2, .default)) == .defaultLinkForbidden)
    #expect(world.code(link(1, .default, 5)) == nil, "the built-in link may change its priority")
    #expect(
      world.code(.unlinkSource(stock: 1, source: .default)) == .defaultLinkForbidden)
    #expect(world.code(.unlinkSource(stock: 2, source: "n")) == nil, "no link, no fault")
    #expect(world.violations() == [])
  }

  @Test func `links count by priority and then by age`() {
    let world = World()
    world.product("p")
    for code in ["a", "b", "c"] as [SourceCode] { world.source(code, stock: 2, priority: 5) }
    world.run(.linkSource(StockSourceLink(stock: 2, source: "c", priority: 1)))
    guard case .stocks(let stocks) = world.ask(.stocks) else { return #expect(Bool(false)) }
    #expect(stocks[1].links.map(\.source.text) == ["c", "a", "b"])
    world.item("a", "p", Quantity(4))
    world.item("b", "p", Quantity(2))
    #expect(world.salable("p", 2) == Quantity(6))
    world.run(.unlinkSource(stock: 2, source: "a"))
    #expect(world.salable("p", 2) == Quantity(2))
    world.run(.setStock(StockChange(3, name: "Three")))
    world.run(.linkSource(StockSourceLink(stock: 3, source: "a", priority: 1)))
    world.run(.linkSource(StockSourceLink(stock: 3, source: "b", priority: 1)))
    #expect(world.salable("p", 3) == Quantity(6))
    world.run(place("o", "p", "3", stock: 3))
    #expect(world.salable("p", 2) == Quantity(2), "stock by stock")
    #expect(world.violations() == [])
  }
}
