// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import Histogram
internal import InventoryModel
internal import SystemIO
internal import WireCodec
internal import Workload

/// `holdfast-load echo`.
struct EchoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "echo",
    abstract: "Measures the road without the journal: pings as large as a reservation.",
    discussion: "What a run costs beyond this is the price of deciding, and of being durable.")

  @OptionGroup var target: LoadTarget

  func run() async throws {
    Process.ignoreSignals()
    let bodyBytes = reservationBodyBytes()
    let driver = try await LoadDriver(target) { _ in PingFeed(bodyBytes: bodyBytes) }
    let times = target.times(from: SystemClock.monotonicNanoseconds())
    for lane in driver.lanes { await lane.withFeed { $0.begin(times) } }
    let feeds = await driver.run {
      await driver.showProgress(from: times) { $0.takeInterval() }
    }
    let errors = await driver.close()
    var latency = LatencyHistogram.empty
    for feed in feeds { latency.add(feed.latency) }
    let answers = feeds.reduce(0) { $0 + $1.answersMeasured }
    let lost = feeds.reduce(0) { $0 + $1.lostCount }
    let rate = Int(Double(answers) / target.duration * 1_000)
    let frameBytes = FrameHeader.byteCount + bodyBytes
    if target.json {
      var json = JSONText()
      json.add("frame_bytes", frameBytes)
      json.add("rate", thousandths: rate)
      for (key, percentile) in [("p50_ms", 50.0), ("p99_ms", 99), ("p999_ms", 99.9)] {
        json.add(key, thousandths: Int(latency.valueAtPercentile(percentile) / 1_000))
      }
      json.add("errors", lost)
      Console.out(json.text + "\n")
    } else {
      let lines = [
        "echo, frames of \(frameBytes) bytes both ways, \(target.connections) x "
          + "\(target.inFlight) in flight, \(target.duration) s", "",
        "  rate    \(grouped(rate / 1_000)) pings/s", LatencyPicture.table(latency), "",
        LatencyPicture.bars(latency), "", "  errors  \(grouped(lost))",
      ]
      Console.out((lines + errors.map { "    \($0)" }).joined(separator: "\n") + "\n")
    }
    if let hdr = target.hdr { try writeDistribution(latency, to: hdr) }
  }

  /// The size of the body of a run's reservation.
  private func reservationBodyBytes() -> Int {
    let plan = RunPlan(
      key: RunPlan.Key(low: 1, high: 1), profile: .hot, skuCount: 1, mix: .place)
    var names = OrderNames(plan)
    var writer = ByteWriter()
    let step = plan.firstStep(ofOrder: 0)
    let command = plan.command(of: step, name: names.name(ofOrder: 0))
    MessageCodec.encode(command, id: plan.id(of: step), into: &writer)
    return writer.count
  }
}
