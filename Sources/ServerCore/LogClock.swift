// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// The time the log is given: the wall clock's when the server started, carried on by the monotonic clock.
/// A wall clock that is set while the server runs neither ends holds early nor keeps them.
package struct LogClock: Sendable, Equatable {
  private let wall: Int64
  private let monotonic: Int64

  /// Both clocks, read at the same moment.
  package init(wall: Int64, monotonic: Int64) {
    self.wall = wall
    self.monotonic = monotonic
  }

  /// The time when the monotonic clock reads `now`.
  package func time(at now: Int64) -> Timestamp {
    let (elapsed, wrapped) = now.subtractingReportingOverflow(monotonic)
    let (sum, overflow) = wall.addingReportingOverflow(elapsed)
    return Timestamp(nanoseconds: wrapped || overflow ? .max : sum)
  }
}
