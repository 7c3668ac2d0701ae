// SPDX-License-Identifier: Apache-2.0

/// How long to wait before the next attempt: full jitter over an exponential, so that clients that lost
/// the same server do not come back together.
package struct RetryPolicy: Sendable, Equatable {
  /// The first wait is at most this.
  package var firstNanoseconds: Int64 = 10_000_000
  /// No wait is longer than this.
  package var longestNanoseconds: Int64 = 2_000_000_000

  package init() {}

  /// The wait before attempt `attempt` (the first retry is 1), for a random number `chance`.
  package func wait(attempt: Int, chance: UInt64) -> Int64 {
    let doublings = min(max(attempt - 1, 0), 40)
    let ceiling = min(firstNanoseconds << min(doublings, 20), longestNanoseconds)
    return Int64(chance % UInt64(ceiling + 1))
  }
}
