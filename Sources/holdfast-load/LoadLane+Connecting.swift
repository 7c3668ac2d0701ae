// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import SystemIO
internal import WireCodec

/// Opening and losing connections.
extension LoadLane {
  func begin(_ connection: LoadConnection<Feed.Request>) {
    do {
      try connection.connect(to: address)
      connection.watchesWrites = true
      try epoll.add(
        connection.descriptor, token: UInt64(connection.number), reads: true, writes: true)
    } catch {
      lose(connection, "\(error)")
    }
  }

  /// The socket is writable for the first time.
  func greet(_ connection: LoadConnection<Feed.Request>) {
    if let error = connection.connectionError { return lose(connection, "\(error)") }
    connection.state = .greeting
    let start = connection.output.beginFrame()
    MessageCodec.encode(Hello(clientName: "holdfast-load"), into: &connection.output)
    connection.output.endFrame(start, opcode: Opcode.hello.rawValue, correlation: 0)
    flush(connection)
  }

  func welcomed(
    _ connection: LoadConnection<Feed.Request>, _ header: FrameHeader,
    _ body: UnsafeRawBufferPointer
  ) {
    guard header.opcode == Opcode.hello.rawValue | Opcode.replyBit,
      let welcome = try? unsafe MessageCodec.decodeWelcome(body)
    else { return lose(connection, unsafe refusedGreeting(header, body)) }
    self.welcome = welcome
    connection.narrow(to: Int(welcome.inFlightMax))
    connection.state = .open
    if connections.allSatisfy({ $0.state == .open }) {
      opening?.resume(returning: nil)
      opening = nil
    }
  }

  private func refusedGreeting(_ header: FrameHeader, _ body: UnsafeRawBufferPointer) -> String {
    if header.opcode & ~Opcode.replyBit == Opcode.fault.rawValue,
      let fault = try? unsafe MessageCodec.decodeFault(body)
    {
      return "the server refused the greeting: \(fault.code.name): \(fault.text)"
    }
    return "the server did not answer the greeting"
  }

  func lose(_ connection: LoadConnection<Feed.Request>, _ reason: String) {
    if connection.descriptor >= 0 { epoll.remove(connection.descriptor) }
    if opening == nil { report("connection \(connection.number): \(reason)") }
    let isLastWord = opening != nil && SystemClock.monotonicNanoseconds() >= openBy
    for request in connection.close() { feed.lost(request) }
    connection.retryAt = SystemClock.monotonicNanoseconds() + LoadLane.retryNanoseconds
    if isLastWord {
      opening?.resume(returning: "\(address): \(reason)")
      opening = nil
    }
  }

  /// Several times a second: opens what is closed, and gives up what takes too long.
  func tick() {
    if isDone { return }
    let now = SystemClock.monotonicNanoseconds()
    if opening != nil, now >= openBy {
      opening?.resume(returning: "\(address): no connection in time")
      opening = nil
    }
    for connection in connections where connection.state == .closed && now >= connection.retryAt {
      begin(connection)
    }
    if let doneAt, now - doneAt >= patience {
      for connection in connections where connection.inFlightCount > 0 {
        lose(connection, "\(connection.inFlightCount) requests were not answered in time")
      }
    }
    if isFeeding { fill() }
    giveUpOutage(at: now)
  }

  /// A server that stays away for as long as answers may take is gone.
  private func giveUpOutage(at now: Int64) {
    if connections.contains(where: { $0.state == .open }) || !isFeeding {
      outageSince = nil
    } else if let outageSince, now - outageSince >= patience {
      report("the server was away for \(patience / 1_000_000_000) seconds")
      finish()
    } else {
      outageSince = outageSince ?? now
    }
  }
}
