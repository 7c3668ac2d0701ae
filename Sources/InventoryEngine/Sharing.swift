// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// One SKU whose sources feed several stocks (18.2): who has promised how much, and what goods there
/// are to keep the promises with. A copy to calculate with; changing it changes nothing else.
///
/// Invariant of the rules: for every set S of stocks, what S has promised is at most what the sources
/// of S hold together. What a stock can promise physically is the smallest slack of the sets that
/// contain it.
struct Sharing {
  /// A stock and what it has promised of goods that are there.
  struct Promise {
    var stock: UInt16
    var quantity: Int64
  }

  /// In-stock goods at an enabled source, and the stocks they serve as places in `promises`.
  struct Pool {
    var source: UInt16
    var quantity: Int64
    var serves: ContiguousArray<Int>
  }

  var promises: ContiguousArray<Promise> = []
  var pools: ContiguousArray<Pool> = []

  /// Sets of stocks are tried one by one up to this many; beyond, a flow gives the same number.
  static let triedMax = 12

  /// The place of a stock; every stock with an item of the SKU has one.
  func place(of stock: UInt16) -> Int? { promises.firstIndex { $0.stock == stock } }

  /// What the stock at `place` can still promise physically; below 0 when promises are broken already.
  /// O(2^stocks that share and have promises), or a flow beyond `triedMax`.
  func physical(_ place: Int) -> Int64 {
    let group = ContiguousArray(
      connected(to: place).filter { $0 != place && promises[$0].quantity > 0 })
    if group.count > Self.triedMax { return physicalByFlow(place, group) }
    return physicalBySets(place, group)
  }

  /// The stocks that share goods with the one at `place`, directly or through others, itself included.
  private func connected(to place: Int) -> ContiguousArray<Int> {
    var group: ContiguousArray<Int> = [place]
    var seen = 0
    while seen < group.count {
      for pool in pools where pool.serves.contains(group[seen]) {
        for other in pool.serves where !group.contains(other) { group.append(other) }
      }
      seen += 1
    }
    return group
  }

  func physicalBySets(_ place: Int, _ group: ContiguousArray<Int>) -> Int64 {
    // Bit 0 is the stock itself, bit n + 1 the n-th of the group.
    var masks: ContiguousArray<(mask: UInt64, quantity: Int64)> = []
    for pool in pools {
      var mask: UInt64 = pool.serves.contains(place) ? 1 : 0
      for (bit, other) in group.enumerated() where pool.serves.contains(other) {
        mask |= 2 << UInt64(bit)
      }
      if mask != 0 { masks.append((mask, pool.quantity)) }
    }
    var least = Int64.max
    for set in stride(from: UInt64(1), to: UInt64(2) << UInt64(group.count), by: 2) {
      var slack = -promises[place].quantity
      for (mask, quantity) in masks where mask & set != 0 { slack += quantity }
      for (bit, other) in group.enumerated() where set & (2 << UInt64(bit)) != 0 {
        slack -= promises[other].quantity
      }
      least = min(least, slack)
    }
    return least
  }

  /// The same number by a maximum flow in which the stock asks for everything: the smallest cut is the
  /// set with the smallest slack.
  func physicalByFlow(_ place: Int, _ group: ContiguousArray<Int>) -> Int64 {
    var flow = SharingFlow(pools: pools, stockCount: promises.count)
    var others: Int64 = 0
    var served: Int64 = 0
    for other in group {
      others += promises[other].quantity
      served += flow.push(promises[other].quantity, from: other)
    }
    served += flow.push(.max, from: place)
    return served - others - promises[place].quantity
  }

  /// The most that can leave `source` for the stock at `place` without making what the other stocks
  /// have promised impossible. O(as `physical`, times the stocks).
  func spare(at source: UInt16, for place: Int) -> Int64 {
    guard let pool = pools.firstIndex(where: { $0.source == source }) else { return 0 }
    var without = self
    without.promises[place].quantity = 0
    var least = pools[pool].quantity
    for other in pools[pool].serves where other != place {
      least = min(least, max(without.physical(other), 0))
    }
    return least
  }
}

/// A flow from stocks that ask to pools that give, grown step by step along the shortest path.
struct SharingFlow {
  private let pools: ContiguousArray<Sharing.Pool>
  private var left: ContiguousArray<Int64>
  /// By stock and pool.
  private var flow: ContiguousArray<ContiguousArray<Int64>>

  init(pools: ContiguousArray<Sharing.Pool>, stockCount: Int) {
    self.pools = pools
    left = ContiguousArray(pools.map(\.quantity))
    flow = ContiguousArray(
      repeating: ContiguousArray(repeating: 0, count: pools.count), count: stockCount)
  }

  /// Serves as much of `wanted` as can be, moving what others were given; answers how much.
  mutating func push(_ wanted: Int64, from stock: Int) -> Int64 {
    var served: Int64 = 0
    while served < wanted {
      let step = augment(stock, atMost: wanted - served)
      if step == 0 { break }
      served += step
    }
    return served
  }

  private mutating func augment(_ start: Int, atMost most: Int64) -> Int64 {
    var queue: ContiguousArray<Int> = [start]
    var reachedFrom = ContiguousArray(repeating: -1, count: pools.count)
    var reachedBy = ContiguousArray(repeating: -1, count: flow.count)
    var seen = 0
    while seen < queue.count {
      let stock = queue[seen]
      seen += 1
      for pool in pools.indices where reachedFrom[pool] < 0 && pools[pool].serves.contains(stock) {
        reachedFrom[pool] = stock
        if left[pool] > 0 { return move(pool, start, reachedFrom, reachedBy, most) }
        for other in flow.indices
        where other != start && reachedBy[other] < 0 && flow[other][pool] > 0 {
          reachedBy[other] = pool
          queue.append(other)
        }
      }
    }
    return 0
  }

  private mutating func move(
    _ end: Int, _ start: Int, _ reachedFrom: ContiguousArray<Int>,
    _ reachedBy: ContiguousArray<Int>, _ most: Int64
  ) -> Int64 {
    var step = min(most, left[end])
    var stock = reachedFrom[end]
    while stock != start {
      step = min(step, flow[stock][reachedBy[stock]])
      stock = reachedFrom[reachedBy[stock]]
    }
    left[end] -= step
    var pool = end
    stock = reachedFrom[end]
    flow[stock][pool] += step
    while stock != start {
      pool = reachedBy[stock]
      flow[stock][pool] -= step
      stock = reachedFrom[pool]
      flow[stock][pool] += step
    }
    return step
  }
}
