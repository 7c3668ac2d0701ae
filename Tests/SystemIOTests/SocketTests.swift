// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SystemIO

@Suite struct AddressTests {
  @Test(arguments: [
    ("127.0.0.1:7400", "127.0.0.1:7400", true), ("localhost:1", "127.0.0.1:1", true),
    ("[::1]:65535", "[::1]:65535", true), ("0.0.0.0:0", "0.0.0.0:0", false),
    ("10.1.2.3:80", "10.1.2.3:80", false),
  ])
  func `addresses are read`(_ text: String, _ printed: String, _ isLoopback: Bool) throws {
    let address = try #require(SocketAddress(text))
    #expect("\(address)" == printed)
    #expect(address.isLoopback == isLoopback)
  }

  @Test(arguments: [
    "", "127.0.0.1", ":7400", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "256.0.0.1:1",
    "::1:7400", "[::1]", "host.example:1", "127.0.0.1:7x",
  ])
  func `what is no address is refused`(_ text: String) {
    #expect(SocketAddress(text) == nil)
  }
}

/// Sends back what it gets, on a lane with one epoll set and one Dispatch source.
private actor EchoServer {
  nonisolated let lane = LaneQueue(label: "test.echo")
  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe lane.asUnownedSerialExecutor()
  }
  nonisolated let address: SocketAddress
  private var listener: ListeningSocket
  private var epoll: EpollSet
  private var sources: [ReadinessSource] = []
  private var open: [UInt64: OpenSocket] = [:]
  private var next: UInt64 = 1
  private(set) var accepted = 0

  final class OpenSocket {
    let socket: ConnectedSocket
    init(_ socket: consuming ConnectedSocket) { self.socket = socket }
  }

  init() throws {
    let any = try #require(SocketAddress("127.0.0.1:0"))
    let listening = try ListeningSocket(on: any, backlog: 1_024)
    address = listening.localAddress
    listener = listening
    epoll = try EpollSet()
  }

  func start() {
    let listening = ReadinessSource(descriptor: listener.rawValue, lane: lane) { [self] in
      assumeIsolated { $0.acceptAll() }
    }
    let ready = ReadinessSource(descriptor: epoll.descriptor, lane: lane) { [self] in
      assumeIsolated { $0.turn() }
    }
    sources = [listening, ready]
    for source in sources { source.resume() }
  }

  func stop() {
    for source in sources { source.cancel() }
    sources = []
    open = [:]
  }

  func openCount() -> Int { open.count }
  func acceptedCount() -> Int { accepted }

  private func acceptAll() {
    while true {
      switch listener.accept() {
      case .accepted(let socket, _):
        accepted += 1
        try? epoll.add(socket.rawValue, token: next, reads: true, writes: false)
        open[next] = OpenSocket(socket)
        next += 1
      case .wouldBlock: return
      case .exhausted: return
      }
    }
  }

  private func turn() {
    epoll.wait()
    var bytes = [UInt8](repeating: 0, count: 4_096)
    for index in 0..<epoll.readyCount {
      let event = epoll.ready(index)
      guard let connection = open[event.token] else { continue }
      let result = unsafe bytes.withUnsafeMutableBytes { unsafe connection.socket.read(into: $0) }
      switch result {
      case .bytes(let count):
        _ = unsafe bytes.withUnsafeBytes {
          unsafe connection.socket.write(UnsafeRawBufferPointer(rebasing: $0[..<count]))
        }
      case .wouldBlock: break
      case .end, .failed:
        epoll.remove(connection.socket.rawValue)
        open[event.token] = nil
      }
    }
  }
}

@Suite(.serialized) struct SocketTests {
  /// Blocks in poll(2) until the socket is ready for reading or writing.
  func wait(_ socket: borrowing ConnectedSocket, _ events: Int32) {
    var entry = pollfd(fd: socket.rawValue, events: Int16(events), revents: 0)
    _ = unsafe poll(&entry, 1, 300_000)
  }

  @Test func `bytes come back through one epoll set and one source`() async throws {
    let server = try EchoServer()
    await server.start()
    let socket = try ConnectedSocket.connect(to: server.address)
    wait(socket, POLLOUT)
    #expect(socket.connectionError == nil)
    let sent = Array("hold fast".utf8)
    #expect(unsafe sent.withUnsafeBytes { unsafe socket.write($0) } == .bytes(sent.count))
    wait(socket, POLLIN)
    var got = [UInt8](repeating: 0, count: 64)
    let result = unsafe got.withUnsafeMutableBytes { unsafe socket.read(into: $0) }
    #expect(result == .bytes(sent.count))
    #expect(Array(got[..<sent.count]) == sent)
    #expect(unsafe got.withUnsafeMutableBytes { unsafe socket.read(into: $0) } == .wouldBlock)
    await server.stop()
  }

  @Test func `churn with resets leaks no descriptor`() async throws {
    let count = ProcessInfo.processInfo.environment["HOLDFAST_CHURN"].flatMap { Int($0) } ?? 2_000
    let server = try EchoServer()
    await server.start()
    for number in 0..<count {
      let socket = try ConnectedSocket.connect(to: server.address)
      wait(socket, POLLOUT)
      let byte: [UInt8] = [1]
      _ = unsafe byte.withUnsafeBytes { unsafe socket.write($0) }
      switch number % 3 {
      case 0: socket.abort()
      case 1:
        wait(socket, POLLIN)
        socket.abort()
      default:
        wait(socket, POLLIN)
        // An orderly end keeps its port for a minute, and there are not enough for a long churn.
        if number < 15_000 { socket.shutdownWrite() } else { socket.abort() }
      }
    }
    while await server.acceptedCount() < count { await Task.yield() }
    while await server.openCount() > 0 { await Task.yield() }
    #expect(await server.acceptedCount() == count)
    await server.stop()
  }

  @Test func `a taken port is an error that says so`() throws {
    let any = try #require(SocketAddress("127.0.0.1:0"))
    let first = try ListeningSocket(on: any, backlog: 1)
    #expect {
      _ = try ListeningSocket(on: first.localAddress, backlog: 1)
    } throws: {
      ($0 as? SystemError)?.isAddressInUse == true && "\($0)".contains("EADDRINUSE")
    }
  }

  @Test func `nobody there is an error of the connection`() throws {
    let any = try #require(SocketAddress("127.0.0.1:0"))
    let address: SocketAddress
    do { address = try ListeningSocket(on: any, backlog: 1).localAddress }
    let socket = try ConnectedSocket.connect(to: address)
    wait(socket, POLLOUT)
    #expect(socket.connectionError != nil)
  }
}
