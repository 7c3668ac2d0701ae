// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// The questions beyond the straight road, each to the file of its subject.

extension Engine {
  /// About selling: what may be sold, from where, and where it is picked up.
  func findSelling(_ query: Query) throws(Refused) -> Answer {
    switch query {
    default: throw Refused(.unsupported)
    }
  }

  /// Lists and the change stream.
  func findListed(_ query: Query) throws(Refused) -> Answer {
    switch query {
    default: throw Refused(.unsupported)
    }
  }
}
