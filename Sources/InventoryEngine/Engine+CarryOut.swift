// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// The commands beyond the straight road, each to the file of its subject.

extension Engine {
  /// Catalogue, bulk, places, policies, supply.
  mutating func carryOutCatalogue(
    _ command: Command, _ digest: UInt64
  ) throws(Refused) -> Outcome {
    switch command {
    case .deleteProduct(let sku): return try deleteProduct(sku)
    case .renameProduct(let from, let to): return try renameProduct(from, to)
    case .assignSources(let assignment): return try assignSources(assignment)
    case .unassignSources(let assignment): return try unassignSources(assignment)
    case .importSourceItems(let mode, let rows): return try importSourceItems(mode, rows)
    case .importPlaces(let places): return try importPlaces(places)
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
    case .changeHold(let hold, let lines): return try changeHold(hold, lines)
    case .failOrder(let order): return try failOrder(order)
    case .processOrder(let order, let isAccepted):
      return try processOrder(order, isAccepted: isAccepted)
    case .recordOrder(let order): return try recordOrder(order, digest)
    case .setOrderState(let order, let state): return try setOrderState(order, state)
    case .reopen(let order, let document): return try reopen(order, document, digest)
    case .notifyPickup(let order, let document):
      return try notifyPickup(order, document, digest)
    case .appendEntries(let entries): return try appendEntries(entries)
    case .compensate(let findings): return try compensate(findings)
    case .cleanUp: return cleanUp()
    default: throw Refused(.unsupported)
    }
  }
}
