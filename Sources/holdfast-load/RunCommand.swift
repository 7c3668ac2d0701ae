// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import SystemIO
internal import WireCodec
internal import Workload

extension WorkloadProfile: ExpressibleByArgument {}
extension CommandMix: ExpressibleByArgument {}
extension ArrivalSchedule.Spacing: ExpressibleByArgument {}

/// `holdfast-load run`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Reserves goods as fast as the server can, or at a given rate, and audits the end.",
    discussion: """
      Without --rate the loop is closed: every connection keeps its window full, and latency counts \
      from sending. With --rate it is open: orders arrive by schedule whatever the server does, and \
      latency counts from the scheduled arrival, so that a slow server cannot hide its delay.

      The run brings its own SKUs, each with --stock units, and shares a server with other runs. At \
      the end it asks the server for all of them, and for the acknowledged commands by their ids. \
      Exit status 1 says that the audit failed.
      """)

  @Option(help: "How demand spreads over the SKUs: uniform, zipf (exponent 0.99) or hot (one SKU).")
  var profile = WorkloadProfile.uniform

  @Option(help: "SKUs of the run.")
  var skus = 1_000

  @Option(help: "place: orders of one unit of one SKU. cycle: hold, place and deduct each of them.")
  var mix = CommandMix.place

  @Option(help: "Commands a second, in an open loop; without it the loop is closed.")
  var rate: Int?

  @Option(help: "How arrivals of an open loop are spaced: even or poisson.")
  var arrivals = ArrivalSchedule.Spacing.poisson

  @Option(help: "Units on hand of every SKU at the start.")
  var stock = 1_000_000_000

  @Option(help: "Acknowledged commands that are looked up in the audit; of more, a sample is.")
  var auditMax = 1_000_000

  @OptionGroup var target: LoadTarget

  func validate() throws {
    try check((1...SKUPopularity.skusMax).contains(skus), "--skus is 1 to 4000000")
    try check((1...50_000_000).contains(rate ?? 1), "--rate is 1 to 50000000")
    try check((0...99_999_999_999).contains(stock), "--stock is 0 to 99999999999")
    try check((0...100_000_000).contains(auditMax), "--audit-max is 0 to 100000000")
  }

  func run() async throws {
    Process.ignoreSignals()
    let (low, high) = SystemRandom.words128()
    let plan = RunPlan(
      key: RunPlan.Key(low: low, high: high), profile: profile, skuCount: skus, mix: mix)
    var audit = RunAudit(
      plan: plan, openingUnits: stock, address: try target.address, lookupMax: auditMax)
    try await audit.openStock()
    let laneCount = target.lanes
    let driver = try await LoadDriver(target) { lane in
      RunFeed(plan: plan, lane: lane, laneCount: laneCount)
    }
    let feeds = await drive(driver, plan)
    var tally = RunTally()
    for feed in feeds { tally.add(feed.tally) }
    var report = RunReport(self, driver.welcome, tally)
    report.errors = await driver.close()
    do {
      try await audit.audit(feeds)
      report.audit(audit)
    } catch {
      report.auditFailed("\(error)")
    }
    Console.out((target.json ? report.json : report.text) + "\n")
    if let hdr = target.hdr, report.holds { try writeDistribution(tally.latency, to: hdr) }
    if !report.holds { throw ExitCode(1) }
  }

  private func drive(_ driver: LoadDriver<RunFeed>, _ plan: RunPlan) async -> [RunFeed] {
    let times = target.times(from: SystemClock.monotonicNanoseconds())
    for (number, lane) in driver.lanes.enumerated() {
      let schedule = arrivals(ofLane: number, plan, times)
      await lane.withFeed { $0.begin(times, arrivals: schedule) }
    }
    return await driver.run {
      await driver.showProgress(from: times) { $0.takeInterval() }
    }
  }

  /// A lane's share of the arrivals; each of them is an order, with all the commands of the mix.
  private func arrivals(
    ofLane lane: Int, _ plan: RunPlan, _ times: RunTimes
  ) -> ArrivalSchedule? {
    guard let rate else { return nil }
    let commandsPerLaneOrder = plan.stages.count * target.lanes
    return ArrivalSchedule(
      count: Int64(rate), every: Int64(commandsPerLaneOrder) * 1_000_000_000, spacing: arrivals,
      seed: plan.key.high &+ UInt64(lane), start: times.start)
  }
}
