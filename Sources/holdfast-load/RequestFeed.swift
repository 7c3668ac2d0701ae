// SPDX-License-Identifier: Apache-2.0

internal import WireCodec

/// Where a lane's requests come from and where their answers go: a load run, a survey of the server's
/// state, pings.
protocol RequestFeed: Sendable {
  /// A request in flight: small, with the moment its latency counts from where that matters.
  associatedtype Request: Sendable

  /// What to do with a free place in a window. Moments are nanoseconds of the monotonic clock.
  mutating func next(at now: Int64) -> FeedStep<Request>

  /// Writes the body of a request.
  ///
  /// - Returns: its opcode.
  mutating func encode(_ request: Request, into writer: inout ByteWriter) -> Opcode

  /// An answer came.
  ///
  /// - Returns: a request to send at once in the same place, or `nil`.
  mutating func answered(
    _ request: Request, _ body: UnsafeRawBufferPointer, at now: Int64
  ) throws(WireFault) -> Request?

  /// No answer will come: the connection broke, or the lane's patience ended.
  mutating func lost(_ request: Request)
}

/// What to do with a free place in a window.
enum FeedStep<Request> {
  /// Send this.
  case send(Request)
  /// Come back at that moment.
  case wait(until: Int64)
  /// Come back when something is lost that must be sent again; else it is over.
  case done
}
