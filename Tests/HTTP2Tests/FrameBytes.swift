// SPDX-License-Identifier: Apache-2.0

@testable import HTTP2

/// Frames as an HTTP/2 client writes them, built by hand.
enum FrameBytes {
  static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  static func frame(_ type: UInt8, _ flags: UInt8, stream: UInt32, _ payload: [UInt8] = [])
    -> [UInt8]
  {
    let count = UInt32(payload.count)
    return [
      UInt8(truncatingIfNeeded: count >> 16), UInt8(truncatingIfNeeded: count >> 8),
      UInt8(truncatingIfNeeded: count), type, flags,
    ] + big(stream) + payload
  }

  static func big(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) }
  }

  static func settings(_ pairs: [(UInt16, UInt32)] = []) -> [UInt8] {
    frame(
      4, 0, stream: 0,
      pairs.flatMap { [UInt8($0.0 >> 8), UInt8(truncatingIfNeeded: $0.0)] + big($0.1) })
  }

  static func ping() -> [UInt8] { frame(6, 0, stream: 0, [UInt8](repeating: 0, count: 8)) }

  /// HEADERS with literal fields that are not indexed (RFC 7541, 6.2.2).
  static func headers(stream: UInt32, _ fields: [(String, String)], endsStream: Bool = true)
    -> [UInt8]
  {
    var block: [UInt8] = []
    for (name, value) in fields {
      block.append(0)
      block += text(name) + text(value)
    }
    return frame(1, endsStream ? 5 : 4, stream: stream, block)
  }

  /// A string literal with its length in 7 bits and more (RFC 7541, 5.1).
  private static func text(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    if bytes.count < 127 { return [UInt8(bytes.count)] + bytes }
    var rest = bytes.count - 127
    var length: [UInt8] = [127]
    while rest >= 128 {
      length.append(UInt8(rest % 128 + 128))
      rest /= 128
    }
    return length + [UInt8(rest)] + bytes
  }

  static func request(
    stream: UInt32, _ method: String = "GET", _ path: String = "/", _ more: [(String, String)] = [],
    endsStream: Bool = true
  ) -> [UInt8] {
    headers(
      stream: stream,
      [(":method", method), (":scheme", "http"), (":path", path), (":authority", "test")] + more,
      endsStream: endsStream)
  }

  static func data(stream: UInt32, _ bytes: [UInt8], endsStream: Bool) -> [UInt8] {
    frame(0, endsStream ? 1 : 0, stream: stream, bytes)
  }

  static func windowUpdate(stream: UInt32, _ increment: UInt32) -> [UInt8] {
    frame(8, 0, stream: stream, big(increment))
  }

  static func reset(stream: UInt32) -> [UInt8] { frame(3, 0, stream: stream, big(8)) }

  /// The frames in what a server sends.
  static func read(_ bytes: [UInt8]) -> [(
    type: UInt8, flags: UInt8, stream: UInt32, payload: [UInt8]
  )] {
    var found: [(UInt8, UInt8, UInt32, [UInt8])] = []
    var rest = bytes[...]
    while rest.count >= 9 {
      let head = Array(rest.prefix(9))
      let count = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
      let stream = head[5...].reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
      rest = rest.dropFirst(9)
      found.append((head[3], head[4], stream, Array(rest.prefix(count))))
      rest = rest.dropFirst(count)
    }
    return found
  }
}
