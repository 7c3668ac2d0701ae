// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// The digest walks the state in an order that no table's layout can change: SKUs and sources by
// name, stocks by number, entries and remembered ids by age. Where there is no such order, the
// digests of the single records are added up. What is derived (indexes, counters, the heap) is left
// to `violations`.

extension Engine {
  /// The state in 64 bits: equal for engines that went through the same commands, live or replayed.
  /// O(state): for checks and shutdown, not for every batch.
  package func digest() -> UInt64 {
    var mixer = Mixer()
    mixer.add(now)
    mixer.add(position)
    mixer.add(entries.nextID)
    mixer.add(linkSerial)
    mixer.add(deducted)
    mixer.add(received)
    mixer.add(options.retentionSeconds)
    mixer.add(options.rememberedIDsMax)
    mixer.add(options.skusMax)
    mixer.add(options.reservationsMax)
    addStore(to: &mixer)
    addSources(to: &mixer)
    addStocks(to: &mixer)
    addSKUs(to: &mixer)
    addReservations(to: &mixer)
    addEntries(to: &mixer)
    addAnswers(to: &mixer)
    addPolicies(to: &mixer)
    return mixer.value
  }

  private func addStore(to mixer: inout Mixer) {
    for field in SettingField.allCases { mixer.add(store[field]) }
    mixer.add(store.minimumByGroup.count)
    for row in store.minimumByGroup {
      mixer.add(Int64(row.group))
      mixer.add(row.quantity)
    }
  }

  private func addSources(to mixer: inout Mixer) {
    mixer.add(sources.count)
    for number in sources.order {
      let record = sources[number]
      mixer.add(record.code)
      mixer.add(record.isEnabled)
      mixer.add(record.isPickup)
      mixer.add(record.sells)
      mixer.add(record.ships)
      mixer.add(record.coordinates.map { Int64($0.latitude) })
      mixer.add(record.coordinates.map { Int64($0.longitude) })
      for text in record.texts { mixer.add(text) }
    }
  }

  private func addStocks(to mixer: inout Mixer) {
    mixer.add(stocks.count)
    for number in stocks.order {
      let record = stocks[number]
      mixer.add(Int64(record.id.rawValue))
      mixer.add(record.isDeleted)
      mixer.add(record.name)
      mixer.add(record.links.count)
      for link in record.links {
        mixer.add(sources.records[Int(link.source)].code)
        mixer.add(Int64(link.priority))
        mixer.add(link.serial)
      }
    }
    var sum: UInt64 = 0
    for channel in 0..<channels.slotCount where !channels[channel].code.isEmpty {
      var single = Mixer()
      single.add(channels[channel].code)
      single.add(channels[channel].stock.map { Int64(stocks[$0].id.rawValue) })
      sum &+= single.value
    }
    mixer.add(channels.count)
    mixer.add(sum)
  }

  private func addSKUs(to mixer: inout Mixer) {
    mixer.add(skus.count)
    var place = skus.order.start
    while let sku = skus.order.next(&place) {
      mixer.add(skus[sku].name)
      mixer.add(UInt64(skus[sku].flags.rawValue))
      mixer.add(UInt64(skus[sku].type.rawValue))
      if let own = skus.ownSettings(of: sku) {
        for field in SettingField.allCases where field.isProductSetting { mixer.add(own[field]) }
      }
      mixer.add(itemDigests(of: sku))
      mixer.add(stockItemDigests(of: sku))
      mixer.add(waitingDigest(of: sku))
      mixer.add(extraDigest(of: sku))
    }
  }

  private func itemDigests(of sku: UInt32) -> UInt64 {
    var sum: UInt64 = 0
    var item = skus[sku].firstItem
    while item != none {
      var single = Mixer()
      single.add(sources.records[Int(sourceItems[item].source)].code)
      single.add(sourceItems[item].quantity)
      single.add(sourceItems[item].isInStock)
      single.add(sourceItems[item].version)
      single.add(notify(of: item))
      single.add(unexplained(of: item))
      sum &+= single.value
      item = sourceItems[item].next
    }
    return sum
  }

  private func stockItemDigests(of sku: UInt32) -> UInt64 {
    var sum: UInt64 = 0
    var item = skus[sku].firstStockItem
    while item != none {
      // A row that says nothing counts like one that is not there.
      if !stockItems[item].isBlank {
        var single = Mixer()
        single.add(Int64(stocks[stockItems[item].stock].id.rawValue))
        single.add(stockItems[item].onHand)
        single.add(stockItems[item].reserved)
        single.add(stockItems[item].backordered)
        addClaims(on: item, to: &single)
        sum &+= single.value
      }
      item = stockItems[item].next
    }
    return sum
  }

  /// The order of the claims is state: explanations show it.
  private func addClaims(on item: UInt32, to mixer: inout Mixer) {
    let first = stockItems[item].firstClaim
    if first == none { return }
    var line = first
    repeat {
      mixer.add(name(of: reservations.lines[line].reservation))
      line = reservations.lines[line].nextClaim
    } while line != first
  }
}
