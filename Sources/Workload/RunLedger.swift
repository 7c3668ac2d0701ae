// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// What one lane of a load run was told: which commands were acknowledged, which of them granted,
/// and what stock must therefore be reserved and gone.
///
/// Of `laneCount` lanes, lane `lane` sends the orders whose number leaves `lane` when divided by
/// `laneCount`. Memory: two bits a command and 16 bytes a SKU.
package struct RunLedger: Sendable {
  private let lane: UInt64
  private let laneCount: UInt64
  private let stages: [RunStage]
  private var acknowledged: [UInt64] = []
  private var granted: [UInt64] = []

  /// Units reserved and not shipped, per SKU.
  package private(set) var reserved: [Int64]
  /// Units shipped, per SKU.
  package private(set) var deducted: [Int64]
  /// How many commands are acknowledged: answered with something the server has stored.
  package private(set) var acknowledgedCount = 0

  /// An empty ledger.
  package init(_ plan: RunPlan, lane: Int, laneCount: Int) {
    invariant(lane >= 0 && lane < laneCount, "a lane is one of the lanes")
    self.lane = UInt64(lane)
    self.laneCount = UInt64(laneCount)
    stages = plan.stages
    reserved = Array(repeating: 0, count: plan.skus.count)
    deducted = reserved
  }

  /// What an answer means for the run.
  package enum Verdict: Sendable, Equatable {
    /// Done as asked.
    case granted
    /// A "no".
    case refused(RefusalCode)
    /// No answer to this kind of command: the server is broken.
    case strange
  }

  /// What `outcome` means as the answer to `step`.
  package func verdict(_ outcome: Outcome, of step: RunStep) -> Verdict {
    switch (stages[step.stage], outcome) {
    case (_, .refused(let refusal)): return .refused(refusal.code)
    case (.hold, .reserved(let reserved)):
      return reserved.expiresAt == nil ? .strange : .granted
    case (.place, .reserved(let reserved)), (.placeHold, .reserved(let reserved)):
      return reserved.expiresAt == nil ? .granted : .strange
    case (.deduct, .moved(let moved)):
      let sum = moved.lines.reduce(0) { $0 + $1.quantity.tenThousandths }
      return sum == Quantity.one.tenThousandths ? .granted : .strange
    case (_, .done), (_, .reserved), (_, .extended), (_, .moved), (_, .counted),
      (_, .unassigned), (_, .imported), (_, .cleaned):
      return .strange
    }
  }

  /// Writes down the answer to a step; a step is answered once.
  package mutating func answered(_ step: RunStep, _ verdict: Verdict) {
    switch verdict {
    case .strange: return
    case .refused(let code): if !code.isStored { return }
    case .granted: count(step)
    }
    let (word, bit) = place(of: step)
    while acknowledged.count <= word {
      acknowledged.append(0)
      granted.append(0)
    }
    invariant(acknowledged[word] & bit == 0, "a command is answered once")
    acknowledged[word] |= bit
    if verdict == .granted { granted[word] |= bit }
    acknowledgedCount += 1
  }

  private mutating func count(_ step: RunStep) {
    switch stages[step.stage] {
    case .place, .hold: reserved[step.sku] += 1
    case .placeHold: break
    case .deduct:
      reserved[step.sku] -= 1
      deducted[step.sku] += 1
    }
  }

  private func place(of step: RunStep) -> (word: Int, bit: UInt64) {
    invariant(step.order % laneCount == lane, "a lane answers for its own orders")
    let number = Int(step.order / laneCount) * stages.count + step.stage
    return (number >> 6, 1 << UInt64(number & 63))
  }

  /// Acknowledged commands, at most `limit` of them: all, or a sample in which each is as likely
  /// as any other, decided by `seed`. O(commands).
  ///
  /// - Returns: in order of sending, each with whether it was granted.
  package func sample(
    _ plan: RunPlan, limit: Int, seed: UInt64
  ) -> [(step: RunStep, isGranted: Bool)] {
    var random = RandomSource(seed: seed)
    var left = acknowledgedCount
    var wanted = min(limit, left)
    var found: [(step: RunStep, isGranted: Bool)] = []
    found.reserveCapacity(wanted)
    for word in acknowledged.indices where acknowledged[word] != 0 && wanted > 0 {
      for shift in 0..<64 where acknowledged[word] >> UInt64(shift) & 1 == 1 {
        // Selection sampling: take each of the `left` with probability wanted / left.
        let isTaken = wanted == left || random.below(UInt64(left)) < UInt64(wanted)
        left -= 1
        guard isTaken, wanted > 0 else { continue }
        wanted -= 1
        let (order, stage) = (word * 64 + shift).quotientAndRemainder(dividingBy: stages.count)
        var step = plan.firstStep(ofOrder: UInt64(order) * laneCount + lane)
        step.stage = stage
        found.append((step, granted[word] >> UInt64(shift) & 1 == 1))
      }
    }
    return found
  }
}
