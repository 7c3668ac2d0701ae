// SPDX-License-Identifier: Apache-2.0

/// A decimal number of any length: sign, digits, and where the point stands. Two numbers are equal
/// when they are the same number, however they are written.
struct DecimalNumber: Equatable {
  /// Never on for 0.
  let isNegative: Bool
  /// Without zeros at either end; empty for 0.
  let digits: [UInt8]
  /// The number is 0.DIGITS times ten to this power; 0 for 0.
  let exponent: Int

  /// Reads sign, digits, point, digits, power of ten: "-0.5", "12", "1e3". `nil` for any other text.
  init?(_ text: String) {
    var rest = text.utf8[...]
    let sign = rest.first
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var digits = rest.prefix(while: DecimalNumber.isDigit)
    rest = rest.dropFirst(digits.count)
    var all = Array(digits)
    var exponent = all.count
    if rest.first == UInt8(ascii: ".") {
      digits = rest.dropFirst().prefix(while: DecimalNumber.isDigit)
      if digits.isEmpty { return nil }
      all += digits
      rest = rest.dropFirst(digits.count + 1)
    }
    if all.isEmpty { return nil }
    if let letter = rest.first {
      guard letter | 0x20 == UInt8(ascii: "e"), let power = Int(Substring(rest.dropFirst())),
        abs(power) < 1_000_000
      else { return nil }
      exponent += power
    }
    let leading = all.prefix { $0 == UInt8(ascii: "0") }.count
    all.removeFirst(leading)
    while all.last == UInt8(ascii: "0") { all.removeLast() }
    self.digits = all
    self.exponent = all.isEmpty ? 0 : exponent - leading
    isNegative = sign == UInt8(ascii: "-") && !all.isEmpty
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// The number times ten to `power`, when that is an integer that fits; else `nil`.
  func scaled(by power: Int) -> Int64? {
    if digits.isEmpty { return 0 }
    let zeros = exponent + power - digits.count
    guard zeros >= 0, zeros + digits.count <= 19 else { return nil }
    let text = String(decoding: digits, as: UTF8.self) + String(repeating: "0", count: zeros)
    return Int64((isNegative ? "-" : "") + text)
  }
}
