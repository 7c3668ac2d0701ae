// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Fields of source selection and pickup search (8, 12).

extension ByteWriter {
  mutating func append(_ destination: Destination?) {
    append(destination != nil)
    guard let destination else { return }
    append(destination.coordinates)
    append(destination.country)
    append(destination.postcode)
    append(destination.city)
    append(destination.region)
  }

  mutating func append(_ request: SelectionRequest) {
    append(request.point)
    append(request.lines)
    switch request.algorithm {
    case .storeDefault: append(0 as UInt8)
    case .priority: append(1 as UInt8)
    case .distance: append(2 as UInt8)
    case .explicit(let sources):
      append(3 as UInt8)
      append(list: sources) { $0.append($1.text) }
    case .named(let name):
      append(4 as UInt8)
      append(name)
    }
    append(request.destination)
  }

  mutating func append(_ filters: [SourceFilter]) {
    append(list: filters) { writer, filter in
      writer.append(filter.field?.rawValue ?? 0)
      writer.append(filter.condition.rawValue)
      writer.append(filter.value)
    }
  }

  mutating func append(_ search: PickupSearch) {
    append(search.channel.text)
    append(search.near)
    append(search.radiusMetres)
    append(search.filters)
    append(list: search.skus) { $0.append($1.text) }
    append(list: search.sort) { writer, sort in
      switch sort.key {
      case .distance: writer.append(0 as UInt8)
      case .code: writer.append(1 as UInt8)
      case .field(let field):
        writer.append(2 as UInt8)
        writer.append(field.rawValue)
      }
      writer.append(sort.isDescending)
    }
    append(search.page)
    append(search.pageSize)
  }
}

extension ByteReader {
  mutating func optionalSKU() throws(WireFault) -> SKU? { try optionalText().map { SKU($0) } }

  mutating func sourceField() throws(WireFault) -> SourceField {
    let number: UInt8 = try integer()
    guard let field = SourceField(rawValue: number) else { throw .unknownValue(Int(number)) }
    return field
  }

  mutating func destination() throws(WireFault) -> Destination? {
    guard try flag() else { return nil }
    return Destination(
      coordinates: try coordinates(), country: try text(), postcode: try text(),
      city: try text(), region: try text())
  }

  mutating func selectionRequest() throws(WireFault) -> SelectionRequest {
    let point = try point()
    let lines = try lines()
    let algorithm: SelectionAlgorithm
    switch try integer(UInt8.self) {
    case 0: algorithm = .storeDefault
    case 1: algorithm = .priority
    case 2: algorithm = .distance
    case 3:
      var sources: [SourceCode] = []
      for _ in 0..<(try count(eachAtLeast: 2)) { sources.append(SourceCode(try text())) }
      algorithm = .explicit(sources)
    case 4: algorithm = .named(try text())
    case let other: throw .unknownValue(Int(other))
    }
    return SelectionRequest(point, lines, algorithm: algorithm, destination: try destination())
  }

  mutating func sourceFilters() throws(WireFault) -> [SourceFilter] {
    var filters: [SourceFilter] = []
    for _ in 0..<(try count(most: 64, eachAtLeast: 4)) {
      let number: UInt8 = try integer()
      let field = SourceField(rawValue: number)
      if field == nil, number != 0 { throw .unknownValue(Int(number)) }
      let kind: UInt8 = try integer()
      guard let condition = TextCondition(rawValue: kind) else { throw .unknownValue(Int(kind)) }
      filters.append(SourceFilter(field, condition, try text()))
    }
    return filters
  }

  mutating func pickupSearch() throws(WireFault) -> PickupSearch {
    let channel = ChannelCode(try text())
    let near = try destination()
    let radius: UInt32 = try integer()
    let filters = try sourceFilters()
    let skus = try skus()
    var sort: [SourceSort] = []
    for _ in 0..<(try count(most: 64, eachAtLeast: 2)) {
      let key: SourceSort.Key
      switch try integer(UInt8.self) {
      case 0: key = .distance
      case 1: key = .code
      case 2: key = .field(try sourceField())
      case let other: throw .unknownValue(Int(other))
      }
      sort.append(SourceSort(key, isDescending: try flag()))
    }
    return PickupSearch(
      channel, near: near, radiusMetres: radius, filters: filters, skus: skus, sort: sort,
      page: try integer(), pageSize: try integer())
  }
}
