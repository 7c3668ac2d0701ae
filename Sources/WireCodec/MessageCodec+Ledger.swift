// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Commands about the life of orders and the entries behind them.
extension MessageCodec {
  static func encodeLedger(_ command: Command, into writer: inout ByteWriter) {
    switch command {
    case .changeHold(let hold, let lines):
      writer.append(hold.text)
      writer.append(lines)
    case .failOrder(let order): writer.append(order.text)
    case .processOrder(let order, let isAccepted):
      writer.append(order.text)
      writer.append(isAccepted)
    case .recordOrder(let order): writer.append(order)
    case .setOrderState(let order, let state):
      writer.append(order.text)
      writer.append(state.rawValue)
    case .reopen(let order, let document), .notifyPickup(let order, let document):
      writer.append(order.text)
      writer.append(document.text)
    case .appendEntries(let entries): writer.append(list: entries) { $0.append($1) }
    case .compensate(let findings):
      writer.append(findings != nil)
      if let findings { writer.append(list: findings) { $0.append($1) } }
    default: break
    }
  }

  static func decodeLedger(
    _ opcode: Opcode, _ reader: inout ByteReader
  ) throws(WireFault) -> Command? {
    switch opcode {
    case .changeHold:
      return .changeHold(hold: DocumentID(try reader.text()), lines: try reader.lines())
    case .failOrder: return .failOrder(DocumentID(try reader.text()))
    case .processOrder:
      return .processOrder(DocumentID(try reader.text()), isAccepted: try reader.flag())
    case .recordOrder: return .recordOrder(try reader.recordedOrder())
    case .setOrderState:
      return .setOrderState(DocumentID(try reader.text()), try reader.orderState())
    case .reopen:
      return .reopen(
        order: DocumentID(try reader.text()), document: DocumentID(try reader.text()))
    case .notifyPickup:
      return .notifyPickup(
        order: DocumentID(try reader.text()), document: DocumentID(try reader.text()))
    case .appendEntries: return .appendEntries(try reader.newEntries())
    case .compensate: return .compensate(try reader.flag() ? try reader.findings() : nil)
    case .cleanUp: return .cleanUp
    default: return nil
    }
  }
}

extension ByteWriter {
  fileprivate mutating func append(_ order: RecordedOrder) {
    append(order.order.text)
    append(order.stock.rawValue)
    append(order.state.rawValue)
    append(list: order.lines) { writer, line in
      writer.append(line.sku.text)
      writer.append(line.ordered)
      writer.append(line.canceled)
      writer.append(line.invoiced)
      writer.append(line.shipped)
      writer.append(line.refunded)
    }
  }

  fileprivate mutating func append(_ entry: NewEntry) {
    var present: UInt8 = 0
    if entry.stock != nil { present |= 1 }
    if entry.sku != nil { present |= 2 }
    if entry.quantity != nil { present |= 4 }
    if entry.id != nil { present |= 8 }
    append(present)
    if let stock = entry.stock { append(stock.rawValue) }
    if let sku = entry.sku { append(sku.text) }
    if let quantity = entry.quantity { append(quantity) }
    if let id = entry.id { append(id) }
    append(entry.event.rawValue)
    append(entry.object.text)
  }

  mutating func append(_ finding: Finding) {
    append(finding.object.text)
    append(finding.stock.rawValue)
    append(finding.sku.text)
    append(finding.compensate)
    append(finding.isOrphan)
    append(finding.isFinal)
  }
}

extension ByteReader {
  mutating func orderState() throws(WireFault) -> OrderState {
    let number: UInt8 = try integer()
    guard let state = OrderState(rawValue: number) else { throw .unknownValue(Int(number)) }
    return state
  }

  mutating func salesEvent() throws(WireFault) -> SalesEvent {
    let number: UInt8 = try integer()
    guard let event = SalesEvent(rawValue: number) else { throw .unknownValue(Int(number)) }
    return event
  }

  fileprivate mutating func recordedOrder() throws(WireFault) -> RecordedOrder {
    let order = DocumentID(try text())
    let stock = StockID(try integer())
    let state = try orderState()
    var lines: [RecordedOrder.Line] = []
    for _ in 0..<(try count(eachAtLeast: 42)) {
      lines.append(
        RecordedOrder.Line(
          SKU(try text()), ordered: try quantity(), canceled: try quantity(),
          invoiced: try quantity(), shipped: try quantity(), refunded: try quantity()))
    }
    return RecordedOrder(order, stock: stock, state: state, lines: lines)
  }

  fileprivate mutating func newEntries() throws(WireFault) -> [NewEntry] {
    var entries: [NewEntry] = []
    for _ in 0..<(try count(eachAtLeast: 4)) {
      let present: UInt8 = try integer()
      if present > 15 { throw .unknownValue(Int(present)) }
      let stock = present & 1 != 0 ? StockID(try integer()) : nil
      let sku = present & 2 != 0 ? SKU(try text()) : nil
      let quantity = present & 4 != 0 ? try quantity() : nil
      let id: UInt64? = present & 8 != 0 ? try integer() : nil
      let event = try salesEvent()
      entries.append(
        NewEntry(
          stock: stock, sku: sku, quantity: quantity, event: event, object: DocumentID(try text()),
          id: id))
    }
    return entries
  }

  mutating func finding() throws(WireFault) -> Finding {
    Finding(
      object: DocumentID(try text()), stock: StockID(try integer()), sku: SKU(try text()),
      compensate: try quantity(), isOrphan: try flag(), isFinal: try flag())
  }

  fileprivate mutating func findings() throws(WireFault) -> [Finding] {
    var findings: [Finding] = []
    for _ in 0..<(try count(eachAtLeast: 18)) { findings.append(try finding()) }
    return findings
  }
}
