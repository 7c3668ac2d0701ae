// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import InventoryEngine

/// The change stream (18.8): gapless, resumable, with before and after; who follows it has the state.
@Suite struct ChangeStreamTests {
  struct Place: Hashable {
    var stock: Int32
    var sku: String
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `who follows the stream has the numbers of the store`(seed: UInt64) {
    let world = World()
    for command in NaiveModelTests.start { world.run(command) }
    var sequence = NaiveSequence(seed: seed + 90_000)
    var follower: [Place: ChangeRow.Numbers] = [:]
    var last: UInt64 = 0
    for number in 0..<150 {
      let step = sequence.step(number)
      world.wait(step.wait)
      world.run(step.command)
      if number % 7 != 0 { continue }
      while case .changes(let rows, _, let newest) = world.ask(.changes(after: last, limit: 5)),
        !rows.isEmpty
      {
        for row in rows {
          #expect(row.sequence == last + 1)
          last = row.sequence
          let place = Place(stock: row.stock.rawValue, sku: row.sku.text)
          if let known = follower[place] { #expect(known == row.before, "change \(last)") }
          #expect(row.before != row.after)
          follower[place] = row.after
        }
        #expect(last <= newest)
      }
    }
    // The last steps are read to the end, and then every number is that of the store.
    while case .changes(let rows, _, _) = world.ask(.changes(after: last, limit: 100)),
      !rows.isEmpty
    {
      for row in rows {
        follower[Place(stock: row.stock.rawValue, sku: row.sku.text)] = row.after
        last = row.sequence
      }
    }
    #expect(last > 0)
    for (place, numbers) in follower {
      guard
        case .explanation(let rows) = world.ask(
          .explain(SKU(place.sku), stock: StockID(place.stock))), let row = rows.first
      else { continue }
      #expect(numbers.reserved == row.reserved, "\(place)")
      if row.isManaged { #expect(numbers.onHand == row.onHand, "\(place)") }
      // Of a SKU outside the catalogue the answer is a refusal, whatever the numbers are.
      if row.salable.refusal == nil {
        #expect(numbers.isSalable == row.salable.isSalable, "\(place)")
      }
    }
  }

  @Test func `cleaning up changes no sum`() {
    for seed in 0..<40 as Range<UInt64> {
      let world = World()
      for command in NaiveModelTests.start { world.run(command) }
      var sequence = NaiveSequence(seed: seed + 70_000)
      for number in 0..<120 {
        world.run(sequence.step(number).command)
        if number % 20 != 19 { continue }
        let before = NaiveModelTests.stocks.map { stock in
          world.ask(.salable(.stock(StockID(stock)), NaiveModelTests.skus.map { SKU($0) }))
        }
        world.run(.cleanUp)
        let after = NaiveModelTests.stocks.map { stock in
          world.ask(.salable(.stock(StockID(stock)), NaiveModelTests.skus.map { SKU($0) }))
        }
        #expect(before == after, "seed \(seed)")
        #expect(world.violations() == [], "seed \(seed)")
      }
    }
  }
}
