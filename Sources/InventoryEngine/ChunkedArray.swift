// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// A growable array that never moves an element: growth allocates a chunk of 4,096 elements and at
/// most copies the list of chunks. That bounds the pause of an append (a thousandth of what an
/// ordinary array of the same size would copy).
///
/// Every access is checked against `count`, in release builds too. The storage is raw because a
/// nested `Array` costs two uniqueness checks per access on the hottest road of the server.
@safe
struct ChunkedArray<Element>: ~Copyable {
  private var chunks: UnsafeMutablePointer<UnsafeMutablePointer<Element>>
  private var chunkCount = 0
  private var chunkRoom = 4
  /// Elements held.
  private(set) var count = 0

  private static var shift: Int { 12 }
  private static var chunkElements: Int { 1 << shift }
  private static var mask: Int { chunkElements - 1 }

  init() {
    unsafe chunks = UnsafeMutablePointer<UnsafeMutablePointer<Element>>.allocate(capacity: 4)
  }

  deinit {
    for index in 0..<chunkCount {
      let used = min(Self.chunkElements, max(0, count - index << Self.shift))
      unsafe chunks[index].deinitialize(count: used)
      unsafe chunks[index].deallocate()
    }
    unsafe chunks.deallocate()
  }

  /// The element at `index`, read or changed in place. O(1).
  subscript(_ index: Int) -> Element {
    @inline(__always)
    unsafeAddress { unsafe UnsafePointer(mutableAddress(of: index)) }
    @inline(__always)
    unsafeMutableAddress { unsafe mutableAddress(of: index) }
  }

  /// The element at `index`, read or changed in place. O(1).
  subscript(_ index: UInt32) -> Element {
    @inline(__always)
    unsafeAddress { unsafe UnsafePointer(mutableAddress(of: Int(index))) }
    @inline(__always)
    unsafeMutableAddress { unsafe mutableAddress(of: Int(index)) }
  }

  /// Where the element at `index` lives; good until the array is given up. O(1).
  @unsafe
  @inline(__always)
  func mutableAddress(of index: Int) -> UnsafeMutablePointer<Element> {
    invariant(index >= 0 && index < count, "An index into a chunked array is below its count.")
    return unsafe chunks[index >> Self.shift] + (index & Self.mask)
  }

  /// Adds `element` at the end. O(1), no element is copied.
  mutating func append(_ element: consuming Element) {
    if count >> Self.shift == chunkCount { addChunk() }
    unsafe (chunks[count >> Self.shift] + (count & Self.mask)).initialize(to: element)
    count += 1
  }

  /// Takes the last element away. O(1). The last chunk is kept for the next append.
  mutating func removeLast() -> Element {
    invariant(count > 0, "An element is removed only from a chunked array that has one.")
    count -= 1
    return unsafe (chunks[count >> Self.shift] + (count & Self.mask)).move()
  }

  private mutating func addChunk() {
    if chunkCount == chunkRoom {
      let wider = UnsafeMutablePointer<UnsafeMutablePointer<Element>>.allocate(
        capacity: chunkRoom * 2)
      unsafe wider.moveInitialize(from: chunks, count: chunkCount)
      unsafe chunks.deallocate()
      unsafe chunks = wider
      chunkRoom *= 2
    }
    let chunk = UnsafeMutablePointer<Element>.allocate(capacity: Self.chunkElements)
    unsafe (chunks + chunkCount).initialize(to: chunk)
    chunkCount += 1
  }
}
