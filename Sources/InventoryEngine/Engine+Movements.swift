// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Goods that entered or left a source.
struct Movement {
  /// Log time in nanoseconds.
  var time: Int64
  var quantity: Int64
  var sku: UInt32
  var source: UInt16
}

// 18.8: a count as of a moment keeps what moved after the moment.

extension Engine {
  /// Notes that goods moved. O(1).
  mutating func noteMovement(of sku: UInt32, _ source: UInt16, _ quantity: Int64) {
    _ = movements.append(Movement(time: now, quantity: quantity, sku: sku, source: source))
    if movements.count > options.movementsMax { _ = movements.removeFirst() }
  }

  /// What a count of `count` as of `moment` comes to now. Refuses a moment in the future, and one
  /// whose movements are not known any more. O(movements since the moment).
  func counted(
    _ count: Int64, asOf moment: Int64, _ sku: UInt32, _ source: UInt16
  ) throws(Refused) -> Int64 {
    if moment > now || moment < 0 { throw .invalid("at") }
    // When the oldest movement kept is later than the moment, one before it may be missing.
    if movements.head > 0, movements[movements.head].time > moment { throw .invalid("at") }
    var quantity = count
    var number = movements.tail
    while number > movements.head {
      number -= 1
      let movement = movements[number]
      if movement.time <= moment { break }
      if movement.sku == sku, movement.source == source { quantity += movement.quantity }
    }
    return quantity
  }
}
