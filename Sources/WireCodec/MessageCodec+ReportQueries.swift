// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Questions for reports, selections and lists.
extension MessageCodec {
  static func encodeReport(_ query: Query, into writer: inout ByteWriter) {
    switch query {
    case .channel(let code): writer.append(code.text)
    case .salableBy(let point, let skus, let moment):
      writer.append(point)
      writer.append(list: skus) { $0.append($1.text) }
      writer.append(moment.nanoseconds)
    case .suggest(let point, let sku, let quantity):
      writer.append(point)
      writer.append(sku.text)
      writer.append(quantity)
    case .onlyLeft(let point, let skus):
      writer.append(point)
      writer.append(list: skus) { $0.append($1.text) }
    case .stocksOf(let sku): writer.append(sku.text)
    case .exportStock(let point, let after, let limit):
      writer.append(point)
      writer.append(optional: after?.text)
      writer.append(limit)
    case .selectSources(let request): writer.append(request)
    case .lowStock(let list, let channel, let offset, let limit):
      writer.append(list.rawValue)
      writer.append(optional: channel?.text)
      writer.append(offset)
      writer.append(limit)
    case .pickupLocations(let search): writer.append(search)
    case .pickupLocation(let source, let channel):
      writer.append(source.text)
      writer.append(channel.text)
    case .pickupReady(let order, let source):
      writer.append(order.text)
      writer.append(optional: source?.text)
    case .supplies(let sku): writer.append(optional: sku?.text)
    case .placeCount(let country): writer.append(country)
    default: encodePage(query, into: &writer)
    }
  }

  private static func encodePage(_ query: Query, into writer: inout ByteWriter) {
    switch query {
    case .inconsistencies(let filter, let offset, let limit):
      writer.append(filter.rawValue)
      writer.append(offset)
      writer.append(limit)
    case .holds(let customer, let sku, let offset, let limit):
      writer.append(optional: customer?.text)
      writer.append(optional: sku?.text)
      writer.append(offset)
      writer.append(limit)
    case .products(let after, let limit):
      writer.append(optional: after?.text)
      writer.append(limit)
    case .searchSources(let filters, let offset, let limit):
      writer.append(filters)
      writer.append(offset)
      writer.append(limit)
    case .itemsAt(let source, let after, let limit):
      writer.append(source.text)
      writer.append(optional: after?.text)
      writer.append(limit)
    case .changes(let after, let limit):
      writer.append(after)
      writer.append(limit)
    default: break
    }
  }

  static func decodeReport(
    _ opcode: Opcode, _ reader: inout ByteReader
  ) throws(WireFault) -> Query? {
    switch opcode {
    case .channel: return .channel(ChannelCode(try reader.text()))
    case .salableBy:
      return .salableBy(
        try reader.point(), try reader.skus(), Timestamp(nanoseconds: try reader.integer()))
    case .suggest:
      return .suggest(try reader.point(), SKU(try reader.text()), try reader.quantity())
    case .onlyLeft: return .onlyLeft(try reader.point(), try reader.skus())
    case .stocksOf: return .stocksOf(SKU(try reader.text()))
    case .exportStock:
      return .exportStock(
        try reader.point(), after: try reader.optionalSKU(), limit: try reader.integer())
    case .selectSources: return .selectSources(try reader.selectionRequest())
    case .lowStock:
      let number: UInt8 = try reader.integer()
      guard let list = LowStockList(rawValue: number) else { throw .unknownValue(Int(number)) }
      return .lowStock(
        list, try reader.optionalText().map { ChannelCode($0) }, offset: try reader.integer(),
        limit: try reader.integer())
    case .pickupLocations: return .pickupLocations(try reader.pickupSearch())
    case .pickupLocation:
      return .pickupLocation(SourceCode(try reader.text()), ChannelCode(try reader.text()))
    case .pickupReady:
      return .pickupReady(
        order: DocumentID(try reader.text()),
        source: try reader.optionalText().map { SourceCode($0) })
    case .customerLimits: return .customerLimits
    case .channelPolicies: return .channelPolicies
    case .supplies: return .supplies(try reader.optionalSKU())
    case .placeCount: return .placeCount(country: try reader.text())
    default: return try decodePage(opcode, &reader)
    }
  }

  private static func decodePage(
    _ opcode: Opcode, _ reader: inout ByteReader
  ) throws(WireFault) -> Query? {
    switch opcode {
    case .inconsistencies:
      let number: UInt8 = try reader.integer()
      guard let filter = FindingFilter(rawValue: number) else { throw .unknownValue(Int(number)) }
      return .inconsistencies(
        filter, offset: try reader.integer(), limit: try reader.integer())
    case .holds:
      return .holds(
        customer: try reader.optionalText().map { CustomerID($0) }, sku: try reader.optionalSKU(),
        offset: try reader.integer(), limit: try reader.integer())
    case .products:
      return .products(after: try reader.optionalSKU(), limit: try reader.integer())
    case .searchSources:
      return .searchSources(
        try reader.sourceFilters(), offset: try reader.integer(), limit: try reader.integer())
    case .itemsAt:
      return .itemsAt(
        SourceCode(try reader.text()), after: try reader.optionalSKU(),
        limit: try reader.integer())
    case .changes:
      return .changes(after: try reader.integer(), limit: try reader.integer())
    default: return nil
    }
  }
}
