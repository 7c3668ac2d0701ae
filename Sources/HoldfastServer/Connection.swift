// SPDX-License-Identifier: Apache-2.0

internal import ServerCore
internal import SystemIO
internal import WireCodec

/// One client connection on its lane: the socket, what was read and not yet understood, what was
/// written and not yet taken, and the machine that decides. Confined to its lane.
final class Connection {
  let token: ConnectionToken
  let peer: SocketAddress
  var socket: ConnectedSocket
  var machine: ConnectionStateMachine
  var received = FrameBuffer()
  var output = ByteWriter()
  /// Bytes of `output` the kernel has taken.
  var outputTaken = 0
  /// What the epoll set watches for, to change it only when it differs.
  var watchesReads = true
  var watchesWrites = false
  /// Whether `output` grew since the last flush.
  var isDirty = false

  init(
    token: ConnectionToken, socket: consuming ConnectedSocket, peer: SocketAddress,
    limits: ServerLimits, now: Int64
  ) {
    self.token = token
    self.peer = peer
    self.socket = socket
    machine = ConnectionStateMachine(limits: limits, now: now)
  }

  var unsentBytes: Int { output.count - outputTaken }

  /// Writes what is waiting, as far as the kernel takes it.
  ///
  /// - Returns: whether the connection is still of use.
  func flushOutput(now: Int64) -> Bool {
    let before = outputTaken
    while unsentBytes > 0 {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: output.bytes[outputTaken...])
      switch unsafe socket.write(rest) {
      case .bytes(let count): outputTaken += count
      case .wouldBlock:
        machine.outputChanged(to: unsentBytes, progressed: outputTaken > before, now: now)
        return true
      case .end, .failed:
        machine.lost()
        return false
      }
    }
    output.clear()
    outputTaken = 0
    machine.outputChanged(to: 0, progressed: true, now: now)
    return true
  }
}
