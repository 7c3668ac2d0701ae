// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Rows and views of answers.

extension ByteWriter {
  /// A u32 count and the rows.
  mutating func append<Row>(rows: [Row], _ each: (inout ByteWriter, Row) -> Void) {
    append(UInt32(truncatingIfNeeded: rows.count))
    for row in rows { each(&self, row) }
  }

  mutating func append(_ status: ServerStatus) {
    append(status.position)
    append(status.time.nanoseconds)
    append(status.skuCount)
    append(status.sourceItemCount)
    append(status.activeHoldCount)
    append(status.openOrderCount)
    append(status.rememberedIDCount)
    append(status.entryCount)
    append(status.deducted)
    append(status.received)
  }

  mutating func append(_ row: SalableRow) {
    append(row.sku.text)
    append(row.isSalable)
    append(optional: row.quantity)
    append(row.refusal?.rawValue ?? 0)
  }

  mutating func append(_ row: CheckRow) {
    append(row.sku.text)
    append(row.requested)
    append(list: row.violations) { $0.append($1.rawValue) }
    append(optional: row.available)
    append(row.backordered)
    append(row.notifiesCustomer)
  }

  mutating func append(_ view: ReservationView) {
    append(view.id.text)
    append(view.phase.rawValue)
    append(view.stock.rawValue)
    append(optional: view.customer?.text)
    append(view.createdAt.nanoseconds)
    append(view.expiresAt != nil)
    if let time = view.expiresAt { append(time.nanoseconds) }
    append(rows: view.lines) { writer, line in
      writer.append(line.sku.text)
      writer.append(line.ordered)
      writer.append(line.canceled)
      writer.append(line.invoiced)
      writer.append(line.shipped)
      writer.append(line.refunded)
    }
    append(view.state.rawValue)
    append(view.isDeferred)
    append(optional: view.pickup?.text)
  }

  mutating func append(_ row: SourceItemRow) {
    append(row.source.text)
    append(row.sku.text)
    append(row.quantity)
    append(row.isInStock)
    append(optional: row.notifyQuantity)
    append(row.notifyInForce)
    append(row.unexplained)
    append(row.version)
  }

  mutating func append(_ view: SourceView) {
    append(view.code.text)
    append(view.isEnabled)
    append(view.isPickup)
    append(view.sells)
    append(view.ships)
    append(view.coordinates)
    append(view.texts)
  }

  mutating func append(_ view: StockView) {
    append(view.id.rawValue)
    append(view.name)
    append(list: view.channels) { $0.append($1.text) }
    append(list: view.links) { $0.append($1) }
  }

  mutating func append(_ view: ProductView) {
    append(view.sku.text)
    append(view.type.rawValue)
    append(view.isEnabled)
    append(view.isInStock)
    append(view.own)
    append(view.inForce)
    append(list: view.children) { $0.append($1.text) }
    append(view.options)
    append(view.shipsTogether)
    append(list: view.tags) { $0.append($1) }
  }

  mutating func append(_ explanation: Explanation) {
    append(explanation.stock.rawValue)
    append(explanation.sku.text)
    append(explanation.salable)
    append(explanation.isManaged)
    append(explanation.onHand)
    append(explanation.reserved)
    append(explanation.threshold)
    append(UInt8(explanation.backorders.rawValue))
    append(rows: explanation.sources) { writer, source in
      writer.append(source.source.text)
      writer.append(source.isEnabled)
      writer.append(source.isInStock)
      writer.append(source.sells)
      writer.append(source.quantity)
    }
    append(rows: explanation.claims) { writer, claim in
      writer.append(claim.kind.rawValue)
      writer.append(claim.id.text)
      writer.append(claim.quantity)
    }
    append(explanation.claimsLeftOut)
    append(explanation.takenElsewhere)
    append(explanation.expected)
    append(rows: explanation.channels) { writer, share in
      writer.append(share.channel.text)
      writer.append(share.safety)
      writer.append(optional: share.salable)
    }
  }

  mutating func append(_ row: EntryRow) {
    append(row.id)
    append(row.stock.rawValue)
    append(row.sku.text)
    append(row.quantity)
    append(row.event.rawValue)
    append(row.kind.rawValue)
    append(row.object.text)
    append(row.position)
  }
}

extension ByteReader {
  /// A u32 count and the rows, which take at least `least` bytes each.
  mutating func rows<Row>(
    _ least: Int, _ each: (inout ByteReader) throws(WireFault) -> Row
  ) throws(WireFault) -> [Row] {
    let count = Int(try integer(UInt32.self))
    if count * least > remaining { throw .truncated }
    var rows: [Row] = []
    rows.reserveCapacity(count)
    for _ in 0..<count { rows.append(try each(&self)) }
    return rows
  }

  mutating func status() throws(WireFault) -> ServerStatus {
    ServerStatus(
      position: try integer(), time: Timestamp(nanoseconds: try integer()),
      skuCount: try integer(), sourceItemCount: try integer(), activeHoldCount: try integer(),
      openOrderCount: try integer(), rememberedIDCount: try integer(), entryCount: try integer(),
      deducted: try quantity(), received: try quantity())
  }

