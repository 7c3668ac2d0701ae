// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import SystemIO
internal import WireCodec

/// Requests out, answers in.
extension LoadLane {
  func turn() {
    if isDone { return }
    epoll.wait()
    for index in 0..<epoll.readyCount {
      let event = epoll.ready(index)
      let connection = connections[Int(event.token)]
      if connection.state == .connecting, event.isWritable || event.isHangup { greet(connection) }
      if event.isReadable || event.isHangup { receive(connection) }
      if event.isWritable { flush(connection) }
    }
    if isFeeding { fill() }
  }

  private func receive(_ connection: LoadConnection<Feed.Request>) {
    for _ in 0..<8 where connection.state == .greeting || connection.state == .open {
      switch connection.read() {
      case .bytes: takeFrames(connection)
      case .wouldBlock: return
      case .end: return lose(connection, "the server closed the connection")
      case .failed(let error): return lose(connection, "\(error)")
      }
    }
  }

  private func takeFrames(_ connection: LoadConnection<Feed.Request>) {
    let now = SystemClock.monotonicNanoseconds()
    while connection.state == .greeting || connection.state == .open {
      switch connection.nextFrame() {
      case .incomplete: return
      case .broken(let fault): return lose(connection, "\(fault)")
      case .frame(let header, let body):
        if connection.state == .greeting {
          unsafe welcomed(connection, header, body)
        } else {
          unsafe take(header, body, from: connection, at: now)
        }
        connection.consume()
      }
    }
  }

  private func take(
    _ header: FrameHeader, _ body: UnsafeRawBufferPointer,
    from connection: LoadConnection<Feed.Request>, at now: Int64
  ) {
    if header.opcode & ~Opcode.replyBit == Opcode.fault.rawValue {
      let fault = try? unsafe MessageCodec.decodeFault(body)
      return lose(connection, "fault: \(fault?.text ?? "unreadable")")
    }
    guard let (place, request) = connection.take(header.correlation) else {
      return lose(connection, "an answer to nothing: correlation \(header.correlation)")
    }
    do {
      let following = try unsafe feed.answered(request, body, at: now)
      connection.replace(place, with: following)
      if let following { write(following, at: place, to: connection) }
    } catch {
      lose(connection, "an answer that cannot be read: \(error)")
    }
  }

  private func write(
    _ request: Feed.Request, at place: Int, to connection: LoadConnection<Feed.Request>
  ) {
    let start = connection.output.beginFrame()
    let opcode = feed.encode(request, into: &connection.output)
    connection.output.endFrame(start, opcode: opcode.rawValue, correlation: UInt64(place))
  }

  /// Fills free places from the feed, connections taking turns, and sends it all.
  func fill() {
    var now = SystemClock.monotonicNanoseconds()
    var step = FillEnd.full
    repeat {
      step = .full
      for connection in connections
      where connection.state == .open && connection.unsentBytes < 1 << 18 {
        step = max(step, fill(connection, at: now))
        if step > .quota { break }
      }
      now = SystemClock.monotonicNanoseconds()
    } while step == .quota
    for connection in connections where connection.unsentBytes > 0 { flush(connection) }
    if step == .done { finishIfAnswered() } else { doneAt = nil }
  }

  /// Why filling ended, in rising order of what it means for the other connections.
  private enum FillEnd: Int, Comparable {
    /// No free place.
    case full
    /// It is the next one's turn; there may be more.
    case quota
    /// Nothing is due yet.
    case waiting
    /// The feed is done.
    case done

    static func < (left: FillEnd, right: FillEnd) -> Bool { left.rawValue < right.rawValue }
  }

  private func fill(_ connection: LoadConnection<Feed.Request>, at now: Int64) -> FillEnd {
    for _ in 0..<LoadLane.fillQuota {
      if connection.free.isEmpty { return .full }
      switch feed.next(at: now) {
      case .send(let request):
        if let place = connection.admit(request) { write(request, at: place, to: connection) }
      case .wait(let moment):
        alarm?.fireOnce(afterNanoseconds: moment - now)
        return .waiting
      case .done: return .done
      }
    }
    return .quota
  }

  func flush(_ connection: LoadConnection<Feed.Request>) {
    if connection.state == .closed || connection.state == .connecting { return }
    if let error = connection.flush() { return lose(connection, "\(error)") }
    let writes = connection.unsentBytes > 0
    if writes == connection.watchesWrites { return }
    connection.watchesWrites = writes
    do {
      try epoll.modify(
        connection.descriptor, token: UInt64(connection.number), reads: true, writes: writes)
    } catch {
      lose(connection, "\(error)")
    }
  }

  private func finishIfAnswered() {
    if doneAt == nil { doneAt = SystemClock.monotonicNanoseconds() }
    if connections.allSatisfy({ $0.inFlightCount == 0 }) { finish() }
  }

  /// Ends `run`.
  func finish() {
    isFeeding = false
    doneAt = nil
    finishing?.resume(returning: feed)
    finishing = nil
  }
}
