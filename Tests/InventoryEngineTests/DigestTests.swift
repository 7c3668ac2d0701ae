// SPDX-License-Identifier: Apache-2.0

import InventoryEngine
import InventoryModel
import Testing

struct DigestTests {
  /// Pairs of commands that differ in one thing. Their ids and body digests are made equal, so only the
  /// state they leave can tell them apart.
  static let pairs: [(Command, Command)] = [
    (item(1), item(2)), (item(1, notify: 1), item(1)), (item(1, notify: 1), item(1, notify: 2)),
    (item(1), item(1, isInStock: false)), (item(1), item(1, sku: "P")),
    (item(0), .pulse),
    (.setProduct(ProductChange("n")), .setProduct(ProductChange("N"))),
    (.setProduct(ProductChange("n")), .setProduct(ProductChange("n", isEnabled: false))),
    (.setProduct(ProductChange("n")), .setProduct(ProductChange("n", isInStock: false))),
    (.setProduct(ProductChange("n")), .setProduct(ProductChange("n", type: .virtual))),
    (own(.minSaleQuantity, 0), own(.minSaleQuantity, nil)),
    (own(.minSaleQuantity, 0), own(.maxSaleQuantity, 0)),
    (
      .setStore(StoreChange(settings: [SettingChange(.backorders, 1)])),
      .setStore(StoreChange(settings: [SettingChange(.backorders, 2)]))
    ),
    (minimum(1, 1), minimum(1, 2)), (minimum(1, 1), minimum(2, 1)), (minimum(1, 1), .pulse),
    (source("y"), source("z")), (source("y"), source("y", isEnabled: false)),
    (source("y"), source("y", city: "C")),
    (
      .setSource(SourceChange("x", coordinates: Coordinates(latitude: 1, longitude: 2))),
      .setSource(SourceChange("x", coordinates: Coordinates(latitude: 2, longitude: 1)))
    ),
    (.setStock(StockChange(8, name: "a")), .setStock(StockChange(9, name: "a"))),
    (.setStock(StockChange(8, name: "a")), .setStock(StockChange(8, name: "b"))),
    (.setChannel(.add("c")), .setChannel(.add("d"))),
    (
      .linkSource(StockSourceLink(stock: 2, source: "x", priority: 1)),
      .linkSource(StockSourceLink(stock: 2, source: "x", priority: 2))
    ),
    (hold("h", "p", "1"), hold("i", "p", "1")), (hold("h", "p", "1"), hold("h", "p", "2")),
    (hold("h", "p", "1"), hold("h", "p", "1", seconds: 901)),
    (held("ann"), held("bob")), (held("ann"), held(nil)), (held(nil, group: 1), held(nil)),
    (held(nil, allowsBackorder: false), held(nil)),
    (held(nil, quantityChecksOnly: true), held(nil)),
    (place("h", "p", "1"), hold("h", "p", "1")),
    (cancel("d", 1), cancel("d", 2)), (cancel("d", 1), cancel("e", 1)),
    (.invoice(Invoice("o", document: "d")), .pulse),
    (ship("o", "d", from: "default"), ship("o", "d", from: "x")),
    (
      .extend(hold: "stands", seconds: 1_000), .extend(hold: "stands", seconds: 1_001)
    ),
  ]

  private static func item(
    _ quantity: Int, sku: SKU = "p2", isInStock: Bool = true, notify: Int? = nil
  ) -> Command {
    .setSourceItems([
      SourceItemChange(
        source: "x", sku: sku, quantity: Quantity(quantity), isInStock: isInStock,
        notifyQuantity: notify.map { Quantity($0) })
    ])
  }

  private static func own(_ field: SettingField, _ value: Int64?) -> Command {
    .setProduct(ProductChange("p", settings: [SettingChange(field, value)]))
  }

  private static func minimum(_ group: Int32, _ quantity: Int) -> Command {
    .setStore(
      StoreChange(minimumByGroup: [GroupMinimum(group: group, quantity: Quantity(quantity))]))
  }

  private static func source(
    _ code: SourceCode, isEnabled: Bool = true, city: String = ""
  ) -> Command {
    .setSource(
      SourceChange(
        code, isEnabled: isEnabled,
        texts: [
          SourceText(.name, "n"), SourceText(.country, "c"), SourceText(.postcode, "p"),
          SourceText(.city, city),
        ]))
  }

  private static func held(
    _ customer: CustomerID?, group: Int32? = nil, allowsBackorder: Bool = true,
    quantityChecksOnly: Bool = false
  ) -> Command {
    .hold(
      Hold(
        "h",
        ReserveRequest(
          .stock(1), [OrderLine("p", .one)], customer: customer, group: group,
          quantityChecksOnly: quantityChecksOnly, allowsBackorder: allowsBackorder)))
  }

  private static func cancel(_ document: DocumentID, _ quantity: Int) -> Command {
    .cancel(Cancel("o", document: document, lines: [OrderLine("p", Quantity(quantity))]))
  }

  private func digest(after command: Command) -> UInt64 {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(9))
    world.source("x")
    world.item("x", "p", Quantity(9))
    world.run(.setStock(StockChange(2, name: "two")))
    world.run(place("o", "p", "3"))
    world.run(hold("stands", "p", "1"))
    world.wait(500)
    world.send(command, digest: 5)
    #expect(world.violations() == [])
    return world.engine.digest()
  }

  @Test(arguments: pairs.indices) func `whatever differs shows in the digest`(index: Int) {
    let (left, right) = Self.pairs[index]
    #expect(digest(after: left) != digest(after: right))
    #expect(digest(after: left) == digest(after: left))
  }

  @Test func `how the tables came to be does not show`() {
    func world(_ order: [SKU]) -> World {
      let world = World()
      for sku in order { world.send(.setProduct(ProductChange(sku)), id: CommandID.none) }
      return world
    }
    #expect(world(["a", "b", "c"]).engine.digest() == world(["c", "a", "b"]).engine.digest())
  }
}
