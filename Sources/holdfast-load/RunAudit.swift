// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import SystemIO
internal import Workload

/// The end of a load run: does the server say what its answers promised?
struct RunAudit {
  let plan: RunPlan
  let openingUnits: Int
  let address: SocketAddress
  /// Most commands that are looked up; of more, a sample of that size is.
  let lookupMax: Int

  private(set) var stock = StockAudit()
  /// Commands that were looked up, of how many.
  private(set) var lookedUp = 0
  private(set) var acknowledged = 0
  /// Commands without an answer that turned out to be decided.
  private(set) var settledCount = 0

  init(plan: RunPlan, openingUnits: Int, address: SocketAddress, lookupMax: Int) {
    self.plan = plan
    self.openingUnits = openingUnits
    self.address = address
    self.lookupMax = lookupMax
  }

  /// Gives the run's SKUs their opening stock.
  func openStock() async throws {
    let survey = try await survey(SurveyFeed.ranges(plan).map { .open($0) })
    if let finding = survey.findings.first { throw LoadFailure(finding) }
  }

  /// Asks the server and compares; `feeds` are the run's lanes, all finished.
  mutating func audit(_ feeds: [RunFeed]) async throws {
    var feeds = feeds
    // First what nobody knows: it decides what the quantities must be.
    for lane in feeds.indices where !feeds[lane].unknown.isEmpty {
      let survey = try await survey(feeds[lane].unknown.map { .unknown($0) })
      for (step, outcome) in survey.settled { feeds[lane].settled(step, outcome) }
      settledCount += survey.settled.count
    }
    acknowledged = feeds.reduce(0) { $0 + $1.ledger.acknowledgedCount }
    var questions = SurveyFeed.ranges(plan).flatMap { range -> [SurveyFeed.Question] in
      [.onHand(range), .salable(range)]
    }
    var room = lookupMax
    for (lane, feed) in feeds.enumerated() {
      let limit = room / (feeds.count - lane)
      let sample = feed.ledger.sample(plan, limit: limit, seed: plan.key.low &+ UInt64(lane))
      room -= sample.count
      questions += sample.map { .acknowledged($0.step, isGranted: $0.isGranted) }
    }
    let survey = try await survey(questions)
    lookedUp = survey.found
    for finding in survey.findings { stock.report(finding) }
    compareStock(survey, feeds)
  }

  private mutating func compareStock(_ survey: SurveyFeed, _ feeds: [RunFeed]) {
    for (index, sku) in plan.skus.enumerated() {
      let expected = StockAudit.Expectation(
        opening: Int64(openingUnits),
        deducted: feeds.reduce(0) { $0 + $1.ledger.deducted[index] }, returned: 0,
        reserved: feeds.reduce(0) { $0 + $1.ledger.reserved[index] })
      stock.compare(
        sku, expected, onHand: survey.onHand[index], salable: survey.salable[index])
    }
  }

  private func survey(_ questions: [SurveyFeed.Question]) async throws -> SurveyFeed {
    let feed = SurveyFeed(plan: plan, openingUnits: openingUnits, questions)
    let lane = try LoadLane(
      label: "holdfast.load.survey", address: address, feed: feed, connections: 1, inFlight: 256)
    if let reason = await lane.open(within: 30) { throw LoadFailure(reason) }
    let survey = await lane.run()
    await lane.close()
    if survey.openCount > 0 {
      throw LoadFailure("the server went away before it was asked everything")
    }
    return survey
  }
}
