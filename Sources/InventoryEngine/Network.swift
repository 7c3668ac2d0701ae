// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// A source. Never deleted, so its number is its own for good.
struct SourceRecord {
  var code: String
  var isEnabled: Bool
  var isPickup = false
  /// Whether goods there count for selling while it is enabled.
  var sells = true
  /// Whether goods may leave it while it is enabled.
  var ships = true
  var coordinates: Coordinates?
  /// By raw value of the field; index 0 is unused.
  var texts: ContiguousArray<String>
  /// Numbers of the stocks that link it, ascending.
  var stocks: ContiguousArray<UInt16> = []
  /// Its place in the order of codes.
  var rank = 0
  /// Source items at it.
  var itemCount = 0
  /// Open orders that are picked up there.
  var pickupOrders: ContiguousArray<UInt32> = []

  init(code: String, isEnabled: Bool) {
    self.code = code
    self.isEnabled = isEnabled
    texts = ContiguousArray(repeating: "", count: SourceField.allCases.count + 1)
  }
}

/// All sources.
struct SourceTable: ~Copyable {
  private(set) var records: ContiguousArray<SourceRecord> = []
  /// Numbers in the order of codes.
  private(set) var order: ContiguousArray<UInt16> = []
  private var index = HashIndex()

  var count: Int { records.count }

  subscript(_ source: UInt16) -> SourceRecord {
    get { records[Int(source)] }
    @inline(__always) _modify { yield &records[Int(source)] }
  }

  /// Whether goods count and ship there. Reads the flag without copying the record.
  @inline(__always)
  func isEnabled(_ source: UInt16) -> Bool { records[Int(source)].isEnabled }

  /// Whether goods there count for selling (18.8).
  @inline(__always)
  func counts(_ source: UInt16) -> Bool {
    records[Int(source)].isEnabled && records[Int(source)].sells
  }

  /// Whether goods may leave it (18.8).
  @inline(__always)
  func canShip(_ source: UInt16) -> Bool {
    records[Int(source)].isEnabled && records[Int(source)].ships
  }

  /// Its place in the order of codes.
  func rank(_ source: UInt16) -> Int { records[Int(source)].rank }

  func find(_ code: SourceCode) -> UInt16? {
    var probe = index.probe(TextHash.exact(code.text))
    while let candidate = index.next(&probe) {
      if TextHash.exactlyEqual(records[Int(candidate)].code, code.text) {
        return UInt16(candidate)
      }
    }
    return nil
  }

  mutating func makeRoom(for code: SourceCode) -> Bool {
    index.makeRoom(for: TextHash.exact(code.text))
  }

  /// Adds a source. O(sources).
  mutating func add(_ record: SourceRecord) -> UInt16 {
    let source = UInt16(records.count)
    let isIndexed = index.insert(TextHash.exact(record.code), UInt32(source))
    invariant(isIndexed, "Room for a new source is made before it is added.")
    let codes = records
    let place = order.firstIndex { TextHash.exactlyPrecedes(record.code, codes[Int($0)].code) }
    order.insert(source, at: place ?? order.count)
    records.append(record)
    for rank in order.indices { records[Int(order[rank])].rank = rank }
    return source
  }
}

/// A stock's link to a source.
struct LinkRecord {
  var source: UInt16
  var priority: Int32
  /// Grows with every link made; breaks ties of priority (8.2).
  var serial: UInt64
}

/// A stock. A deleted stock keeps its number, because orders name it.
struct StockRecord {
  var id: StockID
  var name: String
  /// By priority, then in order of creation.
  var links: ContiguousArray<LinkRecord> = []
  var isDeleted = false
  /// Channels it serves.
  var channelCount = 0
  /// Stock items whose sum of entries is not 0.
  var unsettledCount = 0
}

/// All stocks.
struct StockTable: ~Copyable {
  private(set) var records: ContiguousArray<StockRecord> = []
  /// Numbers in the order of ids, deleted ones included.
  private(set) var order: ContiguousArray<UInt16> = []

  var count: Int { records.count }

  subscript(_ stock: UInt16) -> StockRecord {
    get { records[Int(stock)] }
    @inline(__always) _modify { yield &records[Int(stock)] }
  }

  /// The number of a stock, deleted or not. O(log stocks).
  func slot(of id: StockID) -> UInt16? {
    let place = firstPlace(of: id)
    guard place < order.count, records[Int(order[place])].id == id else { return nil }
    return order[place]
  }

  /// The number of a stock that exists. O(log stocks).
  func find(_ id: StockID) -> UInt16? {
    guard let stock = slot(of: id), !records[Int(stock)].isDeleted else { return nil }
    return stock
  }

  /// Adds a stock, or makes a deleted one live again. O(stocks).
  mutating func add(_ id: StockID, name: String) -> UInt16 {
    if let stock = slot(of: id) {
      // Its orders live on, and so may their sums.
      let unsettledCount = records[Int(stock)].unsettledCount
      records[Int(stock)] = StockRecord(id: id, name: name)
      records[Int(stock)].unsettledCount = unsettledCount
      return stock
    }
    let stock = UInt16(records.count)
    order.insert(stock, at: firstPlace(of: id))
    records.append(StockRecord(id: id, name: name))
    return stock
  }

  private func firstPlace(of id: StockID) -> Int {
    var low = 0
    var high = order.count
    while low < high {
      let middle = (low + high) / 2
      if records[Int(order[middle])].id < id { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// A sales channel.
struct ChannelRecord {
  var code: String
  /// Number of its stock; `nil` when no stock serves it.
  var stock: UInt16?
}

/// All sales channels.
struct ChannelTable: ~Copyable {
  private var records = SlotTable<ChannelRecord>()
  private var index = HashIndex()

  var count: Int { records.count }
  /// Bound of a walk; removed channels have an empty code.
  var slotCount: UInt32 { records.slotCount }

  subscript(_ channel: UInt32) -> ChannelRecord {
    @inline(__always)
    unsafeAddress { unsafe records.address(of: channel) }
    @inline(__always)
    unsafeMutableAddress { unsafe records.mutableAddress(of: channel) }
  }

  func find(_ code: ChannelCode) -> UInt32? {
    var probe = index.probe(TextHash.exact(code.text))
    while let channel = index.next(&probe) {
      if TextHash.exactlyEqual(records[channel].code, code.text) { return channel }
    }
    return nil
  }

  mutating func makeRoom(for code: ChannelCode) -> Bool {
    index.makeRoom(for: TextHash.exact(code.text))
  }

  mutating func add(_ code: ChannelCode, stock: UInt16?) {
    let channel = records.insert(ChannelRecord(code: code.text, stock: stock))
    let isIndexed = index.insert(TextHash.exact(code.text), channel)
    invariant(isIndexed, "Room for a new channel is made before it is added.")
  }

  mutating func remove(_ channel: UInt32) {
    index.remove(TextHash.exact(records[channel].code), channel)
    records.remove(channel, leaving: ChannelRecord(code: "", stock: nil))
  }

  /// The codes of one stock, or of no stock, in order of code. O(channels log channels).
  func codes(of stock: UInt16?) -> [ChannelCode] {
    var codes: [String] = []
    for channel in 0..<records.slotCount
    where !records[channel].code.isEmpty && records[channel].stock == stock {
      codes.append(records[channel].code)
    }
    return codes.sorted(by: TextHash.exactlyPrecedes).map { ChannelCode($0) }
  }
}
