// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Engine {
  /// What is wrong with the state.
  package func violations() -> [String] { [] }
}
