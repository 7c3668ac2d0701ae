// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// "No slot": the end of a list, an absent reference.
let none: UInt32 = .max

/// Records addressed by a number that stays theirs until they are freed. Freed numbers are used
/// again, the last one first, so the same commands always give the same numbers.
struct SlotTable<Element>: ~Copyable {
  private var elements = ChunkedArray<Element>()
  private var free = ChunkedArray<UInt32>()

  /// Records in use.
  var count: Int { elements.count - free.count }
  /// One more than the highest number ever used: the bound of a walk over all slots.
  var slotCount: UInt32 { UInt32(elements.count) }

  /// The record in `slot`. A freed slot holds what `remove` left there. O(1).
  subscript(_ slot: UInt32) -> Element {
    @inline(__always)
    unsafeAddress { unsafe address(of: slot) }
    @inline(__always)
    unsafeMutableAddress { unsafe mutableAddress(of: slot) }
  }

  /// Where the record lives; good until the table is given up.
  @unsafe
  @inline(__always)
  func address(of slot: UInt32) -> UnsafePointer<Element> {
    unsafe UnsafePointer(elements.mutableAddress(of: Int(slot)))
  }

  /// Where the record lives; good until the table is given up.
  @unsafe
  @inline(__always)
  func mutableAddress(of slot: UInt32) -> UnsafeMutablePointer<Element> {
    unsafe elements.mutableAddress(of: Int(slot))
  }

  /// Puts a record into a free slot. O(1).
  mutating func insert(_ element: consuming Element) -> UInt32 {
    if free.count > 0 {
      let slot = free.removeLast()
      elements[slot] = element
      return slot
    }
    let slot = UInt32(elements.count)
    elements.append(element)
    return slot
  }

  /// Frees `slot`, leaving `vacant` in it, so that what the record owned is let go. O(1).
  mutating func remove(_ slot: UInt32, leaving vacant: consuming Element) {
    elements[slot] = vacant
    free.append(slot)
  }
}
