// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// From a 64-bit hash to the 32-bit numbers of the records that have it; the caller compares keys.
///
/// Extendible hashing: the top bits of the hash choose one of the pages through a directory, the
/// rest finds the slot inside the page by linear probing. A page in which a new key would stand too
/// far from its slot splits into two, so growth costs 256 slots a time; only the directory is ever
/// copied whole (8 bytes per about 140 keys: 4 MB at fifty million keys). A table that rehashes
/// everything would stop the server for seconds. Nothing but the slots is looked at on the way:
/// a counter of the page's own would be one more memory access that misses every cache.
///
/// A word of a page is the upper half of the hash and the record's number. Keys whose hashes agree
/// in more bits than chance allows cannot be split apart: `insert` then answers `false`, and the
/// command is refused, instead of letting a caller who builds such keys degrade the table.
@safe
struct HashIndex: ~Copyable {
  private var directory: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>>
  private var depth = 0
  private var pageCount = 1
  /// Numbers held.
  private(set) var count = 0

  private static let slots = 256
  /// How far from its slot a key may be put; more means that the page is full.
  private static let runMax = 32
  private static let depthMax = 24
  private static let vacant = UInt64.max
  private static let upperHalf: UInt64 = 0xFFFF_FFFF_0000_0000
  // After the slots of a page: how many top bits its keys share.
  private static let depthAt = 256

  init() {
    unsafe directory = UnsafeMutablePointer<UnsafeMutablePointer<UInt64>>.allocate(capacity: 1)
    unsafe directory.initialize(to: Self.makePage(depth: 0))
  }

  deinit {
    var bucket = 0
    while bucket < 1 << depth {
      let page = unsafe directory[bucket]
      bucket += unsafe 1 << (depth - Int(page[Self.depthAt]))
      unsafe page.deallocate()
    }
    unsafe directory.deallocate()
  }

  /// A walk over the numbers that may belong to one hash.
  struct Probe {
    fileprivate let bucket: Int
    fileprivate let tag: UInt64
    fileprivate var slot: Int
    /// Slots not looked at yet: a page may be full to the last.
    fileprivate var left = slots
  }

  /// Starts a walk for `hash`.
  @inline(__always)
  func probe(_ hash: UInt64) -> Probe {
    Probe(bucket: bucket(of: hash), tag: hash >> 32, slot: Self.home(of: hash >> 32))
  }

  /// The next number whose key has the same upper hash half, or `nil` at the end. O(1) expected.
  @inline(__always)
  func next(_ probe: inout Probe) -> UInt32? {
    let page = unsafe directory[probe.bucket]
    while probe.left > 0 {
      let word = unsafe page[probe.slot]
      if word == Self.vacant { return nil }
      probe.left -= 1
      probe.slot = (probe.slot + 1) & (Self.slots - 1)
      if word >> 32 == probe.tag { return UInt32(truncatingIfNeeded: word) }
    }
    return nil
  }

  /// Adds `number` under `hash`; `false` when its page is full and cannot be split. The caller makes
  /// sure that the key is not there yet. O(1) expected, at most one directory copy.
  mutating func insert(_ hash: UInt64, _ number: UInt32) -> Bool {
    guard makeRoom(for: hash) else { return false }
    let page = unsafe directory[bucket(of: hash)]
    unsafe Self.put(hash & Self.upperHalf | UInt64(number), into: page)
    count += 1
    return true
  }

  /// Whether `insert` under `hash` would succeed; splits pages as needed, which changes nothing that
  /// can be seen. O(1) expected.
  mutating func makeRoom(for hash: UInt64) -> Bool {
    while unsafe !Self.hasRoom(directory[bucket(of: hash)], hash >> 32) {
      guard split(bucket(of: hash)) else { return false }
    }
    return true
  }

  /// Removes `number` from under `hash`; nothing when it is not there. O(1) expected.
  mutating func remove(_ hash: UInt64, _ number: UInt32) {
    let page = unsafe directory[bucket(of: hash)]
    let wanted = hash & Self.upperHalf | UInt64(number)
    var slot = Self.home(of: hash >> 32)
    for _ in 0..<Self.slots {
      if unsafe page[slot] == Self.vacant { return }
      if unsafe page[slot] == wanted {
        unsafe Self.close(slot, of: page)
        count -= 1
        return
      }
      slot = (slot + 1) & (Self.slots - 1)
    }
  }

  @inline(__always)
  private func bucket(of hash: UInt64) -> Int { Int((hash >> 1) >> (63 - UInt64(depth))) }

  @inline(__always)
  private static func home(of tag: UInt64) -> Int { Int(tag & UInt64(slots - 1)) }

  private static func makePage(depth: UInt64) -> UnsafeMutablePointer<UInt64> {
    let page = UnsafeMutablePointer<UInt64>.allocate(capacity: slots + 1)
    unsafe page.initialize(repeating: vacant, count: slots)
    unsafe (page + depthAt).initialize(to: depth)
    return unsafe page
  }

  private static func put(_ word: UInt64, into page: UnsafeMutablePointer<UInt64>) {
    var slot = home(of: word >> 32)
    while unsafe page[slot] != vacant { slot = (slot + 1) & (slots - 1) }
    unsafe page[slot] = word
  }

  private static func hasRoom(_ page: UnsafeMutablePointer<UInt64>, _ tag: UInt64) -> Bool {
    let home = home(of: tag)
    for step in 0..<runMax {
      if unsafe page[(home + step) & (slots - 1)] == vacant { return true }
    }
    return false
  }

  /// Empties `slot` and moves later words of the run back, so that no probe meets a gap too early.
  private static func close(_ slot: Int, of page: UnsafeMutablePointer<UInt64>) {
    var gap = slot
    for step in 1..<slots {
      let next = (slot + step) & (slots - 1)
      let word = unsafe page[next]
      if word == vacant { break }
      let wanted = home(of: word >> 32)
      if (next - wanted) & (slots - 1) >= (next - gap) & (slots - 1) {
        unsafe page[gap] = word
        gap = next
      }
    }
    unsafe page[gap] = vacant
  }

  /// Splits the page of `bucket` in two by the next bit of the hashes.
  private mutating func split(_ bucket: Int) -> Bool {
    var bucket = bucket
    let old = unsafe directory[bucket]
    let shared = unsafe Int(old[Self.depthAt])
    if shared == depth {
      guard depth < Self.depthMax, 1 << depth <= 64 * pageCount else { return false }
      widen()
      bucket <<= 1
    }
    let low = unsafe Self.makePage(depth: UInt64(shared + 1))
    let high = unsafe Self.makePage(depth: UInt64(shared + 1))
    for slot in 0..<Self.slots {
      let word = unsafe old[slot]
      if word == Self.vacant { continue }
      let isHigh = (word >> UInt64(63 - shared)) & 1 == 1
      unsafe Self.put(word, into: isHigh ? high : low)
    }
    let span = 1 << (depth - shared)
    let first = bucket & ~(span - 1)
    for index in 0..<span {
      unsafe directory[first + index] = index < span / 2 ? low : high
    }
    unsafe old.deallocate()
    pageCount += 1
    return true
  }

  private mutating func widen() {
    let wider = UnsafeMutablePointer<UnsafeMutablePointer<UInt64>>.allocate(
      capacity: 2 << depth)
    for bucket in 0..<(1 << depth) {
      unsafe (wider + 2 * bucket).initialize(to: directory[bucket])
      unsafe (wider + 2 * bucket + 1).initialize(to: directory[bucket])
    }
    unsafe directory.deallocate()
    unsafe directory = wider
    depth += 1
  }
}
