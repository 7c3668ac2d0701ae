// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import WireCodec

/// The header as bytes.
extension SegmentHeader {
  /// What one header page holds.
  enum Reading: Equatable {
    case valid(SegmentHeader)
    /// A sound page of a format this code does not know.
    case newer(major: UInt16, minor: UInt16)
    case damaged
  }

  private static let checksumOffset = JournalLimits.pageBytes - 4
  /// Far enough from the end that counting on from a foreign file can never overflow.
  private static let counters: Range<UInt64> = 1..<1 << 63

  /// Writes both copies over the first 8,192 bytes of `region`, which has at least so many.
  package func write(into region: UnsafeMutableRawBufferPointer) {
    invariant(
      region.count >= JournalLimits.segmentHeaderBytes,
      "a region for a segment header has room for both copies")
    for copy in 0..<2 {
      let start = copy * JournalLimits.pageBytes
      unsafe Self.fill(
        UnsafeMutableRawBufferPointer(rebasing: region[start..<start + JournalLimits.pageBytes]),
        self)
    }
  }

  static func fill(_ page: UnsafeMutableRawBufferPointer, _ header: SegmentHeader) {
    unsafe page.zero(0, JournalLimits.pageBytes)
    unsafe page.store(magic, at: 0)
    unsafe page.store(major, at: 8)
    unsafe page.store(minor, at: 10)
    unsafe page.store(UInt32(JournalLimits.pageBytes), at: 12)
    unsafe page.store(header.store.low, at: 16)
    unsafe page.store(header.store.high, at: 24)
    unsafe page.store(header.segment, at: 32)
    unsafe page.store(header.epoch, at: 40)
    unsafe page.store(UInt64(header.segmentBytes), at: 48)
    unsafe page.store(header.firstSequence, at: 56)
    unsafe page.store(header.firstPosition, at: 64)
    unsafe page.store(header.previousHash, at: 72)
    unsafe page.store(header.salt, at: 80)
    unsafe page.store(header.logTime.nanoseconds, at: 88)
    let guarded = unsafe UnsafeRawBufferPointer(page).part(0, checksumOffset)
    unsafe page.store(Checksum.crc32c(guarded), at: checksumOffset)
  }

  static func seed(of page: UnsafeRawBufferPointer) -> UInt64 {
    unsafe Checksum.xxh3(page.part(0, checksumOffset))
  }

  /// Reads one copy from `page`, 4,096 bytes. The copy is believed only as a whole.
  static func read(_ page: UnsafeRawBufferPointer) -> Reading {
    guard page.count == JournalLimits.pageBytes,
      unsafe page.integer(0, as: UInt64.self) == magic,
      unsafe page.integer(checksumOffset, as: UInt32.self)
        == Checksum.crc32c(page.part(0, checksumOffset))
    else { return .damaged }
    let found = unsafe page.integer(8, as: UInt16.self)
    if found > major { return .newer(major: found, minor: unsafe page.integer(10)) }
    let size = unsafe page.integer(48, as: UInt64.self)
    let header = unsafe SegmentHeader(reading: page, segmentBytes: Int(clamping: size))
    let isKnown = unsafe found == major && page.integer(12) == UInt32(JournalLimits.pageBytes)
    guard isKnown, JournalLimits.allowsSegment(bytes: header.segmentBytes), header.segment >= 1,
      header.segment <= JournalLimits.segmentNumberMax, header.epoch >= 1,
      counters.contains(header.firstSequence), counters.contains(header.firstPosition)
    else { return .damaged }
    return .valid(header)
  }

  private init(reading page: UnsafeRawBufferPointer, segmentBytes: Int) {
    unsafe self.init(
      store: StoreUUID(low: page.integer(16), high: page.integer(24)),
      segment: page.integer(32), epoch: page.integer(40), segmentBytes: segmentBytes,
      firstSequence: page.integer(56), firstPosition: page.integer(64),
      previousHash: page.integer(72), salt: page.integer(80),
      logTime: Timestamp(nanoseconds: page.integer(88)), seed: Self.seed(of: page))
  }
}
