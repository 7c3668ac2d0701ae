// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// What one server allows: configuration, bounded by the ceilings of `Limits`. All times are
/// nanoseconds of the monotonic clock.
package struct ServerLimits: Sendable, Equatable {
  /// Requests a connection may have unanswered; announced in the greeting. Reading stops there.
  package var inFlightMax = 1_024
  /// Connections served at once; further ones are closed at once.
  package var connectionsMax = 10_000
  /// Commands waiting for their batch, over all connections; beyond it `overloaded` is answered.
  package var queuedCommandsMax = 65_536
  /// Bytes of commands waiting for their batch; beyond it `overloaded` is answered.
  package var queuedBytesMax = 64 << 20
  /// Unsent reply bytes at which a connection is no longer read.
  package var outputPauseBytes = 1 << 20
  /// Unsent reply bytes below which it is read again.
  package var outputResumeBytes = 512 << 10
  /// From accept to a valid greeting.
  package var greetingNanoseconds: Int64 = 5_000_000_000
  /// From the first byte of a frame to its last.
  package var frameNanoseconds: Int64 = 5_000_000_000
  /// Without any traffic; clients ping at half of it.
  package var idleNanoseconds: Int64 = 60_000_000_000
  /// With unsent output and no progress.
  package var writeStallNanoseconds: Int64 = 10_000_000_000

  package init() {}

  /// Checks how the limits relate; stops the process with a sentence when they do not.
  package func check() {
    invariant(inFlightMax >= 1, "a window holds at least one request")
    invariant(outputResumeBytes < outputPauseBytes, "reading resumes below where it pauses")
    invariant(
      queuedBytesMax >= Limits.frameBytesMax, "the commit queue has room for the largest frame")
    invariant(
      queuedCommandsMax >= Limits.batchCommandsMax, "the commit queue has room for a full batch")
  }
}
