// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// The forms of the codes that operators choose (section 10).

extension SourceCode {
  /// Whether the code is 1 to 64 characters without white space.
  var isWellFormed: Bool {
    let scalars = text.unicodeScalars
    return !text.isEmpty && scalars.count <= Limits.codeScalarsMax
      && !scalars.contains { $0.properties.isWhitespace }
  }
}

extension ChannelCode {
  /// Whether the code is 1 to 64 characters and not blank.
  var isWellFormed: Bool {
    !text.isBlank && text.unicodeScalars.count <= Limits.codeScalarsMax
  }
}

extension String {
  /// Whether there is nothing but white space.
  var isBlank: Bool { unicodeScalars.allSatisfy { $0.properties.isWhitespace } }

  /// Whether there is a `$`, any number of `:`, a `{` and, somewhere after it, a `}`. O(length).
  var hasTemplateMarker: Bool {
    var hasDollar = false
    var isOpen = false
    for byte in utf8 {
      if isOpen {
        if byte == UInt8(ascii: "}") { return true }
      } else if byte == UInt8(ascii: "$") {
        hasDollar = true
      } else if hasDollar, byte == UInt8(ascii: "{") {
        isOpen = true
      } else if byte != UInt8(ascii: ":") {
        hasDollar = false
      }
    }
    return false
  }
}
