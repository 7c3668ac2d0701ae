// SPDX-License-Identifier: Apache-2.0

import Foundation
import InventoryModel
import Testing

@testable import Workload

@Suite struct RandomSourceTests {
  @Test func `a seed decides the draws`() {
    var one = RandomSource(seed: 42)
    var same = RandomSource(seed: 42)
    var other = RandomSource(seed: 43)
    let draws = (0..<100).map { _ in one.next() }
    #expect(draws == (0..<100).map { _ in same.next() })
    #expect(Set(draws).isDisjoint(with: (0..<100).map { _ in other.next() }))
  }

  /// The first outputs of the reference implementation of xoshiro256** for the state this seed
  /// fills in, so that the generator is what it says it is.
  @Test func `the draws are those of the reference generator`() {
    var source = RandomSource(seed: 1)
    #expect(
      (0..<4).map { _ in source.next() } == [
        0xb3f2af6d0fc710c5, 0x853b559647364cea, 0x92f89756082a4514, 0x642e1c7bc266a3a7,
      ])
  }

  @Test func `numbers below a bound are fair`() {
    var source = RandomSource(seed: 7)
    var counts = [Int](repeating: 0, count: 6)
    for _ in 0..<60_000 { counts[Int(source.below(6))] += 1 }
    #expect(counts.allSatisfy { abs($0 - 10_000) < 500 }, "seed 7: \(counts)")
    #expect((0..<100).allSatisfy { _ in source.below(1) == 0 })
    #expect((0..<1_000).allSatisfy { _ in source.below(UInt64.max) < UInt64.max })
  }

  @Test func `unit draws stay above zero and reach no further than one`() {
    var source = RandomSource(seed: 3)
    let draws = (0..<10_000).map { _ in source.unit() }
    #expect(draws.allSatisfy { $0 > 0 && $0 <= 1 })
    #expect(abs(draws.reduce(0, +) / 10_000 - 0.5) < 0.02)
  }

  @Test func `logarithm and exponential agree with the C library`() {
    for step in 1...2_000 {
      let x = Double(step) * 0.37
      #expect(abs(naturalLogarithm(x) - log(x)) < 1e-14 * max(1, abs(log(x))), "\(x)")
      #expect(abs(exponential(-x / 37) / exp(-x / 37) - 1) < 1e-14, "\(x)")
    }
    #expect(naturalLogarithm(1) == 0)
    #expect(naturalLogarithm(0x1p-53) < -36.7)
    #expect(exponential(0) == 1)
  }
}

@Suite struct SKUPopularityTests {
  private func counts(_ profile: WorkloadProfile, skus: Int, draws: Int, seed: UInt64) -> [Int] {
    let popularity = SKUPopularity(profile, skuCount: skus)
    var random = RandomSource(seed: seed)
    var counts = [Int](repeating: 0, count: skus)
    for _ in 0..<draws { counts[popularity.index(for: random.next())] += 1 }
    return counts
  }

  @Test func `uniform asks for every SKU equally often`() {
    let counts = counts(.uniform, skus: 10, draws: 100_000, seed: 5)
    #expect(counts.allSatisfy { abs($0 - 10_000) < 500 }, "seed 5: \(counts)")
  }

  @Test func `zipf asks for the k-th SKU in proportion to its rank`() {
    let counts = counts(.zipf, skus: 1_000, draws: 200_000, seed: 5)
    let weights = (1...1_000).map { pow(Double($0), -0.99) }
    let scale = 200_000 / weights.reduce(0, +)
    for rank in [0, 1, 2, 9, 99] {
      let expected = weights[rank] * scale
      #expect(abs(Double(counts[rank]) - expected) < 5 * expected.squareRoot(), "seed 5, \(rank)")
    }
    let tail = Double(counts[500...].reduce(0, +))
    let expected = weights[500...].reduce(0, +) * scale
    #expect(abs(tail - expected) < 5 * expected.squareRoot(), "seed 5")
  }

  @Test func `hot asks for one SKU`() {
    #expect(counts(.hot, skus: 100, draws: 1_000, seed: 5)[0] == 1_000)
  }

  @Test(arguments: WorkloadProfile.allCases, [1, 2, 3, 100_000])
  func `every draw is a SKU of the run`(profile: WorkloadProfile, skus: Int) {
    let popularity = SKUPopularity(profile, skuCount: skus)
    for bits: UInt64 in [0, 1, .max, .max - 1, 1 << 63, (1 << 63) - 1] {
      #expect((0..<skus).contains(popularity.index(for: bits)))
    }
  }

  @Test func `a run without SKUs stops with a sentence`() async {
    await #expect(processExitsWith: .failure) { _ = SKUPopularity(.uniform, skuCount: 0) }
  }
}

@Suite struct ArrivalScheduleTests {
  private func times(_ spacing: ArrivalSchedule.Spacing, _ count: Int, seed: UInt64) -> [Int64] {
    var schedule = ArrivalSchedule(
      count: 3, every: 1_000, spacing: spacing, seed: seed, start: 5)
    return (0..<count).map { _ in
      defer { schedule.advance() }
      return schedule.next
    }
  }

  @Test func `even arrivals keep their rate without drift`() {
    #expect(times(.even, 7, seed: 0) == [5, 338, 671, 1_005, 1_338, 1_671, 2_005])
    #expect(times(.even, 3_001, seed: 0).last == 1_000_005)
  }

  @Test func `poisson arrivals keep their rate and scatter`() {
    let times = times(.poisson, 30_001, seed: 9)
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
    let mean = Double(times[30_000] - 5) / 30_000
    #expect(abs(mean - 333.33) < 10, "seed 9: \(mean)")
    // A gap longer than three mean gaps happens with probability e^-3.
    let long = zip(times, times.dropFirst()).count { $1 - $0 > 1_000 }
    #expect(abs(Double(long) / 30_000 - exp(-3)) < 0.005, "seed 9: \(long)")
    #expect(times == self.times(.poisson, 30_001, seed: 9))
  }
}
