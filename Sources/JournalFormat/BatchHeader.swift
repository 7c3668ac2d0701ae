// SPDX-License-Identifier: Apache-2.0

package import InventoryModel
internal import WireCodec

/// Why a seal was written.
package enum SealCause: UInt16, Sendable, CaseIterable {
  /// The writer had nothing to do for a moment: the last batch is now provably durable.
  case idle = 1
  /// The segment is left; another one follows.
  case roll = 2
  /// The last act of an orderly end.
  case shutdown = 3
}

/// What a batch is for.
package enum BatchKind: Equatable, Sendable {
  case commands
  case seal(SealCause)
}

/// The 128 bytes before the payload of a batch. Layout and validity: Protocol/Journal.md.
package struct BatchHeader: Equatable, Sendable {
  package static let magic: UInt64 = 0x5441_4246_444C_4F48  // "HOLDFBAT"
  private static let hashOffset = 120

  package var kind: BatchKind
  package var recordCount: Int
  package var payloadBytes: Int
  /// Counts batches of the store from 1, seals included.
  package var sequence: UInt64
  /// Position of the first record; of a seal, of the next record to come.
  package var firstPosition: Position
  /// The one log time of the batch.
  package var timestamp: Timestamp
  /// The last sequence known durable when the batch was built: always `sequence - 1`.
  package var durableUpTo: UInt64
  /// Hash of the batch before.
  package var previousHash: UInt64
  package var payloadHash: UInt64
  package var segment: UInt64
  package var epoch: UInt64
  /// Guards all other fields and names the batch; the next batch repeats it.
  package internal(set) var hash: UInt64 = 0

  /// Bytes of the batch in the segment: header, payload and padding.
  package var byteCount: Int {
    JournalLimits.wholePages(JournalLimits.batchHeaderBytes + payloadBytes)
  }

  /// Writes the header over the first 128 bytes of `region` and takes its hash under `seed`.
  mutating func write(into region: UnsafeMutableRawBufferPointer, seed: UInt64) {
    invariant(
      region.count >= JournalLimits.batchHeaderBytes, "a region for a batch has room for its header"
    )
    unsafe region.zero(0, JournalLimits.batchHeaderBytes)
    unsafe region.store(Self.magic, at: 0)
    switch kind {
    case .commands:
      unsafe region.store(1 as UInt16, at: 8)
    case .seal(let cause):
      unsafe region.store(2 as UInt16, at: 8)
      unsafe region.store(cause.rawValue, at: 12)
    }
    unsafe region.store(UInt16(JournalLimits.batchHeaderBytes), at: 10)
    unsafe region.store(UInt32(recordCount), at: 16)
    unsafe region.store(UInt32(payloadBytes), at: 20)
    unsafe region.store(sequence, at: 24)
    unsafe region.store(firstPosition, at: 32)
    unsafe region.store(timestamp.nanoseconds, at: 40)
    unsafe region.store(durableUpTo, at: 48)
    unsafe region.store(previousHash, at: 56)
    unsafe region.store(payloadHash, at: 64)
    unsafe region.store(segment, at: 72)
    unsafe region.store(epoch, at: 80)
    hash = unsafe Checksum.xxh3(UnsafeRawBufferPointer(region).part(0, Self.hashOffset), seed: seed)
    unsafe region.store(hash, at: Self.hashOffset)
  }

  /// Whether the bytes begin with a header that verifies under `seed`: its magic and its hash are
  /// right. What the fields say is a later question. `bytes` may be shorter than a header.
  static func isVerifiable(_ bytes: UnsafeRawBufferPointer, seed: UInt64) -> Bool {
    guard bytes.count >= JournalLimits.batchHeaderBytes, unsafe hasMagic(bytes) else {
      return false
    }
    return unsafe bytes.integer(hashOffset, as: UInt64.self)
      == Checksum.xxh3(bytes.part(0, hashOffset), seed: seed)
  }

  /// Whether the bytes, at least eight, begin as a batch does.
  static func hasMagic(_ bytes: UnsafeRawBufferPointer) -> Bool {
    unsafe bytes.integer(0, as: UInt64.self) == magic
  }

  /// Reads a verifiable header; `nil` when a field has a value this version does not know.
  static func read(_ bytes: UnsafeRawBufferPointer) -> BatchHeader? {
    let cause = unsafe bytes.integer(12, as: UInt16.self)
    let kind: BatchKind
    switch unsafe bytes.integer(8, as: UInt16.self) {
    case 1 where cause == 0: kind = .commands
    case 2:
      guard let known = SealCause(rawValue: cause) else { return nil }
      kind = .seal(known)
    default: return nil
    }
    guard unsafe bytes.integer(10) == UInt16(JournalLimits.batchHeaderBytes) else { return nil }
    return unsafe BatchHeader(
      kind: kind, recordCount: Int(bytes.integer(16, as: UInt32.self)),
      payloadBytes: Int(bytes.integer(20, as: UInt32.self)), sequence: bytes.integer(24),
      firstPosition: bytes.integer(32), timestamp: Timestamp(nanoseconds: bytes.integer(40)),
      durableUpTo: bytes.integer(48), previousHash: bytes.integer(56),
      payloadHash: bytes.integer(64), segment: bytes.integer(72), epoch: bytes.integer(80),
      hash: bytes.integer(hashOffset))
  }

  /// The sequence a verifiable header carries, whatever its other fields say.
  static func sequence(of bytes: UnsafeRawBufferPointer) -> UInt64 {
    unsafe bytes.integer(24)
  }

  /// Whether counts and lengths are within the limits and agree with the kind.
  var hasSoundCounts: Bool {
    switch kind {
    case .seal: recordCount == 0 && payloadBytes == 0
    case .commands:
      recordCount >= 1 && recordCount <= JournalLimits.batchRecordsMax
        && payloadBytes >= recordCount * JournalLimits.recordHeaderBytes
        && payloadBytes <= JournalLimits.batchPayloadBytesMax && payloadBytes.isMultiple(of: 8)
    }
  }
}
