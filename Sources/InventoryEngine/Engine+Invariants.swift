// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// What must hold between two commands, whatever the commands were. Everything that is kept twice is
// computed again here from what it was derived from.

extension Engine {
  /// What is wrong with the state, as sentences; empty when nothing is. O(state): for tests, the
  /// verifier and the simulator.
  package func violations() -> [String] {
    var faults: [String] = []
    checkNetwork(&faults)
    checkSKUs(&faults)
    checkReservations(&faults)
    checkClosed(&faults)
    checkEntries(&faults)
    checkCounters(&faults)
    checkSharing(&faults)
    return faults
  }

  private func checkNetwork(_ faults: inout [String]) {
    for number in stocks.order where !stocks[number].isDeleted {
      let record = stocks[number]
      if channels.codes(of: number).count != record.channelCount {
        faults.append("Stock \(record.id) miscounts its channels.")
      }
      for link in record.links where !sources[link.source].stocks.contains(number) {
        faults.append("A source of stock \(record.id) does not know of the link.")
      }
      let isSorted = zip(record.links, record.links.dropFirst()).allSatisfy {
        ($0.priority, $0.serial) < ($1.priority, $1.serial)
      }
      if !isSorted { faults.append("The links of stock \(record.id) are out of order.") }
    }
    for number in sources.order {
      let record = sources[number]
      for stock in record.stocks
      where !stocks[stock].links.contains(where: { $0.source == number }) {
        faults.append("Source \(record.code) names a stock that does not link it.")
      }
      if sources.find(SourceCode(record.code)) != number {
        faults.append("Source \(record.code) is not found by its code.")
      }
    }
    for channel in 0..<channels.slotCount where !channels[channel].code.isEmpty {
      if channels.find(ChannelCode(channels[channel].code)) != channel {
        faults.append("Channel \(channels[channel].code) is not found by its code.")
      }
    }
  }

  private func checkCounters(_ faults: inout [String]) {
    var held = 0
    var open = 0
    var lines = 0
    for slot in 0..<reservations.records.slotCount where !reservations[slot].isVacant {
      if reservations[slot].phase == .held { held += 1 }
      if reservations[slot].phase == .open { open += 1 }
      var line = reservations[slot].firstLine
      while line != none {
        lines += 1
        line = reservations.lines[line].next
      }
    }
    if held != deadlines.count { faults.append("The heap has not one deadline per open hold.") }
    if open != openOrderCount { faults.append("Open orders are miscounted.") }
    if lines != reservations.lineCount { faults.append("Lines are lost or left behind.") }
    if !deadlines.isOrdered { faults.append("The heap of deadlines is out of order.") }
    if let first = deadlines.first, first.moment <= now {
      faults.append("A hold that is due has not expired.")
    }
    for number in remembered.numbers where remembered.isCurrent(number, at: now) {
      if !remembered.isIndexed(number) { faults.append("A remembered id is not found.") }
    }
    for number in 0..<documents.count {
      if documents.find(DocumentID(documents[number].id), documents[number].kind) != number {
        faults.append("Document \(documents[number].id) is not found by its id.")
      }
    }
  }
}
