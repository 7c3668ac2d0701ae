// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import SystemIO

/// Flags that every kind of load has: where, how wide, how long.
struct LoadTarget: ParsableArguments {
  @Option(help: "The server.")
  var connect = "127.0.0.1:7400"

  @Option(help: "Connections.")
  var connections = 4

  @Option(help: "Requests in flight on each connection.")
  var inFlight = 64

  @Option(help: "Seconds that are measured.")
  var duration = 10.0

  @Option(help: "Seconds before that, which are not.")
  var warmup = 1.0

  @Option(help: "Queues that drive the connections.")
  var lanes = 1

  @Flag(help: "Print the result as one JSON object on standard output.")
  var json = false

  @Option(help: "File for the distribution of latencies in HdrHistogram's text form.")
  var hdr: String?

  func validate() throws {
    try check(SocketAddress(connect) != nil, "--connect is HOST:PORT, with a numeric host")
    try check((1...10_000).contains(connections), "--connections is 1 to 10000")
    try check((1...65_536).contains(inFlight), "--in-flight is 1 to 65536")
    try check(duration >= 0.1 && duration <= 86_400, "--duration is 0.1 to 86400 seconds")
    try check(warmup >= 0 && warmup <= 3_600, "--warmup is 0 to 3600 seconds")
    try check((1...connections).contains(lanes), "--lanes is 1 to the number of connections")
  }

  /// The server's address; the flag was checked.
  var address: SocketAddress {
    get throws {
      guard let address = SocketAddress(connect) else { throw LoadFailure("no such server") }
      return address
    }
  }

  /// Connections of a lane: as even as can be.
  func connections(ofLane lane: Int) -> Int {
    connections / lanes + (lane < connections % lanes ? 1 : 0)
  }

  /// The moments of a run that begins now.
  func times(from now: Int64) -> RunTimes {
    let measured = now + Int64(warmup * 1e9)
    let end = measured + Int64(duration * 1e9)
    return RunTimes(start: now, measured: measured, end: end, patienceEnd: end + 10_000_000_000)
  }
}

/// Refuses an argument with a sentence.
func check(_ condition: Bool, _ sentence: String) throws {
  if !condition { throw ValidationError(sentence) }
}
