// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// Many commands in one frame. Each is a command of its own: only the frame is shared.
///
/// A u32 count, then for each u16 opcode, u16 zero, u32 body bytes, body. The answer has the same form, with
/// the replies in the order of the commands.
@safe package struct BatchReader {
  private var reader: ByteReader
  /// Commands in the batch, 1 to `Limits.batchCommandsMax`.
  package let count: Int

  /// Checks the whole form before anything is taken, so that `next` cannot fail halfway.
  package init(_ body: UnsafeRawBufferPointer) throws(WireFault) {
    var check = unsafe ByteReader(body)
    count = Int(try check.integer(UInt32.self))
    guard count >= 1 else { throw .truncated }
    guard count <= Limits.batchCommandsMax else { throw .tooLong(count) }
    reader = check
    for _ in 0..<count { _ = try BatchReader.item(&check) }
    try check.end()
  }

  /// One command or reply of a batch.
  @safe package struct Item {
    package let opcode: UInt16
    package let body: UnsafeRawBufferPointer
  }

  /// The next one; `nil` after the last.
  package mutating func next() -> Item? {
    reader.remaining > 0 ? try? BatchReader.item(&reader) : nil
  }

  private static func item(_ reader: inout ByteReader) throws(WireFault) -> Item {
    let opcode: UInt16 = try reader.integer()
    let reserved: UInt16 = try reader.integer()
    if reserved != 0 { throw .unknownValue(Int(reserved)) }
    return unsafe Item(opcode: opcode, body: try reader.part(Int(try reader.integer(UInt32.self))))
  }
}

/// A reply in a batch, with the opcode of its command.
package struct BatchReply: Sendable, Equatable {
  package let opcode: UInt16
  package let reply: Reply

  package init(opcode: UInt16, reply: Reply) {
    self.opcode = opcode
    self.reply = reply
  }
}

extension MessageCodec {
  /// Writes the body of a batch of commands.
  package static func encode(
    batch commands: [(id: CommandID, command: Command)], into writer: inout ByteWriter
  ) {
    writer.append(UInt32(commands.count))
    for (id, command) in commands {
      item(Opcode(command).rawValue, into: &writer) { encode(command, id: id, into: &$0) }
    }
  }

  /// Writes the body of the answer to a batch.
  package static func encode(batch replies: [BatchReply], into writer: inout ByteWriter) {
    writer.append(UInt32(replies.count))
    for reply in replies {
      item(reply.opcode | Opcode.replyBit, into: &writer) { encode(reply.reply, into: &$0) }
    }
  }

  /// Reads the body of the answer to a batch.
  package static func decodeBatchReply(
    _ body: UnsafeRawBufferPointer
  ) throws(WireFault) -> [Reply] {
    var items = try unsafe BatchReader(body)
    var replies: [Reply] = []
    replies.reserveCapacity(items.count)
    while let item = items.next() { replies.append(try unsafe decodeReply(item.body)) }
    return replies
  }

  private static func item(
    _ opcode: UInt16, into writer: inout ByteWriter, _ body: (inout ByteWriter) -> Void
  ) {
    writer.append(opcode)
    writer.append(0 as UInt16)
    let place = writer.count
    writer.append(0 as UInt32)
    body(&writer)
    writer.patch(UInt32(writer.count - place - 4), at: place)
  }
}

extension CommandID {
  /// Bytes of an id on the wire.
  package static let byteCount = 16
}
