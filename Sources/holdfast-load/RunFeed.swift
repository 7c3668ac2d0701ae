// SPDX-License-Identifier: Apache-2.0

internal import Histogram
internal import InventoryModel
internal import WireCodec
internal import Workload

/// The moments of a run, in nanoseconds of the monotonic clock.
struct RunTimes: Sendable {
  /// Before the run begins nothing is due.
  static let notYet = RunTimes(start: 0, measured: 0, end: 0, patienceEnd: 0)

  /// Requests begin.
  var start: Int64
  /// The warm-up is over: what is asked from here on is measured.
  var measured: Int64
  /// No order is begun any more.
  var end: Int64
  /// Open loop: arrivals that could not be sent by now are counted as unsent.
  var patienceEnd: Int64
}

/// Orders of a run, from one lane: closed loop without `arrivals`, open loop with them.
struct RunFeed: RequestFeed {
  /// A command in flight.
  struct Request: Sendable {
    var step: RunStep
    /// Latency counts from here: the scheduled arrival in an open loop, the sending in a closed one,
    /// the answer before for later stages of an order.
    var since: Int64
  }

  let plan: RunPlan
  private var times = RunTimes.notYet
  private let laneCount: UInt64
  private var arrivals: ArrivalSchedule?
  private var names: OrderNames
  private var nextOrder: UInt64
  private(set) var ledger: RunLedger
  private(set) var tally = RunTally()
  /// Since the last `takeInterval`, for the progress line.
  private var interval = LatencyHistogram.empty
  /// Commands of which nobody knows what became of them, until the survey asks.
  private(set) var unknown: [RunStep] = []

  init(plan: RunPlan, lane: Int, laneCount: Int) {
    self.plan = plan
    self.laneCount = UInt64(laneCount)
    names = OrderNames(plan)
    nextOrder = UInt64(lane)
    ledger = RunLedger(plan, lane: lane, laneCount: laneCount)
  }

  /// Sets the times, and for an open loop the arrivals.
  mutating func begin(_ times: RunTimes, arrivals: ArrivalSchedule?) {
    self.times = times
    self.arrivals = arrivals
  }

  mutating func next(at now: Int64) -> FeedStep<Request> {
    guard let arrival = arrivals?.next else {
      if now >= times.end { return .done }
      return .send(Request(step: beginOrder(), since: now))
    }
    if arrival >= times.end { return .done }
    if arrival > now { return .wait(until: arrival) }
    if now >= times.patienceEnd {
      countUnsent(at: now)
      return .done
    }
    arrivals?.advance()
    return .send(Request(step: beginOrder(), since: arrival))
  }

  private mutating func beginOrder() -> RunStep {
    defer { nextOrder += laneCount }
    return plan.firstStep(ofOrder: nextOrder)
  }

  /// Arrivals that had no place in a window until the end. They have waited, and it shows.
  private mutating func countUnsent(at now: Int64) {
    while let arrival = arrivals?.next, arrival < times.end {
      tally.unsent += 1
      if arrival >= times.measured { tally.latency.record(UInt64(now - arrival)) }
      arrivals?.advance()
    }
  }

  mutating func encode(_ request: Request, into writer: inout ByteWriter) -> Opcode {
    let command = plan.command(
      of: request.step, name: names.name(ofOrder: request.step.order))
    MessageCodec.encode(command, id: plan.id(of: request.step), into: &writer)
    return Opcode(command)
  }

  mutating func answered(
    _ request: Request, _ body: UnsafeRawBufferPointer, at now: Int64
  ) throws(WireFault) -> Request? {
    let reply = try unsafe MessageCodec.decodeReply(body)
    let verdict = ledger.verdict(reply.outcome, of: request.step)
    ledger.answered(request.step, verdict)
    count(verdict, isReplayed: reply.isReplayed)
    let latency = UInt64(max(now - request.since, 0))
    interval.record(latency)
    if request.since >= times.measured { tally.latency.record(latency) }
    if now >= times.measured && now < times.end { tally.answersMeasured += 1 }
    guard verdict == .granted, let following = plan.step(after: request.step) else { return nil }
    return Request(step: following, since: now)
  }

  private mutating func count(_ verdict: RunLedger.Verdict, isReplayed: Bool) {
    switch verdict {
    case .granted: tally.granted += 1
    case .refused(let code): tally.refusals[Int(code.rawValue)] += 1
    case .strange: tally.strange += 1
    }
    if isReplayed { tally.strange += 1 }
  }

  mutating func lost(_ request: Request) {
    tally.lost += 1
    unknown.append(request.step)
  }

  /// The survey found out what became of a command.
  mutating func settled(_ step: RunStep, _ outcome: Outcome) {
    ledger.answered(step, ledger.verdict(outcome, of: step))
  }

  /// Latencies since the last call.
  mutating func takeInterval() -> LatencyHistogram {
    defer { interval = .empty }
    return interval
  }
}

/// What a run came to, so far.
struct RunTally: Sendable {
  /// Latency of the measured commands, in nanoseconds.
  var latency = LatencyHistogram.empty
  /// Answers between warm-up and end.
  var answersMeasured = 0
  var granted = 0
  /// Refusals by the code's number.
  var refusals = [Int](repeating: 0, count: RefusalCode.allCases.count + 1)
  /// Requests without an answer: lost with their connection.
  var lost = 0
  /// Arrivals that were never sent, because all windows were full.
  var unsent = 0
  /// Answers that make no sense.
  var strange = 0

  /// All refusals together.
  var refused: Int { refusals.reduce(0, +) }
  /// What is no answer: lost, unsent or senseless.
  var errors: Int { lost + unsent + strange }

  /// Adds another lane's.
  mutating func add(_ other: RunTally) {
    latency.add(other.latency)
    answersMeasured += other.answersMeasured
    granted += other.granted
    for code in refusals.indices { refusals[code] += other.refusals[code] }
    lost += other.lost
    unsent += other.unsent
    strange += other.strange
  }
}

/// Latencies in nanoseconds, to three digits, up to ten minutes.
typealias LatencyHistogram = Histogram<UInt64>

extension Histogram<UInt64> {
  static var empty: LatencyHistogram {
    LatencyHistogram(
      lowestDiscernibleValue: 1_000, highestTrackableValue: 600_000_000_000,
      numberOfSignificantValueDigits: .three)
  }
}
