// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// What a whole journal is. Decided by batch, never by record (Protocol/Journal.md, Reading).
package enum JournalVerdict: Equatable, Sendable {
  /// Every batch is whole and nothing stands after the last. `sealed`: nothing acknowledged can be
  /// missing at the end either.
  case clean(sealed: Bool, JournalEnd)
  /// A batch that was never acknowledged is partly there. Cut it, then go on from the end.
  case torn(JournalTear, JournalEnd)
  /// Something acknowledged is damaged or missing. Nothing may be written; a server does not start.
  case corrupt(JournalCorruption)

  /// What `holdfast verify` exits with.
  package var exitCode: Int32 {
    switch self {
    case .clean: 0
    case .torn: 1
    case .corrupt: 2
    }
  }
}

/// Where a readable journal ends, and what was found on the way there.
package struct JournalEnd: Equatable, Sendable {
  /// Where the journal goes on.
  package let chain: JournalChain
  package let blemishes: JournalBlemishes
  /// Whether the next segment file exists and is blank.
  package let hasBlankSegment: Bool
  /// Whether the journal was ended in order: the last batch is a shutdown seal.
  package var isOrderly: Bool { chain.ending == .seal(.shutdown) }
}

/// The remains of one batch at the end. The cut writes zeros from `offset` to the end of the
/// segment.
package struct JournalTear: Equatable, Sendable {
  package let segment: UInt64
  package let offset: Int
  /// Sequence the batch would have had.
  package let sequence: UInt64
  /// Bytes from `offset` to the end of the last sector that is not zero.
  package let bytesDiscarded: Int
}

/// Damage to bytes nothing depends on: reported, and nothing is taken away.
package enum JournalBlemish: Equatable, Sendable {
  /// One of the two copies of a segment header.
  case headerCopy
  /// Bytes in a segment that holds no batch, such as a header half written by a power cut.
  case blankSegment
  /// Some of the eight sectors of a seal.
  case sealSector
  /// Zeros after the payload of a batch.
  case padding
  /// Bytes after the last batch of a segment that was closed or cut.
  case afterEnd
}

/// How many blemishes were met, and the first.
package struct JournalBlemishes: Equatable, Sendable {
  package private(set) var count = 0
  package private(set) var first: JournalBlemishPlace?

  mutating func note(_ blemish: JournalBlemish, segment: UInt64, offset: Int) {
    count += 1
    if first == nil {
      first = JournalBlemishPlace(blemish: blemish, segment: segment, offset: offset)
    }
  }
}

/// A blemish and the page it is in.
package struct JournalBlemishPlace: Equatable, Sendable {
  package let blemish: JournalBlemish
  package let segment: UInt64
  package let offset: Int
}

extension JournalVerdict: CustomStringConvertible {
  /// One line for people and for the vector files.
  package var description: String {
    switch self {
    case .clean(let sealed, let end):
      "clean \(sealed ? "sealed" : "unsealed") \(end)"
    case .torn(let tear, let end):
      "torn file=\(SegmentName.of(tear.segment)) offset=\(tear.offset) sequence=\(tear.sequence)"
        + " discarded=\(tear.bytesDiscarded) \(end)"
    case .corrupt(let corruption):
      "corrupt \(corruption)"
    }
  }
}

extension JournalEnd: CustomStringConvertible {
  package var description: String {
    let place =
      chain.segment == 0
      ? "fresh"
      : "segment=\(chain.segment) offset=\(chain.offset) ending=\(chain.ending.name)"
        + " next-sequence=\(chain.nextSequence) next-position=\(chain.nextPosition)"
        + " hash=\(hexadecimal(chain.hash))"
    guard let first = blemishes.first else { return place }
    return place + " blemishes=\(blemishes.count) first=\(first.blemish)"
      + "@\(first.segment):\(first.offset)"
  }
}

extension JournalEnding {
  package var name: String {
    switch self {
    case .fresh: "fresh"
    case .opened: "opened"
    case .commands: "commands"
    case .seal(let cause): "seal-\(cause)"
    }
  }
}
