// SPDX-License-Identifier: Apache-2.0

/// Swift text with its comments, and unless `keepsStrings` its string literals, replaced by spaces.
/// Newlines stay, so lines and columns keep their places. Regex literals are not known here; the
/// tree uses none.
func blanked(_ text: String, keepsStrings: Bool = false) -> String {
  var blanker = Blanker(text, keepsStrings: keepsStrings)
  blanker.readCode(insideInterpolation: false)
  return String(decoding: blanker.output, as: UTF8.self)
}

private struct Blanker {
  let input: [UInt8]
  var output: [UInt8]
  var index = 0
  let keepsStrings: Bool

  init(_ text: String, keepsStrings: Bool) {
    input = Array(text.utf8)
    output = input
    self.keepsStrings = keepsStrings
  }

  mutating func readCode(insideInterpolation: Bool) {
    var depth = 0
    while index < input.count {
      if starts("//") {
        readLineComment()
      } else if starts("/*") {
        readBlockComment()
      } else if let hashes = hashesOfString() {
        readString(hashes: hashes)
      } else {
        if input[index] == UInt8(ascii: "(") { depth += 1 }
        if input[index] == UInt8(ascii: ")") {
          depth -= 1
          if insideInterpolation, depth < 0 {
            index += 1
            return
          }
        }
        index += 1
      }
    }
  }

  private func starts(_ word: StaticString, at offset: Int = 0) -> Bool {
    let start = index + offset
    guard start + word.utf8CodeUnitCount <= input.count else { return false }
    return word.description.utf8.elementsEqual(input[start..<start + word.utf8CodeUnitCount])
  }

  /// The number of `#` before the quote when a string literal starts here.
  private func hashesOfString() -> Int? {
    var end = index
    while end < input.count, input[end] == UInt8(ascii: "#") { end += 1 }
    return end < input.count && input[end] == UInt8(ascii: "\"") ? end - index : nil
  }

  private func hashes(_ count: Int, at start: Int) -> Bool {
    start + count <= input.count
      && input[start..<start + count].allSatisfy { $0 == UInt8(ascii: "#") }
  }

  private mutating func blank(from start: Int) {
    for place in start..<min(index, input.count) where input[place] != UInt8(ascii: "\n") {
      output[place] = UInt8(ascii: " ")
    }
  }

  private mutating func readLineComment() {
    let start = index
    while index < input.count, input[index] != UInt8(ascii: "\n") { index += 1 }
    blank(from: start)
  }

  private mutating func readBlockComment() {
    let start = index
    var depth = 0
    repeat {
      if starts("/*") {
        depth += 1
        index += 2
      } else if starts("*/") {
        depth -= 1
        index += 2
      } else {
        index += 1
      }
    } while depth > 0 && index < input.count
    blank(from: start)
  }

  private mutating func readString(hashes count: Int) {
    let start = index
    index += count
    let isLong = starts("\"\"\"")
    index += isLong ? 3 : 1
    while index < input.count {
      if input[index] == UInt8(ascii: "\\"), hashes(count, at: index + 1) {
        index += 1 + count
        let opens = index < input.count && input[index] == UInt8(ascii: "(")
        index += 1
        if opens { readCode(insideInterpolation: true) }
      } else if isLong ? starts("\"\"\"") : starts("\""),
        hashes(count, at: index + (isLong ? 3 : 1))
      {
        index += (isLong ? 3 : 1) + count
        break
      } else if !isLong, input[index] == UInt8(ascii: "\n") {
        break
      } else {
        index += 1
      }
    }
    if !keepsStrings { blank(from: start) }
  }
}

/// Where `word` stands in `line` as a word of its own: no letter, digit or underscore touches an end
/// that is a letter, digit or underscore itself.
func hasWord(_ word: String, in line: Substring) -> Bool {
  let bytes = Array(line.utf8)
  let wanted = Array(word.utf8)
  guard bytes.count >= wanted.count, let first = wanted.first, let last = wanted.last else {
    return false
  }
  for start in 0...(bytes.count - wanted.count) where bytes[start] == first {
    let end = start + wanted.count
    guard bytes[start..<end].elementsEqual(wanted) else { continue }
    if isWordByte(first), start > 0, isWordByte(bytes[start - 1]) { continue }
    if isWordByte(last), end < bytes.count, isWordByte(bytes[end]) { continue }
    return true
  }
  return false
}

func isWordByte(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "_") || byte >= 0x80
    || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
    || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
}
