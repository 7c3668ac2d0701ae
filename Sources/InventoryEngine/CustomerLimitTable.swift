// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// All customer limits (18.5), in order of id.
struct CustomerLimitTable: ~Copyable {
  private(set) var list: ContiguousArray<CustomerLimit> = []

  var count: Int { list.count }

  /// Where a limit of that id stands or would stand. O(log limits).
  private func place(_ id: DocumentID) -> Int {
    var low = 0
    var high = list.count
    while low < high {
      let middle = (low + high) / 2
      if TextHash.exactlyPrecedes(list[middle].id.text, id.text) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// Whether a limit has that id.
  func contains(_ id: DocumentID) -> Bool {
    let place = place(id)
    return place < list.count && list[place].id == id
  }

  mutating func set(_ limit: CustomerLimit) {
    let place = place(limit.id)
    if place < list.count, list[place].id == limit.id {
      list[place] = limit
    } else {
      list.insert(limit, at: place)
    }
  }

  mutating func remove(_ id: DocumentID) {
    let place = place(id)
    if place < list.count, list[place].id == id { list.remove(at: place) }
  }
}
