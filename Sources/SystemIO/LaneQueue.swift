// SPDX-License-Identifier: Apache-2.0

internal import Dispatch

/// A serial Dispatch queue that can be the executor of an actor: a lane.
///
/// The standard library's own queue executor does not exist on Linux. A job handed to `enqueue` runs on
/// the queue, one at a time, so an actor with this executor is entered either by the concurrency runtime or,
/// from work already on the queue, by `assumeIsolated`.
package final class LaneQueue: SerialExecutor {
  private let queue: DispatchQueue
  package let label: String

  /// Makes a lane; `label` shows in debuggers and profiles.
  package init(label: String) {
    self.label = label
    queue = DispatchQueue(label: label)
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = unsafe asUnownedSerialExecutor()
    queue.async { unsafe job.runSynchronously(on: executor) }
  }

  package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    unsafe UnownedSerialExecutor(ordinary: self)
  }

  /// Stops the process unless the caller is on this lane.
  package func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }

  /// Runs `work` on the lane, after what is already waiting there.
  package func async(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }

  /// Runs `work` on the lane and waits for it. Not from the lane itself.
  package func sync<Value>(_ work: () throws -> Value) rethrows -> Value {
    try queue.sync(execute: work)
  }

  /// For sources and timers of this module.
  var dispatchQueue: DispatchQueue { queue }
}
