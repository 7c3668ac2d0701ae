// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import HTTP2

@Suite struct HTTP2SessionTests {
  typealias F = FrameBytes
  static let second: Int64 = 1_000_000_000

  /// A greeted session.
  func session(_ limits: HTTP2Limits = HTTP2Limits(), settings: [(UInt16, UInt32)] = [])
    -> HTTP2Session
  {
    let session = HTTP2Session(limits: limits, now: 0)
    #expect(feed(session, F.preface + F.settings(settings)).isEmpty)
    _ = output(session)
    return session
  }

  @discardableResult
  func feed(_ session: HTTP2Session, _ bytes: [UInt8], now: Int64 = 1) -> [HTTP2Event] {
    unsafe bytes.withUnsafeBytes { unsafe session.receive($0, now: now) }
  }

  func output(_ session: HTTP2Session)
    -> [(type: UInt8, flags: UInt8, stream: UInt32, payload: [UInt8])]
  {
    var bytes: [UInt8] = []
    session.takeOutput(into: &bytes)
    return F.read(bytes)
  }

  func request(_ event: HTTP2Event?) -> HTTP2Request? {
    if case .request(let request) = event { return request }
    return nil
  }

  @Test func `a request arrives whole or byte by byte, and is answered`() {
    for isDripped in [false, true] {
      let session = HTTP2Session(now: 0)
      let bytes = F.preface + F.settings() + F.request(stream: 1, "GET", "/healthz?x=1")
      var events: [HTTP2Event] = []
      if isDripped {
        for byte in bytes { events += feed(session, [byte]) }
      } else {
        events = feed(session, bytes)
      }
      #expect(events.count == 1)
      let got = request(events.first)
      #expect(got?.method == "GET")
      #expect(got?.path == "/healthz?x=1")
      #expect(got?.authority == "test")
      session.respond(to: 1, HTTP2Response(status: 200, body: Array("ok\n".utf8)))
      let frames = output(session)
      #expect(frames.contains { $0.type == 1 && $0.stream == 1 })
      let body = frames.filter { $0.type == 0 }.flatMap(\.payload)
      #expect(body == Array("ok\n".utf8))
      #expect(!session.isFinished)
    }
  }

  @Test func `two streams do not mix`() {
    let session = session()
    let events = feed(
      session,
      F.request(stream: 1, "POST", "/a", endsStream: false)
        + F.request(stream: 3, "POST", "/b", endsStream: false)
        + F.data(stream: 1, [1, 2], endsStream: false) + F.data(stream: 3, [9], endsStream: true)
        + F.data(stream: 1, [3], endsStream: true))
    #expect(events.compactMap { request($0)?.path } == ["/b", "/a"])
    #expect(events.compactMap { request($0)?.body } == [[9], [1, 2, 3]])
  }

  @Test func `the answer to HEAD has no body`() {
    let session = session()
    feed(session, F.request(stream: 1, "HEAD", "/metrics"))
    session.respond(to: 1, HTTP2Response(status: 200, body: [1, 2, 3]), isHead: true)
    let frames = output(session)
    #expect(frames.contains { $0.type == 1 && $0.flags & 1 == 1 })
    #expect(!frames.contains { $0.type == 0 })
  }

  @Test func `a body over the limit resets its stream and no other`() {
    var limits = HTTP2Limits()
    limits.bodyBytesMax = 100
    let session = session(limits)
    feed(session, F.request(stream: 1, "POST", "/", endsStream: false))
    feed(session, F.data(stream: 1, [UInt8](repeating: 0, count: 101), endsStream: false))
    #expect(output(session).contains { $0.type == 3 && $0.stream == 1 })
    let later = feed(session, F.request(stream: 3)).compactMap { request($0)?.stream }
    #expect(later == [3])
  }

  @Test func `a header list over the limit is not delivered`() {
    var limits = HTTP2Limits()
    limits.headerListBytesMax = 1_000
    let session = session(limits)
    let long = String(repeating: "x", count: 900)
    let events = feed(session, F.request(stream: 1, "GET", "/", [("a", long)]))
    #expect(events.allSatisfy { request($0) == nil })
    #expect(request(feed(session, F.request(stream: 3)).first)?.stream == 3)
  }

