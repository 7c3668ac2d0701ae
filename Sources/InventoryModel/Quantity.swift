// SPDX-License-Identifier: Apache-2.0

/// A signed quantity with exactly four decimals, kept as a 64-bit count of 1/10,000 unit.
///
/// There is no floating point anywhere near a quantity: 0.1 added ten times is 1. Arithmetic
/// reports overflow instead of trapping, so that no command can stop the server (rules, section 1).
public struct Quantity: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The value in 1/10,000 unit.
  public let tenThousandths: Int64

  /// Wraps a count of 1/10,000 unit.
  @inlinable
  public init(tenThousandths: Int64) { self.tenThousandths = tenThousandths }

  /// `units` whole units. For constants and tests: traps beyond ±922,337,203,685,477.
  public init(_ units: Int) { tenThousandths = Int64(units) * Quantity.one.tenThousandths }

  /// Nothing.
  public static let zero = Quantity(tenThousandths: 0)
  /// One unit.
  public static let one = Quantity(tenThousandths: 10_000)
  /// The largest quantity a request may name: 99,999,999,999.9999 units.
  public static let requestMax = Quantity(tenThousandths: Limits.quantityTenThousandthsMax)

  /// Orders by value.
  @inlinable
  public static func < (left: Quantity, right: Quantity) -> Bool {
    left.tenThousandths < right.tenThousandths
  }

  /// Whether the value has a fractional part.
  @inlinable
  public var isFractional: Bool { tenThousandths % 10_000 != 0 }

  /// The whole units, the fraction cut off toward zero.
  @inlinable
  public var wholeUnits: Int64 { tenThousandths / 10_000 }

  /// The sum, or `nil` on overflow.
  @inlinable
  public func adding(_ other: Quantity) -> Quantity? {
    let (sum, overflow) = tenThousandths.addingReportingOverflow(other.tenThousandths)
    return overflow ? nil : Quantity(tenThousandths: sum)
  }

  /// The difference, or `nil` on overflow.
  @inlinable
  public func subtracting(_ other: Quantity) -> Quantity? {
    let (difference, overflow) = tenThousandths.subtractingReportingOverflow(other.tenThousandths)
    return overflow ? nil : Quantity(tenThousandths: difference)
  }
}

extension Quantity: ExpressibleByIntegerLiteral {
  /// Whole units.
  public init(integerLiteral units: Int) { self.init(units) }
}

extension Quantity {
  /// Reads a decimal number: optional minus sign, digits, optional point with one to four decimals.
  ///
  /// - Throws: `QuantityFault`, which says what is wrong; a fifth decimal is refused, not rounded.
  public init(_ text: String) throws(QuantityFault) {
    var bytes = text.utf8[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { bytes = bytes.dropFirst() }
    var value: Int64 = 0
    var decimals = -1
    var digits = 0
    for byte in bytes {
      if byte == UInt8(ascii: "."), decimals < 0, digits > 0 {
        decimals = 0
        continue
      }
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { throw .notANumber }
      if decimals >= 0 { decimals += 1 }
      if decimals > 4 { throw .tooManyDecimals }
      digits += 1
      value = try Quantity.appending(Int64(byte - UInt8(ascii: "0")), to: value)
    }
    guard digits > 0, decimals != 0 else { throw .notANumber }
    for _ in max(decimals, 0)..<4 { value = try Quantity.appending(0, to: value) }
    tenThousandths = isNegative ? -value : value
  }

  private static func appending(_ digit: Int64, to value: Int64) throws(QuantityFault) -> Int64 {
    let (shifted, shiftOverflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, sumOverflow) = shifted.addingReportingOverflow(digit)
    if shiftOverflow || sumOverflow { throw .tooLarge }
    return sum
  }

  /// The value in decimal, without trailing zeros: "8.5", "-0.3333", "40".
  public var description: String {
    let magnitude = tenThousandths.magnitude
    let sign = tenThousandths < 0 ? "-" : ""
    let fraction = magnitude % 10_000
    let whole = sign + String(magnitude / 10_000)
    if fraction == 0 { return whole }
    var digits = String(10_000 + fraction).dropFirst()
    while digits.last == "0" { digits = digits.dropLast() }
    return whole + "." + digits
  }
}

/// Why a text is not a quantity.
public enum QuantityFault: String, Error, Sendable, CustomStringConvertible {
  /// Not digits with at most one point between them.
  case notANumber = "not a decimal number"
  /// More than four decimals; quantities are exact and never rounded.
  case tooManyDecimals = "more than four decimals"
  /// Does not fit 64 bits of 1/10,000 unit.
  case tooLarge = "too large"

  /// The fault in words.
  public var description: String { rawValue }
}
