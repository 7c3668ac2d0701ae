// SPDX-License-Identifier: Apache-2.0

/// Reads one JSON value. Numbers that are no 64-bit integers keep their digits, members keep their
/// order, and nothing passes through floating point.
struct JSONReader {
  private let bytes: [UInt8]
  private var place = 0
  private var depth = 0

  /// Values inside values; real files have a handful.
  static let depthMax = 64

  /// The value that `bytes` are, white space around it allowed.
  static func read(_ bytes: [UInt8]) throws(JSONFault) -> JSON {
    var reader = JSONReader(bytes: bytes)
    let value = try reader.value()
    reader.skipSpace()
    if reader.place < bytes.count { throw reader.fault("something follows the value") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func fault(_ problem: String) -> JSONFault {
    JSONFault(byte: place, problem: problem)
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
  }

  private mutating func value() throws(JSONFault) -> JSON {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try nested { reader throws(JSONFault) in try reader.object() }
    case UInt8(ascii: "["): return try nested { reader throws(JSONFault) in try reader.list() }
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw fault("a value is missing")
    default: return try number()
    }
  }

  private mutating func nested(
    _ read: (inout JSONReader) throws(JSONFault) -> JSON
  ) throws(JSONFault) -> JSON {
    depth += 1
    if depth > JSONReader.depthMax { throw fault("nested too deep") }
    place += 1
    let value = try read(&self)
    depth -= 1
    return value
  }

  /// Reads what stands between the brackets, separated by commas, and the closing one.
  private mutating func sequence(
    to end: Character, _ read: (inout JSONReader) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    let closing = end.asciiValue
    skipSpace()
    if next == closing {
      place += 1
      return
    }
    while true {
      try read(&self)
      skipSpace()
      let separator = next
      if separator != closing, separator != UInt8(ascii: ",") {
        throw fault("'\(end)' or ',' is missing")
      }
      place += 1
      if separator == closing { return }
    }
  }

  private mutating func object() throws(JSONFault) -> JSON {
    var members: [JSON.Member] = []
    var keys: Set<String> = []
    try sequence(to: "}") { reader throws(JSONFault) in
      reader.skipSpace()
      let key = try reader.text()
      if !keys.insert(key).inserted { throw reader.fault("the key '\(key)' stands twice") }
      reader.skipSpace()
      if reader.next != UInt8(ascii: ":") { throw reader.fault("':' is missing") }
      reader.place += 1
      members.append(JSON.Member(key: key, value: try reader.value()))
    }
    return .object(members)
  }

  private mutating func list() throws(JSONFault) -> JSON {
    var values: [JSON] = []
    try sequence(to: "]") { reader throws(JSONFault) in values.append(try reader.value()) }
    return .list(values)
  }

  private mutating func word(_ word: String, _ value: JSON) throws(JSONFault) -> JSON {
    guard bytes[place...].starts(with: word.utf8) else { throw fault("not a value") }
    place += word.utf8.count
    return value
  }

  private mutating func number() throws(JSONFault) -> JSON {
    let start = place
    while let byte = next, isNumberByte(byte) { place += 1 }
    let digits = String(decoding: bytes[start..<place], as: UTF8.self)
    let unsigned = digits.drop { $0 == "-" }.utf8.prefix(2)
    let hasIdleZero = unsigned.count == 2 && unsigned.first == 0x30 && isDigit(unsigned.last)
    guard DecimalNumber(digits) != nil, !digits.hasPrefix("+"), !hasIdleZero else {
      place = start
      throw fault("not a value")
    }
    return Int64(digits).map { .number($0) } ?? .decimal(digits)
  }

  private func isDigit(_ byte: UInt8?) -> Bool { byte.map { (0x30...0x39).contains($0) } ?? false }

  private func isNumberByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte)
  }

  private mutating func text() throws(JSONFault) -> String {
    if next != UInt8(ascii: "\"") { throw fault("a text is missing") }
    place += 1
    var text: [UInt8] = []
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let read = String(validating: text, as: UTF8.self) else {
          throw fault("the text is not UTF-8")
        }
        return read
      case UInt8(ascii: "\\"): text += String(try escaped()).utf8
      case 0..<0x20: throw fault("a control character stands in a text")
      default: text.append(byte)
      }
    }
    throw fault("the text does not end")
  }

  private mutating func escaped() throws(JSONFault) -> Character {
    guard let byte = next else { throw fault("the text does not end") }
    place += 1
    switch Character(Unicode.Scalar(byte)) {
    case "\"": return "\""
    case "\\": return "\\"
    case "/": return "/"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u": return Character(try scalar())
    default: throw fault("no such escape")
    }
  }

  /// A scalar from four hexadecimal digits, or from the two escapes of a surrogate pair.
  private mutating func scalar() throws(JSONFault) -> Unicode.Scalar {
    let unit = try codeUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard UTF16.isLeadSurrogate(unit), bytes[place...].starts(with: "\\u".utf8) else {
      throw fault("half a surrogate pair")
    }
    place += 2
    let trail = try codeUnit()
    guard UTF16.isTrailSurrogate(trail) else { throw fault("half a surrogate pair") }
    let value = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(trail) - 0xDC00)
    guard let scalar = Unicode.Scalar(value) else { throw fault("not a character") }
    return scalar
  }

  private mutating func codeUnit() throws(JSONFault) -> UInt16 {
    let digits = bytes[place...].prefix(4)
    let isHexadecimal = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    guard digits.count == 4, isHexadecimal,
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw fault("\\u wants four hexadecimal digits") }
    place += 4
    return unit
  }
}

/// Why bytes are no JSON value.
struct JSONFault: Error, Equatable, CustomStringConvertible {
  /// Where, from 0.
  var byte: Int
  /// What is wrong there.
  var problem: String

  var description: String { "\(problem), at byte \(byte)" }
}