  mutating func optionalCode() throws(WireFault) -> RefusalCode? {
    let number: UInt16 = try integer()
    if number == 0 { return nil }
    guard let code = RefusalCode(rawValue: number) else { throw .unknownValue(Int(number)) }
    return code
  }

  mutating func salableRow() throws(WireFault) -> SalableRow {
    SalableRow(
      sku: SKU(try text()), isSalable: try flag(), quantity: try optionalQuantity(),
      refusal: try optionalCode())
  }

  mutating func checkRow() throws(WireFault) -> CheckRow {
    let sku = SKU(try text())
    let requested = try quantity()
    var violations: [RefusalCode] = []
    for _ in 0..<(try count(most: 64, eachAtLeast: 2)) { violations.append(try refusalCode()) }
    return CheckRow(
      sku: sku, requested: requested, violations: violations, available: try optionalQuantity(),
      backordered: try quantity(), notifiesCustomer: try flag())
  }

  mutating func reservationView() throws(WireFault) -> ReservationView {
    let id = DocumentID(try text())
    let number: UInt8 = try integer()
    guard let phase = ReservationPhase(rawValue: number) else { throw .unknownValue(Int(number)) }
    return ReservationView(
      id: id, phase: phase, stock: StockID(try integer()),
      customer: try optionalText().map { CustomerID($0) },
      createdAt: Timestamp(nanoseconds: try integer()), expiresAt: try optionalTime(),
      lines: try rows(42) { (reader) throws(WireFault) in
        ReservationLineView(
          sku: SKU(try reader.text()), ordered: try reader.quantity(),
          canceled: try reader.quantity(), invoiced: try reader.quantity(),
          shipped: try reader.quantity(), refunded: try reader.quantity())
      }, state: try orderState(), isDeferred: try flag(),
      pickup: try optionalText().map { SourceCode($0) })
  }

  mutating func sourceItemRow() throws(WireFault) -> SourceItemRow {
    SourceItemRow(
      source: SourceCode(try text()), sku: SKU(try text()), quantity: try quantity(),
      isInStock: try flag(), notifyQuantity: try optionalQuantity(), notifyInForce: try quantity(),
      unexplained: try quantity(), version: try integer())
  }

  mutating func sourceView() throws(WireFault) -> SourceView {
    SourceView(
      code: SourceCode(try text()), isEnabled: try flag(), isPickup: try flag(),
      sells: try flag(), ships: try flag(), coordinates: try coordinates(), texts: try sourceTexts()
    )
  }

  mutating func stockView() throws(WireFault) -> StockView {
    let id = StockID(try integer())
    let name = try text()
    let channels = try channels()
    var links: [StockSourceLink] = []
    for _ in 0..<(try count(eachAtLeast: 10)) { links.append(try link()) }
    return StockView(id: id, name: name, channels: channels, links: links)
  }

  mutating func productView() throws(WireFault) -> ProductView {
    ProductView(
      sku: SKU(try text()), type: try productType(), isEnabled: try flag(),
      isInStock: try flag(), own: try settings(), inForce: try settings(), children: try skus(),
      options: try bundleOptions(), shipsTogether: try flag(), tags: try tags())
  }

  mutating func explanation() throws(WireFault) -> Explanation {
    let stock = StockID(try integer())
    let sku = SKU(try text())
    let salable = try salableRow()
    let isManaged = try flag()
    let (onHand, reserved, threshold) = (try quantity(), try quantity(), try quantity())
    let number: UInt8 = try integer()
    guard let backorders = BackorderPolicy(rawValue: Int64(number)) else {
      throw .unknownValue(Int(number))
    }
    let sources = try rows(13) { (reader) throws(WireFault) in
      Explanation.Contribution(
        source: SourceCode(try reader.text()), isEnabled: try reader.flag(),
        isInStock: try reader.flag(), sells: try reader.flag(), quantity: try reader.quantity())
    }
    let claims = try rows(11) { (reader) throws(WireFault) in
      Explanation.Claim(
        kind: try reader.entryObject(), id: DocumentID(try reader.text()),
        quantity: try reader.quantity())
    }
    return Explanation(
      stock: stock, sku: sku, salable: salable, isManaged: isManaged, onHand: onHand,
      reserved: reserved, threshold: threshold, backorders: backorders, sources: sources,
      claims: claims, claimsLeftOut: try integer(), takenElsewhere: try quantity(),
      expected: try quantity(),
      channels: try rows(11) { (reader) throws(WireFault) in
        Explanation.ChannelShare(
          channel: ChannelCode(try reader.text()), safety: try reader.quantity(),
          salable: try reader.optionalQuantity())
      })
  }

  mutating func entryObject() throws(WireFault) -> EntryObject {
    let number: UInt8 = try integer()
    guard let kind = EntryObject(rawValue: number) else { throw .unknownValue(Int(number)) }
    return kind
  }

  mutating func entryRow() throws(WireFault) -> EntryRow {
    let id: UInt64 = try integer()
    let stock = StockID(try integer())
    let sku = SKU(try text())
    let quantity = try quantity()
    let event = try salesEvent()
    return EntryRow(
      id: id, stock: stock, sku: sku, quantity: quantity, event: event, kind: try entryObject(),
      object: DocumentID(try text()), position: try integer())
  }
}
