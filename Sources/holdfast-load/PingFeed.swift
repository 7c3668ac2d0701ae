// SPDX-License-Identifier: Apache-2.0

internal import Histogram
internal import WireCodec

/// Pings that carry as many bytes as a reservation: the whole road but the commit, for comparison.
struct PingFeed: RequestFeed {
  /// When it was sent.
  typealias Request = Int64

  private var times = RunTimes.notYet
  let bodyBytes: Int
  private(set) var latency = LatencyHistogram.empty
  private(set) var answersMeasured = 0
  private(set) var lostCount = 0
  private let filler: [UInt8]
  private var interval = LatencyHistogram.empty

  init(bodyBytes: Int) {
    self.bodyBytes = bodyBytes
    filler = Array(repeating: 0x48, count: bodyBytes)
  }

  mutating func begin(_ times: RunTimes) { self.times = times }

  mutating func next(at now: Int64) -> FeedStep<Int64> { now >= times.end ? .done : .send(now) }

  mutating func encode(_ request: Int64, into writer: inout ByteWriter) -> Opcode {
    unsafe filler.withUnsafeBytes { unsafe writer.append($0) }
    return .ping
  }

  mutating func answered(
    _ request: Int64, _ body: UnsafeRawBufferPointer, at now: Int64
  ) throws(WireFault) -> Int64? {
    if body.count != bodyBytes { throw .inconsistent }
    let nanoseconds = UInt64(max(now - request, 0))
    interval.record(nanoseconds)
    if request >= times.measured { latency.record(nanoseconds) }
    if now >= times.measured && now < times.end { answersMeasured += 1 }
    return nil
  }

  mutating func lost(_ request: Int64) { lostCount += 1 }

  /// Latencies since the last call.
  mutating func takeInterval() -> LatencyHistogram {
    defer { interval = .empty }
    return interval
  }
}
