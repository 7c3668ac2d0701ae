// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Goods that are expected at a source (18.7).
struct SupplyRecord {
  var id: String
  var quantity: Int64
  /// Log time in nanoseconds.
  var expectedAt: Int64
  var sku: UInt32
  /// The SKU's next open supply, by date and id, or `none`.
  var next: UInt32 = none
  var source: UInt16
  /// Whether it neither arrived nor was cancelled.
  var isOpen: Bool
}

/// All supplies, closed ones included: their ids are taken for good.
struct SupplyTable: ~Copyable {
  private(set) var records = SlotTable<SupplyRecord>()
  private var index = HashIndex()

  var count: Int { records.count }

  subscript(_ slot: UInt32) -> SupplyRecord {
    unsafeAddress { unsafe records.address(of: slot) }
    unsafeMutableAddress { unsafe records.mutableAddress(of: slot) }
  }

  /// The supply of that id, or `none`. O(length).
  func find(_ id: DocumentID) -> UInt32 {
    var probe = index.probe(TextHash.exact(id.text))
    while let slot = index.next(&probe) {
      if TextHash.exactlyEqual(records[slot].id, id.text) { return slot }
    }
    return none
  }

  /// Whether a supply can be added. Changes nothing that can be seen.
  mutating func makeRoom(for id: DocumentID) -> Bool {
    index.makeRoom(for: TextHash.exact(id.text))
  }

  mutating func add(_ record: SupplyRecord) -> UInt32 {
    let hash = TextHash.exact(record.id)
    let slot = records.insert(record)
    let isIndexed = index.insert(hash, slot)
    invariant(isIndexed, "Room for a supply is made before it is added.")
    return slot
  }
}
