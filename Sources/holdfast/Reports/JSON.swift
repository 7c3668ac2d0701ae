// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// A JSON value whose members keep the order they are written in, so that output is stable.
enum JSON: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Int64)
  case natural(UInt64)
  /// A number that is no 64-bit integer, as it was written: never a binary fraction.
  case decimal(String)
  case text(String)
  case list([JSON])
  case object([Member])

  struct Member: Equatable, Sendable {
    var key: String
    var value: JSON
  }

  /// A text, or null.
  static func text(_ text: String?) -> JSON { text.map { .text($0) } ?? .null }

  /// A quantity as an exact decimal text ("8.5"): a number would be read as floating point.
  static func quantity(_ quantity: Quantity?) -> JSON { .text(quantity?.description) }

  /// A moment as RFC 3339 text.
  static func moment(_ moment: Timestamp?) -> JSON { .text(moment.map(utcText)) }

  /// The members of an object; empty for anything else.
  var members: [Member] {
    if case .object(let members) = self { return members }
    return []
  }

  /// This object with the members of another one behind its own.
  func appending(_ other: JSON) -> JSON { .object(members + other.members) }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByStringLiteral, ExpressibleByBooleanLiteral
{
  init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(elements.map { Member(key: $0, value: $1) })
  }
  init(arrayLiteral elements: JSON...) { self = .list(elements) }
  init(stringLiteral text: String) { self = .text(text) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSON: CustomStringConvertible {
  /// The value on one line.
  var description: String {
    var text = ""
    write(into: &text)
    return text
  }

  private func write(into text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let value): text += String(value)
    case .natural(let value): text += String(value)
    case .decimal(let digits): text += digits
    case .text(let value): JSON.quote(value, into: &text)
    case .list(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(into: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        JSON.quote(member.key, into: &text)
        text += ":"
        member.value.write(into: &text)
      }
      text += "}"
    }
  }

  private static func quote(_ value: String, into text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\0"..<" ", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
