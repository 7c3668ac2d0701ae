// SPDX-License-Identifier: Apache-2.0

import HoldfastClient
import InventoryModel
import Testing
import WireCodec

/// The client against servers that do not behave.
@Suite struct ClientPeerTests {
  typealias Connection = ScriptedPeer.Connection
  let command = Command.deleteStock(2)

  @Test func `replies may overtake one another`() async throws {
    let peer = try ScriptedPeer([
      { connection in
        connection.greet()
        var requests: [FrameHeader] = []
        while requests.count < 3, let frame = connection.read() { requests.append(frame.header) }
        for header in requests.reversed() {
          connection.send(Connection.reply(header, position: header.correlation))
        }
        _ = connection.read()
      }
    ])
    let client = try peer.client()
    let positions = try await withThrowingTaskGroup(of: Position.self) { group in
      for _ in 0..<3 {
        group.addTask { try await client.execute(self.command, id: .make()).position }
      }
      return try await group.reduce(into: Set<Position>()) { $0.insert($1) }
    }
    #expect(positions.count == 3)
    await client.close()
  }

  @Test func `replies may come byte by byte`() async throws {
    let peer = try ScriptedPeer([
      { connection in
        connection.greet()
        while let frame = connection.read() {
          connection.send(Connection.reply(frame.header), piece: 1)
        }
      }
    ])
    let client = try peer.client()
    #expect(try await client.execute(command, id: .make()).outcome == .done)
    await client.close()
  }

  @Test func `a command whose reply was lost is sent again, the same bytes under the same id`()
    async throws
  {
    let (bodies, seen) = AsyncStream.makeStream(of: [UInt8].self)
    let peer = try ScriptedPeer([
      { connection in
        connection.greet()
        if let frame = connection.read() { seen.yield(frame.body) }
      },
      { connection in
        connection.greet()
        while let frame = connection.read() {
          seen.yield(frame.body)
          seen.finish()
          connection.send(Connection.reply(frame.header))
        }
      },
    ])
    let client = try peer.client()
    #expect(try await client.execute(command, id: .make()).outcome == .done)
    var all: [[UInt8]] = []
    for await body in bodies { all.append(body) }
    #expect(all.count == 2)
    #expect(all.first == all.last)
    await client.close()
  }

