// SPDX-License-Identifier: Apache-2.0

package import InventoryModel
internal import WireCodec

/// What became of a record offered to a batch.
package enum JournalAppend: Equatable, Sendable {
  /// Taken; `index` from 0, so the position will be the batch's first position plus `index`.
  case appended(index: Int)
  /// The region is too small: `move(to:)` one of at least `needed` bytes and offer it again.
  case regionFull(needed: Int)
  /// The batch has reached a limit of the format: finish it and offer the record to the next.
  case batchFull
  /// The record fits no batch of this segment size.
  case tooLarge
}

/// Builds one batch in place. Records go straight into the caller's region behind the room for the
/// header, without allocation; `finish` writes header, hashes and padding around them. Records may
/// be appended while the batch before is still being written: only `finish` needs the chain.
///
/// The region is the caller's, 4,096-aligned when it is written past the page cache, and must
/// outlive its use here.
@safe package struct JournalEncoder: ~Copyable {
  private var region: UnsafeMutableRawBufferPointer
  private var capacity: Int
  private let payloadBytesMax: Int
  private var end = JournalLimits.batchHeaderBytes
  private var isFinished = false
  /// Records appended so far.
  package private(set) var recordCount = 0

  /// - Parameters:
  ///   - region: at least one page, whole pages.
  ///   - segmentBytes: size of the smallest segment the batch may go to.
  package init(
    into region: UnsafeMutableRawBufferPointer,
    segmentBytes: Int = JournalLimits.segmentBytesDefault
  ) {
    invariant(
      region.count >= JournalLimits.pageBytes
        && region.count.isMultiple(of: JournalLimits.pageBytes),
      "a region for a batch is whole pages")
    invariant(
      JournalLimits.allowsSegment(bytes: segmentBytes),
      "a segment is whole pages within the limits")
    unsafe self.region = unsafe region
    capacity = region.count
    payloadBytesMax = JournalLimits.payloadBytesMax(segmentBytes: segmentBytes)
  }

  package var isEmpty: Bool { recordCount == 0 }

  /// Bytes of the batch as it stands, header and padding included.
  package var batchBytes: Int { JournalLimits.wholePages(end) }

  /// Appends one command. `wireBody` is the command body of a frame: 16 bytes of id, then the
  /// rest. O(count of bytes); no allocation.
  @discardableResult
  package mutating func append(
    opcode: UInt16, wireBody: UnsafeRawBufferPointer
  ) -> JournalAppend {
    invariant(wireBody.count >= 16, "a command body begins with its id")
    let step = reserve(bodyBytes: wireBody.count - 16, opcode: opcode)
    guard case .appended = step else { return step }
    unsafe region.baseAddress?.advanced(by: end + 8).copy(wireBody)
    advance(bodyBytes: wireBody.count - 16)
    return step
  }

  /// Appends one command given as id and the body after it. O(count of bytes); no allocation.
  @discardableResult
  package mutating func append(
    opcode: UInt16, id: CommandID, body: UnsafeRawBufferPointer
  ) -> JournalAppend {
    let step = reserve(bodyBytes: body.count, opcode: opcode)
    guard case .appended = step else { return step }
    unsafe region.store(id.low, at: end + 8)
    unsafe region.store(id.high, at: end + 16)
    unsafe region.baseAddress?.advanced(by: end + JournalLimits.recordHeaderBytes).copy(body)
    advance(bodyBytes: body.count)
    return step
  }

  /// Goes on in a larger region, with a copy of what was appended. The old one is free again.
  package mutating func move(to larger: UnsafeMutableRawBufferPointer) {
    invariant(
      larger.count >= capacity && larger.count.isMultiple(of: JournalLimits.pageBytes),
      "a batch moves to a larger region of whole pages")
    unsafe larger.baseAddress?.copy(UnsafeRawBufferPointer(region).part(0, end))
    unsafe region = unsafe larger
    capacity = larger.count
  }

  /// Completes the batch at the end of `chain`: header, hashes, padding. The caller writes the
  /// first `byteCount` bytes of the region at `offset`, and goes on with `next` once they are
  /// durable. Then `clear()`, and the region serves the next batch.
  package mutating func finish(at chain: JournalChain, timestamp: Timestamp) -> JournalWrite {
    invariant(recordCount > 0 && !isFinished, "a batch is finished once and holds a record")
    invariant(chain.fits(batchBytes: batchBytes), "a batch fits its segment, or the segment rolls")
    let payload = unsafe UnsafeRawBufferPointer(region).part(
      JournalLimits.batchHeaderBytes, end - JournalLimits.batchHeaderBytes)
    let bytes = batchBytes
    unsafe region.zero(end, bytes - end)
    var header = unsafe chain.nextBatchHeader(
      .commands, records: recordCount, payloadBytes: payload.count,
      payloadHash: Checksum.xxh3(payload, seed: chain.seed), timestamp: timestamp)
    unsafe header.write(into: region, seed: chain.seed)
    isFinished = true
    return JournalWrite(
      header: header, offset: chain.offset, byteCount: bytes, next: chain.following(header))
  }

  /// Forgets the batch. The region stays.
  package mutating func clear() {
    end = JournalLimits.batchHeaderBytes
    recordCount = 0
    isFinished = false
  }

  /// Writes a seal for `cause` over the first page of `region`. Ask `chain.wantsSeal` before.
  package static func seal(
    _ cause: SealCause, at chain: JournalChain, timestamp: Timestamp,
    into region: UnsafeMutableRawBufferPointer
  ) -> JournalWrite {
    invariant(chain.wantsSeal(cause), "a seal is written where it is due and fits")
    invariant(region.count >= JournalLimits.pageBytes, "a seal takes one page")
    let none = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    var header = unsafe chain.nextBatchHeader(
      .seal(cause), records: 0, payloadBytes: 0,
      payloadHash: Checksum.xxh3(none, seed: chain.seed), timestamp: timestamp)
    unsafe region.zero(0, JournalLimits.pageBytes)
    for start in stride(from: 0, to: JournalLimits.pageBytes, by: JournalLimits.sectorBytes) {
      let sector = unsafe region[start..<start + JournalLimits.sectorBytes]
      unsafe header.write(into: UnsafeMutableRawBufferPointer(rebasing: sector), seed: chain.seed)
    }
    return JournalWrite(
      header: header, offset: chain.offset, byteCount: JournalLimits.pageBytes,
      next: chain.following(header))
  }

  /// Decides whether a record of `bodyBytes` fits and writes its length, opcode and flags.
  private func reserve(bodyBytes: Int, opcode: UInt16) -> JournalAppend {
    invariant(!isFinished, "a finished batch takes no record")
    // Compared with the limit before it is added to anything, so no length can overflow.
    guard bodyBytes <= payloadBytesMax - JournalLimits.recordHeaderBytes else { return .tooLarge }
    let newEnd = end + Self.padded(bodyBytes)
    guard newEnd - JournalLimits.batchHeaderBytes <= payloadBytesMax,
      recordCount < JournalLimits.batchRecordsMax
    else { return .batchFull }
    guard newEnd <= capacity else {
      return .regionFull(needed: JournalLimits.wholePages(newEnd))
    }
    unsafe region.store(0 as UInt64, at: newEnd - 8)
    unsafe region.store(UInt32(bodyBytes), at: end)
    unsafe region.store(opcode, at: end + 4)
    unsafe region.store(0 as UInt16, at: end + 6)
    return .appended(index: recordCount)
  }

  private mutating func advance(bodyBytes: Int) {
    end += Self.padded(bodyBytes)
    recordCount += 1
  }

  private static func padded(_ bodyBytes: Int) -> Int {
    (JournalLimits.recordHeaderBytes + bodyBytes + 7) & ~7
  }
}

extension UnsafeMutableRawPointer {
  /// Copies `bytes` here; the caller has compared the length with the room.
  @inline(__always)
  fileprivate func copy(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    unsafe copyMemory(from: source, byteCount: bytes.count)
  }
}
