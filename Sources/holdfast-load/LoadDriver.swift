// SPDX-License-Identifier: Apache-2.0

internal import Histogram
internal import SystemIO
internal import WireCodec

/// Lanes of one kind of load, opened together and run together.
struct LoadDriver<Feed: RequestFeed> {
  let lanes: [LoadLane<Feed>]
  let welcome: Welcome

  /// Opens all connections; none of them sends anything yet.
  init(_ target: LoadTarget, _ feed: (_ lane: Int) -> Feed) async throws {
    let address = try target.address
    lanes = try (0..<target.lanes).map { lane in
      try LoadLane(
        label: "holdfast.load.\(lane)", address: address, feed: feed(lane),
        connections: target.connections(ofLane: lane), inFlight: target.inFlight)
    }
    for lane in lanes {
      if let reason = await lane.open(within: 5) { throw LoadFailure(reason) }
    }
    guard let welcome = await lanes.first?.welcome else { throw LoadFailure("no greeting") }
    self.welcome = welcome
  }

  /// Runs all lanes to their end, and `watch` beside them.
  func run(watch: @escaping @Sendable () async -> Void) async -> [Feed] {
    await withTaskGroup(of: (Int, Feed)?.self) { group in
      for (number, lane) in lanes.enumerated() {
        group.addTask { (number, await lane.run()) }
      }
      group.addTask {
        await watch()
        return nil
      }
      var feeds: [(Int, Feed)] = []
      for await finished in group {
        if let finished { feeds.append(finished) }
        if feeds.count == lanes.count { group.cancelAll() }
      }
      return feeds.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  /// What went wrong on the lanes, and closes them.
  func close() async -> [String] {
    var errors: [String] = []
    for lane in lanes {
      errors += await lane.errors
      let more = await lane.errorCount - lane.errors.count
      if more > 0 { errors.append("and \(more) more") }
      await lane.close()
    }
    return errors
  }

  /// Shows a line a second: the rate and the latency of the second before.
  func showProgress(
    from times: RunTimes,
    _ interval: @escaping @Sendable (inout Feed) -> LatencyHistogram
  ) async {
    var line = ProgressLine()
    var last = times.start
    while (try? await Task.sleep(for: .seconds(1))) != nil {
      var latency = LatencyHistogram.empty
      for lane in lanes { latency.add(await lane.withFeed(interval)) }
      let now = SystemClock.monotonicNanoseconds()
      let rate = Int(latency.totalCount) * 1_000_000_000 / Int(max(now - last, 1))
      last = now
      let phase = now < times.measured ? "warm-up" : now < times.end ? "running" : "ending"
      let seconds = (now - times.start) / 1_000_000_000
      line.show(
        "\(phase) \(seconds) s  \(grouped(rate))/s  p50 "
          + "\(LatencyPicture.milliseconds(latency.valueAtPercentile(50))) ms  p99 "
          + "\(LatencyPicture.milliseconds(latency.valueAtPercentile(99))) ms  max "
          + "\(LatencyPicture.milliseconds(latency.max)) ms")
    }
    line.clear()
  }
}

/// Writes the distribution in the text form that HdrHistogram's plotters read, in milliseconds.
func writeDistribution(_ latency: LatencyHistogram, to path: String) throws {
  var text = ""
  latency.outputPercentileDistribution(to: &text, outputValueUnitScalingRatio: 1e6)
  try Directory.writeFileDurably(path, Array(text.utf8))
}
