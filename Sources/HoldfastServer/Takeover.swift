// SPDX-License-Identifier: Apache-2.0

internal import SystemIO

/// A server that is started the moment its predecessor was killed finds port and lock still taken, until
/// the kernel has buried the old process. So both are asked for again for a little while.
enum Takeover {
  private static let patienceNanoseconds: Int64 = 2_000_000_000
  private static let pauseNanoseconds: Int64 = 20_000_000

  /// Makes something, again and again while `isTaken` says that its failure may pass.
  static func wait<Value: ~Copyable, Failure>(
    while isTaken: (Failure) -> Bool, _ make: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let end = SystemClock.monotonicNanoseconds() + patienceNanoseconds
    while true {
      do throws(Failure) {
        return try make()
      } catch {
        guard isTaken(error), SystemClock.monotonicNanoseconds() < end else { throw error }
        SystemClock.pause(nanoseconds: pauseNanoseconds)
      }
    }
  }
}
