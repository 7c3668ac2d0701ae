// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// The state before the first step.

extension ScenarioStage {
  /// What the scenarios take for granted where this service starts otherwise: inventory does not follow
  /// the catalogue by itself, stocks that share a source do not look at each other, and the two
  /// restrictions of the default stock and source hold.
  private static let assumed: [SettingChange] = [
    SettingChange(.synchronizeWithCatalog, 0), SettingChange(.independentStocks, 1),
    SettingChange(.seedRestrictions, 1), SettingChange(.assignsDefaultSource, 0),
  ]

  /// Makes the state that a scenario starts from.
  func apply(_ given: JSON) async throws {
    let given = StepArguments(given)
    try await execute(.setStore(StoreChange(settings: ScenarioStage.assumed)))
    if let config = given.given("config") {
      try await execute(.setStore(try StepArguments(config).storeChange()))
    }
    for source in try given.rows("sources") {
      try await execute(.setSource(try source.sourceChange()))
    }
    for stock in try given.rows("stocks") {
      for channel in try stock.texts("channels") where channel != "base" {
        try await execute(.setChannel(.add(ChannelCode(channel))))
      }
      try await execute(.setStock(try stock.stockChange()))
      for link in try stock.rows("links") {
        try await execute(.linkSource(try link.link(to: try stock.stock("id"))))
      }
    }
    for product in try given.rows("products") {
      try await execute(.setProduct(try product.product()))
    }
    for item in try given.rows("source_items") {
      try await execute(.setSourceItems([try await itemChange(item)]))
    }
    let entries = try given.rows("reservations").map { row in
      NewEntry(stock: try row.stock(), sku: row.sku(), quantity: try row.quantity("qty"))
    }
    if !entries.isEmpty { try await execute(.appendEntries(entries)) }
    try await apply(places: try given.rows("geonames"))
  }

  private func apply(places: [StepArguments]) async throws {
    let countries = Set(places.map { $0.text("country") })
    for country in countries.sorted() {
      let rows = try places.filter { $0.text("country") == country }.map { row in
        guard let coordinates = try row.coordinates() else { throw StepRefused.invalid("lat") }
        return PlaceName(
          country: country, postcode: row.text("postcode"), city: row.text("city"),
          region: row.text("region"), coordinates: coordinates)
      }
      try await execute(.importPlaces(PlaceImport(country: country, places: rows)))
    }
  }
}
