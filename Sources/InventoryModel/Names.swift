// SPDX-License-Identifier: Apache-2.0

// The names callers choose. A name is any text; whether it is well formed is a rule of the engine,
// which answers `invalid` with the field, so that a refusal can be stored and repeated like any
// other answer. Texts of up to 15 UTF-8 bytes cost no allocation.

/// Identifier of a sellable thing: 1 to 64 characters, no white space at either end.
///
/// Compared without regard to the case of A to Z; every other byte compares exactly. Shown in the
/// spelling it was created with (rules, section 1).
public struct SKU: Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// The spelling, as given.
  public let text: String

  /// Wraps `text` as it is; see `isWellFormed`.
  public init(_ text: String) { self.text = text }
  /// Wraps a literal as it is.
  public init(stringLiteral text: String) { self.text = text }

  /// The spelling, as given.
  public var description: String { text }

  /// Whether the text is 1 to 64 characters (Unicode scalars), with no control character and no
  /// white space at either end. O(length).
  public var isWellFormed: Bool {
    let bytes = text.utf8
    guard let first = bytes.first, let last = bytes.last else { return false }
    if first == 0x20 || last == 0x20 { return false }
    if bytes.count > Limits.skuScalarsMax, text.unicodeScalars.count > Limits.skuScalarsMax {
      return false
    }
    if bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return false }
    if first >= 0x80 || last >= 0x80, let head = text.unicodeScalars.first,
      let tail = text.unicodeScalars.last
    {
      return !head.properties.isWhitespace && !tail.properties.isWhitespace
    }
    return true
  }
}

extension SKU: Hashable {
  /// Equal when the bytes are, after A to Z are folded to a to z.
  public static func == (left: SKU, right: SKU) -> Bool {
    let a = left.text.utf8
    let b = right.text.utf8
    return a.count == b.count && zip(a, b).allSatisfy { foldASCII($0) == foldASCII($1) }
  }

  /// Agrees with `==`. For tables that live in one process only: the value differs between runs.
  public func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(foldASCII(byte)) }
  }
}

/// Folds A to Z to a to z and leaves every other byte alone.
@inlinable @inline(__always)
public func foldASCII(_ byte: UInt8) -> UInt8 {
  byte &- 0x41 < 26 ? byte | 0x20 : byte
}

/// Code of a source: 1 to 64 characters, no white space anywhere. Compared exactly.
public struct SourceCode: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// The code, as given.
  public let text: String
  /// Wraps `text` as it is.
  public init(_ text: String) { self.text = text }
  /// Wraps a literal as it is.
  public init(stringLiteral text: String) { self.text = text }
  /// The code, as given.
  public var description: String { text }

  /// The source that always exists (rules, section 2).
  public static let `default` = SourceCode("default")
}

/// Code of a sales channel of type `website`, the only type of the seed. Compared exactly.
public struct ChannelCode: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// The code, as given.
  public let text: String
  /// Wraps `text` as it is.
  public init(_ text: String) { self.text = text }
  /// Wraps a literal as it is.
  public init(stringLiteral text: String) { self.text = text }
  /// The code, as given.
  public var description: String { text }

  /// The channel a fresh server has; it sells from the default stock.
  public static let base = ChannelCode("base")
}

/// Number of a stock, at least 1; 1 is the default stock, which always exists.
public struct StockID: Sendable, Hashable, Comparable, CustomStringConvertible,
  ExpressibleByIntegerLiteral
{
  /// The number, as given.
  public let rawValue: Int32
  /// Wraps `rawValue` as it is.
  public init(_ rawValue: Int32) { self.rawValue = rawValue }
  /// Wraps a literal as it is.
  public init(integerLiteral rawValue: Int32) { self.rawValue = rawValue }
  /// Orders by number.
  public static func < (left: StockID, right: StockID) -> Bool { left.rawValue < right.rawValue }
  /// The number in decimal.
  public var description: String { String(rawValue) }

  /// The stock that always exists and is linked to the default source only.
  public static let `default`: StockID = 1
}

/// Caller-chosen id of a hold, order, shipment, refund, cancellation, receipt or transfer:
/// 1 to 64 UTF-8 bytes. Ids of different kinds do not clash. Compared exactly.
public struct DocumentID: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// The id, as given.
  public let text: String
  /// Wraps `text` as it is.
  public init(_ text: String) { self.text = text }
  /// Wraps a literal as it is.
  public init(stringLiteral text: String) { self.text = text }
  /// The id, as given.
  public var description: String { text }
}

/// Opaque customer id of at most 64 UTF-8 bytes.
public struct CustomerID: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// The id, as given.
  public let text: String
  /// Wraps `text` as it is.
  public init(_ text: String) { self.text = text }
  /// Wraps a literal as it is.
  public init(stringLiteral text: String) { self.text = text }
  /// The id, as given.
  public var description: String { text }
}
