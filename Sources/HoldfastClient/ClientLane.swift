// SPDX-License-Identifier: Apache-2.0

internal import ClientCore
internal import InventoryModel
internal import Logging
internal import SystemIO
internal import WireCodec

/// The client's one lane: all its connections, all its calls. Calls of many tasks arrive here one by one and
/// leave together: they are written when everything that had arrived is encoded, so a busy client makes few
/// system calls without waiting for anything.
actor ClientLane {
  nonisolated let lane = LaneQueue(label: "holdfast.client")
  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe lane.asUnownedSerialExecutor()
  }

  let configuration: ClientConfiguration
  let log: Logger
  let policy = RetryPolicy()
  var epoll: EpollSet
  var links: [ClientLink?]
  var calls = CallTable<ClientCall>()
  /// Calls that wait for room on a connection, oldest first.
  var waiting: [UInt64] = []
  var waitingHead = 0
  /// Calls that were refused for the moment, and when to try again.
  var delayed: [(at: Int64, id: UInt64)] = []
  var greeting: Welcome?
  var whenGreeted: [(ticket: CallTicket, deadline: Int64, resume: GreetingResume)] = []
  var isClosed = false
  private var source: ReadinessSource?
  private var timer: LaneTimer?
  private var isFlushScheduled = false
  /// Per link: monotonic time of the next attempt, and failures in a row.
  var retries: [(at: Int64, failures: Int)]
  var nextEndpoint = 0
  var lastFailure = "no connection yet"
  /// No call's deadline is before this.
  var earliestDeadline = Int64.max

  typealias GreetingResume = @Sendable (Result<Welcome, ClientError>) -> Void

  /// How often deadlines and retries are looked at while there is anything to look at.
  private static let tickNanoseconds: Int64 = 10_000_000

  init(_ configuration: ClientConfiguration, log: Logger) throws(SystemError) {
    self.configuration = configuration
    self.log = log
    epoll = try EpollSet()
    let count = max(1, configuration.connectionCount)
    links = Array(repeating: nil, count: count)
    retries = Array(repeating: (0, 0), count: count)
  }

  /// A new call.
  func submit(_ call: ClientCall) {
    if isClosed { return call.resume(.failure(.notSent(reason: "the client is closed"))) }
    earliestDeadline = min(earliestDeadline, call.deadline)
    waiting.append(calls.add(call))
    scheduleFlush()
  }

  /// The caller waits no more.
  func cancel(_ ticket: CallTicket) {
    for id in calls.ids where calls[id]?.ticket === ticket { finish(id, reason: "cancelled") }
    if let index = whenGreeted.firstIndex(where: { $0.ticket === ticket }) {
      whenGreeted.remove(at: index).resume(.failure(.notSent(reason: "cancelled")))
    }
  }

  /// Asks for the greeting, connecting if need be.
  func awaitGreeting(
    _ ticket: CallTicket, deadline: Int64, _ resume: @escaping GreetingResume
  ) {
    if isClosed { return resume(.failure(.notSent(reason: "the client is closed"))) }
    if let greeting { return resume(.success(greeting)) }
    whenGreeted.append((ticket, deadline, resume))
    scheduleFlush()
  }

  /// Writes once for all calls that have arrived: the work is queued behind them.
  private func scheduleFlush() {
    startIfNeeded()
    if isFlushScheduled { return }
    isFlushScheduled = true
    lane.async {
      self.assumeIsolated {
        $0.isFlushScheduled = false
        $0.dispatch()
      }
    }
  }

  private func startIfNeeded() {
    if source == nil {
      let source = ReadinessSource(descriptor: epoll.descriptor, lane: lane) { [weak self] in
        self?.assumeIsolated { $0.turn() }
      }
      source.resume()
      self.source = source
    }
    if timer == nil {
      let timer = LaneTimer(lane: lane) { [weak self] in self?.assumeIsolated { $0.tick() } }
      timer.repeatEvery(nanoseconds: ClientLane.tickNanoseconds)
      self.timer = timer
    }
  }

  /// Stops the clock while nobody waits for anything.
  func restIfIdle() {
    guard calls.count == 0, whenGreeted.isEmpty else { return }
    timer?.cancel()
    timer = nil
  }

  /// Gives waiting calls to connections with room, and writes.
  func dispatch() {
    let now = SystemClock.monotonicNanoseconds()
    connectIfNeeded(now: now)
    for index in links.indices { fill(index, now: now) }
    for index in links.indices { flush(index) }
    if waitingHead > 1_024, waitingHead * 2 > waiting.count {
      waiting.removeFirst(waitingHead)
      waitingHead = 0
    }
  }

  private func fill(_ index: Int, now: Int64) {
    guard let link = links[index] else { return }
    var room = link.machine.room
    var added = 0
    while waitingHead < waiting.count, room > 0 {
      let id = waiting[waitingHead]
      guard var call = calls[id] else {
        waitingHead += 1
        continue
      }
      // A batch larger than the whole window still goes, alone.
      if call.weight > room, link.machine.inFlight + added > 0 { break }
      waitingHead += 1
      call.wasSent = true
      call.link = index
      calls[id] = call
      let milliseconds = max(1, (call.deadline - now) / 1_000_000)
      link.write(
        opcode: call.opcode, correlation: id,
        deadlineMilliseconds: UInt32(clamping: milliseconds), call.body)
      link.calls.insert(id)
      added += call.weight
      room -= call.weight
    }
    if added > 0 { link.machine.sent(added) }
  }

  func flush(_ index: Int) {
    guard let link = links[index], link.machine.state != .connecting else { return }
    if let reason = link.flush() { return lose(index, reason) }
    let writes = link.unsentBytes > 0
    guard writes != link.watchesWrites else { return }
    link.watchesWrites = writes
    do {
      try epoll.modify(
        link.socket.rawValue, token: UInt64(index), reads: true, writes: writes)
    } catch {
      lose(index, "\(error)")
    }
  }

  /// Ends a call without an answer.
  func finish(_ id: UInt64, reason: String) {
    guard let call = calls.remove(id) else { return }
    if let index = call.link, let link = links[index], link.calls.remove(id) != nil {
      link.machine.answered(call.weight)
    }
    call.resume(.failure(call.failure(reason)))
  }

  /// Ends everything: calls without an answer fail.
  func close() {
    isClosed = true
    fail { $0.failure("the client was closed") }
    for index in links.indices { disconnect(index) }
    timer?.cancel()
    timer = nil
    source?.cancel()
    source = nil
  }

  /// Fails every call and every wait for a greeting.
  func fail(_ error: (ClientCall) -> ClientError) {
    for id in calls.ids {
      guard let call = calls.remove(id) else { continue }
      call.resume(.failure(error(call)))
    }
    let greetings = whenGreeted
    whenGreeted = []
    for each in greetings { each.resume(.failure(.notSent(reason: lastFailure))) }
  }
}
