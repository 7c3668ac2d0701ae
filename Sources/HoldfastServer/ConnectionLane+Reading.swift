// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import Logging
internal import ServerCore
internal import SystemIO
internal import WireCodec

/// From bytes to requests.
extension ConnectionLane {
  /// The least room offered to one read.
  private static let readBytes = 64 << 10
  /// Reads of one connection in one turn, so that a busy one does not starve the others.
  private static let readsPerTurn = 4

  /// Reads what there is, as long as the machine allows.
  func read(_ connection: Connection, now: Int64) {
    for _ in 0..<ConnectionLane.readsPerTurn where connection.machine.isReading {
      let room = unsafe connection.received.writable(atLeast: ConnectionLane.readBytes)
      switch unsafe connection.socket.read(into: room) {
      case .bytes(let count):
        connection.received.commit(count)
        takeFrames(connection, now: now)
        if count < room.count { return }
      case .wouldBlock:
        return
      case .end:
        return connection.machine.drainRequested()
      case .failed:
        return connection.machine.lost()
      }
    }
  }

  /// Takes the frames that are whole, as long as the machine allows.
  func takeFrames(_ connection: Connection, now: Int64) {
    while connection.machine.isReading {
      switch connection.received.next(frameBytesMax: connection.machine.frameBytesMax) {
      case .incomplete:
        if connection.received.count > 0 { connection.machine.partialFrameReceived(now: now) }
        return
      case .broken(let fault):
        return self.fault(connection, fault.code, "\(fault)")
      case .frame(let header, let body):
        unsafe take(header, body, from: connection, now: now)
        connection.received.consume()
      }
    }
  }

  private func take(
    _ header: FrameHeader, _ body: UnsafeRawBufferPointer, from connection: Connection, now: Int64
  ) {
    switch connection.machine.frameReceived(header, now: now) {
    case .greet: unsafe greet(header, body, connection)
    case .pong:
      answer(connection, header) { unsafe $0.append(body) }
    case .submit:
      unsafe add(
        opcode: header.opcode, body, header: header, deadline: header.deadline(from: now),
        connection)
      connection.machine.submitted(1)
    case .submitBatch: unsafe takeBatch(header, body, connection, now: now)
    case .ask:
      do {
        let query = try unsafe MessageCodec.decodeQuery(opcode: header.opcode, body: body)
        add(.query(query, opcode: header.opcode), header, connection)
        connection.machine.submitted(1)
      } catch {
        refuse(connection, header, error.code)
      }
    case .refuse(let code): refuse(connection, header, code)
    case .fault(let code): fault(connection, code, "unexpected message")
    case .ignore: break
    }
  }

  private func greet(
    _ header: FrameHeader, _ body: UnsafeRawBufferPointer, _ connection: Connection
  ) {
    do {
      let hello = try unsafe MessageCodec.decodeHello(body)
      guard hello.common(with: .current) != nil else {
        return fault(connection, .unsupported, "no protocol version in common")
      }
      connection.machine.greeted()
      add(.greeting, header, connection)
      connection.machine.submitted(1)
    } catch {
      fault(connection, error.code, "\(error)")
    }
  }

  private func takeBatch(
    _ header: FrameHeader, _ body: UnsafeRawBufferPointer, _ connection: Connection, now: Int64
  ) {
    do {
      var items = try unsafe BatchReader(body)
      let count = items.count
      add(.batch(count: count), header, connection)
      let deadline = header.deadline(from: now)
      var added = 0
      while let item = items.next() {
        unsafe add(
          opcode: item.opcode, item.body, header: header, deadline: deadline, connection)
        added += 1
      }
      invariant(added == count, "a batch holds as many commands as it says")
      connection.machine.submitted(count)
    } catch {
      refuse(connection, header, error.code)
    }
  }

  /// Decodes one command and adds it to this turn's requests. What cannot be decoded is answered in its
  /// place; the connection lives on.
  private func add(
    opcode: UInt16, _ body: UnsafeRawBufferPointer, header: FrameHeader, deadline: Int64,
    _ connection: Connection
  ) {
    do throws(WireFault) {
      guard Opcode(rawValue: opcode)?.family == .command else {
        throw WireFault.unknownOpcode(opcode)
      }
      let (id, command) = try unsafe MessageCodec.decodeCommand(opcode: opcode, body: body)
      let content = unsafe UnsafeRawBufferPointer(rebasing: body[CommandID.byteCount...])
      let start = requests.bytes.count
      unsafe requests.bytes.append(contentsOf: content)
      let request = CommandRequest(
        command: command, id: id, opcode: opcode,
        digest: unsafe Checksum.xxh3(content, seed: UInt64(opcode)), deadline: deadline,
        body: start..<requests.bytes.count)
      add(.command(request), header, connection)
    } catch {
      add(.refused(error.code, opcode: opcode), header, connection)
    }
  }

  private func add(_ work: Request.Work, _ header: FrameHeader, _ connection: Connection) {
    requests.requests.append(
      Request(token: connection.token, correlation: header.correlation, work: work))
  }

  private func answer(
    _ connection: Connection, _ header: FrameHeader, body: (inout ByteWriter) -> Void
  ) {
    let start = connection.output.beginFrame()
    body(&connection.output)
    connection.output.endFrame(
      start, opcode: header.opcode | Opcode.replyBit, correlation: header.correlation)
    markDirty(connection)
  }

  /// Answers a request that was understood well enough to be refused.
  private func refuse(_ connection: Connection, _ header: FrameHeader, _ code: RefusalCode) {
    answer(connection, header) {
      MessageCodec.encode(Reply(outcome: .refused(Refusal(code)), position: 0), into: &$0)
    }
  }

  /// Says what is wrong in one frame, and closes.
  private func fault(_ connection: Connection, _ code: RefusalCode, _ text: String) {
    log.info(
      "connection refused",
      metadata: ["peer": "\(connection.peer)", "code": "\(code.name)", "reason": "\(text)"])
    let start = connection.output.beginFrame()
    MessageCodec.encode(Fault(code, text), into: &connection.output)
    connection.output.endFrame(
      start, opcode: Opcode.fault.rawValue | Opcode.replyBit, correlation: 0)
    _ = connection.flushOutput(now: SystemClock.monotonicNanoseconds())
    connection.machine.lost()
  }
}
