// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import Glibc

/// A non-blocking listening TCP socket.
///
/// It keeps one spare descriptor: when the process has run out of them, the spare is given up for a
/// moment to accept and close the waiting peer, which would otherwise wake the lane for ever.
package struct ListeningSocket: ~Copyable {
  private let descriptor: FileDescriptor
  private var spare: FileDescriptor?
  /// Where it listens, with the real port.
  package let localAddress: SocketAddress

  package var rawValue: Int32 { descriptor.rawValue }

  /// socket(2), bind(2), listen(2); SO_REUSEADDR, so that a restart does not wait for old connections.
  package init(on address: SocketAddress, backlog: Int32) throws(SystemError) {
    let type =
      Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
      | Int32(SOCK_CLOEXEC.rawValue)
    let raw = try SystemCall.run("socket") { Glibc.socket(address.family, type, 0) }
    let socket = FileDescriptor(adopting: raw)
    var one: Int32 = 1
    _ = unsafe setsockopt(
      raw, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
    try SystemCall.run("bind") { unsafe address.withRaw { unsafe Glibc.bind(raw, $0, $1) } }
    try SystemCall.run("listen") { Glibc.listen(raw, backlog) }
    localAddress = unsafe SocketAddress.reading { _ = unsafe getsockname(raw, $0, $1) }
    spare = ListeningSocket.makeSpare()
    descriptor = socket
  }

  /// What became of one attempt.
  package enum Accepted: ~Copyable {
    case accepted(ConnectedSocket, SocketAddress)
    case wouldBlock
    /// Out of descriptors; the peer was closed. Pause before the next attempt.
    case exhausted
  }

  /// Takes one waiting connection. accept4(2).
  package mutating func accept() -> Accepted {
    while true {
      var error: Int32 = 0
      var raw: Int32 = -1
      let peer = unsafe SocketAddress.reading { address, length in
        let result = SystemCall.result {
          unsafe holdfast_accept(rawValue, address, length)
        }
        (raw, error) = (result.value, result.error)
      }
      switch error {
      case 0: return .accepted(ConnectedSocket(adopting: raw), peer)
      case EAGAIN: return .wouldBlock
      case EMFILE, ENFILE, ENOBUFS, ENOMEM:
        shedOne()
        return .exhausted
      // The peer gave up while it waited: take the next.
      default: continue
      }
    }
  }

  private mutating func shedOne() {
    spare = nil
    let raw = Glibc.accept(rawValue, nil, nil)
    if raw >= 0 { _ = FileDescriptor(adopting: raw) }
    spare = ListeningSocket.makeSpare()
  }

  private static func makeSpare() -> FileDescriptor? {
    let raw = unsafe holdfast_open("/dev/null", O_RDONLY, 0, 0)
    return raw < 0 ? nil : FileDescriptor(adopting: raw)
  }
}
