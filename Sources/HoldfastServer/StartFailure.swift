// SPDX-License-Identifier: Apache-2.0

/// Why a server does not start or does not go on. The exit codes are those of sysexits.h, so that a
/// supervisor can tell what a restart may mend.
package struct StartFailure: Error, CustomStringConvertible {
  /// What a supervisor can act on.
  package enum Kind: Int32, Sendable {
    /// The configuration makes no sense. `EX_USAGE`.
    case usage = 64
    /// The journal is damaged; the text names file, offset, sequence and position. `EX_DATAERR`.
    case damagedJournal = 65
    /// The address cannot be listened on. `EX_UNAVAILABLE`.
    case cannotListen = 69
    /// A bug: replay did not arrive where the journal says. `EX_SOFTWARE`.
    case replayDiffers = 70
    /// The data directory cannot be made or used. `EX_CANTCREAT`.
    case dataDirectory = 73
    /// Reading or writing the journal failed. `EX_IOERR`.
    case journalIO = 74
    /// Another server has the data directory. `EX_TEMPFAIL`.
    case dataDirectoryInUse = 75
  }

  package let kind: Kind
  package let description: String

  package init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }

  package var exitCode: Int32 { kind.rawValue }
}
