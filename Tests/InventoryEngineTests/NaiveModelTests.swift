// SPDX-License-Identifier: Apache-2.0

import Foundation
import InventoryModel
import Testing

@testable import InventoryEngine

/// The engine against the naive model: random commands, the same answer and the same numbers after each.
@Suite struct NaiveModelTests {
  /// A command and the seconds that pass before it.
  struct Step {
    var wait: Int64
    var command: Command
  }

  static let skus = ["p", "d", "v", "u", "n"]
  static let stocks: [Int32] = [1, 10, 20]

  /// Sources a, b, c of stocks 10 and 20; goods of every kind; a SKU without a product.
  static let start: [Command] = {
    let texts = [
      SourceText(.name, "S"), SourceText(.country, "FR"), SourceText(.postcode, "75"),
    ]
    var commands: [Command] = [
      .setStore(StoreChange(settings: [SettingChange(.independentStocks, 1)])),
      .setProduct(ProductChange("p", type: .simple)),
      .setProduct(
        ProductChange(
          "d",
          settings: [SettingChange(.isQuantityDecimal, 1), SettingChange(.minSaleQuantity, 1_000)])),
      .setProduct(ProductChange("v", type: .virtual)),
      .setProduct(ProductChange("u", settings: [SettingChange(.manageStock, 0)])),
    ]
    for code in ["a", "b", "c"] {
      commands.append(
        .setSource(SourceChange(SourceCode(code), isEnabled: true, texts: texts)))
    }
    for (stock, codes) in [(10, ["a", "b", "c"]), (20, ["b", "c"])] {
      let id = StockID(Int32(stock))
      commands.append(.setStock(StockChange(id, name: "S")))
      for (index, code) in codes.enumerated() {
        commands.append(
          .linkSource(
            StockSourceLink(stock: id, source: SourceCode(code), priority: Int32(index + 1))))
      }
    }
    return commands
  }()

  /// Where the two disagree, or `nil`: what was played is what is left of the sequence.
  static func disagreement(_ steps: [Step]) -> (step: Int, what: String)? {
    let world = World()
    var model = NaiveModel()
    for command in start {
      world.run(command)
      _ = model.apply(command)
    }
    model.seconds = world.seconds
    for (index, step) in steps.enumerated() {
      world.wait(step.wait)
      model.wait(until: world.seconds)
      let got = world.run(step.command).refusal?.code
      let wanted = model.apply(step.command)
      if got != wanted {
        return (index, "engine \(got?.name ?? "done"), page \(wanted?.name ?? "done")")
      }
      let isLast = index == steps.count - 1
      let touched = isLast || index % 16 == 0 ? skus : [skus[index % skus.count]]
      if let what = difference(world, model, touched) { return (index, what) }
    }
    let violations = world.violations()
    return violations.isEmpty ? nil : (steps.count - 1, violations.joined(separator: "; "))
  }

  static func difference(_ world: World, _ model: NaiveModel, _ skus: [String]) -> String? {
    let names = skus.map { SKU($0) }
    for stock in stocks {
      guard case .salable(let rows) = world.ask(.salable(.stock(StockID(stock)), names)) else {
        return "no answer"
      }
      for (row, sku) in zip(rows, skus) {
        let wanted = model.salable(sku, stock).map { Quantity(tenThousandths: $0) }
        // A SKU outside the catalogue has no salable quantity to ask for.
        if row.refusal == nil, row.quantity != wanted {
          let got = row.quantity.map { "\($0)" } ?? "none"
          return
            "salable \(sku) in \(stock): engine \(got), page \(wanted.map { "\($0)" } ?? "none")"
        }
        if row.refusal == nil, row.isSalable != model.isSalable(sku, stock) {
          return "is \(sku) salable in \(stock): engine \(row.isSalable)"
        }
      }
    }
    for sku in skus {
      guard case .sourceItems(let rows, _) = world.ask(.sourceItems(SKU(sku))) else { continue }
      let wanted = model.items.filter { $0.key.sku == sku }
      if rows.count != wanted.count { return "\(rows.count) items of \(sku), page \(wanted.count)" }
      for row in rows {
        let item = wanted[NaiveModel.Key(source: row.source.text, sku: sku)]
        if item?.quantity != row.quantity.tenThousandths || item?.isInStock != row.isInStock {
          let page =
            item.map { "\(Quantity(tenThousandths: $0.quantity)) \($0.isInStock)" } ?? "none"
          return "\(sku) at \(row.source): engine \(row.quantity) \(row.isInStock), page \(page)"
        }
      }
    }
    return nil
  }

  /// The shortest sequence found that still disagrees: pieces are left out while it does.
  static func shrunk(_ steps: [Step]) -> [Step] {
    guard let first = disagreement(steps) else { return steps }
    var steps = Array(steps[...first.step])
    var piece = max(steps.count / 2, 1)
    while piece >= 1 {
      var start = 0
      while start < steps.count {
        let end = min(start + piece, steps.count)
        let fewer = Array(steps[..<start] + steps[end...])
        if !fewer.isEmpty, let found = disagreement(fewer) {
          steps = Array(fewer[...found.step])
        } else {
          start = end
        }
      }
      if piece == 1 { break }
      piece /= 2
    }
    return steps
  }

  static func check(seed: UInt64, commands: Int) {
    var random = NaiveSequence(seed: seed)
    let steps = (0..<commands).map { random.step($0) }
    guard disagreement(steps) != nil else { return }
    let short = shrunk(steps)
    let found = disagreement(short)
    Issue.record(
      "seed \(seed): \(found?.what ?? "gone")\n\(NaiveSequence.scenario(short.map(\.command)))"
    )
  }

  /// Sequences of 200 commands; HOLDFAST_SEQUENCES sets how many (5,000 make a million commands).
  static let sequences =
    UInt64(ProcessInfo.processInfo.environment["HOLDFAST_SEQUENCES"] ?? "") ?? 2_000

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `engine and page agree after every command`(part: UInt64) {
    for seed in stride(from: part, to: Self.sequences, by: 8) {
      Self.check(seed: seed, commands: 200)
    }
  }

  @Test func `a disagreement is seen and shrunk`() {
    var random = NaiveSequence(seed: 7)
    var steps = (0..<40).map { random.step($0) }
    // The model knows no adjustments: one of these on an item is a planted disagreement.
    steps.insert(
      Step(
        wait: 0,
        command: .setSourceItems([SourceItemChange(source: "a", sku: "p", quantity: 5)])), at: 20)
    steps.insert(
      Step(wait: 0, command: .adjust(Adjust(source: "a", sku: "p", .by(3)))), at: 21)
    #expect(Self.disagreement(steps) != nil)
    let short = Self.shrunk(steps)
    #expect(short.count <= 3)
    #expect(Self.disagreement(short) != nil)
  }
}
