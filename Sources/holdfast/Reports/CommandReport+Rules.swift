// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Command {
  /// The parts of the commands beyond the straight road.
  var ruleParts: JSON { [:] }
}
