// SPDX-License-Identifier: Apache-2.0

/// 128 bits, chosen by the caller and stored before the command is sent: what makes a retry
/// harmless (rules, 18.3). The same id with the same body gives the first answer again.
public struct CommandID: Sendable, Hashable, CustomStringConvertible {
  /// Bytes 0 to 7 on the wire, read as a little-endian integer.
  public let low: UInt64
  /// Bytes 8 to 15 on the wire, read as a little-endian integer.
  public let high: UInt64

  /// Makes an id from its two halves. Any bits are allowed except all zero, which is `none`.
  @inlinable
  public init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// A fresh id from the system's random source: 128 random bits.
  public static func make() -> CommandID {
    var source = SystemRandomNumberGenerator()
    return CommandID(low: source.next(), high: source.next() | 1)
  }

  /// The id of commands the server gives itself; refused from a client.
  public static let none = CommandID(low: 0, high: 0)

  /// Reads 32 hexadecimal digits, high half first; `nil` for anything else.
  public init?(_ text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 32, digits.allSatisfy({ $0 != 0x2B && $0 != 0x2D }),
      let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16)
    else { return nil }
    self.init(low: low, high: high)
  }

  /// 32 hexadecimal digits, high half first.
  public var description: String { hexadecimal(high) + hexadecimal(low) }
}

/// 16 hexadecimal digits of `value`, lower case.
public func hexadecimal(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
