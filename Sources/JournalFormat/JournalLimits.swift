// SPDX-License-Identifier: Apache-2.0

/// Sizes and maxima of the journal format. Protocol/Journal.md gives the same numbers.
package enum JournalLimits {
  /// Batches begin and end on pages, so a later tear never reaches durable bytes.
  package static let pageBytes = 4_096
  /// What a disk writes whole or not at all.
  package static let sectorBytes = 512
  /// Two header pages at the start of every segment.
  package static let segmentHeaderBytes = 2 * pageBytes
  /// Bytes of a segment unless configured otherwise: 64 MiB.
  package static let segmentBytesDefault = 64 << 20
  /// Smallest segment the format knows; small ones let tests and simulations roll often.
  package static let segmentBytesMin = 64 << 10
  /// Smallest segment a server may be configured with: 2 MiB, so that the largest frame fits a batch.
  package static let segmentBytesConfigurableMin = 2 << 20
  /// Largest segment: 1 GiB.
  package static let segmentBytesMax = 1 << 30
  /// Greatest segment number: ten decimal digits.
  package static let segmentNumberMax: UInt64 = 9_999_999_999
  /// Bytes of a batch header.
  package static let batchHeaderBytes = 128
  /// Records of one batch.
  package static let batchRecordsMax = 65_536
  /// Payload bytes of one batch, in any segment.
  package static let batchPayloadBytesMax = 8 << 20
  /// Bytes of the largest batch, header and padding included: what a reader needs at once.
  package static let batchBytesMax = batchPayloadBytesMax + pageBytes
  /// Bytes before the body of a record: length, opcode, flags, command id.
  package static let recordHeaderBytes = 24
  /// Pages that commands leave free, so that an idle, a shutdown and a roll seal always fit.
  package static let sealPagesReserved = 3

  /// Whether a segment may have `bytes` bytes.
  package static func allowsSegment(bytes: Int) -> Bool {
    bytes >= segmentBytesMin && bytes <= segmentBytesMax && bytes.isMultiple(of: pageBytes)
  }

  /// The largest payload a batch may have so that it always fits a fresh segment of `segmentBytes`.
  package static func payloadBytesMax(segmentBytes: Int) -> Int {
    let room = segmentBytes - segmentHeaderBytes - sealPagesReserved * pageBytes - batchHeaderBytes
    return min(batchPayloadBytesMax, room)
  }

  /// `bytes` rounded up to whole pages. `bytes` is at least 0 and far from `Int.max`.
  package static func wholePages(_ bytes: Int) -> Int { (bytes + pageBytes - 1) & ~(pageBytes - 1) }
}