  @Test func `without an answer the outcome is unknown, and the id is told`() async throws {
    let peer = try ScriptedPeer([
      { connection in
        connection.greet()
        while connection.read() != nil {}
      }
    ])
    let client = try peer.client()
    _ = try await client.greeting()
    let id = CommandID.make()
    await #expect {
      try await client.execute(command, id: id, deadline: .seconds(5))
    } throws: {
      guard case .outcomeUnknown(let told, _)? = $0 as? ClientError else { return false }
      return told == id
    }
    await #expect {
      try await client.ask(.status, deadline: .seconds(5))
    } throws: {
      guard case .notAnswered? = $0 as? ClientError else { return false }
      return true
    }
    await client.close()
  }

  @Test func `where nobody listens nothing is sent`() async throws {
    let endpoint: Endpoint
    do { endpoint = try ScriptedPeer([{ _ in }]).endpoint }
    var configuration = ClientConfiguration(endpoints: [Endpoint(host: "127.0.0.1", port: 1)])
    configuration.deadline = .milliseconds(100)
    _ = endpoint
    let client = try HoldfastClient(configuration)
    await #expect {
      try await client.execute(command, id: .make())
    } throws: {
      guard case .notSent? = $0 as? ClientError else { return false }
      return true
    }
    await client.close()
  }

  @Test func `a server that talks garbage is left, and the next connection serves`() async throws {
    let peer = try ScriptedPeer([
      { connection in
        connection.greet()
        _ = connection.read()
        connection.send(
          Array("HTTP/1.1 400 Bad Request\r\n\r\n and some more to fill a header".utf8))
      },
      { connection in
        connection.greet()
        while let frame = connection.read() { connection.send(Connection.reply(frame.header)) }
      },
    ])
    let client = try peer.client()
    #expect(try await client.execute(command, id: .make()).outcome == .done)
    await client.close()
  }

  @Test func `a refused greeting is told and not tried for ever`() async throws {
    let peer = try ScriptedPeer([
      { connection in
        _ = connection.read()
        connection.send(
          Connection.frame(Opcode.fault.rawValue | Opcode.replyBit, 0) {
            MessageCodec.encode(Fault(.unsupported, "too old"), into: &$0)
          })
      }
    ])
    let client = try peer.client()
    await #expect(throws: ClientError.refusedByServer(.unsupported, reason: "too old")) {
      try await client.execute(command, id: .make())
    }
    await client.close()
  }

  @Test func `an overloaded server is asked again`() async throws {
    let peer = try ScriptedPeer([
      { connection in
        connection.greet()
        var count = 0
        while let frame = connection.read() {
          count += 1
          let outcome: Outcome =
            count <= 2 ? .refused(Refusal(.overloaded)) : .counted(UInt32(count))
          connection.send(Connection.reply(frame.header, outcome))
        }
      }
    ])
    let client = try peer.client()
    #expect(try await client.execute(command, id: .make()).outcome == .counted(3))
    await client.close()
  }

  @Test func `another store behind the same address is not written to`() async throws {
    let peer = try ScriptedPeer([
      { connection in
        connection.greet(store: 1)
        if let frame = connection.read() { connection.send(Connection.reply(frame.header)) }
        _ = connection.read()
      },
      { connection in
        connection.greet(store: 2)
        while connection.read() != nil {}
      },
    ])
    let client = try peer.client()
    #expect(try await client.execute(command, id: .make()).outcome == .done)
    await #expect(throws: ClientError.otherStore) {
      try await client.execute(command, id: .make())
    }
    await client.close()
  }

  @Test func `two hundred tasks share one client`() async throws {
    let running = try await RunningServer.start()
    let client = try running.client()
    try await client.stock("LAMP", 200)
    let refusals = try await withThrowingTaskGroup(of: RefusalCode?.self) { group in
      for number in 0..<200 {
        group.addTask {
          let place = Place(DocumentID("o\(number)"), .request(request("LAMP", 1)))
          return try await client.run(.place(place)).refusal?.code
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(refusals.allSatisfy { $0 == nil })
    await client.close()
    await running.stop()
  }

  @Test func `a cancelled task ends its call at once`() async throws {
    let (sent, tell) = AsyncStream.makeStream(of: Void.self)
    let peer = try ScriptedPeer([
      { connection in
        connection.greet()
        while connection.read() != nil { tell.finish() }
        tell.finish()
      }
    ])
    let client = try peer.client(deadline: .seconds(600))
    let id = CommandID.make()
    let failure = await withTaskGroup(of: ClientError?.self) { group in
      group.addTask {
        do throws(ClientError) {
          _ = try await client.execute(self.command, id: id)
          return nil
        } catch {
          return error
        }
      }
      for await _ in sent {}
      group.cancelAll()
      return await group.next() ?? nil
    }
    #expect(failure == .outcomeUnknown(id, reason: "cancelled"))
    await client.close()
  }

  @Test func `what cannot be sent is refused before it is`() async throws {
    let running = try await RunningServer.start()
    let client = try running.client()
    await #expect(throws: ClientError.self) { try await client.execute(command, id: .none) }
    let long = String(repeating: "x", count: 1_000)
    let skus = (0..<2_000).map { SKU("\($0)" + long) }
    await #expect {
      try await client.ask(.salable(.stock(1), skus))
    } throws: {
      guard case .misuse? = $0 as? ClientError else { return false }
      return true
    }
    await client.close()
    await #expect(throws: ClientError.notSent(reason: "the client is closed")) {
      try await client.execute(command, id: .make())
    }
    await running.stop()
  }
}
