// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// The commands beyond the straight road, each to the file of its subject.

extension Engine {
  /// Catalogue, bulk, places, policies, supply.
  mutating func carryOutCatalogue(
    _ command: Command, _ digest: UInt64
  ) throws(Refused) -> Outcome {
    switch command {
    case .setCustomerLimit(let limit): return try setCustomerLimit(limit)
    case .removeCustomerLimit(let id): return try removeCustomerLimit(id)
    case .setChannelPolicy(let policy): return try setChannelPolicy(policy)
    case .removeChannelPolicy(let channel, let sku): return try removeChannelPolicy(channel, sku)
    case .setSupply(let supply): return try setSupply(supply)
    default: throw Refused(.unsupported)
    }
  }

  /// The life of orders and the entries behind them.
  mutating func carryOutLedger(
    _ command: Command, _ digest: UInt64
  ) throws(Refused) -> Outcome {
    switch command {
    default: throw Refused(.unsupported)
    }
  }
}
