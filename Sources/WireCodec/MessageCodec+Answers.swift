// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// Answers to queries.
extension MessageCodec {
  /// Writes the body of an answer.
  package static func encode(_ answer: Answer, into writer: inout ByteWriter) {
    switch answer {
    case .refused(let refusal):
      writer.append(0 as UInt8)
      writer.append(refusal)
    case .status(let status):
      writer.append(1 as UInt8)
      writer.append(status)
    case .salable(let rows):
      writer.append(2 as UInt8)
      writer.append(rows: rows) { $0.append($1) }
    case .check(let rows):
      writer.append(3 as UInt8)
      writer.append(rows: rows) { $0.append($1) }
    case .reservation(let view):
      writer.append(4 as UInt8)
      writer.append(view)
    case .outcome(let stored):
      writer.append(5 as UInt8)
      writer.append(stored != nil)
      if let stored {
        writer.append(stored.decidedAt.nanoseconds)
        encode(stored.reply, into: &writer)
      }
    case .sourceItems(let rows, let isLast):
      writer.append(6 as UInt8)
      writer.append(isLast)
      writer.append(rows: rows) { $0.append($1) }
    case .onHand(let rows, let isLast):
      writer.append(7 as UInt8)
      writer.append(isLast)
      writer.append(rows: rows) { writer, row in
        writer.append(row.sku.text)
        writer.append(row.quantity)
      }
    case .sources(let views):
      writer.append(8 as UInt8)
      writer.append(rows: views) { $0.append($1) }
    case .stocks(let views):
      writer.append(9 as UInt8)
      writer.append(rows: views) { $0.append($1) }
    case .product(let view):
      writer.append(10 as UInt8)
      writer.append(view)
    case .store(let view):
      writer.append(11 as UInt8)
      writer.append(view.settings)
      writer.append(view.minimumByGroup)
    case .explanation(let explanations):
      writer.append(12 as UInt8)
      writer.append(rows: explanations) { $0.append($1) }
    case .entries(let rows, let isLast):
      writer.append(13 as UInt8)
      writer.append(isLast)
      writer.append(rows: rows) { $0.append($1) }
    case .quantity, .flag, .count, .onlyLeft, .stockSalable, .export, .selection, .lowStock,
      .sourcePage, .findings, .reservations, .products, .customerLimits, .channelPolicies,
      .supplies, .changes:
      encodeReport(answer, into: &writer)
    }
  }

  /// Reads the body of an answer.
  package static func decodeAnswer(_ body: UnsafeRawBufferPointer) throws(WireFault) -> Answer {
    var reader = unsafe ByteReader(body)
    let answer = try reader.answer()
    try reader.end()
    return answer
  }
}

extension ByteReader {
  fileprivate mutating func answer() throws(WireFault) -> Answer {
    switch try integer(UInt8.self) {
    case 0: return .refused(try refusal())
    case 1: return .status(try status())
    case 2: return .salable(try rows(5) { (r) throws(WireFault) in try r.salableRow() })
    case 3: return .check(try rows(21) { (r) throws(WireFault) in try r.checkRow() })
    case 4: return .reservation(try reservationView())
    case 5:
      guard try flag() else { return .outcome(nil) }
      let time = Timestamp(nanoseconds: try integer())
      return .outcome(StoredOutcome(reply: try reply(), decidedAt: time))
    case 6:
      let isLast = try flag()
      return .sourceItems(
        try rows(38) { (r) throws(WireFault) in try r.sourceItemRow() }, isLast: isLast)
    case 7:
      let isLast = try flag()
      return .onHand(
        try rows(10) { (r) throws(WireFault) in
          OnHandRow(sku: SKU(try r.text()), quantity: try r.quantity())
        }, isLast: isLast)
    case 8: return .sources(try rows(9) { (r) throws(WireFault) in try r.sourceView() })
    case 9: return .stocks(try rows(10) { (r) throws(WireFault) in try r.stockView() })
    case 10: return .product(try productView())
    case 11: return .store(StoreView(settings: try settings(), minimumByGroup: try groupMinimums()))
    case 12:
      return .explanation(try rows(70) { (r) throws(WireFault) in try r.explanation() })
    case 13:
      let isLast = try flag()
      return .entries(
        try rows(34) { (r) throws(WireFault) in try r.entryRow() }, isLast: isLast)
    case let other: return try report(other)
    }
  }
}
