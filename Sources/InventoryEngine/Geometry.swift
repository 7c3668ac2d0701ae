// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Great-circle distances in whole numbers: the same on every machine, exact to a few millimetres.
///
/// Angles and their sines are kept in 2^-60; coordinates come in 10^-7 degree.
enum Geometry {
  /// The Earth's radius for source selection (8.3), in millimetres.
  static let selectionRadius: Int64 = 6_371_000_000
  /// The Earth's radius for pickup locations (12), in millimetres.
  static let pickupRadius: Int64 = 6_372_797_000

  private static let one: Int64 = 1 << 60
  private static let pi: Int64 = 3_622_009_729_038_561_421

  /// The distance on a sphere of that radius, in millimetres, by the haversine formula.
  static func distance(_ a: Coordinates, _ b: Coordinates, radius: Int64) -> Int64 {
    let lift = sine(halved(Int64(b.latitude) - Int64(a.latitude)))
    let turn = sine(halved(Int64(b.longitude) - Int64(a.longitude)))
    let narrow = product(cosine(angle(Int64(a.latitude))), cosine(angle(Int64(b.latitude))))
    let square = min(product(lift, lift) + product(narrow, product(turn, turn)), one)
    let arc = 2 * Int128(arcsine(root(square)))
    return Int64((Int128(radius) * arc) >> 60)
  }

  private static func angle(_ degrees: Int64) -> Int64 {
    Int64(Int128(degrees) * Int128(pi) / 1_800_000_000)
  }

  /// Half an angle of at most a whole turn.
  private static func halved(_ degrees: Int64) -> Int64 {
    Int64(Int128(degrees) * Int128(pi) / 3_600_000_000)
  }

  private static func product(_ a: Int64, _ b: Int64) -> Int64 {
    Int64((Int128(a) * Int128(b)) >> 60)
  }

  /// Of an angle between minus and plus half a turn, by its series.
  private static func sine(_ angle: Int64) -> Int64 {
    var angle = angle
    // The series is quick near zero: sin(x) = sin(pi - x).
    if angle > pi / 2 { angle = pi - angle }
    if angle < -pi / 2 { angle = -pi - angle }
    let square = product(angle, angle)
    var term = angle
    var sum = angle
    var step: Int64 = 2
    while term != 0, step < 40 {
      term = -product(term, square) / (step * (step + 1))
      sum += term
      step += 2
    }
    return sum
  }

  private static func cosine(_ angle: Int64) -> Int64 { sine(pi / 2 - abs(angle)) }

  /// Of a number from 0 to 1.
  private static func root(_ value: Int64) -> Int64 {
    let wanted = UInt128(value) << 60
    if wanted == 0 { return 0 }
    var guess = UInt128(one)
    while true {
      let next = (guess + wanted / guess) / 2
      if next >= guess { return Int64(guess) }
      guess = next
    }
  }

  /// Of a number from 0 to 1: halved twice, so that the series is quick.
  private static func arcsine(_ value: Int64) -> Int64 {
    4 * series(half(half(value)))
  }

  /// The sine of half the angle whose sine is `value`.
  private static func half(_ value: Int64) -> Int64 {
    let cosine = root(max(one - product(value, value), 0))
    return root((one - cosine) / 2)
  }

  private static func series(_ value: Int64) -> Int64 {
    let square = product(value, value)
    var power = value
    var sum = value
    var step: Int64 = 1
    while power != 0, step < 200 {
      power = Int64(Int128(product(power, square)) * Int128(step) / Int128(step + 1))
      sum += power / (step + 2)
      step += 2
    }
    return sum
  }
}
