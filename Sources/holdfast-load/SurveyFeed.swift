// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import WireCodec
internal import Workload

/// Prepares a server for a run and asks it about the end of one: opening stock, on-hand and salable
/// quantities, and what is stored under command ids.
struct SurveyFeed: RequestFeed {
  /// One request; a range is of SKU indices. All of them can be repeated without harm.
  enum Question: Sendable {
    /// Gives every SKU its opening stock.
    case open(Range<Int>)
    case onHand(Range<Int>)
    case salable(Range<Int>)
    /// What is stored under the id of an acknowledged command.
    case acknowledged(RunStep, isGranted: Bool)
    /// What became of a command that was not answered.
    case unknown(RunStep)
  }
  typealias Request = Question

  /// SKUs of one command or page.
  static let rangeMax = 1_000

  let plan: RunPlan
  let openingUnits: Int
  private var pending: [Question]
  /// Questions without an answer yet.
  private(set) var openCount: Int
  /// By SKU index; `nil` when the server did not say.
  private(set) var onHand: [Quantity?]
  private(set) var salable: [Quantity?]
  /// Acknowledged commands the server knows, and what is wrong with the others.
  private(set) var found = 0
  private(set) var findings: [String] = []
  private(set) var findingCount = 0
  /// Outcomes of unanswered commands that were decided.
  private(set) var settled: [(step: RunStep, outcome: Outcome)] = []

  init(plan: RunPlan, openingUnits: Int, _ questions: [Question]) {
    self.plan = plan
    self.openingUnits = openingUnits
    pending = questions.reversed()
    openCount = questions.count
    onHand = Array(repeating: nil, count: plan.skus.count)
    salable = onHand
  }

  /// The SKUs of a plan in ranges of at most `rangeMax`.
  static func ranges(_ plan: RunPlan) -> [Range<Int>] {
    stride(from: 0, to: plan.skus.count, by: rangeMax).map {
      $0..<min($0 + rangeMax, plan.skus.count)
    }
  }

  mutating func next(at now: Int64) -> FeedStep<Question> {
    pending.popLast().map { .send($0) } ?? .done
  }

  mutating func lost(_ request: Question) { pending.append(request) }

  mutating func encode(_ request: Question, into writer: inout ByteWriter) -> Opcode {
    switch request {
    case .open(let range):
      let items = plan.skus[range].map {
        SourceItemChange(source: .default, sku: $0, quantity: Quantity(openingUnits))
      }
      let command = Command.setSourceItems(items)
      MessageCodec.encode(command, id: plan.openingID(range.lowerBound), into: &writer)
      return Opcode(command)
    case .onHand(let range):
      let before = range.lowerBound == 0 ? SKU(plan.prefix) : plan.skus[range.lowerBound - 1]
      return ask(.onHandPage(after: before, limit: UInt32(range.count)), &writer)
    case .salable(let range):
      // The SKUs are in no catalogue, where salable quantities are asked for; the check of a request
      // says what is available all the same.
      let lines = OrderLines(plan.skus[range].map { OrderLine($0, .one) })
      return ask(
        .check(ReserveRequest(.stock(.default), lines, quantityChecksOnly: true)), &writer)
    case .acknowledged(let step, _), .unknown(let step):
      return ask(.outcome(plan.id(of: step)), &writer)
    }
  }

  private func ask(_ query: Query, _ writer: inout ByteWriter) -> Opcode {
    MessageCodec.encode(query, into: &writer)
    return Opcode(query)
  }

  mutating func answered(
    _ request: Question, _ body: UnsafeRawBufferPointer, at now: Int64
  ) throws(WireFault) -> Question? {
    openCount -= 1
    if case .open = request {
      let reply = try unsafe MessageCodec.decodeReply(body)
      if case .counted = reply.outcome { return nil }
      report("opening stock was answered \(reply.outcome)")
      return nil
    }
    let answer = try unsafe MessageCodec.decodeAnswer(body)
    switch (request, answer) {
    case (.onHand(let range), .onHand(let rows, _)):
      for (index, row) in zip(range, rows) where row.sku == plan.skus[index] {
        onHand[index] = row.quantity
      }
    case (.salable(let range), .check(let rows)):
      for (index, row) in zip(range, rows) where row.sku == plan.skus[index] {
        salable[index] = row.available
      }
    case (.acknowledged(let step, let isGranted), .outcome(let stored)):
      compare(step, isGranted: isGranted, stored)
    case (.unknown(let step), .outcome(let stored)):
      if let stored { settled.append((step, stored.reply.outcome)) }
    case (.open, _), (.onHand, _), (.salable, _), (.acknowledged, _), (.unknown, _):
      report("a question was answered \(answer)")
    }
    return nil
  }

  private mutating func compare(_ step: RunStep, isGranted: Bool, _ stored: StoredOutcome?) {
    found += 1
    guard let stored else {
      return report("command \(plan.id(of: step)) was acknowledged and is not known")
    }
    if (stored.reply.outcome.refusal == nil) != isGranted {
      report("command \(plan.id(of: step)) was answered otherwise than it is stored")
    }
  }

  private mutating func report(_ finding: String) {
    findingCount += 1
    if findings.count < StockAudit.findingsMax { findings.append(finding) }
  }
}
