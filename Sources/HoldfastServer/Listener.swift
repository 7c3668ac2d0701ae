// SPDX-License-Identifier: Apache-2.0

internal import Logging
internal import ServerCore
internal import SystemIO

/// Accepts connections of the binary protocol and deals them to the lanes in turn.
actor Listener {
  nonisolated let lane = LaneQueue(label: "holdfast.listener")
  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe lane.asUnownedSerialExecutor()
  }
  nonisolated let address: SocketAddress

  private var socket: ListeningSocket
  private let lanes: [ConnectionLane]
  private let log: Logger
  private var source: ReadinessSource?
  private var pause: LaneTimer?
  private var next = 0
  private(set) var accepted: UInt64 = 0

  /// Pause after the process ran out of descriptors: accepting at once again would only spin.
  private static let exhaustedNanoseconds: Int64 = 100_000_000

  init(on address: SocketAddress, lanes: [ConnectionLane], log: Logger) throws(SystemError) {
    let listening = try Takeover.wait(while: \.isAddressInUse) { () throws(SystemError) in
      try ListeningSocket(on: address, backlog: 1_024)
    }
    self.address = listening.localAddress
    socket = listening
    self.lanes = lanes
    self.log = log
  }

  func start() {
    let source = ReadinessSource(descriptor: socket.rawValue, lane: lane) { [self] in
      assumeIsolated { $0.acceptAll() }
    }
    source.resume()
    self.source = source
  }

  func stop() {
    source?.cancel()
    source = nil
    pause?.cancel()
  }

  private func acceptAll() {
    while true {
      switch socket.accept() {
      case .accepted(let connection, let peer):
        accepted += 1
        deal(connection.release(), from: peer)
      case .wouldBlock:
        return
      case .exhausted:
        log.warning("out of file descriptors: accepting pauses")
        source?.suspend()
        let timer = LaneTimer(lane: lane) { [self] in assumeIsolated { $0.source?.resume() } }
        timer.fireOnce(afterNanoseconds: Listener.exhaustedNanoseconds)
        pause = timer
        return
      }
    }
  }

  private func deal(_ descriptor: Int32, from peer: SocketAddress) {
    let target = lanes[next]
    next = (next + 1) % lanes.count
    target.lane.async { target.assumeIsolated { $0.adopt(descriptor, peer: peer) } }
  }
}
