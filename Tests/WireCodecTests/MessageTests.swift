// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import WireCodec

@Suite struct MessageTests {
  func decode(_ opcode: UInt16, _ body: [UInt8]) throws -> (CommandID, Command) {
    try unsafe body.withUnsafeBytes {
      try unsafe MessageCodec.decodeCommand(opcode: opcode, body: $0)
    }
  }

  @Test(arguments: 0..<Chance.commandKinds) func `every command comes back as it went`(_ kind: Int)
    throws
  {
    var chance = Chance(UInt64(kind))
    for _ in 0..<100 {
      let command = chance.command(kind)
      let id = chance.id()
      let body = encoded { MessageCodec.encode(command, id: id, into: &$0) }
      let (gotID, got) = try decode(Opcode(command).rawValue, body)
      #expect(got == command)
      #expect(gotID == id)
    }
  }

  @Test func `the server's own commands have no id, all others have one`() throws {
    for command in [Command.pulse, .digest(7)] {
      let body = encoded { MessageCodec.encode(command, id: .none, into: &$0) }
      #expect(try decode(Opcode(command).rawValue, body).1 == command)
      let named = encoded {
        MessageCodec.encode(command, id: CommandID(low: 1, high: 0), into: &$0)
      }
      #expect(throws: WireFault.commandID) { try decode(Opcode(command).rawValue, named) }
    }
    let nameless = encoded { MessageCodec.encode(.deleteStock(2), id: .none, into: &$0) }
    #expect(throws: WireFault.commandID) { try decode(Opcode.deleteStock.rawValue, nameless) }
  }

  @Test(arguments: 0..<12) func `every reply comes back as it went`(_ kind: Int) throws {
    var chance = Chance(UInt64(kind) + 1_000)
    for _ in 0..<100 {
      let reply = chance.reply(kind)
      let body = encoded { MessageCodec.encode(reply, into: &$0) }
      let got = try unsafe body.withUnsafeBytes { try unsafe MessageCodec.decodeReply($0) }
      #expect(got == reply)
    }
  }

  @Test func `every query comes back as it went`() throws {
    var chance = Chance(5)
    let queries: [Query] = [
      .status, .salable(.stock(1), ["A", "b"]), .check(chance.request()), .hold("h"), .order("o"),
      .outcome(chance.id()), .sourceItems("A"),
      .sourceItemPage(after: SourceItemKey(source: "s", sku: "A"), limit: 3),
      .sourceItemPage(after: nil, limit: 0), .onHandPage(after: "A", limit: 9),
      .onHandPage(after: nil, limit: 9), .sources, .stocks, .product("A"), .store,
      .explain("A", stock: 3), .explain("A", stock: nil), .entries(.all, after: 1, limit: 2),
      .entries(.sku("A"), after: 1, limit: 2), .entries(.order("o"), after: 1, limit: 2),
      .entries(.hold("h"), after: 1, limit: 2),
    ]
    for query in queries {
      let body = encoded { MessageCodec.encode(query, into: &$0) }
      let got = try unsafe body.withUnsafeBytes {
        try unsafe MessageCodec.decodeQuery(opcode: Opcode(query).rawValue, body: $0)
      }
      #expect(got == query)
    }
  }

  @Test func `a message that ends early or late is refused, wherever it is cut`() throws {
    var chance = Chance(11)
    for kind in 0..<Chance.commandKinds {
      let command = chance.command(kind)
      let opcode = Opcode(command).rawValue
      let body = encoded { MessageCodec.encode(command, id: chance.id(), into: &$0) }
      for length in 0..<body.count {
        #expect(throws: WireFault.self, "kind \(kind), cut at \(length)") {
          try decode(opcode, Array(body[..<length]))
        }
      }
      #expect(throws: WireFault.trailingBytes(1)) { try decode(opcode, body + [0]) }
    }
  }

  @Test func `whatever decodes encodes to the same bytes`() {
    // The digest of the bytes stands for the content, so there must be one way to write it.
    var decoded = 0
    for seed in 0..<60_000 as Range<UInt64> {
      var chance = Chance(seed)
      let command = chance.command(Int(seed))
      let opcode = Opcode(command).rawValue
      var body = encoded { MessageCodec.encode(command, id: chance.id(), into: &$0) }
      for _ in 0..<chance.below(3) + 1 where body.count > 16 {
        body[16 + chance.below(body.count - 16)] = UInt8(truncatingIfNeeded: chance.next())
      }
      guard let (id, got) = try? decode(opcode, body) else { continue }
      decoded += 1
      let again = encoded { MessageCodec.encode(got, id: id, into: &$0) }
      #expect(again == body, "seed \(seed)")
    }
    #expect(decoded > 1_000)
  }

  @Test func `random bytes never do more than be refused`() {
    var chance = Chance(99)
    for _ in 0..<100_000 {
      let opcode = chance.pick(Opcode.allCases).rawValue
      let body = (0..<chance.below(80)).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
      unsafe body.withUnsafeBytes { bytes in
        _ = try? unsafe MessageCodec.decodeCommand(opcode: opcode, body: bytes)
        _ = try? unsafe MessageCodec.decodeQuery(opcode: opcode, body: bytes)
        _ = try? unsafe MessageCodec.decodeReply(bytes)
        _ = try? unsafe MessageCodec.decodeAnswer(bytes)
        _ = try? unsafe MessageCodec.decodeHello(bytes)
        _ = try? unsafe MessageCodec.decodeWelcome(bytes)
        _ = try? unsafe MessageCodec.decodeFault(bytes)
        _ = try? unsafe MessageCodec.decodeBatchReply(bytes)
      }
    }
  }

  @Test func `text must be UTF-8 and not too long`() throws {
    let id = CommandID(low: 1, high: 1)
    let good = encoded { MessageCodec.encode(.extend(hold: "ab", seconds: 1), id: id, into: &$0) }
    var bad = good
    bad[18] = 0xFF
    #expect(throws: WireFault.notUTF8) { try decode(Opcode.extend.rawValue, bad) }
    let longest = DocumentID(String(repeating: "x", count: Limits.textBytesMax))
    let atLimit = encoded {
      MessageCodec.encode(.extend(hold: longest, seconds: 1), id: id, into: &$0)
    }
    #expect(try decode(Opcode.extend.rawValue, atLimit).1 == .extend(hold: longest, seconds: 1))
    let longer = DocumentID(longest.text + "x")
    let over = encoded {
      MessageCodec.encode(.extend(hold: longer, seconds: 1), id: id, into: &$0)
    }
    #expect(throws: WireFault.tooLong(Limits.textBytesMax + 1)) {
      try decode(Opcode.extend.rawValue, over)
    }
  }

  @Test func `a lying count of lines is refused before memory is taken`() {
    let id = CommandID(low: 1, high: 1)
    var body = encoded { MessageCodec.encode(.release(hold: "h", lines: []), id: id, into: &$0) }
    body[body.count - 2] = 0xFE
    body[body.count - 1] = 0x1F
    #expect(throws: WireFault.truncated) { try decode(Opcode.release.rawValue, body) }
    body[body.count - 1] = 0xFF
    #expect(throws: WireFault.tooLong(65_534)) { try decode(Opcode.release.rawValue, body) }
  }
}
