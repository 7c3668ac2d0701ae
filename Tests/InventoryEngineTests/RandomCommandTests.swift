// SPDX-License-Identifier: Apache-2.0

import InventoryEngine
import InventoryModel
import Testing

struct RandomCommandTests {
  /// Something to sell in several stocks, so that random commands do more than fail.
  static func furnish(_ world: World) {
    for sku in ["a", "B", "d"] as [SKU] { world.product(sku) }
    world.product("e", type: .virtual)
    world.source("north", stock: 2, priority: 1)
    world.source("south", stock: 2, priority: 2)
    world.source("west", stock: 3)
    world.run(.linkSource(StockSourceLink(stock: 3, source: "south", priority: 2)))
    world.run(.setChannel(.add("shop")))
    world.run(.setStock(StockChange(2, channels: ["shop"])))
    for sku in ["a", "B", "d", "e"] as [SKU] {
      for source in ["default", "north", "south"] as [SourceCode] {
        world.item(source, sku, Quantity(40))
      }
    }
  }

  @Test(arguments: 0..<300)
  func `no sequence of commands breaks an invariant, and replay agrees`(seed: Int) {
    let world = World()
    var mix = CommandMix(seed: UInt64(seed))
    Self.furnish(world)
    for step in 0..<200 {
      if mix.random.chance(30) { world.wait(Int64(mix.random.below(600))) }
      if mix.random.chance(1) { world.wait(100_000) }
      let command = mix.next()
      let outcome = world.run(command)
      mix.note(command, outcome)
      let faults = world.violations()
      if !faults.isEmpty {
        Issue.record("seed \(seed), step \(step): \(faults) after \(command) gave \(outcome)")
        return
      }
    }
    #expect(world.replayedDigest() == world.engine.digest(), "seed \(seed)")
  }
}
