// SPDX-License-Identifier: Apache-2.0

extension JournalDamage: CustomStringConvertible {
  /// A name that is never reused, and what it speaks of. Listed in Protocol/Journal.md.
  package var description: String {
    switch self {
    case .missingSegment: "missing-segment"
    case .duplicateSegment: "duplicate-segment"
    case .wrongSize(let expected, let found): "wrong-size expected=\(expected) found=\(found)"
    case .headerDamaged: "header-damaged"
    case .headersDisagree: "headers-disagree"
    case .newerFormat(let major, let minor): "newer-format found=\(major).\(minor)"
    case .otherStore(let found): "other-store found=\(found)"
    case .otherSegment(let found): "other-segment found=\(found)"
    case .doesNotContinue: "does-not-continue"
    case .batchDamaged(let later, let at): "batch-damaged later-sequence=\(later) at=\(at)"
    case .batchLost(let next): "batch-lost next-segment-begins=\(next)"
    case .batchMisplaced(let found): "batch-misplaced found=\(found)"
    case .chainBroken: "chain-broken"
    case .malformedBatch: "malformed-batch"
    case .malformedRecord(let index): "malformed-record index=\(index)"
    case .checkpointMissing: "checkpoint-missing"
    case .checkpointDisagrees: "checkpoint-disagrees"
    case .unreadable(let text): "unreadable \(text)"
    }
  }

  /// One sentence for the person who finds the server stopped.
  package var sentence: String {
    switch self {
    case .missingSegment:
      "The file of this segment is not there, and it must have been."
    case .duplicateSegment:
      "Two files carry the number of this segment."
    case .wrongSize:
      "The file has another size than its header says, or one no segment can have."
    case .headerDamaged:
      "Neither copy of the header can be read, and the segment was in use."
    case .headersDisagree:
      "The two copies of the header are both sound and differ."
    case .newerFormat:
      "The segment was written by a newer version; use that version."
    case .otherStore:
      "The segment belongs to another store."
    case .otherSegment:
      "The file holds another segment than its name says: it was copied, swapped or renamed."
    case .doesNotContinue:
      "The segment does not continue the one before it."
    case .batchDamaged:
      "The batch here was durable, for a later one was begun after it, and it cannot be read."
    case .batchLost:
      "The batch here was durable, for a later segment was opened after it, and cannot be read."
    case .batchMisplaced:
      "A sound batch stands in the place of another."
    case .chainBroken:
      "A sound batch does not continue the one before it."
    case .malformedBatch:
      "A batch with sound hashes breaks the rules of the format."
    case .malformedRecord:
      "A record of a batch with sound hashes does not fit the batch."
    case .checkpointMissing:
      "The journal does not hold the place at which the snapshot was taken."
    case .checkpointDisagrees:
      "The journal and the snapshot disagree about the place at which it was taken."
    case .unreadable:
      "The file could not be read."
    }
  }
}

extension JournalBlemish: CustomStringConvertible {
  package var description: String {
    switch self {
    case .headerCopy: "header-copy"
    case .blankSegment: "blank-segment"
    case .sealSector: "seal-sector"
    case .padding: "padding"
    case .afterEnd: "after-end"
    }
  }
}
