// SPDX-License-Identifier: Apache-2.0

internal import HTTP2
package import Logging
package import SystemIO

/// Serves the operations plane: HTTP/2 with prior knowledge on sockets of its own, on a lane of its own,
/// so that nothing that happens here is felt by the data plane.
package actor OperationsListener {
  package nonisolated let lane = LaneQueue(label: "holdfast.operations")
  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe lane.asUnownedSerialExecutor()
  }
  /// Where it listens, with the real port.
  package nonisolated let address: SocketAddress

  /// Asks the server for its numbers; the answer may come on any lane.
  package typealias Snapshot =
    @Sendable (_ then: @escaping @Sendable (OperationsSnapshot) -> Void) -> Void

  private var socket: ListeningSocket
  private var epoll: EpollSet
  private var connections: [UInt64: OperationsConnection] = [:]
  private var order: [UInt64] = []
  private var nextToken: UInt64 = 1
  private var snapshot: Snapshot?
  private var sources: [ReadinessSource] = []
  private var timer: LaneTimer?
  private let log: Logger

  /// Connections served at once; the oldest makes room.
  private static let connectionsMax = 64
  private static let tickNanoseconds: Int64 = 500_000_000

  package init(on address: SocketAddress, log: Logger) throws(SystemError) {
    let listening = try ListeningSocket(on: address, backlog: 64)
    self.address = listening.localAddress
    socket = listening
    epoll = try EpollSet()
    self.log = log
  }

  /// Begins to serve.
  package nonisolated func start(_ snapshot: @escaping Snapshot) {
    lane.async { self.assumeIsolated { $0.begin(snapshot) } }
  }

  /// Closes everything.
  package nonisolated func stop() {
    lane.async { self.assumeIsolated { $0.end() } }
  }

  private func begin(_ snapshot: @escaping Snapshot) {
    self.snapshot = snapshot
    let listening = ReadinessSource(descriptor: socket.rawValue, lane: lane) { [self] in
      assumeIsolated { $0.acceptAll() }
    }
    let ready = ReadinessSource(descriptor: epoll.descriptor, lane: lane) { [self] in
      assumeIsolated { $0.turn() }
    }
    sources = [listening, ready]
    for source in sources { source.resume() }
    let timer = LaneTimer(lane: lane) { [self] in assumeIsolated { $0.lookAtDeadlines() } }
    timer.repeatEvery(nanoseconds: OperationsListener.tickNanoseconds)
    self.timer = timer
  }

  private func end() {
    timer?.cancel()
    timer = nil
    for source in sources { source.cancel() }
    sources = []
    for token in order { drop(token) }
  }

  private func acceptAll() {
    while true {
      switch socket.accept() {
      case .accepted(let accepted, _): adopt(accepted)
      case .wouldBlock: return
      case .exhausted: return
      }
    }
  }

  private func adopt(_ accepted: consuming ConnectedSocket) {
    if order.count >= OperationsListener.connectionsMax, let oldest = order.first { drop(oldest) }
    let connection = OperationsConnection(
      socket: accepted, now: SystemClock.monotonicNanoseconds())
    let token = nextToken
    nextToken += 1
    do {
      try epoll.add(connection.socket.rawValue, token: token, reads: true, writes: false)
    } catch {
      return log.error("cannot watch a connection", metadata: ["error": "\(error)"])
    }
    connections[token] = connection
    order.append(token)
    flush(token)
  }

  private func turn() {
    let now = SystemClock.monotonicNanoseconds()
    epoll.wait()
    for index in 0..<epoll.readyCount {
      let event = epoll.ready(index)
      guard let connection = connections[event.token] else { continue }
      if event.isReadable || event.isHangup {
        for request in connection.read(now: now) { route(request, on: event.token) }
      }
      flush(event.token)
    }
  }

  private func flush(_ token: UInt64) {
    guard let connection = connections[token] else { return }
    guard connection.write() else { return drop(token) }
    let writes = connection.hasUnsent
    guard writes != connection.watchesWrites else { return }
    connection.watchesWrites = writes
    try? epoll.modify(connection.socket.rawValue, token: token, reads: true, writes: writes)
  }

  private func drop(_ token: UInt64) {
    guard let connection = connections.removeValue(forKey: token) else { return }
    epoll.remove(connection.socket.rawValue)
    order.removeAll { $0 == token }
  }

  private func lookAtDeadlines() {
    let now = SystemClock.monotonicNanoseconds()
    for token in order where connections[token]?.session.isOverdue(now: now) == true {
      drop(token)
    }
  }

  /// Answers a request: at once, or when the server has given its numbers.
  private func route(_ request: HTTP2Request, on token: UInt64) {
    guard let connection = connections[token] else { return }
    let isHead = request.method == "HEAD"
    switch OperationsRoute(request) {
    case .answer(let response):
      connection.session.respond(to: request.stream, response, isHead: isHead)
    case .needsSnapshot(let answer):
      let stream = request.stream
      snapshot? { [self] snapshot in
        lane.async {
          self.assumeIsolated {
            $0.connections[token]?.session.respond(
              to: stream, answer(snapshot), isHead: isHead)
            $0.flush(token)
          }
        }
      }
    }
  }
}
