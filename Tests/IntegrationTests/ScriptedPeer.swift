// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation
import HoldfastClient
import InventoryModel
import SystemIO
import Testing
import WireCodec

/// A server that does what a test says, with blocking calls on a thread of its own.
final class ScriptedPeer: Sendable {
  /// One accepted connection.
  final class Connection {
    private let socket: ConnectedSocket
    private var received = FrameBuffer()

    init(_ socket: consuming ConnectedSocket) { self.socket = socket }

    private func wait(_ events: Int32) {
      var entry = pollfd(fd: socket.rawValue, events: Int16(events), revents: 0)
      // No limit: a client closes in the end, and a busy machine is slow without being wrong.
      _ = unsafe poll(&entry, 1, -1)
    }

    /// The next frame of the client; `nil` when it has gone.
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
        guard case .bytes(let count) = unsafe socket.read(into: room) else { return nil }
        received.commit(count)
      }
    }

    /// Sends bytes, in pieces of `piece`.
    func send(_ bytes: [UInt8], piece: Int = .max) {
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = Array(rest.prefix(piece))
        switch unsafe part.withUnsafeBytes({ unsafe socket.write($0) }) {
        case .bytes(let count): rest = rest.dropFirst(count)
        case .wouldBlock: wait(POLLOUT)
        case .end, .failed: return
        }
      }
    }

    /// Answers the greeting.
    func greet(store: UInt64 = 1) {
      _ = read()
      let welcome = Welcome(
        version: .current, frameBytesMax: 1 << 20, inFlightMax: 64, batchCommandsMax: 100,
        retentionSeconds: 60, storeLow: store, storeHigh: 0, epoch: 1, position: 0,
        serverName: "scripted")
      send(
        Self.frame(Opcode.hello.rawValue | Opcode.replyBit, 0) {
          MessageCodec.encode(welcome, into: &$0)
        })
    }

    /// A reply to a request.
    static func reply(_ header: FrameHeader, _ outcome: Outcome = .done, position: Position = 1)
      -> [UInt8]
    {
      frame(header.opcode | Opcode.replyBit, header.correlation) {
        MessageCodec.encode(Reply(outcome: outcome, position: position), into: &$0)
      }
    }

    static func frame(
      _ opcode: UInt16, _ correlation: UInt64, _ body: (inout ByteWriter) -> Void
    ) -> [UInt8] {
      var writer = ByteWriter()
      let start = writer.beginFrame()
      body(&writer)
      writer.endFrame(start, opcode: opcode, correlation: correlation)
      return writer.array()
    }
  }

  let endpoint: Endpoint
  private let queue = DispatchQueue(label: "test.peer")

  /// Serves connections one after another: `scripts[0]` the first, and the last one all that follow.
  init(_ scripts: [@Sendable (Connection) -> Void]) throws {
    let any = try #require(SocketAddress("127.0.0.1:0"))
    let listener = try ListeningSocket(on: any, backlog: 16)
    endpoint = try #require(Endpoint("\(listener.localAddress)"))
    let descriptor = listener.rawValue
    let raw = dup(descriptor)
    _ = consume listener
    queue.async {
      var served = 0
      while true {
        var entry = pollfd(fd: raw, events: Int16(POLLIN), revents: 0)
        // For as long as the process lives: no test may find its peer gone.
        guard unsafe poll(&entry, 1, -1) > 0 else { break }
        let connection = accept(raw, nil, nil)
        guard connection >= 0 else { continue }
        _ = fcntl(connection, F_SETFL, O_NONBLOCK)
        let script = scripts[min(served, scripts.count - 1)]
        served += 1
        script(Connection(ConnectedSocket(adopting: connection)))
      }
      close(raw)
    }
  }

  /// A client of this peer.
  func client(deadline: Duration = .seconds(300)) throws -> HoldfastClient {
    var configuration = ClientConfiguration(endpoints: [endpoint])
    configuration.deadline = deadline
    return try HoldfastClient(configuration)
  }
}
