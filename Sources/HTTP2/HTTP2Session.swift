// SPDX-License-Identifier: Apache-2.0

internal import CNghttp2

/// The server's side of one HTTP/2 connection, without the socket: bytes in, events out, bytes out. The one
/// door to nghttp2.
///
/// nghttp2 must not be called from its own callbacks in ways that change the session, nor from two
/// threads: callbacks here only take notes in `HTTP2Notes`, and every public method checks that it is not
/// entered from inside another. A session is confined to its lane.
@safe package final class HTTP2Session {
  private let session: OpaquePointer
  private let notes: HTTP2Notes
  private let limits: HTTP2Limits
  private let start: Int64
  private var isInside = false
  private var isBroken = false

  /// A session for a connection accepted at `now`; its SETTINGS are the first output.
  package init(limits: HTTP2Limits = HTTP2Limits(), now: Int64) {
    self.limits = limits
    start = now
    let notes = HTTP2Notes(limits: limits, now: now)
    self.notes = notes
    var callbacks: OpaquePointer?
    unsafe nghttp2_session_callbacks_new(&callbacks)
    unsafe HTTP2Callbacks.install(callbacks)
    var option: OpaquePointer?
    unsafe nghttp2_option_new(&option)
    unsafe nghttp2_option_set_stream_reset_rate_limit(option, 100, 10)
    unsafe nghttp2_option_set_max_settings(option, 16)
    unsafe nghttp2_option_set_max_outbound_ack(option, 64)
    unsafe nghttp2_option_set_max_send_header_block_length(option, 64 << 10)
    var session: OpaquePointer?
    // The session keeps the address of `notes`, which this object keeps alive until `deinit` has
    // deleted the session; callbacks run only inside calls made here.
    let status = unsafe nghttp2_session_server_new2(
      &session, callbacks, Unmanaged.passUnretained(notes).toOpaque(), option)
    unsafe nghttp2_option_del(option)
    unsafe nghttp2_session_callbacks_del(callbacks)
    guard status == 0, let session = unsafe session else { fatalError("no memory for HTTP/2") }
    unsafe self.session = unsafe session
    var entries = [
      nghttp2_settings_entry(
        settings_id: Int32(NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS.rawValue),
        value: limits.streamsMax),
      nghttp2_settings_entry(
        settings_id: Int32(NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE.rawValue),
        value: limits.windowBytes),
      nghttp2_settings_entry(
        settings_id: Int32(NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE.rawValue),
        value: UInt32(limits.headerListBytesMax)),
    ]
    unsafe nghttp2_submit_settings(
      session, UInt8(NGHTTP2_FLAG_NONE.rawValue), &entries, entries.count)
  }

  deinit { unsafe nghttp2_session_del(session) }

  /// Takes bytes of the peer, and gives what they came to. After bytes that break the protocol the session
  /// is finished once its output is written.
  package func receive(_ bytes: UnsafeRawBufferPointer, now: Int64) -> [HTTP2Event] {
    enter()
    defer { isInside = false }
    notes.now = now
    let count = unsafe nghttp2_session_mem_recv(
      session, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
    if count < 0 {
      // Not HTTP/2 at all, or beyond repair: nothing more is read.
      isBroken = true
      unsafe nghttp2_session_terminate_session(session, UInt32(NGHTTP2_PROTOCOL_ERROR.rawValue))
    }
    calmIfExceeded()
    return notes.takeEvents()
  }

  /// Answers a request; an answer to a stream that is gone is dropped.
  package func respond(to stream: Int32, _ response: HTTP2Response, isHead: Bool = false) {
    enter()
    defer { isInside = false }
    guard notes.isOpen(stream) else { return }
    notes.setBody(isHead ? [] : response.body, of: stream)
    let fields =
      [HTTP2Field(":status", String(response.status))] + response.headers
      + [HTTP2Field("content-length", String(response.body.count))]
    unsafe HTTP2Callbacks.submit(fields, on: stream, hasBody: !isHead, session)
  }

  /// Appends what is to be sent to `output`, up to about `most` bytes.
  package func takeOutput(into output: inout [UInt8], most: Int = 256 << 10) {
    enter()
    defer { isInside = false }
    while output.count < most {
      var data: UnsafePointer<UInt8>?
      let count = unsafe nghttp2_session_mem_send(session, &data)
      if count < 0 { isBroken = true }
      guard count > 0, let data = unsafe data else { break }
      unsafe output.append(contentsOf: UnsafeBufferPointer(start: data, count: count))
    }
    calmIfExceeded()
  }

  /// Looks at the deadlines.
  ///
  /// - Returns: whether the connection should go at once: no preface in time, or a stream without end.
  package func isOverdue(now: Int64) -> Bool {
    if !notes.sawSettings { return now - start >= limits.prefaceNanoseconds }
    return notes.isOverdue(now: now)
  }

  /// Tells the peer that no new stream is served.
  package func goAway() {
    enter()
    defer { isInside = false }
    unsafe nghttp2_session_terminate_session(session, UInt32(NGHTTP2_NO_ERROR.rawValue))
  }

  /// Whether everything is said: the connection may be closed once the output is written.
  package var isFinished: Bool {
    if isBroken { return true }
    return unsafe nghttp2_session_want_read(session) == 0
      && nghttp2_session_want_write(session) == 0
  }

  /// A budget is used up: ENHANCE_YOUR_CALM, and the end.
  private func calmIfExceeded() {
    guard notes.takeExceeded() else { return }
    unsafe nghttp2_session_terminate_session(
      session, UInt32(NGHTTP2_ENHANCE_YOUR_CALM.rawValue))
  }

  private func enter() {
    if isInside { fatalError("an HTTP/2 session is not entered from its own callbacks") }
    isInside = true
  }
}
