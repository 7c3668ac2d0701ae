// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// A reservation entry as kept: never changed, removed only by cleanup.
struct Entry {
  var quantity: Int64
  var position: Position
  /// The entry before it of the same reservation, or 0.
  var previous: UInt64
  /// Number of the hold or order behind it.
  var reservation: UInt32
  var sku: UInt32
  /// Its id relative to its chunk.
  fileprivate var offset: UInt16 = 0
  /// `nil` marks an entry that was removed.
  var event: SalesEvent?

  init(
    quantity: Int64, position: Position, previous: UInt64, reservation: UInt32, sku: UInt32,
    event: SalesEvent
  ) {
    self.quantity = quantity
    self.position = position
    self.previous = previous
    self.reservation = reservation
    self.sku = sku
    self.event = event
  }
}

/// The entries in the order of their ids, which count from 1. Ids are chunked by 1,024; a chunk is
/// packed when half of what it stores was removed and freed when nothing is left, so that memory
/// follows the entries that are kept while an id stays a direct address.
@safe
struct EntryLog: ~Copyable {
  @safe
  private struct Chunk {
    var entries: UnsafeMutablePointer<Entry>?
    var stored: Int32 = 0
    var live: Int32 = 0
  }

  private var chunks: ContiguousArray<Chunk> = []
  /// The id the next entry gets.
  private(set) var nextID: UInt64 = 1
  /// Entries kept.
  private(set) var count = 0

  private static let shift: UInt64 = 10
  private static let chunkEntries = 1 << 10

  init() {}

  deinit {
    // An entry owns nothing, so freeing the chunk is enough.
    for index in chunks.indices { unsafe chunks[index].entries?.deallocate() }
  }

  /// Adds an entry and returns its id. O(1).
  mutating func append(_ entry: Entry) -> UInt64 {
    let id = nextID
    let index = Int(id >> Self.shift)
    while chunks.count <= index { unsafe chunks.append(Chunk(entries: nil)) }
    if unsafe chunks[index].entries == nil {
      unsafe chunks[index].entries = .allocate(capacity: Self.chunkEntries)
    }
    var entry = entry
    entry.offset = UInt16(id & UInt64(Self.chunkEntries - 1))
    let stored = Int(chunks[index].stored)
    unsafe (entries(of: index) + stored).initialize(to: entry)
    chunks[index].stored += 1
    chunks[index].live += 1
    nextID += 1
    count += 1
    return id
  }

  /// The entry with that id, or `nil`. O(1), or O(log 1,024) in a packed chunk.
  func entry(_ id: UInt64) -> Entry? {
    guard let (chunk, place) = locate(id) else { return nil }
    return unsafe entries(of: chunk)[place]
  }

  /// Moves an entry to another SKU, for a product that is renamed without its entries (11.6).
  mutating func setSKU(of id: UInt64, to sku: UInt32) {
    guard let (chunk, place) = locate(id) else { return }
    unsafe entries(of: chunk)[place].sku = sku
  }

  /// Closes the chain of a reservation around entries that are removed.
  mutating func setPrevious(of id: UInt64, to previous: UInt64) {
    guard let (chunk, place) = locate(id) else { return }
    unsafe entries(of: chunk)[place].previous = previous
  }

  /// Removes an entry; nothing when it is gone. O(1) amortised.
  mutating func remove(_ id: UInt64) {
    guard let (chunk, place) = locate(id) else { return }
    unsafe entries(of: chunk)[place].event = nil
    chunks[chunk].live -= 1
    count -= 1
    if chunk < Int(nextID >> Self.shift) { pack(chunk) }
  }

  /// The first entry with an id above `id`, which becomes its id; `nil` at the end. O(1) amortised
  /// over a walk.
  func next(after id: inout UInt64) -> Entry? {
    let first = id &+ 1
    guard first != 0, first < nextID else { return nil }
    var chunk = Int(first >> Self.shift)
    var place = lowerBound(chunk, UInt16(first & UInt64(Self.chunkEntries - 1)))
    while chunk < chunks.count {
      while place < Int(chunks[chunk].stored) {
        let entry = unsafe entries(of: chunk)[place]
        if entry.event != nil {
          id = UInt64(chunk) << Self.shift | UInt64(entry.offset)
          return entry
        }
        place += 1
      }
      chunk += 1
      place = 0
    }
    return nil
  }

  private func entries(of chunk: Int) -> UnsafeMutablePointer<Entry> {
    guard let entries = unsafe chunks[chunk].entries else {
      broken("A chunk that stores an entry has memory for it.")
    }
    return unsafe entries
  }

  private func locate(_ id: UInt64) -> (chunk: Int, place: Int)? {
    guard id > 0, id < nextID else { return nil }
    let chunk = Int(id >> Self.shift)
    let offset = UInt16(id & UInt64(Self.chunkEntries - 1))
    let place = lowerBound(chunk, offset)
    guard place < Int(chunks[chunk].stored),
      unsafe entries(of: chunk)[place].offset == offset,
      unsafe entries(of: chunk)[place].event != nil
    else { return nil }
    return (chunk, place)
  }

  /// The first place of a chunk whose offset is at least `offset`.
  private func lowerBound(_ chunk: Int, _ offset: UInt16) -> Int {
    guard let entries = unsafe chunks[chunk].entries else { return 0 }
    let stored = Int(chunks[chunk].stored)
    let direct = unsafe Int(offset) - Int(entries[0].offset)
    if direct >= 0, direct < stored, unsafe entries[direct].offset == offset { return direct }
    var low = 0
    var high = stored
    while low < high {
      let middle = (low + high) / 2
      if unsafe entries[middle].offset < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func pack(_ index: Int) {
    let live = Int(chunks[index].live)
    let stored = Int(chunks[index].stored)
    guard live * 2 <= stored, let old = unsafe chunks[index].entries else { return }
    if live == 0 {
      unsafe chunks[index] = Chunk(entries: nil)
    } else {
      let packed = UnsafeMutablePointer<Entry>.allocate(capacity: live)
      var filled = 0
      for place in 0..<stored where unsafe old[place].event != nil {
        unsafe (packed + filled).initialize(to: old[place])
        filled += 1
      }
      unsafe chunks[index] = Chunk(entries: packed, stored: Int32(live), live: Int32(live))
    }
    unsafe old.deallocate()
  }
}
