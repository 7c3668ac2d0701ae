// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// First in, first out, every element addressed by its running number. Growth allocates one chunk
/// of 4,096 elements; an emptied chunk is freed. The list of chunks is the only thing ever copied.
@safe
struct ChunkedQueue<Element>: ~Copyable {
  private var chunks: ContiguousArray<UnsafeMutablePointer<Element>?>
  /// Chunks that left `chunks` at the front: running number divided by the chunk size.
  private var dropped: UInt64 = 0
  /// The running number of the first element.
  private(set) var head: UInt64 = 0
  /// The running number that the next element gets.
  private(set) var tail: UInt64 = 0

  private static var shift: UInt64 { 12 }
  private static var chunkElements: UInt64 { 1 << shift }
  private static var mask: UInt64 { chunkElements - 1 }

  init() { unsafe chunks = [] }

  deinit {
    for number in head..<tail { unsafe address(of: number).deinitialize(count: 1) }
    for index in unsafe chunks.indices { unsafe chunks[index]?.deallocate() }
  }

  /// Elements held.
  var count: Int { Int(tail - head) }

  /// The element with that running number. O(1).
  subscript(_ number: UInt64) -> Element {
    @inline(__always)
    unsafeAddress { unsafe UnsafePointer(address(of: number)) }
  }

  /// Adds `element` at the end and returns its running number. O(1).
  mutating func append(_ element: consuming Element) -> UInt64 {
    let number = tail
    if unsafe UInt64(chunks.count) == (number >> Self.shift) - dropped {
      unsafe chunks.append(.allocate(capacity: Int(Self.chunkElements)))
    }
    tail += 1
    unsafe address(of: number).initialize(to: element)
    return number
  }

  /// Takes the first element away. O(1).
  mutating func removeFirst() -> Element {
    invariant(head < tail, "An element is removed only from a queue that has one.")
    let element = unsafe address(of: head).move()
    head += 1
    if head & Self.mask == 0 { dropChunk() }
    return element
  }

  @inline(__always)
  private func address(of number: UInt64) -> UnsafeMutablePointer<Element> {
    invariant(number >= head && number < tail, "A running number is inside its queue.")
    let index = Int((number >> Self.shift) - dropped)
    guard let chunk = unsafe chunks[index] else {
      broken("A queue keeps the chunks of all its elements.")
    }
    return unsafe chunk + Int(number & Self.mask)
  }

  /// Frees the chunk before `head`. The list is shortened when half of it is gone.
  private mutating func dropChunk() {
    let index = Int((head >> Self.shift) - dropped) - 1
    unsafe chunks[index]?.deallocate()
    unsafe chunks[index] = nil
    if index + 1 > 16, unsafe (index + 1) * 2 > chunks.count {
      unsafe chunks.removeFirst(index + 1)
      dropped += UInt64(index + 1)
    }
  }
}
