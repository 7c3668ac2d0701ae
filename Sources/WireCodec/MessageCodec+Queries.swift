// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// Questions.
extension MessageCodec {
  /// Writes the body of a query.
  package static func encode(_ query: Query, into writer: inout ByteWriter) {
    switch query {
    case .status, .sources, .stocks, .store: break
    case .salable(let point, let skus):
      writer.append(point)
      writer.append(list: skus) { $0.append($1.text) }
    case .check(let request): writer.append(request)
    case .hold(let id), .order(let id): writer.append(id.text)
    case .outcome(let id):
      writer.append(id.low)
      writer.append(id.high)
    case .sourceItems(let sku), .product(let sku): writer.append(sku.text)
    case .sourceItemPage(let after, let limit):
      writer.append(after != nil)
      if let after { writer.append(after) }
      writer.append(limit)
    case .onHandPage(let after, let limit):
      writer.append(optional: after?.text)
      writer.append(limit)
    case .explain(let sku, let stock):
      writer.append(sku.text)
      writer.append(stock != nil)
      if let stock { writer.append(stock.rawValue) }
    case .entries(let filter, let after, let limit):
      writer.append(filter)
      writer.append(after)
      writer.append(limit)
    case .channel, .salableBy, .suggest, .onlyLeft, .stocksOf, .exportStock, .selectSources,
      .lowStock, .pickupLocations, .pickupLocation, .pickupReady, .inconsistencies, .holds,
      .products, .searchSources, .itemsAt, .customerLimits, .channelPolicies, .supplies,
      .placeCount, .changes:
      encodeReport(query, into: &writer)
    }
  }

  /// Reads the body of a query.
  package static func decodeQuery(
    opcode: UInt16, body: UnsafeRawBufferPointer
  ) throws(WireFault) -> Query {
    guard let opcode = Opcode(rawValue: opcode) else { throw .unknownOpcode(opcode) }
    var reader = unsafe ByteReader(body)
    let query = try decode(opcode, &reader)
    try reader.end()
    return query
  }

  private static func decode(
    _ opcode: Opcode, _ reader: inout ByteReader
  ) throws(WireFault) -> Query {
    switch opcode {
    case .status: return .status
    case .sources: return .sources
    case .stocks: return .stocks
    case .store: return .store
    case .salable: return .salable(try reader.point(), try reader.skus())
    case .check: return .check(try reader.request())
    case .getHold: return .hold(DocumentID(try reader.text()))
    case .getOrder: return .order(DocumentID(try reader.text()))
    case .outcome:
      return .outcome(CommandID(low: try reader.integer(), high: try reader.integer()))
    case .sourceItems: return .sourceItems(SKU(try reader.text()))
    case .product: return .product(SKU(try reader.text()))
    case .sourceItemPage:
      let after = try reader.flag() ? try reader.sourceItemKey() : nil
      return .sourceItemPage(after: after, limit: try reader.integer())
    case .onHandPage:
      return .onHandPage(
        after: try reader.optionalText().map { SKU($0) }, limit: try reader.integer())
    case .explain:
      let sku = SKU(try reader.text())
      return .explain(sku, stock: try reader.flag() ? StockID(try reader.integer()) : nil)
    case .entries:
      return .entries(
        try reader.entryFilter(), after: try reader.integer(), limit: try reader.integer())
    default:
      if let query = try decodeReport(opcode, &reader) { return query }
      throw .unknownOpcode(opcode.rawValue)
    }
  }
}

extension ByteWriter {
  mutating func append(_ filter: EntryFilter) {
    switch filter {
    case .all: append(0 as UInt8)
    case .sku(let sku):
      append(1 as UInt8)
      append(sku.text)
    case .order(let id):
      append(2 as UInt8)
      append(id.text)
    case .hold(let id):
      append(3 as UInt8)
      append(id.text)
    case .stock(let stock):
      append(4 as UInt8)
      append(stock.rawValue)
    case .object(let id):
      append(5 as UInt8)
      append(id.text)
    }
  }
}

extension ByteReader {
  mutating func entryFilter() throws(WireFault) -> EntryFilter {
    switch try integer(UInt8.self) {
    case 0: return .all
    case 1: return .sku(SKU(try text()))
    case 2: return .order(DocumentID(try text()))
    case 3: return .hold(DocumentID(try text()))
    case 4: return .stock(StockID(try integer()))
    case 5: return .object(DocumentID(try text()))
    case let other: throw .unknownValue(Int(other))
    }
  }
}
