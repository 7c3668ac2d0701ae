// SPDX-License-Identifier: Apache-2.0

/// A request that arrived whole.
package struct HTTP2Request: Sendable, Equatable {
  package var stream: Int32
  package var method: String
  package var path: String
  package var authority: String
  /// Header fields in order, names in lower case, without the pseudo fields.
  package var headers: [HTTP2Field]
  package var body: [UInt8]
}

/// A header field.
package struct HTTP2Field: Sendable, Equatable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// An answer. A body that is produced bit by bit would be a source the session asks for the next piece;
/// until something streams, the body is whole.
package struct HTTP2Response: Sendable, Equatable {
  package var status: Int
  package var headers: [HTTP2Field]
  package var body: [UInt8]

  package init(status: Int, headers: [HTTP2Field] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// What came of received bytes.
package enum HTTP2Event: Sendable, Equatable {
  case request(HTTP2Request)
  /// The peer gave up a stream; an answer to it is of no use any more.
  case streamReset(Int32)
}
