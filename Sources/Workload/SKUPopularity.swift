// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// How demand spreads over the SKUs of a run.
package enum WorkloadProfile: String, Sendable, CaseIterable {
  /// Every SKU is asked for equally often.
  case uniform
  /// The k-th most popular SKU is asked for in proportion to 1/k^0.99, as in shops and caches.
  case zipf
  /// One SKU gets everything: the sale of the year.
  case hot
}

/// Turns random bits into the index of a SKU, 0 being the most popular, in O(1) and without state:
/// the same bits give the same SKU.
package struct SKUPopularity: Sendable {
  /// The exponent of the Zipf profile.
  package static let zipfExponent = 0.99
  /// Most SKUs of one run; the Zipf table takes 12 bytes of memory for each.
  package static let skusMax = 4_000_000

  /// The number of SKUs.
  package let skuCount: Int
  private let isHot: Bool
  /// Zipf only (Walker's alias method): column k gives k when the coin falls below its cutoff, else
  /// its alias. Empty when every column would give itself.
  private let cutoffs: [UInt64]
  private let aliases: [UInt32]

  /// Makes the table. O(SKUs).
  ///
  /// - Parameter skuCount: 1 to `skusMax`.
  package init(_ profile: WorkloadProfile, skuCount: Int) {
    invariant(
      skuCount >= 1 && skuCount <= SKUPopularity.skusMax,
      "a run has at least one SKU and at most as many as the popularity table allows")
    self.skuCount = skuCount
    isHot = profile == .hot
    (cutoffs, aliases) = profile == .zipf ? SKUPopularity.zipfTable(skuCount) : ([], [])
  }

  /// The SKU that these 64 random bits choose.
  package func index(for bits: UInt64) -> Int {
    if isHot { return 0 }
    // The high half of the product is a fair column, the low half what is left of the bits: a coin.
    let (column, coin) = bits.multipliedFullWidth(by: UInt64(skuCount))
    let index = Int(column)
    if cutoffs.isEmpty || coin < cutoffs[index] { return index }
    return Int(aliases[index])
  }

  /// Vose's construction: columns that need less than their share are topped up by one that needs
  /// more, until every column holds exactly one share.
  private static func zipfTable(_ count: Int) -> (cutoffs: [UInt64], aliases: [UInt32]) {
    var shares = (1...count).map { exponential(-zipfExponent * naturalLogarithm(Double($0))) }
    let scale = Double(count) / shares.reduce(0, +)
    for index in shares.indices { shares[index] *= scale }
    var cutoffs = [UInt64](repeating: .max, count: count)
    var aliases = (0..<count).map { UInt32($0) }
    var poor = shares.indices.filter { shares[$0] < 1 }
    var rich = shares.indices.filter { shares[$0] >= 1 }
    while let low = poor.popLast(), let high = rich.last {
      cutoffs[low] = UInt64(shares[low] * 0x1p64)
      aliases[low] = UInt32(high)
      shares[high] -= 1 - shares[low]
      if shares[high] < 1 {
        rich.removeLast()
        poor.append(high)
      }
    }
    return (cutoffs, aliases)
  }
}
