// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Fields of the selling and fulfilment commands.

extension ByteWriter {
  /// A u16 count and the elements.
  mutating func append<Element>(
    list: some Collection<Element>, _ each: (inout ByteWriter, Element) -> Void
  ) {
    append(UInt16(truncatingIfNeeded: list.count))
    for element in list { each(&self, element) }
  }

  mutating func append(_ lines: OrderLines) {
    append(UInt16(truncatingIfNeeded: lines.count))
    for line in lines {
      append(line.sku.text)
      append(line.quantity)
    }
  }

  mutating func append(_ point: SalesPoint) {
    switch point {
    case .channel(let code):
      append(0 as UInt8)
      append(code.text)
    case .stock(let stock):
      append(1 as UInt8)
      append(stock.rawValue)
    }
  }

  mutating func append(_ request: ReserveRequest) {
    var flags: UInt8 = request.mode.rawValue
    if request.quantityChecksOnly { flags |= 0x04 }
    if !request.allowsBackorder { flags |= 0x08 }
    if request.listsViolations { flags |= 0x10 }
    if request.customer != nil { flags |= 0x20 }
    if request.group != nil { flags |= 0x40 }
    let hasMore = request.pickup != nil || request.needBy != nil
    if hasMore { flags |= 0x80 }
    append(flags)
    if hasMore {
      append(optional: request.pickup?.text)
      append(optional: request.needBy)
    }
    append(request.point)
    if let customer = request.customer { append(customer.text) }
    if let group = request.group { append(group) }
    append(request.lines)
  }

  mutating func append(_ place: Place) {
    append(place.order.text)
    switch place.basis {
    case .request(let request):
      append(0 as UInt8)
      append(request)
    case .hold(let hold, let lines, let reacquires):
      append(reacquires ? 2 : 1 as UInt8)
      append(hold.text)
      append(lines)
    }
  }

  mutating func append(_ deduct: Deduct) {
    append(deduct.document.text)
    append(deduct.order != nil)
    if let order = deduct.order { append(order.text) }
    append(deduct.manner.rawValue)
    append(list: deduct.parts) { writer, part in
      writer.append(part.isAutomatic ? 2 : part.source != nil ? 1 : 0 as UInt8)
      if !part.isAutomatic, let source = part.source { writer.append(source.text) }
      writer.append(part.lines)
    }
  }

  mutating func append(_ refund: Refund) {
    append(refund.order.text)
    append(refund.document.text)
    append(refund.isProportional ? 2 : refund.source != nil ? 1 : 0 as UInt8)
    if !refund.isProportional, let source = refund.source { append(source.text) }
    append(list: refund.lines) { writer, line in
      writer.append(line.sku.text)
      writer.append(line.quantity)
      let returned: UInt8 = line.isReturned.map { $0 ? 2 : 1 } ?? 0
      writer.append(returned | (line.writesOff ? 0x04 : 0))
    }
  }

  mutating func append(_ adjust: Adjust) {
    append(adjust.source.text)
    append(adjust.sku.text)
    switch adjust.change {
    case .by(let quantity):
      append(0 as UInt8)
      append(quantity)
    case .count(let quantity):
      append(1 as UInt8)
      append(quantity)
    case .countAsOf(let quantity, let moment):
      append(2 as UInt8)
      append(quantity)
      append(moment.nanoseconds)
    }
    append(adjust.expectedVersion != nil)
    if let version = adjust.expectedVersion { append(version) }
  }

  mutating func append(_ transfer: Transfer) {
    append(transfer.document.text)
    append(transfer.origin.text)
    append(transfer.destination.text)
    switch transfer.goods {
    case .quantities(let lines):
      append(0 as UInt8)
      append(lines)
    case .everything(let skus, let unassigns):
      append(unassigns ? 2 : 1 as UInt8)
      append(list: skus) { $0.append($1.text) }
    }
  }
}

extension ByteReader {
  mutating func lines() throws(WireFault) -> OrderLines {
    let count = try count(eachAtLeast: 10)
    var lines = OrderLines()
    lines.reserveCapacity(count)
    for _ in 0..<count { lines.append(OrderLine(SKU(try text()), try quantity())) }
    return lines
  }

  mutating func skus() throws(WireFault) -> [SKU] {
    var skus: [SKU] = []
    for _ in 0..<(try count(eachAtLeast: 2)) { skus.append(SKU(try text())) }
    return skus
  }

