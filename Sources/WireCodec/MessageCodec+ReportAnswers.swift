// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Reports, selections and lists.
extension MessageCodec {
  static func encodeReport(_ answer: Answer, into writer: inout ByteWriter) {
    switch answer {
    case .quantity(let quantity):
      writer.append(14 as UInt8)
      writer.append(quantity)
    case .flag(let flag):
      writer.append(15 as UInt8)
      writer.append(flag)
    case .count(let count):
      writer.append(16 as UInt8)
      writer.append(count)
    case .onlyLeft(let rows):
      writer.append(17 as UInt8)
      writer.append(rows: rows) { writer, row in
        writer.append(row.sku.text)
        writer.append(optional: row.quantity)
      }
    case .stockSalable(let rows):
      writer.append(18 as UInt8)
      writer.append(rows: rows) { $0.append($1) }
    case .export(let rows, let isLast):
      writer.append(19 as UInt8)
      writer.append(isLast)
      writer.append(rows: rows) { writer, row in
        writer.append(row.sku.text)
        writer.append(optional: row.quantity)
        writer.append(row.isSalable)
      }
    case .selection(let selection):
      writer.append(20 as UInt8)
      writer.append(selection)
    case .lowStock(let rows, let total):
      writer.append(21 as UInt8)
      writer.append(total)
      writer.append(rows: rows) { $0.append($1) }
    case .sourcePage(let views, let total):
      writer.append(22 as UInt8)
      writer.append(total)
      writer.append(rows: views) { $0.append($1) }
    case .findings(let findings, let total):
      writer.append(23 as UInt8)
      writer.append(total)
      writer.append(rows: findings) { $0.append($1) }
    case .reservations(let views, let total):
      writer.append(24 as UInt8)
      writer.append(total)
      writer.append(rows: views) { $0.append($1) }
    default: encodeList(answer, into: &writer)
    }
  }

  private static func encodeList(_ answer: Answer, into writer: inout ByteWriter) {
    switch answer {
    case .products(let views, let isLast):
      writer.append(25 as UInt8)
      writer.append(isLast)
      writer.append(rows: views) { $0.append($1) }
    case .customerLimits(let limits):
      writer.append(26 as UInt8)
      writer.append(rows: limits) { $0.append($1) }
    case .channelPolicies(let policies):
      writer.append(27 as UInt8)
      writer.append(rows: policies) { $0.append($1) }
    case .supplies(let views):
      writer.append(28 as UInt8)
      writer.append(rows: views) { writer, view in
        writer.append(view.supply)
        writer.append(view.promised)
      }
    case .changes(let rows, let oldest, let newest):
      writer.append(29 as UInt8)
      writer.append(oldest)
      writer.append(newest)
      writer.append(rows: rows) { $0.append($1) }
    default: break
    }
  }
}

extension ByteReader {
  mutating func report(_ kind: UInt8) throws(WireFault) -> Answer {
    switch kind {
    case 14: return .quantity(try quantity())
    case 15: return .flag(try flag())
    case 16: return .count(try integer())
    case 17:
      return .onlyLeft(
        try rows(3) { (r) throws(WireFault) in
          OnlyLeftRow(sku: SKU(try r.text()), quantity: try r.optionalQuantity())
        })
    case 18:
      return .stockSalable(try rows(20) { (r) throws(WireFault) in try r.stockSalableRow() })
    case 19:
      let isLast = try flag()
      return .export(
        try rows(4) { (r) throws(WireFault) in
          ExportRow(
            sku: SKU(try r.text()), quantity: try r.optionalQuantity(), isSalable: try r.flag())
        }, isLast: isLast)
    case 20: return .selection(try selection())
    case 21:
      let total: UInt64 = try integer()
      return .lowStock(
        try rows(20) { (r) throws(WireFault) in try r.lowStockRow() }, total: total)
    case 22:
      let total: UInt64 = try integer()
      return .sourcePage(
        try rows(9) { (r) throws(WireFault) in try r.sourceView() }, total: total)
    case 23:
      let total: UInt64 = try integer()
      return .findings(try rows(18) { (r) throws(WireFault) in try r.finding() }, total: total)
    case 24:
      let total: UInt64 = try integer()
      return .reservations(
        try rows(24) { (r) throws(WireFault) in try r.reservationView() }, total: total)
    default: return try list(kind)
    }
  }

  private mutating func list(_ kind: UInt8) throws(WireFault) -> Answer {
    switch kind {
    case 25:
      let isLast = try flag()
      return .products(
        try rows(16) { (r) throws(WireFault) in try r.productView() }, isLast: isLast)
    case 26:
      return .customerLimits(try rows(17) { (r) throws(WireFault) in try r.customerLimit() })
    case 27:
      return .channelPolicies(try rows(8) { (r) throws(WireFault) in try r.channelPolicy() })
    case 28:
      return .supplies(
        try rows(30) { (r) throws(WireFault) in
          SupplyView(supply: try r.supply(), promised: try r.quantity())
        })
    case 29:
      let oldest: UInt64 = try integer()
      let newest: UInt64 = try integer()
      return .changes(
        try rows(60) { (r) throws(WireFault) in try r.changeRow() }, oldest: oldest,
        newest: newest)
    default: throw .unknownValue(Int(kind))
    }
  }
}
