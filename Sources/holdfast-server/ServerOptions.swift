// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The flags. Each is optional here: what a flag does not say, the environment or the file may.
struct ServerOptions: ParsableArguments {
  @Option(
    help: "Where the binary protocol listens (default 127.0.0.1:7400; port 0 takes a free one).")
  var listen: String?

  @Option(
    name: .customLong("http2-listen"),
    help: "Where the operations plane listens (default 127.0.0.1:7443); \"off\" for nowhere.")
  var http2Listen: String?

  @Option(help: "Directory of the journal; made if it is missing. Required unless --ephemeral.")
  var data: String?

  @Flag(help: "Keep nothing: for trying out. Everything is lost at the end.")
  var ephemeral = false

  @Flag(help: "Allow a data directory that cannot promise durability (tmpfs, network, overlay).")
  var development = false

  @Option(help: "JSON file with settings, named as the flags in camel case: http2Listen.")
  var config: String?

  @Option(
    help: "Bytes of a journal segment, a multiple of 4096 from 2 MiB to 1 GiB (default 64 MiB).")
  var segmentBytes: Int?

  @Option(help: "Connections served at once (default 10000).")
  var connectionsMax: Int?

  @Option(help: "Requests a connection may have in flight (default 1024).")
  var inFlightMax: Int?

  @Option(help: "Queues that read and write sockets (default 1).")
  var lanes: Int?

  @Option(help: "Seconds for which command ids are remembered (default 86400).")
  var retentionSeconds: Int?

  @Option(help: "Command ids remembered at most (default and ceiling 536870912).")
  var rememberedIDsMax: Int?

  @Option(help: "SKUs known at most (default and ceiling 67108864).")
  var skusMax: Int?

  @Option(help: "Reservations kept at most (default and ceiling 268435456).")
  var reservationsMax: Int?

  @Option(help: "trace, debug, info, notice, warning, error or critical (default notice).")
  var logLevel: String?

  @Option(help: "File to write addresses and process id into once the server serves.")
  var readyFile: String?

  @Option(help: "Name of this server in greetings (default holdfast).")
  var name: String?
}
