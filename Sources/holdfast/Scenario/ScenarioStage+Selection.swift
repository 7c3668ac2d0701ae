// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Which sources serve a request, and where it can be picked up.

extension ScenarioStage {
  static let selectionOperations: [String: Operation] = [
    "select_sources": { try await $0.selectSources($1) },
    "pickup_locations": { try await $0.pickupLocations($1) },
    "get_pickup_location": { stage, arguments in
      let question = Query.pickupLocation(arguments.source("code"), arguments.channel())
      do {
        guard case .sources(let sources) = try await stage.ask(question), let source = sources.first
        else { throw UnexpectedAnswer(to: "pickupLocation") }
        return ["code": .text(source.code.text)]
      } catch let error as StepRefused
        where [.unknownChannel, .noLinkedStock].contains(error.refusal.code)
      {
        throw StepRefused(.pickupLocationNotFound)
      }
    },
  ]

  private func selectSources(_ arguments: StepArguments) async throws -> JSON {
    let algorithm: SelectionAlgorithm =
      switch arguments.text("algorithm") {
      case "": .storeDefault
      case "priority": .priority
      case "distance": .distance
      case let name: .named(name)
      }
    let destination = try arguments.given("destination").map {
      try StepArguments($0).destination()
    }
    let request = SelectionRequest(
      try arguments.point(), try arguments.lines(), algorithm: algorithm,
      destination: destination)
    guard case .selection(let selection) = try await ask(.selectSources(request)) else {
      throw UnexpectedAnswer(to: "selectSources")
    }
    return [
      "shippable": .bool(selection.isShippable),
      "selections": .list(
        selection.rows.map { row in
          [
            "source": .text(row.source.text), "sku": .text(row.sku.text),
            "deduct": .quantity(row.quantity), "available": .quantity(row.available),
          ]
        }),
    ]
  }

  /// A channel or place that is not known offers nothing, in this language.
  private func pickupLocations(_ arguments: StepArguments) async throws -> JSON {
    do {
      guard
        case .sourcePage(let sources, let total) = try await ask(
          .pickupLocations(try arguments.pickupSearch()))
      else { throw UnexpectedAnswer(to: "pickupLocations") }
      return [
        "total": .natural(total), "locations": .list(sources.map { .text($0.code.text) }),
      ]
    } catch let error as StepRefused
      where [.unknownChannel, .noLinkedStock, .noDestination].contains(error.refusal.code)
    {
      return ["total": .number(0), "locations": []]
    }
  }
}

extension StepArguments {
  fileprivate func pickupSearch() throws -> PickupSearch {
    let near = given("near").map { StepArguments($0) }
    return PickupSearch(
      channel(), near: try near?.destination(), radiusMetres: try near?.radius() ?? 200_000,
      filters: try rows("filters").map { try $0.sourceFilter() }, skus: try skus(),
      sort: try rows("sort").map { try $0.sourceSort() },
      page: try optionalInteger("page") ?? 1, pageSize: try optionalInteger("page_size") ?? 0)
  }

  private func radius() throws -> UInt32? {
    guard let given = given("radius_km") else { return nil }
    guard let metres = given.decimal(shift: 3), metres >= 0 else {
      throw StepRefused.invalid("radius_km")
    }
    // The language carries more than the Earth is round; what is wider means everywhere.
    return UInt32(clamping: metres)
  }

  /// The source field of that name; `nil` stands for the code.
  private func sourceField() throws -> SourceField? {
    if ["code", "source_code"].contains(text("field")) { return nil }
    guard let field = SourceField.allCases.first(where: { $0.fieldName == text("field") }) else {
      throw StepRefused.invalid("field")
    }
    return field
  }

  private func sourceFilter() throws -> SourceFilter {
    let conditions: [String: TextCondition] = [
      "": .equal, "eq": .equal, "neq": .notEqual, "in": .oneOf, "prefix": .prefix,
      "contains": .contains,
    ]
    guard let condition = conditions[text("cond")] else { throw StepRefused.invalid("cond") }
    return SourceFilter(try sourceField(), condition, text("value"))
  }

  private func sourceSort() throws -> SourceSort {
    guard let isDescending = ["": false, "asc": false, "desc": true][text("dir")] else {
      throw StepRefused.invalid("dir")
    }
    if text("field") == "distance" { return SourceSort(.distance, isDescending: isDescending) }
    let key = try sourceField().map { SourceSort.Key.field($0) } ?? .code
    return SourceSort(key, isDescending: isDescending)
  }
}
