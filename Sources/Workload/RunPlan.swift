// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// Which commands a load run is made of.
package enum CommandMix: String, Sendable, CaseIterable {
  /// Orders that reserve one unit of one SKU at once.
  case place
  /// The whole life of an order: hold, place, deduct, each after the answer to the one before.
  case cycle

  /// The commands of one order, in order.
  package var stages: [RunStage] { self == .place ? [.place] : [.hold, .placeHold, .deduct] }
}

/// One command in the life of an order.
package enum RunStage: Sendable {
  /// Reserves for an order at once.
  case place
  /// Reserves for a cart.
  case hold
  /// Turns the hold into an order.
  case placeHold
  /// Ships the order.
  case deduct
}

/// One command of a run, in 24 bytes.
package struct RunStep: Sendable, Equatable {
  /// The number of its order: 0, 1, 2 ...
  package var order: UInt64
  /// The SKU's index.
  package var sku: Int
  /// Which of the mix's stages it is, 0 based.
  package var stage: Int
}

/// A load run: the n-th order, its SKU, its commands and their ids are functions of n and of the
/// run's key, so nothing needs to be remembered to ask for a command again.
package struct RunPlan: Sendable {
  /// What makes this run's names and ids its own: 128 random bits, or any for a repeatable run.
  package let key: Key
  /// How demand spreads.
  package let popularity: SKUPopularity
  /// Which commands are sent.
  package let mix: CommandMix
  /// The commands of one order.
  package let stages: [RunStage]
  /// The SKUs; ordered by index and by folded bytes alike.
  package let skus: [SKU]
  /// The start of every SKU and document id of the run; sorts directly before the SKUs.
  package let prefix: String

  /// Two halves of a run's key.
  package struct Key: Sendable, Equatable {
    package var low: UInt64
    package var high: UInt64
    package init(low: UInt64, high: UInt64) {
      self.low = low
      self.high = high
    }
  }

  /// Makes a plan. O(SKUs).
  ///
  /// - Parameter skuCount: 1 to `SKUPopularity.skusMax`.
  package init(key: Key, profile: WorkloadProfile, skuCount: Int, mix: CommandMix) {
    self.key = key
    self.mix = mix
    stages = mix.stages
    popularity = SKUPopularity(profile, skuCount: skuCount)
    let name = base36(key.low, digits: RunPlan.prefixDigits) + "-"
    prefix = name
    skus = (0..<skuCount).map { index in
      let digits = String(index)
      return SKU(name + String(repeating: "0", count: 7 - digits.count) + digits)
    }
  }

  /// Six digits of base 36, a hyphen and up to eight more characters fit the fifteen bytes of a text
  /// that costs no allocation.
  static let prefixDigits = 6

  /// The first command of an order.
  package func firstStep(ofOrder order: UInt64) -> RunStep {
    let bits = scrambled(scrambled(key.high &+ order) ^ key.low)
    return RunStep(order: order, sku: popularity.index(for: bits), stage: 0)
  }

  /// The command after `step` once that was granted, or `nil` when the order is through.
  package func step(after step: RunStep) -> RunStep? {
    guard step.stage + 1 < stages.count else { return nil }
    return RunStep(order: step.order, sku: step.sku, stage: step.stage + 1)
  }

  /// The id of a command; no two steps of a run share one, and never all zero.
  package func id(of step: RunStep) -> CommandID {
    id(number: step.order &* UInt64(stages.count) &+ UInt64(step.stage))
  }

  /// The id of the command that gives opening stock to the SKUs from `index` on; shared with no step
  /// of the first 2^62 orders.
  package func openingID(_ index: Int) -> CommandID { id(number: .max - UInt64(index)) }

  private func id(number: UInt64) -> CommandID {
    CommandID(
      low: scrambled(key.low &+ number &* goldenStep), high: scrambled(key.high &+ number) | 1)
  }

  /// The command of a step.
  ///
  /// - Parameter name: what `OrderNames` says about the step's order.
  package func command(of step: RunStep, name: DocumentID) -> Command {
    switch stages[step.stage] {
    case .place: return .place(Place(name, .request(request(step))))
    case .hold: return .hold(Hold(name, request(step), seconds: Limits.holdSecondsMax))
    case .placeHold: return .place(Place(name, .hold(name, lines: [], reacquires: true)))
    case .deduct:
      let part = Deduct.Part(source: .default)
      return .deduct(Deduct(order: name, document: name, parts: [part]))
    }
  }

  private func request(_ step: RunStep) -> ReserveRequest {
    ReserveRequest(.stock(.default), OrderLines(OrderLine(skus[step.sku], .one)))
  }
}

/// Writes the document ids of a run without allocating.
package struct OrderNames: Sendable {
  private var bytes: [UInt8]

  /// Begins with the names of a run.
  package init(_ plan: RunPlan) {
    bytes = Array(plan.prefix.utf8) + Array(repeating: UInt8(ascii: "0"), count: 8)
  }

  /// The id of the hold, order and shipment number `order`: below 36^8.
  package mutating func name(ofOrder order: UInt64) -> DocumentID {
    var rest = order
    for place in stride(from: bytes.count - 1, to: bytes.count - 9, by: -1) {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 36)
      bytes[place] = base36Digit(digit)
      rest = quotient
    }
    return DocumentID(String(decoding: bytes, as: UTF8.self))
  }
}

private func base36Digit(_ digit: UInt64) -> UInt8 {
  UInt8(digit) + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
}

/// The lowest `digits` digits of a number in base 36.
private func base36(_ value: UInt64, digits: Int) -> String {
  var rest = value
  var bytes: [UInt8] = []
  for _ in 0..<digits {
    bytes.append(base36Digit(rest % 36))
    rest /= 36
  }
  return String(decoding: bytes.reversed(), as: UTF8.self)
}
