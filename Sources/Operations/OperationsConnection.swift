// SPDX-License-Identifier: Apache-2.0

internal import HTTP2
internal import SystemIO

/// One HTTP/2 connection of the operations plane: a socket and a session. Confined to its lane.
final class OperationsConnection {
  let socket: ConnectedSocket
  let session: HTTP2Session
  var watchesWrites = false
  private var output: [UInt8] = []
  private var sent = 0
  private var input = [UInt8](repeating: 0, count: 16 << 10)
  private var isGone = false

  init(socket: consuming ConnectedSocket, now: Int64) {
    self.socket = socket
    session = HTTP2Session(now: now)
  }

  var hasUnsent: Bool { sent < output.count }

  /// Reads what there is, and gives the requests that are whole.
  func read(now: Int64) -> [HTTP2Request] {
    var requests: [HTTP2Request] = []
    // Bounded, so that one busy peer does not keep the lane; the rest is reported again.
    for _ in 0..<8 {
      let result = unsafe input.withUnsafeMutableBytes { unsafe socket.read(into: $0) }
      guard case .bytes(let count) = result else {
        if result != .wouldBlock { isGone = true }
        break
      }
      let events = unsafe input.withUnsafeBytes {
        unsafe session.receive(UnsafeRawBufferPointer(rebasing: $0[..<count]), now: now)
      }
      for case .request(let request) in events { requests.append(request) }
      if session.isFinished { break }
    }
    return requests
  }

  /// Writes what there is, as far as the kernel takes it.
  ///
  /// - Returns: whether the connection is still of use.
  func write() -> Bool {
    if isGone { return false }
    while true {
      if !hasUnsent {
        output.removeAll(keepingCapacity: true)
        sent = 0
        session.takeOutput(into: &output)
        if output.isEmpty { return !session.isFinished }
      }
      let result = unsafe output.withUnsafeBytes {
        unsafe socket.write(UnsafeRawBufferPointer(rebasing: $0[sent...]))
      }
      switch result {
      case .bytes(let count): sent += count
      case .wouldBlock: return true
      case .end, .failed: return false
      }
    }
  }
}
