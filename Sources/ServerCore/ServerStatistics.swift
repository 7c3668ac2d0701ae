// SPDX-License-Identifier: Apache-2.0

package import InventoryModel
internal import WireCodec

/// Counters of the commit lane since start, as a plain value: what the operations plane publishes.
/// Totals only grow; gauges are the moment's.
package struct ServerStatistics: Sendable, Equatable {
  /// Commands decided, by opcode; index is the opcode, which is below 256 for commands.
  package var commands: [UInt64] = Array(repeating: 0, count: 256)
  /// Refusals answered, by code; index is the code's number.
  package var refusals: [UInt64] = Array(repeating: 0, count: RefusalCode.allCases.count + 1)
  /// Commands answered from memory because their id was known.
  package var replays: UInt64 = 0
  /// Queries answered.
  package var queries: UInt64 = 0
  /// Durable writes (batches and seals).
  package var journalSyncs: UInt64 = 0
  /// Bytes written to the journal, padding included.
  package var journalBytes: UInt64 = 0
  /// Nanoseconds spent in durable writes.
  package var journalSyncNanoseconds: UInt64 = 0
  /// Commands in the largest batch so far.
  package var largestBatch: UInt64 = 0
  /// Commands waiting for their batch.
  package var queuedCommands: UInt64 = 0
  /// Connections accepted.
  package var connectionsAccepted: UInt64 = 0
  /// Connections open.
  package var connectionsOpen: UInt64 = 0
  /// Connections refused because the limit was reached.
  package var connectionsRefused: UInt64 = 0
  /// Last position applied.
  package var position: Position = 0

  package init() {}

  /// Counts the answer to a command of `opcode`.
  package mutating func count(opcode: UInt16, reply: Reply) {
    if reply.isReplayed { replays += 1 }
    commands[Int(opcode & 0xFF)] += 1
    if let refusal = reply.outcome.refusal { count(refusal.code) }
  }

  /// Counts a refusal that was answered without a decision.
  package mutating func count(_ code: RefusalCode) { refusals[Int(code.rawValue)] += 1 }
}

extension ServerStatistics {
  /// Commands decided so far, by the command's name in the protocol; all commands, in order of opcode.
  package var namedCommands: [(String, UInt64)] {
    Opcode.allCases.filter { $0.family == .command }.map {
      ($0.name, commands[Int($0.rawValue & 0xFF)])
    }
  }
}
