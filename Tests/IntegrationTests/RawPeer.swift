// SPDX-License-Identifier: Apache-2.0

import Foundation
import InventoryModel
import SystemIO
import Testing
import WireCodec

/// A client that sends whatever bytes a test wants, with blocking calls.
final class RawPeer {
  private let socket: ConnectedSocket
  private var received = FrameBuffer()

  /// How bytes are handed to the kernel.
  enum Delivery: CaseIterable, Sendable {
    case whole
    case byteByByte
    /// Behind a ping, in one write.
    case coalesced
  }

  init(_ address: SocketAddress) throws {
    socket = try ConnectedSocket.connect(to: address)
    wait(POLLOUT)
  }

  private func wait(_ events: Int32) {
    var entry = pollfd(fd: socket.rawValue, events: Int16(events), revents: 0)
    _ = unsafe poll(&entry, 1, 300_000)
  }

  func send(_ bytes: [UInt8], _ delivery: Delivery = .whole) {
    var rest = (delivery == .coalesced ? Self.ping(1) : []) + bytes
    while !rest.isEmpty {
      let part = Array(delivery == .byteByByte ? rest.prefix(1) : rest[...])
      switch unsafe part.withUnsafeBytes({ unsafe socket.write($0) }) {
      case .bytes(let count): rest.removeFirst(count)
      case .wouldBlock: wait(POLLOUT)
      case .end, .failed: return
      }
    }
  }

  /// The next frame of the server; `nil` when it has closed.
  func read() -> (header: FrameHeader, body: [UInt8])? {
    while true {
      if case .frame(let header, let body) = received.next(
        frameBytesMax: Limits.frameBytesMax)
      {
        let copy = unsafe Array(body)
        received.consume()
        return (header, copy)
      }
      wait(POLLIN)
      let room = unsafe received.writable(atLeast: 4_096)
      switch unsafe socket.read(into: room) {
      case .bytes(let count): received.commit(count)
      case .wouldBlock, .end, .failed: return nil
      }
    }
  }

  /// What the server makes of what was sent: "fault CODE, closed", "refused CODE", "ok", "closed".
  func answer() throws -> String {
    guard let (header, body) = read() else { return "closed" }
    if header.opcode == Opcode.ping.rawValue | Opcode.replyBit { return try answer() }
    return try unsafe body.withUnsafeBytes { bytes in
      if header.opcode == Opcode.fault.rawValue | Opcode.replyBit {
        let fault = try unsafe MessageCodec.decodeFault(bytes)
        return "fault \(fault.code.name), \(read() == nil ? "closed" : "still open")"
      }
      if header.opcode == Opcode.hello.rawValue | Opcode.replyBit { return "welcome" }
      let reply = try unsafe MessageCodec.decodeReply(bytes)
      return reply.outcome.refusal.map { "refused \($0.code.name)" } ?? "ok"
    }
  }

  /// Whether the connection still serves.
  func isAlive() -> Bool {
    send(Self.ping(99))
    return read()?.header.correlation == 99
  }

  func greet() throws {
    send(Self.hello())
    #expect(try answer() == "welcome")
  }

  static func frame(_ opcode: UInt16, _ correlation: UInt64, _ body: (inout ByteWriter) -> Void)
    -> [UInt8]
  {
    ScriptedPeer.Connection.frame(opcode, correlation, body)
  }

  static func ping(_ correlation: UInt64) -> [UInt8] {
    frame(Opcode.ping.rawValue, correlation) { _ in }
  }

  static func hello(_ change: (inout Hello) -> Void = { _ in }) -> [UInt8] {
    var hello = Hello(clientName: "raw")
    change(&hello)
    return frame(Opcode.hello.rawValue, 5) { MessageCodec.encode(hello, into: &$0) }
  }

  static func command(_ command: Command, id: CommandID = .make()) -> [UInt8] {
    frame(Opcode(command).rawValue, 6) { MessageCodec.encode(command, id: id, into: &$0) }
  }
}
