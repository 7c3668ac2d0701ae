// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Fields of customer limits, channel policies and supplies (18.5 to 18.7).

extension ByteWriter {
  mutating func append(optional time: Timestamp?) {
    append(time != nil)
    if let time { append(time.nanoseconds) }
  }

  mutating func append(_ limit: CustomerLimit) {
    append(limit.id.text)
    switch limit.goods {
    case .sku(let sku):
      append(0 as UInt8)
      append(sku.text)
    case .tag(let tag):
      append(1 as UInt8)
      append(tag)
    }
    append(optional: limit.channel?.text)
    append(limit.quantity)
    switch limit.window {
    case .perOrder: append(0 as UInt8)
    case .rolling(let seconds):
      append(1 as UInt8)
      append(seconds)
    case .campaign(let from, let to):
      append(2 as UInt8)
      append(from.nanoseconds)
      append(to.nanoseconds)
    }
    append(limit.countsRefunds)
    append(limit.isStrict)
  }

  mutating func append(_ policy: ChannelPolicy) {
    append(policy.channel.text)
    append(optional: policy.sku?.text)
    switch policy.safety {
    case .quantity(let quantity):
      append(0 as UInt8)
      append(quantity)
    case .basisPoints(let points):
      append(1 as UInt8)
      append(points)
    }
    append(policy.cap != nil)
    if let cap = policy.cap {
      append(cap.quantity)
      append(cap.since.nanoseconds)
    }
    append(policy.allowsBackorder)
  }

  mutating func append(_ supply: Supply) {
    append(supply.id.text)
    append(supply.source.text)
    append(supply.sku.text)
    append(supply.quantity)
    append(supply.expectedAt.nanoseconds)
  }
}

extension ByteReader {
  mutating func customerLimit() throws(WireFault) -> CustomerLimit {
    let id = DocumentID(try text())
    let goods: CustomerLimit.Goods =
      try flag() ? .tag(try text()) : .sku(SKU(try text()))
    let channel = try optionalText().map { ChannelCode($0) }
    let quantity = try quantity()
    let window: CustomerLimit.Window
    switch try integer(UInt8.self) {
    case 0: window = .perOrder
    case 1: window = .rolling(seconds: try integer())
    case 2:
      window = .campaign(
        from: Timestamp(nanoseconds: try integer()), to: Timestamp(nanoseconds: try integer()))
    case let other: throw .unknownValue(Int(other))
    }
    return CustomerLimit(
      id, goods, channel: channel, quantity: quantity, window: window, countsRefunds: try flag(),
      isStrict: try flag())
  }

  mutating func channelPolicy() throws(WireFault) -> ChannelPolicy {
    let channel = ChannelCode(try text())
    let sku = try optionalText().map { SKU($0) }
    let safety: ChannelPolicy.Safety =
      try flag() ? .basisPoints(try integer()) : .quantity(try quantity())
    var cap: ChannelPolicy.Cap?
    if try flag() {
      cap = ChannelPolicy.Cap(try quantity(), since: Timestamp(nanoseconds: try integer()))
    }
    return ChannelPolicy(
      channel, sku: sku, safety: safety, cap: cap, allowsBackorder: try optionalFlag())
  }

  mutating func supply() throws(WireFault) -> Supply {
    Supply(
      DocumentID(try text()), source: SourceCode(try text()), sku: SKU(try text()),
      quantity: try quantity(), expectedAt: Timestamp(nanoseconds: try integer()))
  }
}
