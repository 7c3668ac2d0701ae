// SPDX-License-Identifier: Apache-2.0

import Foundation
import InventoryModel
import Testing

@testable import WireCodec

/// The golden bytes of Protocol/Vectors, read by the same words that another implementation would use.
@Suite struct VectorTests {
  /// One vector: a name, what it stands for, and the bytes of a frame.
  struct Vector {
    let name: String
    let expects: String
    let bytes: [UInt8]
  }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Protocol/Vectors")

  /// `# ...` is a comment; `name: expectation` begins a vector; lines of hexadecimal bytes follow.
  static func read(_ file: String) throws -> [Vector] {
    let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
    var vectors: [Vector] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if let colon = line.firstIndex(of: ":") {
        vectors.append(
          Vector(
            name: String(line[..<colon]),
            expects: line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces),
            bytes: []))
      } else if let last = vectors.popLast() {
        let bytes = line.split(separator: " ").compactMap { UInt8($0, radix: 16) }
        vectors.append(
          Vector(name: last.name, expects: last.expects, bytes: last.bytes + bytes))
      }
    }
    return vectors
  }

  /// The messages of the good vectors. Reading the file gives these, and these give the file.
  static let id = CommandID(low: 0x0706_0504_0302_0100, high: 0x0F0E_0D0C_0B0A_0908)
  static let request = ReserveRequest(.channel("base"), [OrderLine("LAMP", 2)])
  static let commands = sellingCommands + ruleCommands
  private static let sellingCommands: [(String, Command)] = [
    ("hold", .hold(Hold("cart-17", request, seconds: 900))),
    (
      "hold-all-fields",
      .hold(
        Hold(
          "cart-18",
          ReserveRequest(
            .stock(10), [OrderLine("LAMP", 2), OrderLine("램프", Quantity(tenThousandths: 5_000))],
            customer: "c-1", group: 2, mode: .fill, quantityChecksOnly: true,
            allowsBackorder: false, listsViolations: true), seconds: 60))
    ),
    ("place-request", .place(Place("1000001", .request(request)))),
    ("place-hold", .place(Place("1000002", .hold("cart-17", lines: [], reacquires: true)))),
    ("release", .release(hold: "cart-17", lines: [OrderLine("LAMP", 1)])),
    ("extend", .extend(hold: "cart-17", seconds: 600)),
    (
      "deduct",
      .deduct(
        Deduct(
          order: "1000001", document: "ship-1",
          parts: [.init(source: "default", lines: [OrderLine("LAMP", 2)])]))
    ),
    (
      "refund",
      .refund(
        Refund("1000001", document: "memo-1", lines: [.init("LAMP", 1, isReturned: true)]))
    ),
    ("receive", .receive(Receive("r-1", source: "default", lines: [OrderLine("LAMP", 100)]))),
    (
      "adjust",
      .adjust(Adjust(source: "default", sku: "LAMP", .by(-3), expectedVersion: 41))
    ),
    (
      "set-source-items",
      .setSourceItems([
        SourceItemChange(source: "default", sku: "LAMP", quantity: 55, notifyQuantity: 5)
      ])
    ),
    (
      "set-product",
      .setProduct(
        ProductChange(
          "LAMP", type: .simple,
          settings: [
            SettingChange(.backorders, 1), SettingChange(.outOfStockThreshold, quantity: -50),
            SettingChange(.manageStock, nil),
          ]))
    ),
  ]
  static let replies: [(String, Opcode, Reply)] = [
    ("reply-done", .setProduct, Reply(outcome: .done, position: 7)),
    (
      "reply-reserved", .hold,
      Reply(
        outcome: .reserved(Reserved(expiresAt: Timestamp(nanoseconds: 1_700_000_000_000_000_000))),
        position: 8, isReplayed: true)
    ),
    (
      "reply-refused", .place,
      Reply(
        outcome: .refused(
          Refusal(.notEnoughQuantity, sku: "LAMP", available: 1, requested: 2)), position: 9)
    ),
  ]

  static func text() -> String {
    var text =
      "# Good frames: each decodes to what its name says, with correlation 7, and encodes back to these bytes.\n"
    func add(_ name: String, _ opcode: UInt16, _ body: [UInt8]) {
      text += "\(name): opcode \(opcode)\n"
      let bytes = encoded { writer in
        let start = writer.beginFrame()
        unsafe body.withUnsafeBytes { unsafe writer.append($0) }
        writer.endFrame(start, opcode: opcode, correlation: 7)
      }
      for start in stride(from: 0, to: bytes.count, by: 16) {
        text += bytes[start..<min(start + 16, bytes.count)].map {
          String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }.joined(separator: " ")
        text += "\n"
      }
    }
    add(
      "hello", Opcode.hello.rawValue,
      encoded { MessageCodec.encode(Hello(clientName: "vectors"), into: &$0) })
    add("ping", Opcode.ping.rawValue, [])
    for (name, command) in commands {
      add(
        name, Opcode(command).rawValue,
        encoded { MessageCodec.encode(command, id: id, into: &$0) })
    }
    for (name, opcode, reply) in replies {
      add(
        name, opcode.rawValue | Opcode.replyBit,
        encoded { MessageCodec.encode(reply, into: &$0) })
    }
    for (name, query) in queries {
      add(name, Opcode(query).rawValue, encoded { MessageCodec.encode(query, into: &$0) })
    }
    for (name, opcode, answer) in answers {
      add(
        name, opcode.rawValue | Opcode.replyBit,
        encoded { MessageCodec.encode(answer, into: &$0) })
    }
    return text
  }

  @Test func `the good vectors are what the codec writes`() throws {
    let url = Self.folder.appendingPathComponent("frames-good.hex")
    if ProcessInfo.processInfo.environment["HOLDFAST_WRITE_VECTORS"] == "1" {
      try Self.text().write(to: url, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: url, encoding: .utf8) == Self.text())
  }

  @Test func `the good vectors are read as what they say`() throws {
    let vectors = try Self.read("frames-good.hex")
    #expect(
      vectors.count == Self.commands.count + Self.replies.count + Self.queries.count
        + Self.answers.count + 2)
    for vector in vectors {
      try unsafe vector.bytes.withUnsafeBytes { bytes in
        guard
          case .frame(let header, let body) = unsafe FrameDecoder.next(
            in: bytes, frameBytesMax: Limits.frameBytesMax)
        else {
          Issue.record("\(vector.name) is not a frame")
          return
        }
        #expect("opcode \(header.opcode)" == vector.expects)
        #expect(header.correlation == 7)
        if let command = Self.commands.first(where: { $0.0 == vector.name })?.1 {
          let got = try unsafe MessageCodec.decodeCommand(opcode: header.opcode, body: body)
          #expect(got == (Self.id, command), "\(vector.name)")
        }
        if let reply = Self.replies.first(where: { $0.0 == vector.name })?.2 {
          #expect(try unsafe MessageCodec.decodeReply(body) == reply)
        }
        if let query = Self.queries.first(where: { $0.0 == vector.name })?.1 {
          #expect(try unsafe MessageCodec.decodeQuery(opcode: header.opcode, body: body) == query)
        }
        if let answer = Self.answers.first(where: { $0.0 == vector.name })?.2 {
          #expect(try unsafe MessageCodec.decodeAnswer(body) == answer)
        }
      }
    }
  }

  @Test func `each bad vector is refused with the fault it names`() throws {
    let vectors = try Self.read("frames-bad.hex")
    #expect(vectors.count >= 15)
    for vector in vectors {
      unsafe vector.bytes.withUnsafeBytes { bytes in
        #expect(unsafe outcome(bytes) == vector.expects, "\(vector.name)")
      }
    }
  }

  /// What a server would make of a frame: a fault, a refusal, or `ok`.
  func outcome(_ bytes: UnsafeRawBufferPointer) -> String {
    switch unsafe FrameDecoder.next(in: bytes, frameBytesMax: Limits.frameBytesMax) {
    case .incomplete(let needed): return "incomplete \(needed)"
    case .broken(let fault): return "fault \(fault.code.name): \(fault)"
    case .frame(let header, let body):
      do {
        _ = try unsafe MessageCodec.decodeCommand(opcode: header.opcode, body: body)
        return "ok"
      } catch {
        return "refused \(error.code.name): \(error)"
      }
    }
  }

  @Test func `the documents name every opcode and every status code with its number`() throws {
    let messages = try String(
      contentsOf: Self.folder.appendingPathComponent("../Messages.md"), encoding: .utf8)
    for opcode in Opcode.allCases {
      let digits = String(opcode.rawValue, radix: 16, uppercase: true)
      let number = "0x" + (digits.count == 1 ? "0" : "") + digits
      #expect(messages.contains("\(opcode.name) \(number)"), "\(opcode.name) \(number)")
    }
    let codes = try String(
      contentsOf: Self.folder.appendingPathComponent("../StatusCodes.md"), encoding: .utf8)
    for code in RefusalCode.allCases {
      #expect(codes.contains("| \(code.rawValue) | `\(code.name)` |"), "\(code.name)")
    }
  }
}
