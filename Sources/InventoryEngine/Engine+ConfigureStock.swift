// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Section 10: stocks and sales channels.

extension Engine {
  /// Creates or changes a stock. O(channels).
  mutating func setStock(_ change: StockChange) throws(Refused) -> Outcome {
    if change.id.rawValue < 1 { throw .invalid("stock") }
    let known = stocks.find(change.id)
    if let name = change.name ?? (known == nil ? "" : nil), name.isBlank { throw .invalid("name") }
    for code in change.channels ?? [] where !code.isWellFormed { throw .invalid("channel") }
    var wanted: [UInt32] = []
    for code in change.channels ?? [] {
      guard let channel = channels.find(code) else { throw Refused(.unknownChannel) }
      wanted.append(channel)
    }
    if known == nil, stocks.slot(of: change.id) == nil,
      stocks.count >= options.stocksMax
    {
      throw .exhausted("stocks")
    }
    let stock = known ?? stocks.add(change.id, name: change.name ?? "")
    if let name = change.name { stocks[stock].name = name }
    if change.channels != nil { assign(wanted, to: stock) }
    return .done
  }

  /// Makes `wanted` the channels of a stock. What is dropped falls to the default stock; dropped from
  /// there, it has no stock.
  private mutating func assign(_ wanted: [UInt32], to stock: UInt16) {
    let home = stocks.find(.default)
    let wanted = wanted.sorted()
    for channel in 0..<channels.slotCount where channels[channel].stock == stock {
      var low = 0
      var high = wanted.count
      while low < high {
        let middle = (low + high) / 2
        if wanted[middle] < channel { low = middle + 1 } else { high = middle }
      }
      if low < wanted.count, wanted[low] == channel { continue }
      move(channel, to: home == stock ? nil : home)
    }
    for channel in wanted { move(channel, to: stock) }
  }

  private mutating func move(_ channel: UInt32, to stock: UInt16?) {
    if let old = channels[channel].stock { stocks[old].channelCount -= 1 }
    channels[channel].stock = stock
    if let stock { stocks[stock].channelCount += 1 }
  }

  /// Deletes a stock that serves no channel and reserves nothing. O(SKUs) for each linked source.
  mutating func deleteStock(_ id: StockID) throws(Refused) -> Outcome {
    guard let stock = stocks.find(id) else { throw Refused(.unknownStock) }
    if id == .default { throw Refused(.defaultStockCannotBeDeleted) }
    if stocks[stock].channelCount > 0 { throw Refused(.stockHasSalesChannel) }
    if stocks[stock].unsettledCount > 0 { throw Refused(.stockHasReservations) }
    for link in stocks[stock].links { unlink(stock, link.source) }
    stocks[stock].isDeleted = true
    return .done
  }

  /// Adds, removes or renames a sales channel. O(1).
  mutating func setChannel(_ change: ChannelChange) throws(Refused) -> Outcome {
    switch change {
    case .add(let code):
      try requireWellFormed(code)
      if channels.find(code) != nil { return .done }
      try requireRoom(channel: code)
      let home = stocks.find(.default)
      channels.add(code, stock: home)
      if let home { stocks[home].channelCount += 1 }
    case .remove(let code):
      try requireWellFormed(code)
      guard let channel = channels.find(code) else { throw Refused(.unknownChannel) }
      forgetChannel(channel)
      move(channel, to: nil)
      channels.remove(channel)
    case .rename(let old, let new):
      try requireWellFormed(old)
      try requireWellFormed(new)
      guard let channel = channels.find(old) else { throw Refused(.unknownChannel) }
      if let other = channels.find(new) {
        if other == channel { return .done }
        throw .invalid("channel")
      }
      if !channels.makeRoom(for: new) { throw .exhausted("channels") }
      let stock = channels[channel].stock
      channels.remove(channel)
      channels.add(new, stock: stock)
    }
    return .done
  }

  private func requireWellFormed(_ code: ChannelCode) throws(Refused) {
    if !code.isWellFormed { throw .invalid("channel") }
  }

  private mutating func requireRoom(channel code: ChannelCode) throws(Refused) {
    if channels.count >= options.channelsMax || !channels.makeRoom(for: code) {
      throw .exhausted("channels")
    }
  }
}
