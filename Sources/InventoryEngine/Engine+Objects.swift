// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Section 14: entries appended by hand. They belong to the line of the order they name, or to a record
// of their own for what they name in their stock.

extension Engine {
  /// Appends entries as they are, all or none; those of products whose stock is not managed are
  /// dropped. O(entries).
  mutating func appendEntries(_ list: [NewEntry]) throws(Refused) -> Outcome {
    if list.isEmpty { throw Refused(.emptyInput) }
    if list.contains(where: { $0.id != nil }) { throw Refused(.reservationIDPreset) }
    for entry in list { try requireComplete(entry) }
    for entry in list {
      if let stock = entry.stock, stocks.find(stock) == nil { throw Refused(.unknownStock) }
    }
    try requireRoom(for: list)
    var appended: UInt32 = 0
    for entry in list {
      guard let id = entry.stock, let stock = stocks.find(id), let name = entry.sku,
        let quantity = entry.quantity
      else { continue }
      let sku = skus.intern(name.text)
      if !recordsEntries(sku) { continue }
      let line = line(of: entry.object, stock, sku)
      append(quantity.tenThousandths, entry.event, line: line)
      appended += 1
    }
    return .counted(appended)
  }

  private func requireComplete(_ entry: NewEntry) throws(Refused) {
    guard entry.stock != nil else { throw .invalid("stock") }
    guard let sku = entry.sku, sku.isWellFormed else { throw .invalid("sku") }
    guard let quantity = entry.quantity?.tenThousandths, quantity != 0,
      quantity.magnitude <= Limits.quantityTenThousandthsMax.magnitude
    else { throw .invalid("qty", sku: sku) }
    if entry.object.text.utf8.count > Limits.documentBytesMax { throw .invalid("object") }
  }

  /// Refuses when what the entries may create does not fit, or a sum could not hold them in any order.
  private mutating func requireRoom(for list: [NewEntry]) throws(Refused) {
    try requireRoom(entries: list.count)
    if skus.count > options.skusMax - list.count { throw .exhausted("skus") }
    if stockItems.count > options.stockItemsMax - list.count { throw .exhausted("stock_items") }
    if reservations.lineCount > options.linesMax - list.count { throw .exhausted("lines") }
    if reservations.count > options.reservationsMax - list.count {
      throw .exhausted("reservations")
    }
    var least: Int64 = 0
    var most: Int64 = 0
    for entry in list {
      let quantity = entry.quantity?.tenThousandths ?? 0
      let (sum, overflow) =
        quantity < 0
        ? least.addingReportingOverflow(quantity) : most.addingReportingOverflow(quantity)
      if overflow { throw .invalid("qty") }
      if quantity < 0 { least = sum } else { most = sum }
      if let name = entry.sku, !skus.makeRoom(for: name.text) { throw .exhausted("skus") }
      if !reservations.makeRoom(for: ReservationTable.hash(entry.object.text, .other)) {
        throw .exhausted("reservations")
      }
    }
    for entry in list {
      guard let name = entry.sku, let id = entry.stock, let stock = stocks.find(id) else {
        continue
      }
      let sku = skus.find(name.text)
      let item = sku == none ? none : stockItem(sku, stock)
      let reserved = item == none ? 0 : stockItems[item].reserved
      for end in [least, most] {
        let (sum, overflow) = reserved.addingReportingOverflow(end)
        if overflow || sum.magnitude > Bounds.reservedMax.magnitude {
          throw .invalid("qty", sku: name)
        }
      }
    }
  }

  /// The line that entries of `sku` in `stock` with that cause belong to, made when it is missing.
  /// O(lines of the cause).
  mutating func line(of object: DocumentID, _ stock: UInt16, _ sku: UInt32) -> UInt32 {
    let hash = ReservationTable.hash(object.text, .order)
    let order = reservations.find(object.text, .order, hash: hash)
    if order != none, reservations[order].stock == stock {
      let line = line(of: order, sku)
      if line != none { return line }
    }
    var slot = self.object(object.text, stock)
    if slot == none {
      var record = Reservation(
        id: object.text, digest: 0, createdAt: now, stock: stock, isOrder: false)
      record.flags = .isObject
      record.phase = .complete
      slot = reservations.add(record, hash: ReservationTable.hash(object.text, .other))
    }
    let known = line(of: slot, sku)
    if known != none { return known }
    let stockItem = ensureStockItem(sku, stock)
    return reservations.addLine(
      ReservationLine(ordered: 0, sku: sku, stockItem: stockItem, reservation: slot), to: slot)
  }

  /// The record of what entries of a stock name as their cause, or `none`.
  func object(_ id: String, _ stock: UInt16) -> UInt32 {
    reservations.findObject(id, stock)
  }

  /// The line of a reservation for a SKU, or `none`. O(lines).
  func line(of slot: UInt32, _ sku: UInt32) -> UInt32 {
    var line = reservations[slot].firstLine
    while line != none, reservations.lines[line].sku != sku { line = reservations.lines[line].next }
    return line
  }
}
