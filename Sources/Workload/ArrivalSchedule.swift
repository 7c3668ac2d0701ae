// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// When orders arrive in an open loop. The times are fixed before the run begins and do not wait for
/// answers, so a slow server cannot hide its delay.
package struct ArrivalSchedule: Sendable {
  /// How arrivals are spaced.
  package enum Spacing: String, Sendable, CaseIterable {
    /// All gaps equal.
    case even
    /// Gaps of a Poisson process: independent, exponentially distributed, as from many shoppers.
    case poisson
  }

  /// The next arrival, in nanoseconds on the caller's clock.
  package private(set) var next: Int64
  private let spacing: Spacing
  /// The mean gap is `span / count` nanoseconds: kept as a fraction, so that no drift builds up.
  private let span: Int64
  private let count: Int64
  private var remainder: Int64 = 0
  private var fraction = 0.0
  private var random: RandomSource

  /// Makes a schedule of `count` arrivals every `span` nanoseconds; the first is at `start`.
  ///
  /// - Parameters:
  ///   - count: at least 1.
  ///   - span: in nanoseconds, at least 1.
  ///   - seed: decides the gaps of `poisson`.
  package init(
    count: Int64, every span: Int64, spacing: Spacing, seed: UInt64, start: Int64
  ) {
    invariant(count >= 1 && span >= 1, "arrivals have a rate above zero")
    self.count = count
    self.span = span
    self.spacing = spacing
    next = start
    random = RandomSource(seed: seed)
  }

  /// Goes on to the arrival after `next`.
  package mutating func advance() {
    switch spacing {
    case .even:
      let (gap, rest) = span.quotientAndRemainder(dividingBy: count)
      next &+= gap
      remainder += rest
      if remainder >= count {
        remainder -= count
        next &+= 1
      }
    case .poisson:
      let gap = -naturalLogarithm(random.unit()) * Double(span) / Double(count) + fraction
      let whole = gap.rounded(.down)
      fraction = gap - whole
      next &+= Int64(whole)
    }
  }
}
