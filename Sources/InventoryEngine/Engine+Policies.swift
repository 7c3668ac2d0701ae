// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// 18.6: what a channel may take. It limits the channel, it earmarks nothing.

extension Engine {
  /// Sets what a channel may take. O(1), or O(reservations) with a cap, whose count starts from what
  /// there is.
  mutating func setChannelPolicy(_ policy: ChannelPolicy) throws(Refused) -> Outcome {
    if !policy.channel.isWellFormed { throw .invalid("channel") }
    if let sku = policy.sku, !sku.isWellFormed { throw .invalid("sku", sku: sku) }
    let range = 0...Limits.quantityTenThousandthsMax
    switch policy.safety {
    case .quantity(let quantity):
      if !range.contains(quantity.tenThousandths) { throw .invalid("safety") }
    case .basisPoints(let points): if points > 10_000 { throw .invalid("safety") }
    }
    if let cap = policy.cap, !range.contains(cap.quantity.tenThousandths) { throw .invalid("cap") }
    guard let channel = channels.find(policy.channel) else { throw Refused(.unknownChannel) }
    var sku = none
    if let name = policy.sku {
      if skus.find(name.text) == none {
        if skus.count >= options.skusMax || !skus.makeRoom(for: name.text) {
          throw .exhausted("skus")
        }
      }
      sku = skus.find(name.text)
    }
    if policies.count >= options.channelPoliciesMax
      || !policies.makeRoom(channel, policy.sku == nil ? none : UInt32(skus.count))
    {
      throw .exhausted("channel_policies")
    }
    if let name = policy.sku { sku = skus.intern(name.text) }
    guard policies.makeRoom(channel, sku) else { throw .exhausted("channel_policies") }
    var record = ChannelPolicyRecord(channel: channel, sku: sku, policy: policy)
    record.taken = takenSoFar(record)
    policies.set(record)
    return .done
  }

  /// Removes a policy; one that does not exist is no fault. O(1).
  mutating func removeChannelPolicy(
    _ code: ChannelCode, _ name: SKU?
  ) throws(Refused) -> Outcome {
    if !code.isWellFormed { throw .invalid("channel") }
    guard let channel = channels.find(code) else { throw Refused(.unknownChannel) }
    let sku = name.map { skus.find($0.text) }
    if let sku, sku == none { return .done }
    policies.remove(channel, sku ?? none)
    return .done
  }

  /// Forgets a channel's policies, and that reservations came through it. O(policies + reservations).
  mutating func forgetChannel(_ channel: UInt32) {
    for slot in 0..<policies.records.slotCount where policies[slot].channel == channel {
      policies.remove(channel, policies[slot].sku)
    }
    for slot in 0..<reservations.records.slotCount
    where !reservations[slot].isVacant && reservations[slot].channel == channel {
      reservations[slot].channel = none
    }
  }

  /// The settings in force where a SKU is sold: those of the SKU, what its channel may take, and the
  /// supply that may be promised. O(1), or O(supplies of the SKU) when these are for sale.
  @inline(__always)
  func terms(
    _ stockItem: UInt32, channel: UInt32 = none, needBy: Int64 = .max
  ) -> SellingRules {
    let rules = rules(of: stockItems[stockItem].sku)
    if !rules.sellsExpected, channel == none || policies.count == 0 { return rules }
    return fullTerms(rules, stockItem, channel, needBy)
  }

  private func fullTerms(
    _ rules: SellingRules, _ stockItem: UInt32, _ channel: UInt32, _ needBy: Int64
  ) -> SellingRules {
    var rules = rules
    let sku = stockItems[stockItem].sku
    if rules.sellsExpected { rules.supply = openSupply(stockItem, by: needBy) }
    let slot = channel == none ? none : policies.inForce(channel, sku)
    if slot == none { return rules }
    rules = rules.allowingBackorder(policies[slot].policy.allowsBackorder)
    rules.safety = safety(policies[slot].policy, stockItem)
    if let cap = policies[slot].policy.cap {
      rules.capLeft = cap.quantity.tenThousandths - policies[slot].taken
    }
    return rules
  }

  /// What a policy keeps from its channel; a share is rounded up.
  func safety(_ policy: ChannelPolicy, _ stockItem: UInt32) -> Int64 {
    switch policy.safety {
    case .quantity(let quantity): return quantity.tenThousandths
    case .basisPoints(let points):
      let onHand = stockItems[stockItem].onHand
      let (whole, rest) = onHand.quotientAndRemainder(dividingBy: 10_000)
      let share = Int64(points)
      return whole * share + (rest * share + 9_999) / 10_000
    }
  }

  /// Counts what a channel takes and gives back.
  mutating func countTaken(_ quantity: Int64, _ event: SalesEvent, line: UInt32) {
    let slot = reservations.lines[line].reservation
    let channel = reservations[slot].channel
    if channel == none || event.isDelivery || event == .manualCompensation { return }
    let policy = policies.inForce(channel, reservations.lines[line].sku)
    guard policy != none, let cap = policies[policy].policy.cap else { return }
    if reservations[slot].createdAt < cap.since.nanoseconds { return }
    policies[policy].taken -= quantity
  }

  /// What the reservations that a policy's cap counts took. O(reservations).
  private func takenSoFar(_ record: ChannelPolicyRecord) -> Int64 {
    guard let cap = record.policy.cap else { return 0 }
    var taken: Int64 = 0
    for slot in 0..<reservations.records.slotCount where !reservations[slot].isVacant {
      let reservation = reservations[slot]
      if reservation.channel != record.channel || reservation.createdAt < cap.since.nanoseconds {
        continue
      }
      if reservation.kind != .order, reservation.phase != .held { continue }
      var line = reservation.firstLine
      while line != none {
        let sku = reservations.lines[line].sku
        // A policy of the SKU's own takes it out of the channel's.
        if sku == record.sku || (record.sku == none && policies.find(record.channel, sku) == none) {
          let progress = reservations.progress(of: line)
          let part =
            reservations.lines[line].ordered - progress.canceled - progress.refundedLoose
          taken = taken.addingReportingOverflow(part).partialValue
        }
        line = reservations.lines[line].next
      }
    }
    return taken
  }

  /// All policies by channel and SKU. O(policies log policies).
  func policyList() -> [ChannelPolicy] {
    var list: [ChannelPolicy] = []
    for slot in 0..<policies.records.slotCount where policies[slot].channel != none {
      var policy = policies[slot].policy
      policy.channel = ChannelCode(channels[policies[slot].channel].code)
      policy.sku = policies[slot].sku == none ? nil : SKU(skus[policies[slot].sku].name)
      list.append(policy)
    }
    return list.sorted { left, right in
      if left.channel != right.channel {
        return TextHash.exactlyPrecedes(left.channel.text, right.channel.text)
      }
      return TextHash.foldedPrecedes(left.sku?.text ?? "", right.sku?.text ?? "")
    }
  }
}
