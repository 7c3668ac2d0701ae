// SPDX-License-Identifier: Apache-2.0

/// A JSON object written on one line, keys in the order they are added.
struct JSONText {
  private var parts: [String] = []

  mutating func add(_ key: String, _ value: Int) { parts.append("\(quoted(key)): \(value)") }
  mutating func add(_ key: String, _ text: String) {
    parts.append("\(quoted(key)): \(quoted(text))")
  }
  mutating func add(_ key: String, null: Void) { parts.append("\(quoted(key)): null") }

  /// A decimal number, given in thousandths, so that it reads the same everywhere.
  mutating func add(_ key: String, thousandths: Int) {
    parts.append("\(quoted(key)): \(decimal(thousandths: thousandths))")
  }

  mutating func add(_ key: String, _ object: JSONText) {
    parts.append("\(quoted(key)): \(object.text)")
  }

  /// The object.
  var text: String { "{" + parts.joined(separator: ", ") + "}" }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// "12.345" for 12,345 thousandths.
func decimal(thousandths: Int) -> String {
  let fraction = String(1_000 + thousandths.magnitude % 1_000).dropFirst()
  return (thousandths < 0 ? "-" : "") + "\(thousandths.magnitude / 1_000).\(fraction)"
}

/// "1,234,567".
func grouped(_ number: Int) -> String {
  let digits = Array(String(number.magnitude))
  var text = number < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return text
}
