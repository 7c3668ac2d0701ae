// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import Glibc

/// The clocks. Time enters the house here and nowhere else.
package enum SystemClock {
  /// Nanoseconds since 1970-01-01 00:00 UTC; may jump. clock_gettime(2), CLOCK_REALTIME.
  package static func wallNanoseconds() -> Int64 { read(CLOCK_REALTIME) }

  /// Nanoseconds since some start; never goes back. clock_gettime(2), CLOCK_MONOTONIC.
  package static func monotonicNanoseconds() -> Int64 { read(CLOCK_MONOTONIC) }

  /// Waits. Only for the moments before and after serving. nanosleep(2).
  package static func pause(nanoseconds: Int64) {
    var time = timespec(
      tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    _ = unsafe nanosleep(&time, nil)
  }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

/// Chance. It enters the house here and nowhere else. getrandom(2).
package enum SystemRandom {
  /// 64 random bits.
  package static func next64() -> UInt64 {
    var value: UInt64 = 0
    unsafe holdfast_random(&value, MemoryLayout<UInt64>.size)
    return value
  }

  /// 128 random bits.
  package static func words128() -> (UInt64, UInt64) { (next64(), next64()) }
}
