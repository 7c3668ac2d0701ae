// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// What channels and customers may take, what is expected, what waits and what moved.

extension Engine {
  func addPolicies(to mixer: inout Mixer) {
    mixer.add(limits.count)
    for limit in limits.list { mixer.add(limit) }
    mixer.add(policies.count)
    var sum: UInt64 = 0
    for slot in 0..<policies.records.slotCount where policies[slot].channel != none {
      sum &+= digest(of: policies[slot])
    }
    mixer.add(sum)
    mixer.add(supplies.count)
    sum = 0
    for slot in 0..<supplies.records.slotCount {
      var single = Mixer()
      single.add(supplies[slot].id)
      single.add(supplies[slot].quantity)
      single.add(supplies[slot].expectedAt)
      single.add(supplies[slot].isOpen)
      single.add(skus[supplies[slot].sku].name)
      single.add(sources.records[Int(supplies[slot].source)].code)
      sum &+= single.value
    }
    mixer.add(sum)
    for country in places.countries {
      mixer.add(country.code)
      mixer.add(country.places.count)
      for place in country.places {
        mixer.add(place.postcode)
        mixer.add(place.city)
        mixer.add(place.region)
        mixer.add(Int64(place.coordinates.latitude))
        mixer.add(Int64(place.coordinates.longitude))
      }
    }
    mixer.add(changes.tail)
    addMovements(to: &mixer)
  }

  private func digest(of record: ChannelPolicyRecord) -> UInt64 {
    var single = Mixer()
    single.add(channels[record.channel].code)
    single.add(record.sku == none ? "" : skus[record.sku].name)
    single.add(record.taken)
    switch record.policy.safety {
    case .quantity(let quantity): single.add(quantity)
    case .basisPoints(let points): single.add(UInt64(points) | 1 << 32)
    }
    single.add(record.policy.cap?.quantity.tenThousandths)
    single.add(record.policy.cap?.since.nanoseconds)
    single.add(record.policy.allowsBackorder.map { $0 ? 1 : 0 })
    return single.value
  }

  private func addMovements(to mixer: inout Mixer) {
    mixer.add(movements.tail)
    mixer.add(movements.count)
    for number in movements.head..<movements.tail {
      let movement = movements[number]
      mixer.add(movement.time)
      mixer.add(movement.quantity)
      mixer.add(skus[movement.sku].name)
      mixer.add(UInt64(movement.source))
    }
  }

  /// Children, options and tags.
  func extraDigest(of sku: UInt32) -> UInt64 {
    guard let extra = skus.extra(of: sku) else { return 0 }
    var mixer = Mixer()
    for child in extra.children { mixer.add(skus[child].name) }
    for option in extra.options {
      mixer.add(option.isRequired)
      for child in option.children {
        mixer.add(skus[child.sku].name)
        mixer.add(child.fixedQuantity)
      }
    }
    mixer.add(extra.shipsTogether)
    for tag in extra.tags { mixer.add(tag) }
    return mixer.value
  }

  /// What waits for goods, in order of acceptance.
  func waitingDigest(of sku: UInt32) -> UInt64 {
    var mixer = Mixer()
    var place = skus[sku].firstWaiting
    while place != none {
      mixer.add(name(of: reservations.lines[waitingPromises[place].line].reservation))
      mixer.add(waitingPromises[place].quantity)
      place = waitingPromises[place].next
    }
    return mixer.value
  }
}

extension Mixer {
  fileprivate mutating func add(_ limit: CustomerLimit) {
    add(limit.id.text)
    switch limit.goods {
    case .sku(let sku):
      add(1 as UInt64)
      add(sku.text)
    case .tag(let tag):
      add(2 as UInt64)
      add(tag)
    }
    add(limit.channel?.text ?? "")
    add(limit.quantity)
    switch limit.window {
    case .perOrder: add(1 as UInt64)
    case .rolling(let seconds): add(seconds)
    case .campaign(let from, let to):
      add(from.nanoseconds)
      add(to.nanoseconds)
    }
    add(limit.countsRefunds)
    add(limit.isStrict)
  }
}
