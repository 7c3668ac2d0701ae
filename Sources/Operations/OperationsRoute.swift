// SPDX-License-Identifier: Apache-2.0

internal import HTTP2

/// What a request to the operations plane asks for: a closed list of paths and methods.
enum OperationsRoute {
  case answer(HTTP2Response)
  /// The answer depends on the server's numbers.
  case needsSnapshot(@Sendable (OperationsSnapshot) -> HTTP2Response)

  init(_ request: HTTP2Request) {
    let path = request.path.prefix { $0 != "?" }
    guard ["/healthz", "/readyz", "/metrics"].contains(path) else {
      self = .answer(.text(404, "no such path\n"))
      return
    }
    guard request.method == "GET" || request.method == "HEAD" else {
      var response = HTTP2Response.text(405, "GET or HEAD\n")
      response.headers.append(HTTP2Field("allow", "GET, HEAD"))
      self = .answer(response)
      return
    }
    switch path {
    case "/healthz": self = .answer(.text(200, "ok\n"))
    case "/readyz":
      self = .needsSnapshot { snapshot in
        snapshot.isAccepting
          ? .text(200, "ready\n") : .text(503, "not ready: new commands are refused\n")
      }
    default:
      self = .needsSnapshot { snapshot in
        .text(
          200, snapshot.metricsText(), type: "text/plain; version=0.0.4; charset=utf-8")
      }
    }
  }
}

extension HTTP2Response {
  static func text(
    _ status: Int, _ text: String, type: String = "text/plain; charset=utf-8"
  ) -> HTTP2Response {
    HTTP2Response(
      status: status,
      headers: [HTTP2Field("content-type", type), HTTP2Field("cache-control", "no-store")],
      body: Array(text.utf8))
  }
}
