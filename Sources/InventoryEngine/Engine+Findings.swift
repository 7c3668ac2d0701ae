// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Section 14: orders whose entries do not sum to what they should, and the entries that mend it.

extension Engine {
  /// All findings in the order in which orders were recorded, orphans last. O(reservations).
  func findings(_ filter: FindingFilter) -> [Finding] {
    var list: [Finding] = []
    for slot in recorded(.order) {
      let isFinal = reservations[slot].phase != .open
      if (filter == .complete && !isFinal) || (filter == .incomplete && isFinal) { continue }
      var line = reservations[slot].firstLine
      while line != none {
        if let finding = finding(line, isFinal: isFinal) { list.append(finding) }
        line = reservations.lines[line].next
      }
    }
    if filter == .complete { return list }
    for slot in recorded(.other) where !reservations[slot].id.isEmpty {
      var line = reservations[slot].firstLine
      while line != none {
        if let finding = orphan(line) { list.append(finding) }
        line = reservations.lines[line].next
      }
    }
    return list
  }

  /// The reservations of a kind in the order they were made.
  private func recorded(_ kind: EntryObject) -> [UInt32] {
    var slots: [UInt32] = []
    for slot in 0..<reservations.records.slotCount
    where !reservations[slot].isVacant && reservations[slot].kind == kind {
      slots.append(slot)
    }
    // Slots are given out again, serials are not.
    return slots.sorted { reservations[$0].serial < reservations[$1].serial }
  }

  private func finding(_ line: UInt32, isFinal: Bool) -> Finding? {
    let sku = reservations.lines[line].sku
    let slot = reservations.lines[line].reservation
    let stockItem = reservations.lines[line].stockItem
    if stockItems[stockItem].assigned == 0 || !movesGoods(sku) { return nil }
    if reservations[slot].flags.contains(.isDeferred) { return nil }
    let expected = isFinal ? 0 : -openQuantity(line)
    var real = reservations.lines[line].reserved
    let object = object(reservations[slot].id, reservations[slot].stock)
    if object != none {
      let other = self.line(of: object, sku)
      if other != none { real += reservations.lines[other].reserved }
    }
    if expected == real { return nil }
    return Finding(
      object: DocumentID(reservations[slot].id), stock: stocks[reservations[slot].stock].id,
      sku: SKU(skus[sku].name), compensate: Quantity(raw: expected - real), isFinal: isFinal)
  }

  /// Entries that name an order which does not exist, or does not have the SKU.
  private func orphan(_ line: UInt32) -> Finding? {
    let real = reservations.lines[line].reserved
    if real == 0 { return nil }
    let sku = reservations.lines[line].sku
    let record = reservations[reservations.lines[line].reservation]
    if stockItems[reservations.lines[line].stockItem].assigned == 0 || !movesGoods(sku) {
      return nil
    }
    let hash = ReservationTable.hash(record.id, .order)
    let order = reservations.find(record.id, .order, hash: hash)
    if order != none, reservations[order].stock == record.stock, self.line(of: order, sku) != none {
      return nil
    }
    return Finding(
      object: DocumentID(record.id), stock: stocks[record.stock].id, sku: SKU(skus[sku].name),
      compensate: Quantity(raw: -real), isOrphan: true, isFinal: false)
  }

  /// Appends what the findings propose, the given ones or all; a given one has to be true still, so
  /// that doing it twice is harmless. O(reservations).
  mutating func compensate(_ given: [Finding]?) throws(Refused) -> Outcome {
    let current = findings(.all)
    if let given {
      if given.isEmpty { throw Refused(.emptyInput) }
      for finding in given {
        let isTrue = current.contains {
          $0.object == finding.object && $0.stock == finding.stock && $0.sku == finding.sku
            && $0.compensate == finding.compensate
        }
        if !isTrue { throw Refused(.staleCompensation, sku: finding.sku) }
      }
      for (place, finding) in given.enumerated()
      where given[..<place].contains(where: {
        $0.object == finding.object && $0.stock == finding.stock && $0.sku == finding.sku
      }) {
        throw Refused(.staleCompensation, sku: finding.sku)
      }
    }
    let wanted = given ?? current
    if !store.isOn(.canSubtract) { return .counted(0) }
    try requireRoom(entries: wanted.count)
    if reservations.lineCount > options.linesMax - wanted.count { throw .exhausted("lines") }
    for finding in wanted {
      guard let stock = stocks.find(finding.stock) else { throw Refused(.unknownStock) }
      let sku = skus.find(finding.sku.text)
      let item = stockItem(sku, stock)
      if item != none, !canAppend(finding.compensate.tenThousandths, item) {
        throw .invalid("qty", sku: finding.sku)
      }
    }
    for finding in wanted {
      guard let stock = stocks.find(finding.stock) else { continue }
      let line = line(of: finding.object, stock, skus.find(finding.sku.text))
      append(finding.compensate.tenThousandths, .manualCompensation, line: line)
    }
    return .counted(UInt32(truncatingIfNeeded: wanted.count))
  }

  /// Removes the entries of every cause, stock and SKU that sum to 0; sums stay as they are.
  /// O(reservations + entries of those concerned).
  mutating func cleanUp() -> Outcome {
    var deleted: UInt64 = 0
    for slot in 0..<reservations.records.slotCount where !reservations[slot].isVacant {
      if reservations[slot].kind == .hold || reservations[slot].lastEntry == 0 { continue }
      var line = reservations[slot].firstLine
      while line != none {
        deleted += cleanUp(line)
        line = reservations.lines[line].next
      }
    }
    return .cleaned(deleted: deleted, left: UInt64(entries.count))
  }

  private mutating func cleanUp(_ line: UInt32) -> UInt64 {
    let slot = reservations.lines[line].reservation
    let sku = reservations.lines[line].sku
    if reservations.lines[line].reserved != 0 { return 0 }
    return removeEntries(of: slot) { $0.sku == sku }
  }
}
