// SPDX-License-Identifier: Apache-2.0

/// The one buffer of a scanner: a page-aligned window onto the segment being read, as large as the
/// largest batch. Asking for what it holds already costs nothing.
@safe struct ScanWindow: ~Copyable {
  private let memory: UnsafeMutableRawBufferPointer
  private let capacity: Int
  private var file: JournalSegmentFile?
  private var start = 0
  private var filled = 0

  /// - Parameter capacity: whole pages, at least the header pages of a segment.
  init(capacity: Int) {
    unsafe memory = .allocate(byteCount: capacity, alignment: JournalLimits.pageBytes)
    self.capacity = capacity
  }

  deinit { unsafe memory.deallocate() }

  /// Turns to a file; what was read of the same file stays.
  mutating func open(_ file: JournalSegmentFile) {
    if file.number == self.file?.number { return }
    self.file = file
    start = 0
    filled = 0
  }

  /// The `count` bytes at `offset`, both whole pages, or `nil` where the file ends before or
  /// `count` is more than a maximal batch. Good until the next call.
  mutating func bytes(
    _ offset: Int, _ count: Int
  ) throws(JournalDamage) -> UnsafeRawBufferPointer? {
    guard let file, count <= capacity, offset <= file.byteCount, count <= file.byteCount - offset
    else { return nil }
    if offset < start || offset + count > start + filled {
      try fill(from: offset, file)
    }
    return unsafe UnsafeRawBufferPointer(memory).part(offset - start, count)
  }

  private mutating func fill(
    from offset: Int, _ file: JournalSegmentFile
  ) throws(JournalDamage) {
    start = offset
    filled = 0
    let count = min(capacity, file.byteCount - offset)
    do {
      unsafe try file.read(offset, UnsafeMutableRawBufferPointer(rebasing: memory[0..<count]))
    } catch {
      throw .unreadable("\(error)")
    }
    filled = count
  }

  /// The largest piece from `offset` on that one read gives; empty at the end of the file.
  mutating func piece(_ offset: Int) throws(JournalDamage) -> UnsafeRawBufferPointer {
    guard let file, offset < file.byteCount else {
      return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    }
    if offset < start || offset >= start + filled { try fill(from: offset, file) }
    return unsafe UnsafeRawBufferPointer(memory).part(offset - start, start + filled - offset)
  }
}

extension JournalDamage: Error {}
