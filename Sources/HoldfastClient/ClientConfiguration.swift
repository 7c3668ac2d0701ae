// SPDX-License-Identifier: Apache-2.0

/// Where a server listens: a host and a port.
public struct Endpoint: Sendable, Hashable, CustomStringConvertible {
  /// A name, an IPv4 address or an IPv6 address.
  public var host: String
  /// The port.
  public var port: UInt16

  /// Makes an endpoint.
  public init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// Reads `HOST:PORT` or `[IPV6]:PORT`; `nil` for anything else.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    guard !host.isEmpty, let port = UInt16(text[text.index(after: colon)...]) else { return nil }
    self.init(host: host, port: port)
  }

  /// `HOST:PORT`.
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// A server on this machine with default settings.
  public static let local = Endpoint(host: "127.0.0.1", port: 7_400)
}

/// How a client behaves. The defaults suit a service in the same data centre.
public struct ClientConfiguration: Sendable {
  /// Servers to try, in turn.
  public var endpoints: [Endpoint]
  /// Name in the server's logs.
  public var clientName = ""
  /// Proof of identity; empty where none is asked for.
  public var token = ""
  /// Connections kept, at least 1. One is enough for hundreds of thousands of calls a second.
  public var connectionCount = 1
  /// Requests in flight on a connection at most; the server's own limit counts too.
  public var inFlightMax = 1_024
  /// Time for one call, all its retries included.
  public var deadline: Duration = .seconds(30)
  /// Time for one connection to come about, greeting included.
  public var connectTimeout: Duration = .seconds(5)

  /// Makes a configuration with defaults for everything but the endpoints.
  public init(endpoints: [Endpoint] = [.local]) { self.endpoints = endpoints }
}
