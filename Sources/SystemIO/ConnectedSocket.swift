// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// What one read or write came to.
package enum TransferResult: Equatable, Sendable {
  /// So many bytes, at least one.
  case bytes(Int)
  /// Nothing now.
  case wouldBlock
  /// The peer sends no more (reads only).
  case end
  /// The connection is beyond use.
  case failed(SystemError)
}

/// A non-blocking TCP connection. Small writes go out at once (TCP_NODELAY), and a peer that vanishes is
/// noticed (keep-alive and TCP_USER_TIMEOUT, 15 s).
package struct ConnectedSocket: ~Copyable {
  private let descriptor: FileDescriptor

  /// Takes over a connected, non-blocking socket.
  package init(adopting rawValue: Int32) {
    descriptor = FileDescriptor(adopting: rawValue)
    ConnectedSocket.setOptions(rawValue)
  }

  package var rawValue: Int32 { descriptor.rawValue }

  /// Gives the socket up without closing it, for another lane to adopt.
  package consuming func release() -> Int32 { descriptor.release() }

  /// Begins a connection; it stands when the socket is writable and `connectionError` is `nil`.
  /// connect(2).
  package static func connect(to address: SocketAddress) throws(SystemError) -> ConnectedSocket {
    let type =
      Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
      | Int32(SOCK_CLOEXEC.rawValue)
    let raw = try SystemCall.run("socket") { Glibc.socket(address.family, type, 0) }
    let socket = ConnectedSocket(adopting: raw)
    let (_, error) = SystemCall.result {
      unsafe address.withRaw { unsafe Glibc.connect(raw, $0, $1) }
    }
    if error != 0, error != EINPROGRESS { throw SystemError("connect", error) }
    return socket
  }

  /// Why the connection did not come about or broke; `nil` while all is well. getsockopt(2), SO_ERROR.
  package var connectionError: SystemError? {
    var error: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    _ = unsafe getsockopt(rawValue, SOL_SOCKET, SO_ERROR, &error, &length)
    return error == 0 ? nil : SystemError("connect", error)
  }

  /// read(2).
  package func read(into buffer: UnsafeMutableRawBufferPointer) -> TransferResult {
    let (count, error) = SystemCall.result {
      unsafe Glibc.read(rawValue, buffer.baseAddress, buffer.count)
    }
    if error == 0 { return count == 0 ? .end : .bytes(count) }
    return error == EAGAIN ? .wouldBlock : .failed(SystemError("read", error))
  }

  /// send(2), without SIGPIPE.
  package func write(_ bytes: UnsafeRawBufferPointer) -> TransferResult {
    let (count, error) = SystemCall.result {
      unsafe Glibc.send(rawValue, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
    }
    if error == 0 { return .bytes(count) }
    return error == EAGAIN ? .wouldBlock : .failed(SystemError("send", error))
  }

  /// Says that no more will be sent. shutdown(2).
  package func shutdownWrite() { _ = Glibc.shutdown(rawValue, Int32(SHUT_WR)) }

  /// Closes with a reset instead of an orderly end. SO_LINGER.
  package consuming func abort() {
    var option = linger(l_onoff: 1, l_linger: 0)
    _ = unsafe setsockopt(
      rawValue, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  private static func setOptions(_ raw: Int32) {
    let tcp = Int32(IPPROTO_TCP)
    for (level, name, value) in [
      (tcp, TCP_NODELAY, Int32(1)), (tcp, TCP_USER_TIMEOUT, 15_000), (SOL_SOCKET, SO_KEEPALIVE, 1),
      (tcp, TCP_KEEPIDLE, 15), (tcp, TCP_KEEPINTVL, 5), (tcp, TCP_KEEPCNT, 3),
    ] {
      // A refusal (the peer may be gone already) shows at the next read.
      var value = value
      _ = unsafe setsockopt(raw, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }
  }
}
