// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import Logging
internal import ServerCore
internal import SystemIO
internal import WireCodec

/// Reads and writes the sockets of its connections: bytes to requests, replies to bytes.
///
/// The lane has one private epoll set and one Dispatch source, on the set's own descriptor. A source per
/// connection costs eleven system calls an event and is not safe on Linux when peers hang up. One
/// wake-up serves all ready connections, and all their requests cross to the commit lane in one hop.
actor ConnectionLane {
  nonisolated let lane: LaneQueue
  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe lane.asUnownedSerialExecutor()
  }

  let number: UInt16
  let configuration: ServerConfiguration
  let log: Logger
  var epoll: EpollSet
  var connections: [Connection?] = []
  var requests = RequestBatch()
  var dirty: [UInt32] = []
  private(set) var openCount = 0
  private var generations: [UInt32] = []
  private var free: [UInt32] = []
  private var source: ReadinessSource?
  private var patience: LaneTimer?
  private var isDraining = false
  private var whenDrained: (@Sendable () -> Void)?
  /// Where requests go; set once at start.
  var commit: CommitLane?

  /// How often deadlines of connections are looked at.
  private static let patienceNanoseconds: Int64 = 500_000_000

  init(number: UInt16, configuration: ServerConfiguration, log: Logger) throws {
    lane = LaneQueue(label: "holdfast.connections.\(number)")
    self.number = number
    self.configuration = configuration
    self.log = log
    epoll = try EpollSet()
  }

  /// Begins to serve; requests go to `commit`.
  func start(commit: CommitLane) {
    self.commit = commit
    let source = ReadinessSource(descriptor: epoll.descriptor, lane: lane) { [self] in
      assumeIsolated { $0.turn() }
    }
    source.resume()
    self.source = source
    let timer = LaneTimer(lane: lane) { [self] in assumeIsolated { $0.lookAtDeadlines() } }
    timer.repeatEvery(nanoseconds: ConnectionLane.patienceNanoseconds)
    patience = timer
  }

  /// A connection that was accepted for this lane.
  func adopt(_ descriptor: Int32, peer: SocketAddress) {
    let socket = ConnectedSocket(adopting: descriptor)
    if isDraining { return }
    if openCount * configuration.laneCount >= configuration.limits.connectionsMax {
      log.warning("connection refused: too many", metadata: ["peer": "\(peer)"])
      return count(.refused)
    }
    let slot: UInt32
    if let reused = free.popLast() {
      slot = reused
    } else {
      slot = UInt32(connections.count)
      connections.append(nil)
      generations.append(0)
    }
    let index = Int(slot)
    let token = ConnectionToken(lane: number, slot: slot, generation: generations[index])
    let connection = Connection(
      token: token, socket: socket, peer: peer, limits: configuration.limits,
      now: SystemClock.monotonicNanoseconds())
    do {
      try epoll.add(descriptor, token: UInt64(slot), reads: true, writes: false)
    } catch {
      log.error("cannot watch a connection", metadata: ["error": "\(error)"])
      free.append(slot)
      return
    }
    connections[index] = connection
    openCount += 1
    count(.accepted)
    log.debug("connection accepted", metadata: ["peer": "\(peer)"])
  }

  /// One turn: everything that is ready, one hop to the commit lane, one write for each connection that
  /// has something to say.
  private func turn() {
    let now = SystemClock.monotonicNanoseconds()
    epoll.wait()
    for index in 0..<epoll.readyCount {
      let event = epoll.ready(index)
      guard let connection = connections[Int(event.token)] else { continue }
      if event.isWritable, !connection.flushOutput(now: now) {
        drop(connection, because: "peer gone")
        continue
      }
      if event.isReadable || event.isHangup { read(connection, now: now) }
      settle(connection)
    }
    submit()
    flushDirty(now: now)
  }

  /// Hands the requests of this turn to the commit lane.
  func submit() {
    if requests.isEmpty { return }
    let batch = requests
    requests = RequestBatch()
    guard let commit else { return }
    commit.lane.async { commit.assumeIsolated { $0.take(batch) } }
  }

  /// Replies from the commit lane.
  func deliver(_ batch: ReplyBatch) {
    let now = SystemClock.monotonicNanoseconds()
    var start = 0
    for frame in batch.frames {
      defer { start = frame.end }
      guard let connection = connection(frame.token) else { continue }
      unsafe batch.bytes.withUnsafeBytes { bytes in
        unsafe connection.output.append(UnsafeRawBufferPointer(rebasing: bytes[start..<frame.end]))
      }
      connection.machine.answered(frame.answers, now: now)
      markDirty(connection)
    }
    flushDirty(now: now)
  }

  /// The connection behind a token, unless it is gone or another has its place.
  private func connection(_ token: ConnectionToken) -> Connection? {
    guard let connection = connections[Int(token.slot)], connection.token == token else {
      return nil
    }
    return connection
  }

  func markDirty(_ connection: Connection) {
    if connection.isDirty { return }
    connection.isDirty = true
    dirty.append(connection.token.slot)
  }

  func flushDirty(now: Int64) {
    // Taking up frames again may answer some at once, which makes connections dirty anew.
    while !dirty.isEmpty {
      let slots = dirty
      dirty.removeAll(keepingCapacity: true)
      for slot in slots {
        guard let connection = connections[Int(slot)] else { continue }
        connection.isDirty = false
        if connection.flushOutput(now: now) {
          resume(connection, now: now)
          settle(connection)
        } else {
          drop(connection, because: "peer gone")
        }
      }
    }
    submit()
  }

  /// Frames that were received while the window was full are taken up when there is room again.
  private func resume(_ connection: Connection, now: Int64) {
    if connection.machine.isReading, connection.received.count > 0 {
      takeFrames(connection, now: now)
    }
  }

  /// Brings what the epoll set watches, and the connection's life, in line with its machine.
  func settle(_ connection: Connection) {
    if connection.machine.state == .closed { return drop(connection, because: "finished") }
    let reads = connection.machine.isReading
    let writes = connection.unsentBytes > 0
    guard reads != connection.watchesReads || writes != connection.watchesWrites else { return }
    connection.watchesReads = reads
    connection.watchesWrites = writes
    do {
      try epoll.modify(
        connection.socket.rawValue, token: UInt64(connection.token.slot), reads: reads,
        writes: writes)
    } catch {
      drop(connection, because: "\(error)")
    }
  }

  /// Closes a connection and frees its place.
  func drop(_ connection: Connection, because reason: String) {
    let index = Int(connection.token.slot)
    guard connections[index] === connection else { return }
    connection.machine.lost()
    epoll.remove(connection.socket.rawValue)
    connections[index] = nil
    generations[index] &+= 1
    free.append(connection.token.slot)
    openCount -= 1
    count(.closed)
    log.debug("connection closed", metadata: ["peer": "\(connection.peer)", "reason": "\(reason)"])
    finishDraining()
  }

  private func count(_ change: ConnectionChange) {
    guard let commit else { return }
    commit.lane.async { commit.assumeIsolated { $0.connectionsChanged(change) } }
  }

  private func lookAtDeadlines() {
    let now = SystemClock.monotonicNanoseconds()
    for connection in connections {
      guard let connection, let impatience = connection.machine.expired(now: now) else { continue }
      log.info(
        "connection closed",
        metadata: ["peer": "\(connection.peer)", "reason": "\(impatience.rawValue)"])
      drop(connection, because: impatience.rawValue)
    }
  }

  /// Answers what is in flight, reads nothing new, and calls `then` when every connection is gone.
  func drain(then: @escaping @Sendable () -> Void) {
    isDraining = true
    whenDrained = then
    for connection in connections {
      guard let connection else { continue }
      connection.machine.drainRequested()
      settle(connection)
    }
    finishDraining()
  }

  private func finishDraining() {
    guard isDraining, openCount == 0, let done = whenDrained else { return }
    whenDrained = nil
    patience?.cancel()
    patience = nil
    source?.cancel()
    source = nil
    done()
  }

  /// Closes what is left at once, and lets go of the commit lane: the end of the lane.
  func abandon() {
    for connection in connections {
      if let connection { drop(connection, because: "the server stops") }
    }
    patience?.cancel()
    patience = nil
    source?.cancel()
    source = nil
    commit = nil
  }
}
