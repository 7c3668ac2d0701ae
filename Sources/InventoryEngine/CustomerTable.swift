// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// A customer that some reservation names.
struct CustomerRecord {
  var id: String
  /// Reservations that name the customer.
  var references: UInt32
  /// Open holds of the customer.
  var openHolds: UInt32
  /// The holds and orders known of the customer, oldest first.
  var reservations: ContiguousArray<UInt32> = []
}

/// The customers of all known reservations; forgotten together with the last of these.
struct CustomerTable: ~Copyable {
  private var records = SlotTable<CustomerRecord>()
  private var index = HashIndex()

  var count: Int { records.count }
  /// Bound of a walk; vacant slots have no references.
  var slotCount: UInt32 { records.slotCount }

  subscript(_ customer: UInt32) -> CustomerRecord {
    unsafeAddress { unsafe records.address(of: customer) }
    unsafeMutableAddress { unsafe records.mutableAddress(of: customer) }
  }

  /// The customer's number, or `none`.
  func find(_ id: CustomerID) -> UInt32 {
    var probe = index.probe(TextHash.exact(id.text))
    while let customer = index.next(&probe) {
      if TextHash.exactlyEqual(records[customer].id, id.text) { return customer }
    }
    return none
  }

  /// Whether the customer can be added. Changes nothing that can be seen.
  mutating func makeRoom(for id: CustomerID) -> Bool {
    index.makeRoom(for: TextHash.exact(id.text))
  }

  /// The customer's number with one more reservation.
  mutating func retain(_ id: CustomerID) -> UInt32 {
    let known = find(id)
    if known != none {
      records[known].references += 1
      return known
    }
    let customer = records.insert(CustomerRecord(id: id.text, references: 1, openHolds: 0))
    let isIndexed = index.insert(TextHash.exact(id.text), customer)
    invariant(isIndexed, "Room for a new customer is made before it is added.")
    return customer
  }

  /// One more reservation of a known customer.
  mutating func retain(_ customer: UInt32) { records[customer].references += 1 }

  /// One reservation less.
  mutating func release(_ customer: UInt32) {
    records[customer].references -= 1
    if records[customer].references > 0 { return }
    index.remove(TextHash.exact(records[customer].id), customer)
    records.remove(customer, leaving: CustomerRecord(id: "", references: 0, openHolds: 0))
  }
}
