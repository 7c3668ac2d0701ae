// SPDX-License-Identifier: Apache-2.0

internal import Dispatch

/// A Dispatch read source on a descriptor that never hangs up: an epoll set, a listening socket, an
/// event descriptor. Connections must not have one: libdispatch on Linux uses a descriptor's record after
/// freeing it when the peer hangs up, and costs eleven system calls an event.
///
/// The descriptor must stay open until the cancel handler has run; `cancel` takes a closure for that.
/// Confined to its lane.
package final class ReadinessSource {
  private let source: any DispatchSourceRead
  private var isSuspended = true

  /// A source that calls `handler` on `lane` while the descriptor is readable, once it is resumed.
  package init(descriptor: Int32, lane: LaneQueue, handler: @escaping @Sendable () -> Void) {
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: lane.dispatchQueue)
    source.setEventHandler(handler: handler)
  }

  package func resume() {
    if !isSuspended { return }
    isSuspended = false
    source.resume()
  }

  package func suspend() {
    if isSuspended { return }
    isSuspended = true
    source.suspend()
  }

  /// Ends the source; `then` runs on the lane when the descriptor may be closed.
  package func cancel(then: @escaping @Sendable () -> Void = {}) {
    source.setCancelHandler(handler: then)
    source.cancel()
    resume()
  }

  deinit {
    // Dispatch crashes when a suspended source is released.
    source.cancel()
    resume()
  }
}

/// A timer on a lane. Confined to its lane.
package final class LaneTimer {
  private let timer: any DispatchSourceTimer

  /// A timer that calls `handler` on `lane` once it is set.
  package init(lane: LaneQueue, handler: @escaping @Sendable () -> Void) {
    timer = DispatchSource.makeTimerSource(queue: lane.dispatchQueue)
    timer.setEventHandler(handler: handler)
    timer.activate()
  }

  /// Fires every `nanoseconds`, first after one period.
  package func repeatEvery(nanoseconds: Int64) {
    let period = DispatchTimeInterval.nanoseconds(Int(nanoseconds))
    timer.schedule(
      deadline: .now() + period, repeating: period,
      leeway: .nanoseconds(Int(nanoseconds / 10)))
  }

  /// Fires once; setting it again replaces the earlier time.
  package func fireOnce(afterNanoseconds nanoseconds: Int64) {
    timer.schedule(
      deadline: .now() + .nanoseconds(Int(max(nanoseconds, 0))), repeating: .never,
      leeway: .nanoseconds(0))
  }

  /// Fires no more.
  package func cancel() { timer.cancel() }

  deinit { timer.cancel() }
}
