// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// The questions beyond the straight road, each to the file of its subject.

extension Engine {
  /// About selling: what may be sold, from where, and where it is picked up.
  func findSelling(_ query: Query) throws(Refused) -> Answer {
    switch query {
    case .salableBy(let point, let skus, let moment):
      return .salable(try salable(point, skus, by: moment.nanoseconds))
    default: throw Refused(.unsupported)
    }
  }

  /// Lists and the change stream.
  func findListed(_ query: Query) throws(Refused) -> Answer {
    switch query {
    case .customerLimits: return .customerLimits(Array(limits.list))
    case .channelPolicies: return .channelPolicies(policyList())
    case .supplies(let sku): return .supplies(supplyList(sku))
    case .changes(let after, let limit): return changePage(after: after, try pageRows(limit))
    default: throw Refused(.unsupported)
    }
  }
}
