// SPDX-License-Identifier: Apache-2.0

internal import ClientCore
internal import SystemIO
internal import WireCodec

/// One connection of a client: socket, buffers and machine. Confined to the client's lane.
final class ClientLink {
  let socket: ConnectedSocket
  var machine: ClientConnectionStateMachine
  var received = FrameBuffer()
  var output = ByteWriter()
  var sent = 0
  /// Calls in flight here.
  var calls: Set<UInt64> = []
  /// Monotonic nanoseconds by which it must serve.
  let greetingDeadline: Int64
  var watchesWrites = true

  init(socket: consuming ConnectedSocket, windowMax: Int, greetingDeadline: Int64) {
    self.socket = socket
    machine = ClientConnectionStateMachine(windowMax: windowMax)
    self.greetingDeadline = greetingDeadline
  }

  var unsentBytes: Int { output.count - sent }

  /// Writes what waits, as far as the kernel takes it.
  ///
  /// - Returns: the error that ended the connection, if one did.
  func flush() -> String? {
    while unsentBytes > 0 {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: output.bytes[sent...])
      switch unsafe socket.write(rest) {
      case .bytes(let count): sent += count
      case .wouldBlock: return nil
      case .end: return "connection closed"
      case .failed(let error): return "\(error)"
      }
    }
    output.clear()
    sent = 0
    return nil
  }

  /// Adds a frame to the output.
  func write(opcode: UInt16, correlation: UInt64, deadlineMilliseconds: UInt32, _ body: [UInt8]) {
    let start = output.beginFrame()
    unsafe body.withUnsafeBytes { unsafe output.append($0) }
    output.endFrame(
      start, opcode: opcode, correlation: correlation, deadlineMilliseconds: deadlineMilliseconds)
  }

  /// Adds the greeting to the output.
  func greet(_ hello: Hello) {
    let start = output.beginFrame()
    MessageCodec.encode(hello, into: &output)
    output.endFrame(start, opcode: Opcode.hello.rawValue, correlation: 0)
  }
}