  mutating func point() throws(WireFault) -> SalesPoint {
    switch try integer(UInt8.self) {
    case 0: return .channel(ChannelCode(try text()))
    case 1: return .stock(StockID(try integer()))
    case let other: throw .unknownValue(Int(other))
    }
  }

  mutating func request() throws(WireFault) -> ReserveRequest {
    let flags: UInt8 = try integer()
    guard let mode = ReserveMode(rawValue: flags & 0x03) else { throw .unknownValue(Int(flags)) }
    var pickup: SourceCode?
    var needBy: Timestamp?
    if flags & 0x80 != 0 {
      pickup = try optionalText().map { SourceCode($0) }
      needBy = try optionalTime()
      // One encoding for one content.
      if pickup == nil, needBy == nil { throw .unknownValue(Int(flags)) }
    }
    let point = try point()
    let customer = flags & 0x20 != 0 ? CustomerID(try text()) : nil
    let group: Int32? = flags & 0x40 != 0 ? try integer() : nil
    return ReserveRequest(
      point, try lines(), customer: customer, group: group, mode: mode,
      quantityChecksOnly: flags & 0x04 != 0, allowsBackorder: flags & 0x08 == 0,
      listsViolations: flags & 0x10 != 0, pickup: pickup, needBy: needBy)
  }

  mutating func place() throws(WireFault) -> Place {
    let order = DocumentID(try text())
    switch try integer(UInt8.self) {
    case 0: return Place(order, .request(try request()))
    case let kind where kind <= 2:
      let hold = DocumentID(try text())
      return Place(order, .hold(hold, lines: try lines(), reacquires: kind == 2))
    case let other: throw .unknownValue(Int(other))
    }
  }

  mutating func deduct() throws(WireFault) -> Deduct {
    let document = DocumentID(try text())
    let order = try flag() ? DocumentID(try text()) : nil
    let number: UInt8 = try integer()
    guard let manner = Deduct.Manner(rawValue: number) else { throw .unknownValue(Int(number)) }
    var parts: [Deduct.Part] = []
    for _ in 0..<(try count(eachAtLeast: 3)) {
      let origin: UInt8 = try integer()
      if origin > 2 { throw .unknownValue(Int(origin)) }
      let source = origin == 1 ? SourceCode(try text()) : nil
      parts.append(
        Deduct.Part(source: source, lines: try lines(), isAutomatic: origin == 2))
    }
    return Deduct(order: order, document: document, parts: parts, manner: manner)
  }

  mutating func refund() throws(WireFault) -> Refund {
    let order = DocumentID(try text())
    let document = DocumentID(try text())
    let target: UInt8 = try integer()
    if target > 2 { throw .unknownValue(Int(target)) }
    let source = target == 1 ? SourceCode(try text()) : nil
    var lines: [Refund.Line] = []
    for _ in 0..<(try count(eachAtLeast: 11)) {
      let sku = SKU(try text())
      let quantity = try quantity()
      let flags: UInt8 = try integer()
      guard flags & 0x03 < 3, flags < 8 else { throw .unknownValue(Int(flags)) }
      let isReturned: Bool? = flags & 0x03 == 0 ? nil : flags & 0x03 == 2
      lines.append(
        Refund.Line(sku, quantity, isReturned: isReturned, writesOff: flags & 0x04 != 0))
    }
    return Refund(
      order, document: document, source: source, isProportional: target == 2, lines: lines)
  }

  mutating func adjust() throws(WireFault) -> Adjust {
    let source = SourceCode(try text())
    let sku = SKU(try text())
    let kind: UInt8 = try integer()
    if kind > 2 { throw .unknownValue(Int(kind)) }
    let quantity = try quantity()
    let change: Adjust.Change =
      kind == 2
      ? .countAsOf(quantity, Timestamp(nanoseconds: try integer()))
      : kind == 1 ? .count(quantity) : .by(quantity)
    let version: Position? = try flag() ? try integer() : nil
    return Adjust(
      source: source, sku: sku, change, expectedVersion: version)
  }

  mutating func transfer() throws(WireFault) -> Transfer {
    let document = DocumentID(try text())
    let origin = SourceCode(try text())
    let destination = SourceCode(try text())
    let goods: Transfer.Goods
    switch try integer(UInt8.self) {
    case 0: goods = .quantities(try lines())
    case let kind where kind <= 2: goods = .everything(try skus(), unassigns: kind == 2)
    case let other: throw .unknownValue(Int(other))
    }
    return Transfer(document, from: origin, to: destination, goods)
  }
}
