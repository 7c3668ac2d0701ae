// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Engine {
  /// A reservation's kind and id in 64 bits.
  func name(of slot: UInt32) -> UInt64 {
    ReservationTable.hash(reservations[slot].id, reservations[slot].kind)
  }

  func addReservations(to mixer: inout Mixer) {
    var sum: UInt64 = 0
    for slot in 0..<reservations.records.slotCount where !reservations[slot].isVacant {
      sum &+= digest(of: slot)
    }
    mixer.add(reservations.count)
    mixer.add(sum)
    var closed = reservations.firstClosed
    while closed != none {
      mixer.add(name(of: closed))
      closed = reservations[closed].after
    }
  }

  private func digest(of slot: UInt32) -> UInt64 {
    let record = reservations[slot]
    var mixer = Mixer(name(of: slot))
    mixer.add(record.digest)
    mixer.add(record.createdAt)
    mixer.add(record.deadline)
    mixer.add(record.closedAt)
    mixer.add(record.lastEntry)
    mixer.add(UInt64(record.firstSeconds))
    mixer.add(Int64(stocks[record.stock].id.rawValue))
    mixer.add(UInt64(record.phase.rawValue))
    mixer.add(UInt64(record.flags.rawValue))
    mixer.add(UInt64(record.state.rawValue))
    mixer.add(record.serial)
    mixer.add(record.pickup == .max ? "" : sources.records[Int(record.pickup)].code)
    mixer.add(record.channel == none ? "" : channels[record.channel].code)
    mixer.add(record.customer == none ? "" : customers[record.customer].id)
    if record.phase == .held { mixer.add(deadlines[record.before].position) }
    if let extra = reservations.extra(of: slot) {
      mixer.add(extra.group.map { Int64($0) })
      mixer.add(extra.grants)
    }
    var line = record.firstLine
    while line != none {
      addLine(line, to: &mixer)
      line = reservations.lines[line].next
    }
    return mixer.value
  }

  private func addLine(_ line: UInt32, to mixer: inout Mixer) {
    mixer.add(skus[reservations.lines[line].sku].name)
    mixer.add(reservations.lines[line].ordered)
    mixer.add(reservations.lines[line].reserved)
    let progress = reservations.progress(of: line)
    mixer.add(progress.canceled)
    mixer.add(progress.invoiced)
    mixer.add(progress.shipped)
    mixer.add(progress.refunded)
    mixer.add(progress.refundedLoose)
    var sum: UInt64 = 0
    var shipment = progress.firstShipment
    while shipment != none {
      var single = Mixer()
      single.add(sources.records[Int(reservations.shipments[shipment].source)].code)
      single.add(reservations.shipments[shipment].quantity)
      sum &+= single.value
      shipment = reservations.shipments[shipment].next
    }
    mixer.add(sum)
  }

  func addEntries(to mixer: inout Mixer) {
    mixer.add(entries.count)
    var id: UInt64 = 0
    while let entry = entries.next(after: &id) {
      mixer.add(id)
      mixer.add(entry.quantity)
      mixer.add(entry.position)
      mixer.add(entry.previous)
      mixer.add(name(of: entry.reservation))
      mixer.add(skus[entry.sku].name)
      mixer.add(UInt64(entry.event?.rawValue ?? 0))
    }
  }

  /// Documents and remembered command ids with their answers.
  func addAnswers(to mixer: inout Mixer) {
    var sum: UInt64 = 0
    for number in 0..<documents.count {
      var single = Mixer(UInt64(documents[number].kind.rawValue))
      single.add(documents[number].id)
      single.add(documents[number].digest)
      single.add(documents[number].outcome)
      sum &+= single.value
    }
    mixer.add(documents.count)
    mixer.add(sum)
    mixer.add(remembered.count)
    for number in remembered.numbers {
      mixer.add(remembered[number].id.low)
      mixer.add(remembered[number].id.high)
      mixer.add(remembered[number].digest)
      mixer.add(remembered[number].position)
      mixer.add(remembered[number].decidedAt)
      mixer.add(remembered[number].outcome)
    }
  }
}
