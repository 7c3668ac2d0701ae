// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Hashes and comparisons of the texts that name things, over their UTF-8 bytes.
///
/// The standard library's hashes differ between runs and its `==` accepts different spellings of one
/// Unicode character; names compare by bytes, and every run must take the same decisions.
/// Folding of A to Z happens on the fly, eight bytes a step, so that no folded copy is kept.
enum TextHash {
  /// Hash of the bytes as they are. `seed` keeps kinds of names apart. O(length).
  static func exact(_ text: String, seed: UInt64 = 0) -> UInt64 {
    var copy = text
    return copy.withUTF8 { bytes in
      unsafe hash(UnsafeRawBufferPointer(bytes), seed: seed, folds: false)
    }
  }

  /// Hash of the bytes with A to Z folded to a to z. O(length).
  static func folded(_ text: String) -> UInt64 {
    var copy = text
    return copy.withUTF8 { bytes in
      unsafe hash(UnsafeRawBufferPointer(bytes), seed: 0, folds: true)
    }
  }

  /// Whether the bytes are the same. O(length).
  static func exactlyEqual(_ left: String, _ right: String) -> Bool {
    compare(left, right, folds: false) == 0
  }

  /// Whether the bytes are the same after folding. O(length).
  static func foldedEqual(_ left: String, _ right: String) -> Bool {
    var a = left
    var b = right
    return a.withUTF8 { x in
      b.withUTF8 { y in
        unsafe equal(UnsafeRawBufferPointer(x), UnsafeRawBufferPointer(y))
      }
    }
  }

  /// Whether `text` begins with `prefix` after A to Z are folded in both.
  static func foldedHasPrefix(_ text: String, _ prefix: String) -> Bool {
    var text = text.utf8.makeIterator()
    for byte in prefix.utf8 {
      guard let other = text.next(), foldASCII(other) == foldASCII(byte) else { return false }
    }
    return true
  }

  /// Whether `text` contains `part` after A to Z are folded in both. O(product of the lengths).
  static func foldedContains(_ text: String, _ part: String) -> Bool {
    let bytes = text.utf8.map(foldASCII)
    let wanted = part.utf8.map(foldASCII)
    if wanted.count > bytes.count { return false }
    return (0...(bytes.count - wanted.count)).contains { start in
      bytes[start..<start + wanted.count].elementsEqual(wanted)
    }
  }

  /// Whether `left` comes before `right` in the order of their folded bytes. O(length).
  static func foldedPrecedes(_ left: String, _ right: String) -> Bool {
    compare(left, right, folds: true) < 0
  }

  /// Whether `left` comes before `right` in the order of their bytes. O(length).
  static func exactlyPrecedes(_ left: String, _ right: String) -> Bool {
    compare(left, right, folds: false) < 0
  }

  /// One step of the mixer of every table: both halves of a 128-bit product.
  @inline(__always)
  static func fold(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0x2D35_8DCC_AA6C_78A5).multipliedFullWidth(by: 0x8BB8_4B93_962E_ACC9)
    return product.high ^ product.low
  }

  // Hot: once or twice per command over every name in it. Bytes are loaded eight at a time, which
  // the safe views do not offer; every load is inside `bytes` by the loop conditions.
  private static func hash(
    _ bytes: UnsafeRawBufferPointer, seed: UInt64, folds: Bool
  ) -> UInt64 {
    let count = bytes.count
    var state = fold(seed ^ UInt64(truncatingIfNeeded: count))
    var offset = 0
    while offset + 8 <= count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      state = fold(state ^ (folds ? foldWord(word) : word))
      offset += 8
    }
    if offset < count {
      let word = unsafe tail(bytes, from: offset)
      state = fold(state ^ (folds ? foldWord(word) : word))
    }
    return fold(state)
  }

  private static func equal(
    _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer
  ) -> Bool {
    let count = left.count
    guard right.count == count else { return false }
    var offset = 0
    while offset + 8 <= count {
      let a = unsafe left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let b = unsafe right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if a != b, foldWord(a) != foldWord(b) { return false }
      offset += 8
    }
    if offset == count { return true }
    let a = unsafe tail(left, from: offset)
    let b = unsafe tail(right, from: offset)
    return a == b || foldWord(a) == foldWord(b)
  }

  private static func tail(_ bytes: UnsafeRawBufferPointer, from offset: Int) -> UInt64 {
    var word: UInt64 = 0
    var shift: UInt64 = 0
    for index in offset..<bytes.count {
      word |= unsafe UInt64(bytes[index]) << shift
      shift += 8
    }
    return word
  }

  /// Folds A to Z in each of eight bytes: the high bit of a lane marks "at least A and at most Z".
  @inline(__always)
  private static func foldWord(_ word: UInt64) -> UInt64 {
    let high: UInt64 = 0x8080_8080_8080_8080
    let low = word & ~high
    let pastZ = low &+ 0x2525_2525_2525_2525
    let fromA = low &+ 0x3F3F_3F3F_3F3F_3F3F
    let isUpper = (fromA ^ pastZ) & ~word & high
    return word | (isUpper >> 2)
  }

  private static func compare(_ left: String, _ right: String, folds: Bool) -> Int {
    var a = left.utf8.makeIterator()
    var b = right.utf8.makeIterator()
    while true {
      switch (a.next(), b.next()) {
      case (nil, nil): return 0
      case (nil, _): return -1
      case (_, nil): return 1
      case (let x?, let y?):
        let p = folds ? foldASCII(x) : x
        let q = folds ? foldASCII(y) : y
        if p != q { return p < q ? -1 : 1 }
      }
    }
  }
}
