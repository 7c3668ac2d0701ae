// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
package import WireCodec

/// One connection of a client, without the socket: how far it has come, and what a frame of the server means
/// there. The server is not trusted more than it has to be: what does not fit ends the connection.
///
/// ```
/// connecting ──connected──▶ greeting ──welcome──▶ serving ──lost or faulted──▶ closed
/// ```
package struct ClientConnectionStateMachine: ~Copyable {
  /// - `connecting`: the socket is on its way.
  /// - `greeting`: `hello` was sent.
  /// - `serving`: requests may be sent, as many as the server's window allows.
  /// - `closed`: of no use; what was in flight goes to another connection.
  package enum State: Sendable, Equatable {
    case connecting
    case greeting
    case serving
    case closed
  }

  package private(set) var state = State.connecting
  package private(set) var inFlight = 0
  package private(set) var welcome: Welcome?
  private let windowMax: Int

  /// - Parameter windowMax: requests the client itself wants in flight at most.
  package init(windowMax: Int) { self.windowMax = windowMax }

  /// Requests that may be sent now.
  package var room: Int {
    guard state == .serving, let welcome else { return 0 }
    return max(0, min(windowMax, Int(welcome.inFlightMax)) - inFlight)
  }

  /// The socket stands: send `hello`.
  package mutating func connected() {
    invariant(state == .connecting, "a socket connects once")
    state = .greeting
  }

  /// `count` requests were sent.
  package mutating func sent(_ count: Int) {
    invariant(state == .serving, "requests are sent on a greeted connection")
    inFlight += count
  }

  /// What a frame of the server means.
  package enum Verdict: Sendable, Equatable {
    /// Decode the welcome, then call `welcomed` or `lost`.
    case welcome
    /// It answers the request with this correlation.
    case answer
    /// Decode the fault; the server closes.
    case fault
    /// It makes no sense here.
    case broken
  }

  /// A frame arrived whole, with valid checksums.
  package func frameReceived(_ header: FrameHeader) -> Verdict {
    if header.opcode == Opcode.fault.rawValue | Opcode.replyBit {
      return state == .closed ? .broken : .fault
    }
    switch state {
    case .greeting:
      return header.opcode == Opcode.hello.rawValue | Opcode.replyBit ? .welcome : .broken
    case .serving: return header.opcode & Opcode.replyBit != 0 ? .answer : .broken
    case .connecting, .closed: return .broken
    }
  }

  /// The server has greeted.
  package mutating func welcomed(_ welcome: Welcome) {
    invariant(state == .greeting, "a server greets once")
    self.welcome = welcome
    state = .serving
  }

  /// `count` requests were answered, or nobody waits for them any more.
  package mutating func answered(_ count: Int) {
    inFlight = max(0, inFlight - count)
  }

  /// The connection is gone.
  package mutating func lost() { state = .closed }
}
