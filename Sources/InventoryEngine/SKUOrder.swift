// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Numbers of SKUs in the order of their folded names, for listings that can be resumed anywhere.
///
/// A list of leaves of at most 512 numbers: an insertion moves one leaf, never the whole order, and
/// a page of a listing starts with two binary searches instead of a sort.
struct SKUOrder: ~Copyable {
  private var leaves: ContiguousArray<ContiguousArray<UInt32>> = []

  private static let leafMax = 512

  /// A place in the order; good until the next insertion.
  struct Place {
    fileprivate(set) var leaf: Int
    fileprivate(set) var index: Int
  }

  /// The first place whose number satisfies `isReached`, which is false and then true along the
  /// order. O(log count) calls.
  func firstPlace(where isReached: (UInt32) -> Bool) -> Place {
    let leaf = Self.partition(leaves.count) { isReached(leaves[$0][leaves[$0].count - 1]) }
    if leaf == leaves.count { return Place(leaf: leaf, index: 0) }
    let index = Self.partition(leaves[leaf].count) { isReached(leaves[leaf][$0]) }
    return Place(leaf: leaf, index: index)
  }

  /// The beginning.
  var start: Place { Place(leaf: 0, index: 0) }

  /// The number at `place`, which moves on; `nil` at the end.
  func next(_ place: inout Place) -> UInt32? {
    if place.leaf == leaves.count { return nil }
    let sku = leaves[place.leaf][place.index]
    place.index += 1
    if place.index == leaves[place.leaf].count { place = Place(leaf: place.leaf + 1, index: 0) }
    return sku
  }

  /// Puts `sku` before the number at `place`. O(leaf + leaves).
  mutating func insert(_ sku: UInt32, at place: Place) {
    if leaves.isEmpty {
      leaves.append([sku])
      return
    }
    var place = place
    if place.leaf == leaves.count {
      place = Place(leaf: place.leaf - 1, index: leaves[place.leaf - 1].count)
    }
    leaves[place.leaf].insert(sku, at: place.index)
    if leaves[place.leaf].count > Self.leafMax { split(place.leaf, at: place.index) }
  }

  /// Takes away the number at `place`. O(leaf + leaves).
  mutating func remove(at place: Place) {
    leaves[place.leaf].remove(at: place.index)
    if leaves[place.leaf].isEmpty { leaves.remove(at: place.leaf) }
  }

  /// Ascending insertion is common and would leave every leaf half empty, were it split in halves.
  private mutating func split(_ leaf: Int, at index: Int) {
    let count = leaves[leaf].count
    let cut = index == count - 1 && leaf == leaves.count - 1 ? count - 1 : count / 2
    let upper = ContiguousArray(leaves[leaf][cut...])
    leaves[leaf].removeSubrange(cut...)
    leaves.insert(upper, at: leaf + 1)
  }

  private static func partition(_ count: Int, _ isReached: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isReached(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
