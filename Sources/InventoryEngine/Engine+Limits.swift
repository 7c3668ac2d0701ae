// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// 18.5: what one customer may take. Judged in the same step as the request.

extension Engine {
  /// Sets a customer limit. O(limits).
  mutating func setCustomerLimit(_ limit: CustomerLimit) throws(Refused) -> Outcome {
    try requireWellFormed(limit.id, "limit")
    switch limit.goods {
    case .sku(let sku): if !sku.isWellFormed { throw .invalid("sku", sku: sku) }
    case .tag(let tag): if tag.isBlank || tag.utf8.count > 64 { throw .invalid("tag") }
    }
    if let channel = limit.channel, !channel.isWellFormed { throw .invalid("channel") }
    let range = 0...Limits.quantityTenThousandthsMax
    if !range.contains(limit.quantity.tenThousandths) { throw .invalid("qty") }
    switch limit.window {
    case .perOrder: break
    case .rolling(let seconds): if seconds < 1 { throw .invalid("window") }
    case .campaign(let from, let to): if from >= to { throw .invalid("window") }
    }
    if let channel = limit.channel, channels.find(channel) == nil { throw Refused(.unknownChannel) }
    if !limits.contains(limit.id), limits.count >= options.customerLimitsMax {
      throw .exhausted("customer_limits")
    }
    limits.set(limit)
    return .done
  }

  /// Removes a customer limit; an unknown one is no fault. O(limits).
  mutating func removeCustomerLimit(_ id: DocumentID) throws(Refused) -> Outcome {
    try requireWellFormed(id, "limit")
    limits.remove(id)
    return .done
  }

  /// What every limit leaves the customer of the demand at `place`, least first: sets `allowance` and
  /// `freeAt`; answers `nil` when no limit speaks. O(limits x reservations of the customer).
  mutating func allowance(
    _ place: Int, customer: UInt32, isNamed: Bool, except hold: UInt32 = none
  ) -> Int64? {
    var least: Int64?
    for index in limits.list.indices {
      let limit = limits.list[index]
      if !applies(limit, to: scratch.demands[place].sku, channel: scratch.channel) { continue }
      if !isNamed {
        // Without a customer a strict limit leaves nothing, any other passes.
        if limit.isStrict { least = 0 }
        continue
      }
      if case .campaign(let from, let to) = limit.window,
        now < from.nanoseconds || now >= to.nanoseconds
      {
        continue
      }
      var used = limit.window == .perOrder ? 0 : used(limit, by: customer, except: hold)
      used += asked(limit, before: place)
      let left = max(limit.quantity.tenThousandths - used, 0)
      if let known = least, known <= left { continue }
      least = left
      scratch.demands[place].freeAt = freeAt(limit, customer)
    }
    if let least { scratch.demands[place].allowance = least }
    return least
  }

  /// Whether a limit is about a SKU sold through a channel.
  private func applies(_ limit: CustomerLimit, to sku: UInt32, channel: UInt32) -> Bool {
    if let code = limit.channel {
      guard channel != none, channels.find(code) == channel else { return false }
    }
    return covers(limit.goods, sku)
  }

  private func covers(_ goods: CustomerLimit.Goods, _ sku: UInt32) -> Bool {
    if sku == none { return false }
    switch goods {
    case .sku(let name): return TextHash.foldedEqual(skus[sku].name, name.text)
    case .tag(let tag): return hasTag(sku, tag)
    }
  }

  /// What earlier demands of the same request take of a limit.
  private func asked(_ limit: CustomerLimit, before place: Int) -> Int64 {
    var sum: Int64 = 0
    for demand in scratch.demands[..<place] where covers(limit.goods, demand.sku) {
      sum += demand.granted
    }
    return sum
  }

  /// What the customer's orders in the window and active holds took.
  private func used(
    _ limit: CustomerLimit, by customer: UInt32, except hold: UInt32
  ) -> Int64 {
    if customer == none { return 0 }
    var sum: Int64 = 0
    for slot in customers[customer].reservations where slot != hold {
      if !counts(slot, limit) { continue }
      sum = sum.addingReportingOverflow(taken(slot, limit)).partialValue
    }
    return sum
  }

  /// Whether a reservation counts against a limit now.
  private func counts(_ slot: UInt32, _ limit: CustomerLimit) -> Bool {
    let record = reservations[slot]
    if let code = limit.channel, channels.find(code) != record.channel { return false }
    if record.kind == .hold { return record.phase == .held }
    if record.kind == .other { return false }
    switch limit.window {
    case .perOrder: return false
    case .rolling(let seconds):
      return Timestamp(nanoseconds: record.createdAt).adding(seconds: seconds).nanoseconds > now
    case .campaign(let from, let to):
      return record.createdAt >= from.nanoseconds && record.createdAt < to.nanoseconds
    }
  }

  private func taken(_ slot: UInt32, _ limit: CustomerLimit) -> Int64 {
    var sum: Int64 = 0
    var line = reservations[slot].firstLine
    while line != none {
      if covers(limit.goods, reservations.lines[line].sku) {
        let progress = reservations.progress(of: line)
        sum += reservations.lines[line].ordered - progress.canceled
        if limit.countsRefunds { sum -= progress.refunded }
      }
      line = reservations.lines[line].next
    }
    return sum
  }

  /// When the oldest order in a rolling window leaves it, or the next hold runs out.
  private func freeAt(_ limit: CustomerLimit, _ customer: UInt32) -> Int64? {
    if customer == none { return nil }
    var first: Int64?
    for slot in customers[customer].reservations where counts(slot, limit) {
      if taken(slot, limit) <= 0 { continue }
      let record = reservations[slot]
      var moment = Int64.max
      if record.kind == .hold {
        moment = record.deadline
      } else if case .rolling(let seconds) = limit.window {
        moment = Timestamp(nanoseconds: record.createdAt).adding(seconds: seconds).nanoseconds
      }
      if moment != .max, moment < first ?? .max { first = moment }
    }
    return first
  }

  /// Whether a product has a tag.
  func hasTag(_ sku: UInt32, _ tag: String) -> Bool {
    guard let extra = skus.extra(of: sku) else { return false }
    return extra.tags.contains { TextHash.exactlyEqual($0, tag) }
  }
}
