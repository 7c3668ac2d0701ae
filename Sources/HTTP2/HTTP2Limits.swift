// SPDX-License-Identifier: Apache-2.0

/// What one HTTP/2 peer may do. nghttp2 1.52 stops some floods and not others (server-sent resets,
/// SETTINGS, PING, empty DATA); those have budgets of our own.
package struct HTTP2Limits: Sendable {
  /// Streams open at once.
  package var streamsMax: UInt32 = 32
  /// Bytes of a header list, names and values.
  package var headerListBytesMax = 8 << 10
  /// Receive window of a stream and of the connection.
  package var windowBytes: UInt32 = 64 << 10
  /// Bytes of a request body.
  package var bodyBytesMax = 64 << 10
  /// From the first byte expected to the end of the preface and first SETTINGS.
  package var prefaceNanoseconds: Int64 = 3_000_000_000
  /// From a request's first header to the end of its answer.
  package var streamNanoseconds: Int64 = 10_000_000_000
  /// Without any stream.
  package var idleNanoseconds: Int64 = 60_000_000_000
  /// Resets the peer provokes from us.
  package var resets = HTTP2Budget(burst: 50, perNanoseconds: 10_000_000_000)
  /// SETTINGS frames.
  package var settings = HTTP2Budget(burst: 20, perNanoseconds: 10_000_000_000)
  /// PING frames.
  package var pings = HTTP2Budget(burst: 60, perNanoseconds: 60_000_000_000)
  /// DATA frames without data that do not end their stream.
  package var emptyData = HTTP2Budget(burst: 100, perNanoseconds: 10_000_000_000)

  package init() {}
}

/// So many events in so much time: a bucket that is filled evenly. Time is handed in.
package struct HTTP2Budget: Sendable, Equatable {
  private let burst: Int64
  private let perNanoseconds: Int64
  /// What is left, in parts of 1/perNanoseconds of an event.
  private var left: Int64
  private var last: Int64?

  package init(burst: Int64, perNanoseconds: Int64) {
    self.burst = burst
    self.perNanoseconds = perNanoseconds
    left = burst * perNanoseconds
  }

  /// Takes one event at `now`.
  ///
  /// - Returns: whether it was within the budget.
  package mutating func take(now: Int64) -> Bool {
    let elapsed = max(0, min(now - (last ?? now), perNanoseconds))
    last = now
    left = min(left + elapsed * burst, burst * perNanoseconds)
    guard left >= perNanoseconds else { return false }
    left -= perNanoseconds
    return true
  }
}
