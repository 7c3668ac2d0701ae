// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoldfastClient
import InventoryModel
import ServerCore
import SystemIO
import Testing
import WireCodec

@testable import HoldfastServer

/// Every kind of bad input has its documented answer, however it is delivered, and disturbs nobody else.
@Suite struct BadInputTests {
  /// The bad frames of Protocol/Vectors, with what a server has to answer.
  static func vectors() throws -> [(name: String, answer: String, bytes: [UInt8])] {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Protocol/Vectors/frames-bad.hex")
    var vectors: [(name: String, answer: String, bytes: [UInt8])] = []
    for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    where !line.hasPrefix("#") {
      if let colon = line.firstIndex(of: ":") {
        let words = line[line.index(after: colon)...].split(separator: " ")
        let code = words[1].replacingOccurrences(of: ":", with: "")
        vectors.append(
          (
            String(line[..<colon]),
            words[0] == "fault" ? "fault \(code), closed" : "refused \(code)",
            []
          ))
        if words[0] == "incomplete" { vectors[vectors.count - 1].answer = "" }
      } else {
        vectors[vectors.count - 1].bytes += line.split(separator: " ").compactMap {
          UInt8($0, radix: 16)
        }
      }
    }
    return vectors
  }

  @Test(arguments: RawPeer.Delivery.allCases)
  func `bad frames get the answer the vectors name`(_ delivery: RawPeer.Delivery) async throws {
    let running = try await RunningServer.start()
    let honest = try running.client()
    try await honest.stock("LAMP", 1)
    for vector in try Self.vectors() where !vector.answer.isEmpty {
      // The server's own commands are refused as unknown from a client, before their id is looked at.
      let expected = vector.name == "pulse-with-id" ? "refused unsupported" : vector.answer
      let peer = try RawPeer(running.server.address)
      try peer.greet()
      peer.send(vector.bytes, delivery)
      #expect(try peer.answer() == expected, "\(vector.name)")
      if expected.hasPrefix("refused") { #expect(peer.isAlive(), "\(vector.name)") }
    }
    #expect(try await honest.onHand() == ["LAMP": 1])
    await honest.close()
    await running.stop()
  }

  @Test(arguments: RawPeer.Delivery.allCases)
  func `nothing but a small, sound greeting opens a connection`(_ delivery: RawPeer.Delivery)
    async throws
  {
    let running = try await RunningServer.start()
    let table: [(String, [UInt8], String)] = [
      ("a command", RawPeer.command(.deleteStock(2)), "fault malformed, closed"),
      ("a ping", RawPeer.ping(3), "fault malformed, closed"),
      (
        "too large", RawPeer.hello { $0.clientName = String(repeating: "x", count: 5_000) },
        "fault malformed, closed"
      ),
      ("unknown required feature", RawPeer.hello { $0.required = 4 }, "fault unsupported, closed"),
      ("newer versions only", RawPeer.hello { $0.minorMin = 9 }, "fault unsupported, closed"),
      ("other major", RawPeer.hello { $0.major = 2 }, "fault unsupported, closed"),
      ("text", Array("GET / HTTP/1.1\r\n\r\n".utf8), "fault malformed, closed"),
    ]
    for (name, bytes, expected) in table where delivery != .coalesced {
      let peer = try RawPeer(running.server.address)
      peer.send(bytes, delivery)
      #expect(try peer.answer() == expected, "\(name)")
    }
    let twice = try RawPeer(running.server.address)
    try twice.greet()
    twice.send(RawPeer.hello())
    #expect(try twice.answer() == "fault malformed, closed")
    await running.stop()
  }

  @Test func `what can be understood and is wrong is refused by name`() async throws {
    let running = try await RunningServer.start()
    let client = try running.client()
    try await client.stock("LAMP", 10)
    func place(_ sku: SKU, _ quantity: Int64, _ point: SalesPoint = .stock(1)) -> Command {
      let line = OrderLine(sku, Quantity(tenThousandths: quantity))
      return .place(Place("o", .request(ReserveRequest(point, OrderLines(line)))))
    }
    let long = SKU(String(repeating: "x", count: 65))
    let table: [(String, Command, RefusalCode, String)] = [
      ("SKU too long", place(long, 10_000), .invalid, "sku"),
      ("SKU empty", place("", 10_000), .invalid, "sku"),
      ("quantity zero", place("LAMP", 0), .invalid, "qty"),
      ("quantity negative", place("LAMP", -10_000), .invalid, "qty"),
      ("quantity at the end", place("LAMP", .max), .invalid, "qty"),
      ("quantity at the other end", place("LAMP", .min), .invalid, "qty"),
      ("fraction", place("LAMP", 15_000), .quantityDecimal, ""),
      ("unknown channel", place("LAMP", 10_000, .channel("nowhere")), .unknownChannel, ""),
      ("unknown stock", place("LAMP", 10_000, .stock(77)), .unknownStock, ""),
      (
        "unknown source",
        .receive(Receive("r", source: "nowhere", lines: [OrderLine("LAMP", 1)])), .unknownSource, ""
      ),
      (
        "negative shelf",
        .setSourceItems([SourceItemChange(source: .default, sku: "LAMP", quantity: -1)]), .invalid,
        "qty"
      ),
      ("no rows", .setSourceItems([]), .emptyInput, ""),
      ("no lines", .place(Place("o", .request(ReserveRequest(.stock(1), [])))), .emptyInput, ""),
    ]
    for (name, command, code, field) in table {
      let refusal = try await client.run(command).refusal
      #expect(refusal?.code == code, "\(name)")
      #expect(refusal?.field ?? "" == field, "\(name)")
    }
    #expect(try await client.onHand() == ["LAMP": 10])
    await client.close()
    await running.stop()
  }

  @Test func `a batch with a command that cannot be read is answered in order`() async throws {
    let running = try await RunningServer.start()
    let peer = try RawPeer(running.server.address)
    try peer.greet()
    let good = Command.setProduct(ProductChange("LAMP"))
    var body = ByteWriter()
    MessageCodec.encode(
      batch: [(.make(), good), (.make(), .deleteStock(2)), (.make(), good)], into: &body)
    var bytes = body.array()
    // The second command's opcode becomes one that does not exist.
    let second = 4 + 8 + Int(bytes[8])
    bytes[second] = 0xFE
    peer.send(
      RawPeer.frame(Opcode.batch.rawValue, 8) { writer in
        unsafe bytes.withUnsafeBytes { unsafe writer.append($0) }
      })
    let (header, reply) = try #require(peer.read())
    #expect(header.correlation == 8)
    let replies = try unsafe reply.withUnsafeBytes { try unsafe MessageCodec.decodeBatchReply($0) }
    #expect(replies.map { $0.outcome.refusal?.code } == [nil, .unsupported, nil])
    peer.send(RawPeer.frame(Opcode.batch.rawValue, 9) { _ in })
    #expect(try peer.answer() == "refused malformed")
    #expect(peer.isAlive())
    await running.stop()
  }

  @Test func `slow greetings, slow frames and silence are ended`() async throws {
    let impatient = try await RunningServer.start {
      $0.limits.greetingNanoseconds = 50_000_000
    }
    let silent = try RawPeer(impatient.server.address)
    #expect(silent.read() == nil)
    await impatient.stop()
    let strict = try await RunningServer.start { $0.limits.frameNanoseconds = 50_000_000 }
    let slow = try RawPeer(strict.server.address)
    try slow.greet()
    slow.send(Array(RawPeer.ping(1).prefix(10)))
    #expect(slow.read() == nil)
    await strict.stop()
  }

  @Test func `a connection over the limit is closed, and there is room again later`() async throws {
    let running = try await RunningServer.start { $0.limits.connectionsMax = 1 }
    let first = try RawPeer(running.server.address)
    try first.greet()
    let second = try RawPeer(running.server.address)
    #expect(second.read() == nil)
    #expect(first.isAlive())
    await running.stop()
  }

  @Test func `a client that reads nothing is not read either`() async throws {
    let running = try await RunningServer.start { configuration in
      configuration.limits.outputPauseBytes = 64 << 10
      configuration.limits.outputResumeBytes = 32 << 10
      configuration.limits.writeStallNanoseconds = 300_000_000
    }
    let greedy = try RawPeer(running.server.address)
    try greedy.greet()
    let big = [UInt8](repeating: 7, count: 512 << 10)
    let ping = RawPeer.frame(Opcode.ping.rawValue, 1) { writer in
      unsafe big.withUnsafeBytes { unsafe writer.append($0) }
    }
    // Far more than both kernels keep: the server pauses, stalls, and closes.
    for _ in 0..<64 { greedy.send(ping) }
    let honest = try running.client()
    #expect(try await honest.ping() > .zero)
    await honest.close()
    await running.stop()
  }
}