  @Test func `what is not HTTP/2 finishes the session`() {
    let session = HTTP2Session(now: 0)
    feed(session, Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
    _ = output(session)
    #expect(session.isFinished)
  }

  @Test func `each flood is answered by ENHANCE_YOUR_CALM and the end`() {
    let floods: [(String, [UInt8])] = [
      ("PING", (0..<61).flatMap { _ in F.ping() }),
      ("SETTINGS", (0..<20).flatMap { _ in F.settings() }),
      (
        "empty DATA",
        F.request(stream: 1, "POST", "/", endsStream: false)
          + (0..<101).flatMap { _ in F.data(stream: 1, [], endsStream: false) }
      ),
    ]
    for (name, bytes) in floods {
      let session = session()
      feed(session, bytes)
      expectCalm(session, name)
    }
  }

  @Test func `resets that the peer provokes from us are counted`() {
    let session = session()
    // A window beyond 2^31 - 1 makes the server reset the stream: MadeYouReset.
    for index in 0..<60 as Range<UInt32> where !session.isFinished {
      feed(
        session,
        F.request(stream: 2 * index + 1, "POST", "/", endsStream: false)
          + F.windowUpdate(stream: 2 * index + 1, 0x7FFF_FFFF))
      let frames = output(session)
      if frames.contains(where: { $0.type == 7 }) {
        #expect(index >= 49)
        #expect(code(frames) == 11)
        return
      }
    }
    Issue.record("no GOAWAY")
  }

  @Test func `rapid reset by the peer ends the session`() {
    let session = session()
    var isOver = false
    for index in 0..<400 as Range<UInt32> where !isOver {
      feed(session, F.request(stream: 2 * index + 1) + F.reset(stream: 2 * index + 1))
      isOver = output(session).contains { $0.type == 7 }
    }
    #expect(isOver)
  }

  func code(_ frames: [(type: UInt8, flags: UInt8, stream: UInt32, payload: [UInt8])]) -> UInt8? {
    frames.first { $0.type == 7 }?.payload.dropFirst(7).first
  }

  func expectCalm(_ session: HTTP2Session, _ name: String) {
    #expect(code(output(session)) == 11, "\(name)")
    #expect(session.isFinished, "\(name)")
  }

  @Test func `a slow preface and a stream without end are overdue`() {
    let limits = HTTP2Limits()
    let fresh = HTTP2Session(limits: limits, now: 0)
    #expect(!fresh.isOverdue(now: limits.prefaceNanoseconds - 1))
    #expect(fresh.isOverdue(now: limits.prefaceNanoseconds))
    let busy = session()
    feed(busy, F.request(stream: 1, "POST", "/", endsStream: false), now: Self.second)
    #expect(!busy.isOverdue(now: Self.second + limits.streamNanoseconds - 1))
    #expect(busy.isOverdue(now: Self.second + limits.streamNanoseconds))
    let idle = session()
    #expect(!idle.isOverdue(now: limits.idleNanoseconds - 1))
    #expect(idle.isOverdue(now: limits.idleNanoseconds))
  }

  @Test func `a tiny window gets the whole body bit by bit`() {
    let session = session(settings: [(4, 10)])
    feed(session, F.request(stream: 1))
    let body = (0..<100).map { UInt8($0) }
    session.respond(to: 1, HTTP2Response(status: 200, body: body))
    var got = output(session).filter { $0.type == 0 }.flatMap(\.payload)
    #expect(got.count == 10)
    while got.count < 100 {
      feed(session, F.windowUpdate(stream: 1, 7))
      let more = output(session).filter { $0.type == 0 }.flatMap(\.payload)
      #expect(!more.isEmpty)
      if more.isEmpty { return }
      got += more
    }
    #expect(got == body)
  }

  @Test func `an answer to a stream that is gone is dropped`() {
    let session = session()
    feed(session, F.request(stream: 1))
    #expect(feed(session, F.reset(stream: 1)) == [.streamReset(1)])
    session.respond(to: 1, HTTP2Response(status: 200, body: [1]))
    #expect(!output(session).contains { $0.type == 1 })
  }

  @Test func `a budget is filled evenly`() {
    var budget = HTTP2Budget(burst: 2, perNanoseconds: 10)
    let taken = [0, 0, 0, 4, 5, 5, 1_000, 1_000, 1_000].map { budget.take(now: $0) }
    #expect(taken == [true, true, false, false, true, false, true, true, false])
  }
}
