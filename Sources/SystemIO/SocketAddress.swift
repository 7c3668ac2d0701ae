// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import Glibc

/// An IPv4 or IPv6 address with a port, written `HOST:PORT`: 127.0.0.1:7400, [::1]:7400, localhost:7400.
/// Names are not looked up: a server that waits for a name service at start is a server that does not start.
package struct SocketAddress: Sendable, Hashable, CustomStringConvertible {
  /// Network bytes of the host, 4 or 16 of them.
  private let host: [UInt8]
  /// 0 lets the kernel choose.
  package let port: UInt16

  init(host: [UInt8], port: UInt16) {
    self.host = host
    self.port = port
  }

  /// Reads `HOST:PORT`; `nil` for anything else.
  package init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let digits = text[text.index(after: colon)...]
    guard digits.allSatisfy(\.isNumber), let port = UInt16(digits) else { return nil }
    var name = String(text[..<colon])
    if name == "localhost" { name = "127.0.0.1" }
    if name.hasPrefix("["), name.hasSuffix("]") {
      guard let bytes = SocketAddress.parse(String(name.dropFirst().dropLast()), AF_INET6, 16)
      else { return nil }
      self.init(host: bytes, port: port)
    } else {
      guard let bytes = SocketAddress.parse(name, AF_INET, 4) else { return nil }
      self.init(host: bytes, port: port)
    }
  }

  private static func parse(_ name: String, _ family: Int32, _ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    let isValid = unsafe bytes.withUnsafeMutableBytes {
      unsafe inet_pton(family, name, $0.baseAddress) == 1
    }
    return isValid ? bytes : nil
  }

  /// Whether only this machine can reach it: 127.0.0.0/8 or ::1.
  package var isLoopback: Bool {
    host.count == 4 ? host[0] == 127 : host.dropLast().allSatisfy { $0 == 0 } && host.last == 1
  }

  /// `HOST:PORT`.
  package var description: String {
    var text = [CChar](repeating: 0, count: 64)
    let family = host.count == 4 ? AF_INET : AF_INET6
    _ = unsafe inet_ntop(family, host, &text, 64)
    let name = String(
      decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return host.count == 4 ? "\(name):\(port)" : "[\(name)]:\(port)"
  }

  var family: Int32 { host.count == 4 ? AF_INET : AF_INET6 }

  /// Calls `body` with the address as the kernel wants it.
  func withRaw<Value>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
    var storage = sockaddr_storage()
    let length: Int
    if host.count == 4 {
      length = MemoryLayout<sockaddr_in>.size
      unsafe withUnsafeMutableBytes(of: &storage) {
        unsafe $0.storeBytes(of: sa_family_t(AF_INET), as: sa_family_t.self)
        unsafe $0.storeBytes(of: port.bigEndian, toByteOffset: 2, as: UInt16.self)
        for index in 0..<4 { unsafe $0[4 + index] = host[index] }
      }
    } else {
      length = MemoryLayout<sockaddr_in6>.size
      unsafe withUnsafeMutableBytes(of: &storage) {
        unsafe $0.storeBytes(of: sa_family_t(AF_INET6), as: sa_family_t.self)
        unsafe $0.storeBytes(of: port.bigEndian, toByteOffset: 2, as: UInt16.self)
        for index in 0..<16 { unsafe $0[8 + index] = host[index] }
      }
    }
    return unsafe withUnsafePointer(to: &storage) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(length))
      }
    }
  }

  /// The address the kernel filled in.
  static func reading(
    _ fill: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Void
  )
    -> SocketAddress
  {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    unsafe withUnsafeMutablePointer(to: &storage) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe fill($0, &length) }
    }
    return unsafe withUnsafeBytes(of: &storage) { bytes in
      let family = unsafe bytes.load(as: sa_family_t.self)
      let port = unsafe UInt16(bigEndian: bytes.load(fromByteOffset: 2, as: UInt16.self))
      let host = Int32(family) == AF_INET6 ? unsafe bytes[8..<24] : unsafe bytes[4..<8]
      return unsafe SocketAddress(host: Array(host), port: port)
    }
  }
}

extension SocketAddress {
  /// The first address of a host: an address as it is, a name by the system's resolver, which may block for
  /// as long as the name service takes. getaddrinfo(3).
  package static func lookUp(host: String, port: UInt16) -> SocketAddress? {
    if let address = SocketAddress(host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)") {
      return address
    }
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard unsafe getaddrinfo(host, nil, &hints, &found) == 0, let first = unsafe found else {
      return nil
    }
    defer { unsafe freeaddrinfo(found) }
    let length = unsafe Int(first.pointee.ai_addrlen)
    guard let source = unsafe first.pointee.ai_addr else { return nil }
    let address = unsafe SocketAddress.reading { target, filled in
      unsafe UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: length)
      unsafe filled.pointee = socklen_t(length)
    }
    return SocketAddress(host: address.host, port: port)
  }
}
