// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import SystemIO
internal import WireCodec

/// One connection of a lane: its socket, the bytes on their way, and the window of requests in
/// flight. Confined to its lane.
final class LoadConnection<Request: Sendable> {
  /// - `closed`: to be opened at `retryAt`.
  /// - `connecting`: the handshake of TCP is under way.
  /// - `greeting`: the hello is sent.
  /// - `open`: requests flow.
  enum State { case closed, connecting, greeting, open }

  let number: Int
  var state = State.closed
  /// When a closed connection is tried again, in nanoseconds of the monotonic clock.
  var retryAt: Int64 = 0
  private(set) var socket: ConnectedSocket?
  private var received = FrameBuffer(capacity: 256 << 10)
  var output = ByteWriter(capacity: 256 << 10)
  private var outputTaken = 0
  var watchesWrites = false
  /// Places of the window; the correlation id of a request is its place.
  private var places: [Request?]
  private(set) var free: [Int]

  init(number: Int, inFlight: Int) {
    self.number = number
    places = Array(repeating: nil, count: inFlight)
    free = Array((0..<inFlight).reversed())
  }

  var inFlightCount: Int { places.count - free.count }
  var unsentBytes: Int { output.count - outputTaken }
  var descriptor: Int32 { socket?.rawValue ?? -1 }

  func connect(to address: SocketAddress) throws(SystemError) {
    socket = try ConnectedSocket.connect(to: address)
    state = .connecting
    received = FrameBuffer(capacity: 256 << 10)
    output.clear()
    outputTaken = 0
  }

  var connectionError: SystemError? { socket?.connectionError }

  /// Closes the socket and empties the window.
  ///
  /// - Returns: the requests that were in it.
  func close() -> [Request] {
    let lost = places.compactMap { $0 }
    places = Array(repeating: nil, count: places.count)
    free = Array(places.indices.reversed())
    socket = nil
    state = .closed
    return lost
  }

  /// Shrinks the empty window to what the server allows.
  func narrow(to inFlight: Int) {
    if inFlight >= places.count || inFlightCount > 0 { return }
    places = Array(repeating: nil, count: max(inFlight, 1))
    free = Array(places.indices.reversed())
  }

  /// Puts a request into a free place, of which there must be one.
  func admit(_ request: Request) -> Int? {
    guard let place = free.popLast() else { return nil }
    places[place] = request
    return place
  }

  /// The request at a place that was answered; its place is free again unless another follows.
  func take(_ correlation: UInt64) -> (place: Int, request: Request)? {
    guard correlation < UInt64(places.count), let request = places[Int(correlation)] else {
      return nil
    }
    return (Int(correlation), request)
  }

  /// A place gets its next request, or none.
  func replace(_ place: Int, with request: Request?) {
    places[place] = request
    if request == nil { free.append(place) }
  }

  /// One read of what has arrived.
  func read() -> TransferResult {
    let room = unsafe received.writable(atLeast: 64 << 10)
    guard let result = unsafe socket?.read(into: room) else { return .end }
    if case .bytes(let count) = result { received.commit(count) }
    return result
  }

  /// The next whole frame; good until `consume`.
  func nextFrame() -> FrameStep { received.next(frameBytesMax: Limits.frameBytesMax) }
  func consume() { received.consume() }

  /// Writes what is waiting, as far as the kernel takes it.
  ///
  /// - Returns: what is wrong with the connection, if anything.
  func flush() -> SystemError? {
    while unsentBytes > 0 {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: output.bytes[outputTaken...])
      switch unsafe socket?.write(rest) ?? .end {
      case .bytes(let count): outputTaken += count
      case .wouldBlock: return nil
      case .end: return SystemError("send", 0)
      case .failed(let error): return error
      }
    }
    output.clear()
    outputTaken = 0
    return nil
  }
}
