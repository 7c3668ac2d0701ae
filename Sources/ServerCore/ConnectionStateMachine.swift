// SPDX-License-Identifier: Apache-2.0

package import InventoryModel
package import WireCodec

/// One client connection, without the socket: whether it is greeted, how many requests it may
/// still have in flight, whether it is read, and when its patience ends. It knows neither bytes of
/// commands nor time; the lane hands in both.
///
/// ```
/// greeting ──hello──▶ serving ──drain──▶ draining ──last reply──▶ closed
///     └───────any fault, silence, stall or loss of the peer──────────▲
/// ```
package struct ConnectionStateMachine: ~Copyable {
  /// - `greeting`: accepted, nothing valid received yet. Only `hello` is allowed, in a small frame.
  /// - `serving`: requests come in and replies go out.
  /// - `draining`: the server shuts down or the peer has finished sending; what is in flight is
  ///   answered, nothing new is read.
  /// - `closed`: the lane closes the socket; every event is ignored.
  package enum State: Sendable, Equatable {
    case greeting
    case serving
    case draining
    case closed
  }

  package private(set) var state = State.greeting
  /// Requests submitted and not yet answered; a batch counts each of its commands.
  package private(set) var inFlight = 0
  private var outputBytes = 0
  private var isOutputPaused = false
  private var lastProgress: Int64
  private var frameStart: Int64?
  private let limits: ServerLimits

  /// A connection accepted at `now`.
  package init(limits: ServerLimits, now: Int64) {
    self.limits = limits
    lastProgress = now
  }

  /// The largest frame that may be received now.
  package var frameBytesMax: Int {
    state == .greeting ? Limits.frameBytesBeforeGreetingMax : Limits.frameBytesMax
  }

  /// Whether the lane should read: there is room in the window and replies are being taken.
  package var isReading: Bool {
    switch state {
    case .greeting: true
    case .serving: inFlight < limits.inFlightMax && !isOutputPaused
    case .draining, .closed: false
    }
  }

  /// What is to be done with a well-formed frame.
  package enum Verdict: Sendable, Equatable {
    /// Check the greeting and answer it; then call `greeted` or `faulted`.
    case greet
    case pong
    /// Decode the command and submit it; then call `submitted`.
    case submit
    case submitBatch
    case ask
    /// Answer with this code and go on.
    case refuse(RefusalCode)
    /// Send one fault frame and close.
    case fault(RefusalCode)
    case ignore
  }

  /// A frame arrived whole, with valid checksums.
  package mutating func frameReceived(_ header: FrameHeader, now: Int64) -> Verdict {
    lastProgress = now
    frameStart = nil
    switch state {
    case .greeting:
      return header.opcode == Opcode.hello.rawValue ? .greet : .fault(.malformed)
    case .serving:
      if header.versionMinor > ProtocolVersion.current.minor { return .refuse(.unsupported) }
      guard let opcode = Opcode(rawValue: header.opcode) else { return .refuse(.unsupported) }
      switch opcode.family {
      case .command: return .submit
      case .batch: return .submitBatch
      case .query: return .ask
      case .ping: return .pong
      case .greeting: return .fault(.malformed)
      case .serverOnly: return .refuse(.unsupported)
      }
    case .draining, .closed:
      return .ignore
    }
  }

  /// The greeting was accepted.
  package mutating func greeted() {
    invariant(state == .greeting, "only a connection that is not greeted can be greeted")
    state = .serving
  }

  /// `count` requests went to the commit lane.
  package mutating func submitted(_ count: Int) {
    inFlight += count
  }

  /// `count` requests were answered.
  package mutating func answered(_ count: Int, now: Int64) {
    invariant(count <= inFlight, "no more requests are answered than were submitted")
    inFlight -= count
    lastProgress = now
    if state == .draining, inFlight == 0, outputBytes == 0 { state = .closed }
  }

  /// Bytes arrived that do not complete a frame.
  package mutating func partialFrameReceived(now: Int64) {
    if frameStart == nil { frameStart = now }
  }

  /// The number of unsent reply bytes changed; `progressed` when the peer took some.
  package mutating func outputChanged(to bytes: Int, progressed: Bool, now: Int64) {
    if progressed || outputBytes == 0 { lastProgress = now }
    outputBytes = bytes
    if bytes >= limits.outputPauseBytes { isOutputPaused = true }
    if bytes <= limits.outputResumeBytes { isOutputPaused = false }
    if state == .draining, inFlight == 0, bytes == 0 { state = .closed }
  }

  /// The peer will send no more, or the server stops: what is in flight is still answered.
  package mutating func drainRequested() {
    switch state {
    case .greeting: state = .closed
    case .serving: state = inFlight == 0 && outputBytes == 0 ? .closed : .draining
    case .draining, .closed: break
    }
  }

  /// The connection is beyond use: a fault was sent, or the peer is gone.
  package mutating func lost() { state = .closed }

  /// Why a connection has to go.
  package enum Impatience: String, Sendable {
    case greeting = "no greeting in time"
    case frame = "frame not completed in time"
    case stall = "replies not read"
    case idle = "idle"
  }

  /// Called about every second: which deadline has passed, if any.
  package func expired(now: Int64) -> Impatience? {
    switch state {
    case .greeting:
      return now - lastProgress >= limits.greetingNanoseconds ? .greeting : nil
    case .serving, .draining:
      if let frameStart, now - frameStart >= limits.frameNanoseconds { return .frame }
      if outputBytes > 0 {
        return now - lastProgress >= limits.writeStallNanoseconds ? .stall : nil
      }
      return inFlight == 0 && now - lastProgress >= limits.idleNanoseconds ? .idle : nil
    case .closed: return nil
    }
  }
}
