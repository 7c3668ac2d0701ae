// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import JournalFormat
internal import SystemIO

/// The commit lane's memory for seals and segment headers, as the disk takes them.
struct JournalPages: ~Copyable {
  private var sealPage = AlignedBuffer(capacity: JournalLimits.pageBytes)
  private var headerPages = AlignedBuffer(capacity: JournalLimits.segmentHeaderBytes)
  private var sealBytes = 0

  /// Builds a seal at the end of `chain`.
  mutating func seal(
    _ cause: SealCause, at chain: JournalChain, timestamp: Timestamp
  ) -> JournalWrite {
    let write = unsafe JournalEncoder.seal(
      cause, at: chain, timestamp: timestamp, into: sealPage.mutableBytes)
    sealBytes = write.byteCount
    return write
  }

  /// There is no seal to write.
  mutating func clearSeal() { sealBytes = 0 }

  /// The seal, for the journal to write.
  func lendSeal() -> LentBytes { sealPage.lend(sealBytes) }

  /// Builds both copies of a segment header.
  mutating func write(_ header: SegmentHeader) {
    unsafe header.write(into: headerPages.mutableBytes)
  }

  /// Both copies of the header, for the journal to write.
  func lendHeader() -> LentBytes { headerPages.lend(JournalLimits.segmentHeaderBytes) }
}
