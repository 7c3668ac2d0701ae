// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// What a command asks of one SKU (and, for deductions, one source), and what was decided about it.
struct Demand {
  /// The spelling of the request.
  var name: SKU
  /// The SKU's number, or `none` when it was never seen.
  var sku: UInt32
  /// The source, or `.max` where sources play no role.
  var source: UInt16
  /// Sum of the command's lines.
  var quantity: Int64
  /// The line of the order or hold concerned, or `none`.
  var line: UInt32 = none
  /// The SKU's stock item, or `none`.
  var stockItem: UInt32 = none
  /// The source item concerned, or `none`.
  var item: UInt32 = none
  var granted: Int64 = 0
  var backordered: Int64 = 0
  /// The part of `granted` from expected supply, and when the last of it comes.
  var expected: Int64 = 0
  var expectedAt: Int64 = 0
  /// For `customer_limit`: what the customer may still take, and when more becomes free.
  var allowance: Int64 = 0
  var freeAt: Int64?
  var isManaged = true
  var notifiesCustomer = false
  /// Why less than asked is granted.
  var reason: RefusalCode?
}

/// Room for the lines of one command, kept between commands so that working on them allocates
/// nothing. Lines of the same SKU are added up here: by looking through the few that there are, or
/// through a hash table when there are many.
struct Scratch: ~Copyable {
  var demands: ContiguousArray<Demand> = []
  /// Number of the channel that asks, or `none`.
  var channel: UInt32 = none
  /// The hold whose own quantity does not count against its customer, or `none`.
  var hold: UInt32 = none
  private var buckets: ContiguousArray<UInt32> = []
  private var mask = 0

  private static let searchedMax = 8

  init() { demands.reserveCapacity(16) }

  /// Forgets the last command; at most `count` lines will be added.
  mutating func begin(expecting count: Int) {
    demands.removeAll(keepingCapacity: true)
    channel = none
    hold = none
    mask = 0
    if count <= Self.searchedMax { return }
    var size = 32
    while size < 2 * count { size *= 2 }
    mask = size - 1
    buckets.removeAll(keepingCapacity: true)
    buckets.append(contentsOf: repeatElement(none, count: size))
  }

  /// Adds a line to the demand of its SKU and source, or makes one. The sum is `nil` on overflow.
  mutating func add(_ demand: Demand, hash: UInt64) -> Int64? {
    let place = find(demand, hash: hash)
    if place == demands.count {
      demands.append(demand)
      return demand.quantity
    }
    let (sum, overflow) = demands[place].quantity.addingReportingOverflow(demand.quantity)
    if overflow { return nil }
    demands[place].quantity = sum
    return sum
  }

  /// The demand of a SKU that is known, whatever its source, or `nil`. Demands with sources are found
  /// only by `add`.
  mutating func place(of sku: UInt32) -> Int? {
    if mask == 0 { return demands.firstIndex { $0.sku == sku } }
    var bucket = Int(truncatingIfNeeded: Self.key(sku, .max, 0)) & mask
    while buckets[bucket] != none {
      let place = Int(buckets[bucket])
      if demands[place].sku == sku { return place }
      bucket = (bucket + 1) & mask
    }
    return nil
  }

  /// The place of the equal demand, or the place a new one gets.
  private mutating func find(_ demand: Demand, hash: UInt64) -> Int {
    if mask == 0 {
      return demands.firstIndex { Self.isSame($0, demand) } ?? demands.count
    }
    var bucket = Int(truncatingIfNeeded: Self.key(demand.sku, demand.source, hash)) & mask
    while buckets[bucket] != none {
      let place = Int(buckets[bucket])
      if Self.isSame(demands[place], demand) { return place }
      bucket = (bucket + 1) & mask
    }
    buckets[bucket] = UInt32(demands.count)
    return demands.count
  }

  private static func isSame(_ left: Demand, _ right: Demand) -> Bool {
    guard left.sku == right.sku, left.source == right.source else { return false }
    return left.sku != none || TextHash.foldedEqual(left.name.text, right.name.text)
  }

  private static func key(_ sku: UInt32, _ source: UInt16, _ hash: UInt64) -> UInt64 {
    TextHash.fold((sku == none ? hash : UInt64(sku)) ^ UInt64(source) << 32)
  }
}
