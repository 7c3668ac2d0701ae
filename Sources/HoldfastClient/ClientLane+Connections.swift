// SPDX-License-Identifier: Apache-2.0

internal import ClientCore
internal import InventoryModel
internal import Logging
internal import SystemIO
internal import WireCodec

/// Making, reading and losing connections.
extension ClientLane {
  /// Whether anybody waits for anything.
  private var hasDemand: Bool { calls.count > 0 || !whenGreeted.isEmpty }

  /// Begins connections that are missing and due.
  func connectIfNeeded(now: Int64) {
    guard hasDemand, !isClosed else { return }
    for index in links.indices where links[index] == nil && retries[index].at <= now {
      connect(index, now: now)
    }
  }

  private func connect(_ index: Int, now: Int64) {
    let endpoint = configuration.endpoints[nextEndpoint % configuration.endpoints.count]
    nextEndpoint += 1
    do {
      guard let address = SocketAddress.lookUp(host: endpoint.host, port: endpoint.port) else {
        return postpone(index, "\(endpoint) is not known", now: now)
      }
      let socket = try ConnectedSocket.connect(to: address)
      let raw = socket.rawValue
      let link = ClientLink(
        socket: socket, windowMax: configuration.inFlightMax,
        greetingDeadline: now + configuration.connectTimeout.inNanoseconds)
      try epoll.add(raw, token: UInt64(index), reads: true, writes: true)
      links[index] = link
    } catch {
      postpone(index, "\(endpoint): \(error)", now: now)
    }
  }

  private func postpone(_ index: Int, _ reason: String, now: Int64) {
    lastFailure = reason
    let failures = retries[index].failures + 1
    let wait = policy.wait(attempt: failures, chance: SystemRandom.next64())
    retries[index] = (now + wait, failures)
    log.debug("connection failed", metadata: ["reason": "\(reason)"])
  }

  /// A connection is gone: what was in flight there goes first on the next one, under the same ids.
  func lose(_ index: Int, _ reason: String) {
    guard let link = links[index] else { return }
    disconnect(index)
    postpone(index, reason, now: SystemClock.monotonicNanoseconds())
    let orphans = link.calls.sorted()
    for id in orphans { calls[id]?.link = nil }
    waiting.replaceSubrange(..<waitingHead, with: orphans)
    waitingHead = 0
  }

  /// Closes a connection.
  func disconnect(_ index: Int) {
    guard let link = links[index] else { return }
    link.machine.lost()
    epoll.remove(link.socket.rawValue)
    links[index] = nil
  }

  /// One turn: everything that is ready.
  func turn() {
    epoll.wait()
    for place in 0..<epoll.readyCount {
      let event = epoll.ready(place)
      let index = Int(event.token)
      guard let link = links[index] else { continue }
      if link.machine.state == .connecting {
        guard event.isWritable || event.isHangup else { continue }
        if let error = link.socket.connectionError {
          lose(index, "\(error)")
          continue
        }
        link.machine.connected()
        link.greet(Hello(clientName: configuration.clientName, token: configuration.token))
      }
      if event.isReadable || event.isHangup { read(index, link) }
    }
    dispatch()
  }

  private func read(_ index: Int, _ link: ClientLink) {
    // Bounded, so that one busy connection does not keep the lane; the rest is reported again.
    for _ in 0..<8 {
      let room = unsafe link.received.writable(atLeast: 64 << 10)
      switch unsafe link.socket.read(into: room) {
      case .bytes(let count):
        link.received.commit(count)
        guard takeFrames(index, link) else { return }
        if count < room.count { return }
      case .wouldBlock: return
      case .end: return lose(index, "the server closed the connection")
      case .failed(let error): return lose(index, "\(error)")
      }
    }
  }

  /// - Returns: whether the connection is still of use.
  private func takeFrames(_ index: Int, _ link: ClientLink) -> Bool {
    while true {
      switch link.received.next(frameBytesMax: Limits.frameBytesMax) {
      case .incomplete: return true
      case .broken(let fault):
        lose(index, "the server broke the protocol: \(fault)")
        return false
      case .frame(let header, let body):
        guard unsafe take(header, body, index, link) else { return false }
        link.received.consume()
      }
    }
  }

