// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Names one store for ever: 128 random bits, decided when its first segment is written. Files of
/// another store are refused by it.
package struct StoreUUID: Sendable, Hashable, CustomStringConvertible {
  /// Bytes 0 to 7 in the files, read as a little-endian integer.
  package let low: UInt64
  /// Bytes 8 to 15 in the files, read as a little-endian integer.
  package let high: UInt64

  package init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// 32 hexadecimal digits, high half first.
  package var description: String { hexadecimal(high) + hexadecimal(low) }
}
