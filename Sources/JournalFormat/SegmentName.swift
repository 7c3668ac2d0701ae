// SPDX-License-Identifier: Apache-2.0

/// The file names of segments: `journal-0000000001.hfj` and so on.
package enum SegmentName {
  private static let prefix = "journal-"
  private static let suffix = ".hfj"
  private static let digits = 10

  /// The name of segment `number`, which is 1 to `JournalLimits.segmentNumberMax`.
  package static func of(_ number: UInt64) -> String {
    let text = String(number)
    let zeros = String(repeating: "0", count: max(0, digits - text.utf8.count))
    return prefix + zeros + text + suffix
  }

  /// The number in `name`; `nil` when it is not exactly the name of a segment.
  package static func number(of name: String) -> UInt64? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
    let middle = name.utf8.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count)
    guard middle.count == digits, middle.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
      return nil
    }
    let number = middle.reduce(0 as UInt64) { $0 * 10 + UInt64($1 - 0x30) }
    return number >= 1 ? number : nil
  }
}
