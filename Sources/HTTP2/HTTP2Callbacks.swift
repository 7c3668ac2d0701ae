// SPDX-License-Identifier: Apache-2.0

internal import CNghttp2

/// The C side: functions nghttp2 calls, which only take notes. `user` is the address of the session's
/// `HTTP2Notes`, alive as long as the session.
enum HTTP2Callbacks {
  static func install(_ callbacks: OpaquePointer?) {
    unsafe nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks) { _, frame, user in
      guard let frame = unsafe frame else { return 0 }
      if unsafe frame.pointee.hd.type == UInt8(NGHTTP2_HEADERS.rawValue),
        unsafe frame.pointee.headers.cat == NGHTTP2_HCAT_REQUEST
      {
        unsafe notes(user).streamBegan(frame.pointee.hd.stream_id)
      }
      return 0
    }
    unsafe nghttp2_session_callbacks_set_on_header_callback(callbacks) {
      _, frame, name, nameCount, value, valueCount, _, user in
      guard let frame = unsafe frame else { return 0 }
      let isKept = unsafe notes(user).fieldReceived(
        frame.pointee.hd.stream_id, text(name, nameCount), text(value, valueCount))
      return isKept ? 0 : refuseStream
    }
    unsafe nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks) {
      session, _, stream, data, count, user in
      let bytes = unsafe UnsafeBufferPointer(start: data, count: count)
      if unsafe !notes(user).bodyReceived(stream, bytes) {
        unsafe nghttp2_submit_rst_stream(
          session, UInt8(NGHTTP2_FLAG_NONE.rawValue), stream,
          UInt32(NGHTTP2_ENHANCE_YOUR_CALM.rawValue))
      }
      return 0
    }
    unsafe nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks) { _, frame, user in
      guard let frame = unsafe frame else { return 0 }
      unsafe frameReceived(frame.pointee.hd, notes(user))
      return 0
    }
    unsafe nghttp2_session_callbacks_set_on_frame_send_callback(callbacks) { _, frame, user in
      guard let frame = unsafe frame else { return 0 }
      if unsafe frame.pointee.hd.type == UInt8(NGHTTP2_RST_STREAM.rawValue) {
        unsafe notes(user).resetSent()
      }
      return 0
    }
    unsafe nghttp2_session_callbacks_set_on_stream_close_callback(callbacks) {
      _, stream, code, user in
      unsafe notes(user).streamClosed(stream, byPeer: code != 0)
      return 0
    }
  }

  /// Hands an answer to nghttp2, which copies the header and asks for the body bit by bit.
  static func submit(
    _ fields: [HTTP2Field], on stream: Int32, hasBody: Bool, _ session: OpaquePointer
  ) {
    var bytes: [UInt8] = []
    var places: [(name: Int, nameCount: Int, value: Int, valueCount: Int)] = []
    for field in fields {
      let (name, value) = (Array(field.name.utf8), Array(field.value.utf8))
      places.append((bytes.count, name.count, bytes.count + name.count, value.count))
      bytes += name + value
    }
    unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let list = unsafe places.map { place in
        unsafe nghttp2_nv(
          name: base + place.name, value: base + place.value, namelen: place.nameCount,
          valuelen: place.valueCount, flags: UInt8(NGHTTP2_NV_FLAG_NONE.rawValue))
      }
      var provider = unsafe nghttp2_data_provider()
      unsafe provider.read_callback = { _, stream, buffer, count, flags, _, user in
        guard let buffer = unsafe buffer, let flags = unsafe flags else { return 0 }
        let piece = unsafe notes(user).copyBody(
          of: stream, to: UnsafeMutableBufferPointer(start: buffer, count: count))
        if piece.isLast { unsafe flags.pointee |= UInt32(NGHTTP2_DATA_FLAG_EOF.rawValue) }
        return piece.count
      }
      if hasBody {
        unsafe nghttp2_submit_response(session, stream, list, list.count, &provider)
      } else {
        unsafe nghttp2_submit_response(session, stream, list, list.count, nil)
      }
    }
  }
}

// Free functions: a C function pointer may not capture even a type.

private let refuseStream = Int32(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE.rawValue)

private func notes(_ user: UnsafeMutableRawPointer?) -> HTTP2Notes {
  guard let user = unsafe user else { fatalError("a session has notes") }
  return unsafe Unmanaged<HTTP2Notes>.fromOpaque(user).takeUnretainedValue()
}

private func text(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> String {
  unsafe String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
}

private func frameReceived(_ header: nghttp2_frame_hd, _ notes: HTTP2Notes) {
  let endsStream = header.flags & UInt8(NGHTTP2_FLAG_END_STREAM.rawValue) != 0
  let isAck = header.flags & UInt8(NGHTTP2_FLAG_ACK.rawValue) != 0
  switch UInt32(header.type) {
  case NGHTTP2_SETTINGS.rawValue: if !isAck { notes.settingsReceived() }
  case NGHTTP2_PING.rawValue: if !isAck { notes.pingReceived() }
  case NGHTTP2_DATA.rawValue:
    if endsStream { notes.requestEnded(header.stream_id) }
    if header.length == 0, !endsStream { notes.emptyDataReceived() }
  case NGHTTP2_HEADERS.rawValue: if endsStream { notes.requestEnded(header.stream_id) }
  default: break
  }
}