  private func take(
    _ header: FrameHeader, _ body: UnsafeRawBufferPointer, _ index: Int, _ link: ClientLink
  ) -> Bool {
    do throws(WireFault) {
      switch link.machine.frameReceived(header) {
      case .answer: try unsafe answered(header, body, link)
      case .welcome: return welcomed(try unsafe MessageCodec.decodeWelcome(body), index, link)
      case .fault:
        faulted(try unsafe MessageCodec.decodeFault(body), index, link)
        return false
      case .broken: throw .unknownOpcode(header.opcode)
      }
      return true
    } catch {
      lose(index, "the server broke the protocol: \(error)")
      return false
    }
  }

  private func welcomed(_ welcome: Welcome, _ index: Int, _ link: ClientLink) -> Bool {
    if let greeting,
      (greeting.storeLow, greeting.storeHigh) != (welcome.storeLow, welcome.storeHigh)
    {
      // Ids that one store knows mean nothing to another: going on would break exactly-once.
      lose(index, "the endpoint serves another store")
      fail { _ in .otherStore }
      return false
    }
    link.machine.welcomed(welcome)
    retries[index] = (0, 0)
    greeting = welcome
    let greetings = whenGreeted
    whenGreeted = []
    for each in greetings { each.resume(.success(welcome)) }
    log.debug("connected", metadata: ["server": "\(welcome.serverName)"])
    return true
  }

  private func faulted(_ fault: Fault, _ index: Int, _ link: ClientLink) {
    let wasGreeting = link.machine.state == .greeting
    lose(index, "fault: \(fault.code.name): \(fault.text)")
    // Version and identity do not mend themselves by trying again.
    if wasGreeting, fault.code == .unsupported || fault.code == .notAllowed {
      fail { _ in .refusedByServer(fault.code, reason: fault.text) }
    }
  }

  private func answered(
    _ header: FrameHeader, _ body: UnsafeRawBufferPointer, _ link: ClientLink
  ) throws(WireFault) {
    let id = header.correlation
    // A call that was cancelled or timed out has nobody waiting any more.
    guard link.calls.remove(id) != nil, let call = calls[id] else { return }
    link.machine.answered(call.weight)
    let result = try unsafe call.decode(header, body)
    if case .reply(let reply) = result, let refusal = reply.outcome.refusal,
      refusal.code == .overloaded || refusal.code == .notLeader, delay(id, call)
    {
      return
    }
    _ = calls.remove(id)
    call.resume(.success(result))
  }

  /// Puts a call that was refused for the moment aside; `false` when its time would be over by then.
  private func delay(_ id: UInt64, _ call: ClientCall) -> Bool {
    let attempts = call.attempts + 1
    let wait = policy.wait(attempt: attempts, chance: SystemRandom.next64())
    let at = SystemClock.monotonicNanoseconds() + wait
    guard at < call.deadline else { return false }
    calls[id]?.attempts = attempts
    calls[id]?.link = nil
    delayed.append((at, id))
    return true
  }

  /// Looks at everything that depends on time.
  func tick() {
    let now = SystemClock.monotonicNanoseconds()
    if now >= earliestDeadline { endOverdueCalls(now: now) }
    let due = delayed.filter { $0.at <= now }
    delayed.removeAll { $0.at <= now }
    waiting += due.map(\.id)
    let (late, inTime) = (
      whenGreeted.filter { $0.deadline <= now }, whenGreeted.filter { $0.deadline > now }
    )
    whenGreeted = inTime
    for each in late { each.resume(.failure(.notSent(reason: lastFailure))) }
    for index in links.indices {
      guard let link = links[index], link.machine.state != .serving else { continue }
      if now >= link.greetingDeadline { lose(index, "no greeting in time") }
    }
    dispatch()
    restIfIdle()
  }

  private func endOverdueCalls(now: Int64) {
    earliestDeadline = .max
    for id in calls.ids {
      guard let call = calls[id] else { continue }
      if call.deadline > now {
        earliestDeadline = min(earliestDeadline, call.deadline)
      } else {
        finish(id, reason: "the deadline passed (\(lastFailure))")
      }
    }
  }
}

extension Duration {
  /// The duration in nanoseconds, at most 292 years.
  var inNanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? .max : whole + attoseconds / 1_000_000_000
  }
}
