// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// Where the journal is damaged and how that is known.
package struct JournalCorruption: Error, Equatable, Sendable {
  /// The segment at fault.
  package let segment: UInt64
  /// Offset in its file.
  package let offset: Int
  /// Sequence of the batch that should stand there.
  package let sequence: UInt64
  /// Position of the first record that cannot be read.
  package let position: Position
  package let reason: JournalDamage
}

/// Why a journal is refused.
package enum JournalDamage: Equatable, Sendable {
  /// The file of the segment is not there, and it must have been.
  case missingSegment
  /// Two files carry the number.
  case duplicateSegment
  /// The size of the file is not what its header says, or no size a segment can have.
  case wrongSize(expected: Int, found: Int)
  /// No valid header copy, and the segment is known or seen to hold something.
  case headerDamaged
  /// Two valid header copies that differ.
  case headersDisagree
  /// Written by a newer version of the format.
  case newerFormat(major: UInt16, minor: UInt16)
  /// The segment belongs to another store.
  case otherStore(found: StoreUUID)
  /// The header carries another segment's number: files were swapped, copied or renamed.
  case otherSegment(found: UInt64)
  /// The header does not continue the segment before.
  case doesNotContinue
  /// The batch was durable, as a later batch header proves, and is not valid.
  case batchDamaged(laterSequence: UInt64, at: Int)
  /// The batch was durable, as the header of a later segment proves, and is not valid.
  case batchLost(nextSegmentBegins: UInt64)
  /// A sound batch of this segment in the place of another.
  case batchMisplaced(found: UInt64)
  /// A sound batch that does not continue the one before.
  case chainBroken
  /// A batch with sound hashes whose fields break the rules.
  case malformedBatch
  /// A batch with sound hashes whose record at this index does not fit.
  case malformedRecord(index: Int)
  /// The journal ends before, or does not hold, the place a snapshot was taken at.
  case checkpointMissing
  /// Position or hash at the place of a snapshot differ from the snapshot's.
  case checkpointDisagrees
  /// The file could not be read.
  case unreadable(String)
}

extension JournalCorruption: CustomStringConvertible {
  /// One line for people and for the vector files.
  package var description: String {
    "file=\(SegmentName.of(segment)) offset=\(offset) sequence=\(sequence)"
      + " position=\(position) reason=\(reason)"
  }
}
