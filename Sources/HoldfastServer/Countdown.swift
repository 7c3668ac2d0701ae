// SPDX-License-Identifier: Apache-2.0

internal import SystemIO

/// Runs something once, when the last of several lanes has stepped.
actor Countdown {
  nonisolated let lane = LaneQueue(label: "holdfast.countdown")
  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe lane.asUnownedSerialExecutor()
  }

  private var left: Int
  private var then: (@Sendable () -> Void)?

  init(_ count: Int, then: @escaping @Sendable () -> Void) {
    left = count
    self.then = then
  }

  /// One of them is done; callable from any lane.
  nonisolated func step() { lane.async { self.assumeIsolated { $0.stepped() } } }

  private func stepped() {
    left -= 1
    guard left <= 0, let then else { return }
    self.then = nil
    then()
  }
}
