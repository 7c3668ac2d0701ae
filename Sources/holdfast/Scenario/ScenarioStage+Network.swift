// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Sources, stocks, channels, links.

extension ScenarioStage {
  static let networkOperations: [String: Operation] = [
    "upsert_source": { stage, arguments in
      try await stage.execute(.setSource(try arguments.sourceChange()))
      return [:]
    },
    "upsert_stock": { stage, arguments in
      try await stage.execute(.setStock(try arguments.stockChange()))
      return [:]
    },
    "delete_stock": { stage, arguments in
      try await stage.execute(.deleteStock(try arguments.stock()))
      return [:]
    },
    "add_channel": { stage, arguments in
      try await stage.execute(.setChannel(.add(arguments.channel())))
      return [:]
    },
    "remove_channel": { stage, arguments in
      try await stage.execute(.setChannel(.remove(arguments.channel())))
      return [:]
    },
    "rename_channel": { stage, arguments in
      let (from, to) = (arguments.channel("from"), arguments.channel("to"))
      try await stage.execute(.setChannel(.rename(from: from, to: to)))
      return [:]
    },
    "get_stock_for_channel": { stage, arguments in
      let stock = try await stage.stock(behind: .channel(arguments.channel()))
      return ["stock": .number(Int64(stock.rawValue))]
    },
    "link_source": { stage, arguments in
      try await stage.execute(.linkSource(try arguments.link(to: try arguments.stock())))
      return [:]
    },
    "unlink_source": { stage, arguments in
      let stock = try arguments.stock()
      try await stage.execute(.unlinkSource(stock: stock, source: arguments.source()))
      return [:]
    },
    "sources_of_stock": { try await $0.sourcesOfStock($1) },
  ]

  /// The stock that a place of sale sells from.
  func stock(behind point: SalesPoint) async throws -> StockID {
    switch point {
    case .stock(let stock): return stock
    case .channel(let code):
      guard case .stocks(let stocks) = try await ask(.channel(code)), let stock = stocks.first
      else { throw UnexpectedAnswer(to: "channel") }
      return stock.id
    }
  }

  private func sourcesOfStock(_ arguments: StepArguments) async throws -> JSON {
    let stock = try arguments.stock()
    guard case .stocks(let stocks) = try await ask(.stocks) else {
      throw UnexpectedAnswer(to: "stocks")
    }
    guard let view = stocks.first(where: { $0.id == stock }) else {
      throw StepRefused(.unknownStock)
    }
    return ["sources": .list(view.links.map { .text($0.source.text) })]
  }
}

extension StepArguments {
  /// A new source, or the named parts of a known one.
  func sourceChange() throws -> SourceChange {
    let texts = SourceField.allCases.compactMap { field in
      optionalText(field.fieldName).map { SourceText(field, $0) }
    }
    return SourceChange(
      source("code"), isEnabled: try flag("enabled"), isPickup: try flag("pickup"),
      sells: try flag("sells"), ships: try flag("ships"),
      coordinates: try coordinates(), texts: texts)
  }

  /// A new stock, or the named parts of a known one.
  func stockChange() throws -> StockChange {
    let channels = given("channels") == nil ? nil : try texts("channels")
    return StockChange(
      try stock("id"), name: optionalText("name"), channels: channels?.map { ChannelCode($0) })
  }

  /// A link to a source; a missing priority is the first.
  func link(to stock: StockID) throws -> StockSourceLink {
    StockSourceLink(
      stock: stock, source: source(), priority: try optionalInteger("priority") ?? 1)
  }
}
