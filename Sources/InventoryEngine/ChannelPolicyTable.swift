// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// What a channel may take of a SKU, or of every SKU without a policy of its own (18.6).
struct ChannelPolicyRecord {
  /// Number of the channel.
  var channel: UInt32
  /// Number of the SKU, or `none` for every SKU.
  var sku: UInt32
  var policy: ChannelPolicy
  /// What the channel took under the cap: open and sold, since the cap's moment.
  var taken: Int64 = 0
}

/// All channel policies, found by channel and SKU.
struct ChannelPolicyTable: ~Copyable {
  private(set) var records = SlotTable<ChannelPolicyRecord>()
  private var index = HashIndex()
  /// Policies with a cap.
  private(set) var capCount = 0

  var count: Int { records.count }
  /// Whether any taking has to be counted.
  var hasCaps: Bool { capCount > 0 }

  subscript(_ slot: UInt32) -> ChannelPolicyRecord {
    unsafeAddress { unsafe records.address(of: slot) }
    unsafeMutableAddress { unsafe records.mutableAddress(of: slot) }
  }

  private static func hash(_ channel: UInt32, _ sku: UInt32) -> UInt64 {
    TextHash.fold(UInt64(channel) << 32 | UInt64(sku))
  }

  /// The policy of exactly that channel and SKU, or `none`. O(1).
  func find(_ channel: UInt32, _ sku: UInt32) -> UInt32 {
    var probe = index.probe(Self.hash(channel, sku))
    while let slot = index.next(&probe) {
      if records[slot].channel == channel, records[slot].sku == sku { return slot }
    }
    return none
  }

  /// The policy in force: the SKU's own, else the channel's, or `none`. O(1).
  func inForce(_ channel: UInt32, _ sku: UInt32) -> UInt32 {
    let own = find(channel, sku)
    return own == none ? find(channel, none) : own
  }

  /// Whether a policy can be added. Changes nothing that can be seen.
  mutating func makeRoom(_ channel: UInt32, _ sku: UInt32) -> Bool {
    index.makeRoom(for: Self.hash(channel, sku))
  }

  mutating func set(_ record: ChannelPolicyRecord) {
    remove(record.channel, record.sku)
    if record.policy.cap != nil { capCount += 1 }
    let hash = Self.hash(record.channel, record.sku)
    let isIndexed = index.insert(hash, records.insert(record))
    invariant(isIndexed, "Room for a policy is made before it is added.")
  }

  mutating func remove(_ channel: UInt32, _ sku: UInt32) {
    let slot = find(channel, sku)
    if slot == none { return }
    if records[slot].policy.cap != nil { capCount -= 1 }
    index.remove(Self.hash(channel, sku), slot)
    records.remove(
      slot, leaving: ChannelPolicyRecord(channel: none, sku: none, policy: ChannelPolicy("")))
  }
}
