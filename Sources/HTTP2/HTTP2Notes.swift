// SPDX-License-Identifier: Apache-2.0

/// What the callbacks of one session write down: streams in the making, events, budgets.
final class HTTP2Notes {
  private struct Stream {
    var method = ""
    var path = ""
    var authority = ""
    var headers: [HTTP2Field] = []
    var headerBytes = 0
    var body: [UInt8] = []
    var began: Int64
    var isTooLarge = false
    /// The answer's body and how much of it was handed out.
    var answer: [UInt8] = []
    var answered = 0
  }

  private var streams: [Int32: Stream] = [:]
  /// Open streams in order of their beginning, so that nothing depends on the order of a dictionary.
  private var order: [Int32] = []
  private var events: [HTTP2Event] = []
  private var limits: HTTP2Limits
  private var isExceeded = false
  private var lastActivity: Int64
  private(set) var sawSettings = false
  var now: Int64

  init(limits: HTTP2Limits, now: Int64) {
    self.limits = limits
    self.now = now
    lastActivity = now
  }

  func takeEvents() -> [HTTP2Event] {
    defer { events = [] }
    return events
  }

  func takeExceeded() -> Bool {
    defer { isExceeded = false }
    return isExceeded
  }

  func isOpen(_ stream: Int32) -> Bool { streams[stream] != nil }

  func isOverdue(now: Int64) -> Bool {
    guard let oldest = order.first, let stream = streams[oldest] else {
      return now - lastActivity >= limits.idleNanoseconds
    }
    return now - stream.began >= limits.streamNanoseconds
  }

  func settingsReceived() {
    sawSettings = true
    spend(\.settings)
  }

  func pingReceived() { spend(\.pings) }
  func emptyDataReceived() { spend(\.emptyData) }
  func resetSent() { spend(\.resets) }

  private func spend(_ budget: WritableKeyPath<HTTP2Limits, HTTP2Budget>) {
    if !limits[keyPath: budget].take(now: now) { isExceeded = true }
  }

  func streamBegan(_ id: Int32) {
    lastActivity = now
    streams[id] = Stream(began: now)
    order.append(id)
  }

  /// - Returns: whether the field is kept; a header list over the limit is not.
  func fieldReceived(_ id: Int32, _ name: String, _ value: String) -> Bool {
    guard var stream = streams[id] else { return true }
    stream.headerBytes += name.utf8.count + value.utf8.count + 32
    guard stream.headerBytes <= limits.headerListBytesMax else { return false }
    switch name {
    case ":method": stream.method = value
    case ":path": stream.path = value
    case ":authority": stream.authority = value
    default: if !name.hasPrefix(":") { stream.headers.append(HTTP2Field(name, value)) }
    }
    streams[id] = stream
    return true
  }

  /// - Returns: whether the body is still within the limit.
  func bodyReceived(_ id: Int32, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let count = streams[id]?.body.count else { return true }
    guard count + bytes.count <= limits.bodyBytesMax else { return false }
    unsafe streams[id]?.body.append(contentsOf: bytes)
    return true
  }

  func requestEnded(_ id: Int32) {
    guard let stream = streams[id] else { return }
    events.append(
      .request(
        HTTP2Request(
          stream: id, method: stream.method, path: stream.path, authority: stream.authority,
          headers: stream.headers, body: stream.body)))
    streams[id]?.body = []
  }

  func streamClosed(_ id: Int32, byPeer: Bool) {
    lastActivity = now
    guard streams.removeValue(forKey: id) != nil else { return }
    order.removeAll { $0 == id }
    if byPeer { events.append(.streamReset(id)) }
  }

  func setBody(_ body: [UInt8], of id: Int32) { streams[id]?.answer = body }

  /// Copies the next piece of an answer's body.
  ///
  /// - Returns: how many bytes, and whether that was the last piece.
  func copyBody(
    of id: Int32, to buffer: UnsafeMutableBufferPointer<UInt8>
  ) -> (count: Int, isLast: Bool) {
    guard let stream = streams[id] else { return (0, true) }
    let count = min(buffer.count, stream.answer.count - stream.answered)
    unsafe stream.answer.withUnsafeBufferPointer { body in
      for index in 0..<count { unsafe buffer[index] = body[stream.answered + index] }
    }
    streams[id]?.answered += count
    return (count, stream.answered + count == stream.answer.count)
  }
}
