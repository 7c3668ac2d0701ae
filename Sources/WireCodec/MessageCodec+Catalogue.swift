// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Commands about the catalogue, many rows at once, places and policies.
extension MessageCodec {
  static func encodeCatalogue(_ command: Command, into writer: inout ByteWriter) {
    switch command {
    case .deleteProduct(let sku): writer.append(sku.text)
    case .renameProduct(let from, let to):
      writer.append(from.text)
      writer.append(to.text)
    case .assignSources(let assignment), .unassignSources(let assignment):
      writer.append(list: assignment.skus) { $0.append($1.text) }
      writer.append(list: assignment.sources) { $0.append($1.text) }
    case .importSourceItems(let mode, let rows):
      writer.append(mode.rawValue)
      writer.append(list: rows) { writer, row in
        writer.append(row.source)
        writer.append(row.sku)
        writer.append(optional: row.quantity)
        writer.append(row.isInStock)
      }
    case .importPlaces(let places):
      writer.append(places.country)
      writer.append(places.replaces)
      writer.append(list: places.places) { $0.append($1) }
    case .setCustomerLimit(let limit): writer.append(limit)
    case .removeCustomerLimit(let id): writer.append(id.text)
    case .setChannelPolicy(let policy): writer.append(policy)
    case .removeChannelPolicy(let channel, let sku):
      writer.append(channel.text)
      writer.append(optional: sku?.text)
    case .setSupply(let supply): writer.append(supply)
    default: break
    }
  }

  static func decodeCatalogue(
    _ opcode: Opcode, _ reader: inout ByteReader
  ) throws(WireFault) -> Command? {
    switch opcode {
    case .deleteProduct: return .deleteProduct(SKU(try reader.text()))
    case .renameProduct:
      return .renameProduct(from: SKU(try reader.text()), to: SKU(try reader.text()))
    case .assignSources: return .assignSources(try reader.assignment())
    case .unassignSources: return .unassignSources(try reader.assignment())
    case .importSourceItems:
      let number: UInt8 = try reader.integer()
      guard let mode = ImportMode(rawValue: number) else { throw .unknownValue(Int(number)) }
      return .importSourceItems(mode, try reader.importRows())
    case .importPlaces:
      return .importPlaces(
        PlaceImport(
          country: try reader.text(), replaces: try reader.flag(), places: try reader.places()))
    case .setCustomerLimit: return .setCustomerLimit(try reader.customerLimit())
    case .removeCustomerLimit: return .removeCustomerLimit(DocumentID(try reader.text()))
    case .setChannelPolicy: return .setChannelPolicy(try reader.channelPolicy())
    case .removeChannelPolicy:
      return .removeChannelPolicy(
        ChannelCode(try reader.text()), try reader.optionalText().map { SKU($0) })
    case .setSupply: return .setSupply(try reader.supply())
    default: return nil
    }
  }
}

extension ByteReader {
  fileprivate mutating func assignment() throws(WireFault) -> SourceAssignment {
    let skus = try skus()
    var sources: [SourceCode] = []
    for _ in 0..<(try count(eachAtLeast: 2)) { sources.append(SourceCode(try text())) }
    return SourceAssignment(skus, to: sources)
  }

  fileprivate mutating func importRows() throws(WireFault) -> [ImportRow] {
    var rows: [ImportRow] = []
    for _ in 0..<(try count(eachAtLeast: 6)) {
      rows.append(
        ImportRow(
          source: try text(), sku: try text(), quantity: try optionalQuantity(),
          isInStock: try optionalFlag()))
    }
    return rows
  }

  fileprivate mutating func places() throws(WireFault) -> [PlaceName] {
    var places: [PlaceName] = []
    for _ in 0..<(try count(eachAtLeast: 16)) {
      places.append(
        PlaceName(
          country: try text(), postcode: try text(), city: try text(), region: try text(),
          coordinates: Coordinates(latitude: try integer(), longitude: try integer())))
    }
    return places
  }
}

extension ByteWriter {
  mutating func append(_ place: PlaceName) {
    append(place.country)
    append(place.postcode)
    append(place.city)
    append(place.region)
    append(place.coordinates.latitude)
    append(place.coordinates.longitude)
  }
}
