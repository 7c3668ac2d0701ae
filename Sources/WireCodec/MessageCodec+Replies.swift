// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// Answers to commands.
extension MessageCodec {
  /// Writes the body of a reply.
  package static func encode(_ reply: Reply, into writer: inout ByteWriter) {
    writer.append(reply.position)
    writer.append(reply.isReplayed)
    switch reply.outcome {
    case .done: writer.append(0 as UInt8)
    case .reserved(let reserved):
      writer.append(1 as UInt8)
      writer.append(reserved)
    case .extended(let until):
      writer.append(2 as UInt8)
      writer.append(until.nanoseconds)
    case .moved(let moved):
      writer.append(3 as UInt8)
      writer.append(moved)
    case .counted(let count):
      writer.append(4 as UInt8)
      writer.append(count)
    case .refused(let refusal):
      writer.append(5 as UInt8)
      writer.append(refusal)
    case .unassigned(let count, let reservedLeft):
      writer.append(6 as UInt8)
      writer.append(count)
      writer.append(reservedLeft)
    case .imported(let result):
      writer.append(7 as UInt8)
      writer.append(result)
    case .cleaned(let deleted, let left):
      writer.append(8 as UInt8)
      writer.append(deleted)
      writer.append(left)
    }
  }

  /// Reads the body of a reply.
  package static func decodeReply(_ body: UnsafeRawBufferPointer) throws(WireFault) -> Reply {
    var reader = unsafe ByteReader(body)
    let reply = try reader.reply()
    try reader.end()
    return reply
  }
}

extension ByteWriter {
  mutating func append(_ reserved: Reserved) {
    append(reserved.expiresAt != nil)
    if let time = reserved.expiresAt { append(time.nanoseconds) }
    append(reserved.isReacquired)
    append(list: reserved.lines) { writer, line in
      writer.append(line.sku.text)
      writer.append(line.granted)
      writer.append(line.missing)
      writer.append(line.backordered)
      writer.append(line.notifiesCustomer)
      writer.append(line.expected)
      writer.append(optional: line.expectedAt)
      writer.append(line.reason?.rawValue ?? 0)
    }
  }

  mutating func append(_ moved: Moved) {
    append(moved.shortfall)
    append(UInt32(truncatingIfNeeded: moved.lines.count))
    for line in moved.lines {
      append(line.sku.text)
      append(line.quantity)
      append(optional: line.source?.text)
      append(line.isInStock)
    }
  }

  mutating func append(_ result: ImportResult) {
    append(result.created)
    append(result.updated)
    append(result.deleted)
    append(list: result.invalid) { writer, row in
      writer.append(row.row)
      writer.append(row.code.rawValue)
      writer.append(row.field)
    }
  }

  mutating func append(_ refusal: Refusal) {
    append(refusal.code.rawValue)
    append(optional: refusal.sku?.text)
    append(refusal.field)
    append(optional: refusal.available)
    append(optional: refusal.requested)
    append(list: refusal.violations) { writer, violation in
      writer.append(violation.sku.text)
      writer.append(violation.code.rawValue)
    }
    append(optional: refusal.freeAt)
  }
}

extension ByteReader {
  mutating func refusalCode() throws(WireFault) -> RefusalCode {
    let number: UInt16 = try integer()
    guard let code = RefusalCode(rawValue: number) else { throw .unknownValue(Int(number)) }
    return code
  }

  mutating func reply() throws(WireFault) -> Reply {
    let position: Position = try integer()
    let isReplayed = try flag()
    return Reply(outcome: try outcome(), position: position, isReplayed: isReplayed)
  }

  mutating func outcome() throws(WireFault) -> Outcome {
    switch try integer(UInt8.self) {
    case 0: return .done
    case 1: return .reserved(try reserved())
    case 2: return .extended(until: Timestamp(nanoseconds: try integer()))
    case 3: return .moved(try moved())
    case 4: return .counted(try integer())
    case 5: return .refused(try refusal())
    case 6: return .unassigned(try integer(), reservedLeft: try quantity())
    case 7: return .imported(try importResult())
    case 8: return .cleaned(deleted: try integer(), left: try integer())
    case let other: throw .unknownValue(Int(other))
    }
  }

  mutating func optionalTime() throws(WireFault) -> Timestamp? {
    try flag() ? Timestamp(nanoseconds: try integer()) : nil
  }

  private mutating func importResult() throws(WireFault) -> ImportResult {
    var result = ImportResult(
      created: try integer(), updated: try integer(), deleted: try integer())
    for _ in 0..<(try count(eachAtLeast: 8)) {
      result.invalid.append(
        ImportResult.InvalidRow(row: try integer(), code: try refusalCode(), field: try text()))
    }
    return result
  }

  private mutating func reserved() throws(WireFault) -> Reserved {
    let expiresAt = try optionalTime()
    let isReacquired = try flag()
    var lines: [GrantedLine] = []
    for _ in 0..<(try count(eachAtLeast: 38)) {
      let sku = SKU(try text())
      let granted = try quantity()
      let missing = try quantity()
      let backordered = try quantity()
      let notifies = try flag()
      let expected = try quantity()
      let expectedAt = try optionalTime()
      let number: UInt16 = try integer()
      let reason = RefusalCode(rawValue: number)
      if reason == nil, number != 0 { throw .unknownValue(Int(number)) }
      lines.append(
        GrantedLine(
          sku: sku, granted: granted, missing: missing, backordered: backordered,
          notifiesCustomer: notifies, expected: expected,
          expectedAt: expectedAt, reason: reason))
    }
    return Reserved(expiresAt: expiresAt, isReacquired: isReacquired, lines: lines)
  }

  private mutating func moved() throws(WireFault) -> Moved {
    let shortfall = try quantity()
    let count = Int(try integer(UInt32.self))
    if count * 12 > remaining { throw .truncated }
    var lines: [Moved.Line] = []
    lines.reserveCapacity(count)
    for _ in 0..<count {
      lines.append(
        Moved.Line(
          SKU(try text()), try quantity(), source: try optionalText().map { SourceCode($0) },
          isInStock: try optionalFlag()))
    }
    return Moved(lines: lines, shortfall: shortfall)
  }

  mutating func refusal() throws(WireFault) -> Refusal {
    let code = try refusalCode()
    let sku = try optionalText().map { SKU($0) }
    let field = try text()
    let available = try optionalQuantity()
    let requested = try optionalQuantity()
    var violations: [Refusal.Violation] = []
    for _ in 0..<(try count(most: Int(UInt16.max), eachAtLeast: 4)) {
      violations.append(Refusal.Violation(SKU(try text()), try refusalCode()))
    }
    return Refusal(
      code, sku: sku, field: field, available: available, requested: requested,
      violations: violations, freeAt: try optionalTime())
  }
}
