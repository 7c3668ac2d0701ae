// SPDX-License-Identifier: Apache-2.0

internal import SystemIO

/// The seam between the order of commands and the thing that keeps it: append this at the place that
/// follows, and say when it is durable. A journal of files is one implementation, `EphemeralLog` the
/// other; a replicated log has the same contract, with `lostOwnership` as one more outcome.
protocol CommitLog: Sendable {
  /// Makes `bytes` durable at `offset` of the current segment, then calls `then` on any queue. One call
  /// is under way at a time, and the lender leaves `bytes` alone until `then` is called.
  func append(_ bytes: LentBytes, offset: Int, then: @escaping @Sendable (AppendOutcome) -> Void)

  /// Leaves the current segment for the next: makes `seal` durable at `offset` (nothing when it is
  /// empty), then `header` at the start of the next segment, then calls `then`.
  func roll(
    seal: LentBytes, offset: Int, header: LentBytes,
    then: @escaping @Sendable (AppendOutcome) -> Void)

  /// Ends the use of the log after the last append.
  func close()
}

/// What became of an append.
enum AppendOutcome: Sendable, Equatable {
  /// It is durable; the write took this long.
  case durable(nanoseconds: Int64)
  /// There is no room for another segment; nothing was written. It may be tried again.
  case noSpace
  /// A write or sync failed; what was written is unknown. Final.
  case failed(String)
}

/// Keeps nothing: for trying out and for tests, on request only.
struct EphemeralLog: CommitLog {
  func append(_ bytes: LentBytes, offset: Int, then: @escaping @Sendable (AppendOutcome) -> Void) {
    then(.durable(nanoseconds: 0))
  }

  func roll(
    seal: LentBytes, offset: Int, header: LentBytes,
    then: @escaping @Sendable (AppendOutcome) -> Void
  ) {
    then(.durable(nanoseconds: 0))
  }

  func close() {}
}
