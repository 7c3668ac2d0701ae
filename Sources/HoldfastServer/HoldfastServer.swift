// SPDX-License-Identifier: Apache-2.0

internal import InventoryEngine
internal import InventoryModel
internal import JournalFormat
package import Logging
internal import Operations
internal import ServerCore
package import SystemIO

/// One server: the lanes, what joins them, and their beginning and end.
package final class HoldfastServer: Sendable {
  /// Where the binary protocol listens, with the real port.
  package let address: SocketAddress
  /// Where the operations plane listens, if it does.
  package var operationsAddress: SocketAddress? { operations?.address }

  private let commit: CommitLane
  private let lanes: [ConnectionLane]
  private let listener: Listener
  private let operations: OperationsListener?
  /// Held for the life of the server.
  private let lock: DirectoryLock?
  private let log: Logger

  /// Takes the ports and the data directory, and recovers the store. Nothing is served before `run`.
  package init(_ configuration: ServerConfiguration, log: Logger) throws(StartFailure) {
    configuration.limits.check()
    self.log = log
    do {
      // The ports first: a second server on them must not wait for a replay to learn so.
      var lanes: [ConnectionLane] = []
      for number in 0..<configuration.laneCount {
        lanes.append(
          try ConnectionLane(number: UInt16(number), configuration: configuration, log: log))
      }
      self.lanes = lanes
      listener = try Listener(on: configuration.listen, lanes: lanes, log: log)
      address = listener.address
    } catch {
      throw StartFailure(.cannotListen, "cannot listen on \(configuration.listen): \(error)")
    }
    do {
      operations = try configuration.operationsListen.map {
        try OperationsListener(on: $0, log: log)
      }
    } catch {
      throw StartFailure(.cannotListen, "cannot listen for operations: \(error)")
    }
    if let path = configuration.dataDirectory {
      let store = try JournalStore(path: path, configuration: configuration, log: log)
      lock = store.lock
      commit = CommitLane(
        recovered: try store.recover(), configuration: configuration, connectionLanes: lanes,
        log: log)
    } else {
      lock = nil
      commit = CommitLane(
        recovered: RecoveredState.ephemeral(configuration), configuration: configuration,
        connectionLanes: lanes, log: log)
    }
  }

  /// Serves until SIGTERM or SIGINT, or until the journal fails.
  ///
  /// - Parameter whenServing: called once, when connections are accepted.
  /// - Returns: `nil` after an orderly end, drained and sealed; else why the server had to stop.
  package func run(whenServing: () -> Void) async -> StartFailure? {
    let (stops, stop) = AsyncStream.makeStream(of: CommitLane.StopReason.self)
    let signals = SignalSource([.terminate, .interrupt], lane: commit.lane) { [self] in
      log.notice("stopping: draining connections")
      shutDown()
    }
    start { reason in
      stop.yield(reason)
      stop.finish()
    }
    whenServing()
    var reason = CommitLane.StopReason.drained
    for await each in stops { reason = each }
    signals.cancel()
    return await end(reason)
  }

  private func start(whenStopped: @escaping @Sendable (CommitLane.StopReason) -> Void) {
    let commit = commit
    commit.lane.async { commit.assumeIsolated { $0.start(whenStopped: whenStopped) } }
    for lane in lanes { lane.lane.async { lane.assumeIsolated { $0.start(commit: commit) } } }
    let listener = listener
    listener.lane.async { listener.assumeIsolated { $0.start() } }
    operations?.start { [self] then in snapshot(then) }
  }

  /// Stops accepting, answers what is in flight, then commits and seals.
  package func shutDown() {
    let (listener, lanes, commit) = (listener, lanes, commit)
    listener.lane.async { listener.assumeIsolated { $0.stop() } }
    let countdown = Countdown(lanes.count) {
      commit.lane.async { commit.assumeIsolated { $0.stop() } }
    }
    for lane in lanes {
      lane.lane.async { lane.assumeIsolated { $0.drain { countdown.step() } } }
    }
  }

  private func end(_ reason: CommitLane.StopReason) async -> StartFailure? {
    operations?.stop()
    for lane in lanes { await lane.abandon() }
    lock?.release()
    switch reason {
    case .drained: return nil
    case .journalFailed(let text):
      return StartFailure(.journalIO, "the journal failed and the server stopped: \(text)")
    }
  }

  /// What the operations plane may know, taken on the commit lane.
  private func snapshot(_ then: @escaping @Sendable (OperationsSnapshot) -> Void) {
    let commit = commit
    commit.lane.async { commit.assumeIsolated { then($0.snapshot()) } }
  }
}
