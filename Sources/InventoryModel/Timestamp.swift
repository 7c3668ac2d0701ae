// SPDX-License-Identifier: Apache-2.0

/// A moment of the log: nanoseconds since 1970-01-01 00:00 UTC. Decided once per commit batch by the
/// server, never decreasing along the log, handed to the engine and never read by it.
public struct Timestamp: Sendable, Hashable, Comparable {
  /// Nanoseconds since the epoch; good until the year 2262.
  public let nanoseconds: Int64
  /// Wraps nanoseconds since the epoch.
  @inlinable
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
  /// Orders by time.
  @inlinable
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// The moment `seconds` later; stays at the far end of time instead of overflowing.
  @inlinable
  public func adding(seconds: Int64) -> Timestamp {
    let (span, tooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, tooFar) = nanoseconds.addingReportingOverflow(span)
    if tooLong || tooFar { return Timestamp(nanoseconds: seconds < 0 ? .min : .max) }
    return Timestamp(nanoseconds: sum)
  }

  /// The epoch.
  public static let zero = Timestamp(nanoseconds: 0)
}

/// The place of a command in the one total order: 1 for the first command of a store; 0 means none.
public typealias Position = UInt64
