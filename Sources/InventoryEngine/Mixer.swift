// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Folds values into 64 bits, in order: the digest of the state. The same values in the same order
/// give the same bits in every process and on every machine.
struct Mixer {
  private(set) var value: UInt64

  init(_ seed: UInt64 = 0x486F_6C64_6661_7374) { value = seed }

  mutating func add(_ word: UInt64) { value = TextHash.fold(value.bitRotatedLeft(by: 23) ^ word) }
  mutating func add(_ number: Int64) { add(UInt64(bitPattern: number)) }
  mutating func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }
  mutating func add(_ flag: Bool) { add(flag ? 1 : 2 as UInt64) }
  mutating func add(_ text: String) { add(TextHash.exact(text)) }
  mutating func add(_ quantity: Quantity) { add(quantity.tenThousandths) }

  /// Absent and present zero differ.
  mutating func add(_ number: Int64?) {
    add(number != nil)
    if let number { add(number) }
  }
}

extension UInt64 {
  fileprivate func bitRotatedLeft(by bits: UInt64) -> UInt64 { self << bits | self >> (64 - bits) }
}
