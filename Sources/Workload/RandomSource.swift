// SPDX-License-Identifier: Apache-2.0

/// Chance from a seed: the same seed gives the same draws on every machine and in every build.
///
/// The generator is xoshiro256** with its state filled by SplitMix64, as its authors advise. It is
/// for load and tests, not for secrets.
package struct RandomSource: Sendable {
  private var a: UInt64
  private var b: UInt64
  private var c: UInt64
  private var d: UInt64

  /// Makes a source; any seed will do, 0 included.
  package init(seed: UInt64) {
    a = scrambled(seed &+ goldenStep)
    b = scrambled(seed &+ goldenStep &* 2)
    c = scrambled(seed &+ goldenStep &* 3)
    d = scrambled(seed &+ goldenStep &* 4)
  }

  /// 64 random bits.
  package mutating func next() -> UInt64 {
    let result = rotatedLeft(b &* 5, 7) &* 9
    let shifted = b << 17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotatedLeft(d, 45)
    return result
  }

  /// A number from 0 up to but not including `bound`, every one equally likely.
  ///
  /// - Parameter bound: at least 1.
  package mutating func below(_ bound: UInt64) -> UInt64 {
    var (high, low) = next().multipliedFullWidth(by: bound)
    // The first `2^64 mod bound` values of the low half would favour some results.
    let unfair = (0 &- bound) % bound
    while low < unfair { (high, low) = next().multipliedFullWidth(by: bound) }
    return high
  }

  /// A number above 0 and at most 1, in steps of 2^-53.
  package mutating func unit() -> Double { Double((next() >> 11) &+ 1) * 0x1p-53 }
}

/// The step of SplitMix64: 2^64 divided by the golden ratio, made odd.
let goldenStep: UInt64 = 0x9E37_79B9_7F4A_7C15

/// Spreads every bit of `value` over the whole result: the finalizer of SplitMix64, a bijection.
package func scrambled(_ value: UInt64) -> UInt64 {
  var mixed = value
  mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
  mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
  return mixed ^ (mixed >> 31)
}

private func rotatedLeft(_ value: UInt64, _ count: UInt64) -> UInt64 {
  value << count | value >> (64 - count)
}
