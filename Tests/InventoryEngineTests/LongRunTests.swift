// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import InventoryEngine

struct LongRunTests {
  @Test(arguments: [1, 2, 3]) func `two years of holds with deadlines replay alike`(seed: UInt64) {
    let world = World()
    var random = SeededRandom(seed)
    let skus = (0..<40).map { SKU("sku-\($0)") }
    for sku in skus {
      world.product(sku)
      world.item("default", sku, Quantity(30))
    }
    let start = world.now.nanoseconds
    var number = 0
    while world.now.nanoseconds - start < 2 * 365 * 86_400 * 1_000_000_000 {
      number += 1
      world.wait(random.chance(90) ? Int64(random.below(3_000)) : Int64(random.below(100_000)))
      let recent = DocumentID("h\(max(0, number - random.below(4)))")
      switch random.below(10) {
      case 0..<5:
        let seconds = Int64(random.below(random.chance(10) ? 86_400 : 7_000) + 1)
        world.run(
          hold(
            DocumentID("h\(number)"), random.pick(skus), "\(random.below(9) + 1)", seconds: seconds)
        )
      case 5: world.run(.extend(hold: recent, seconds: Int64(random.below(7_200) + 1)))
      case 6: world.run(.release(hold: recent, lines: []))
      case 7, 8:
        let order = DocumentID("o\(number)")
        world.run(.place(Place(order, .hold(recent, lines: [], reacquires: random.chance(60)))))
        if random.chance(80) { world.run(ship(order, order, from: nil)) }
      default:
        let lines: OrderLines = [OrderLine(random.pick(skus), Quantity(random.below(9) + 1))]
        world.run(.receive(Receive(DocumentID("r\(number)"), source: .default, lines: lines)))
      }
      if number % 500 == 0 {
        let faults = world.violations()
        #expect(faults == [], "seed \(seed), step \(number)")
      }
    }
    #expect(number > 5_000)
    #expect(world.violations() == [], "seed \(seed)")
    #expect(world.replayAgrees, "seed \(seed)")
    guard case .status(let status) = world.ask(.status) else { return #expect(Bool(false)) }
    #expect(status.rememberedIDCount < 400, "seed \(seed)")
  }

  @Test(arguments: 0..<60)
  func `what is held and owed is what is reserved`(seed: Int) {
    let world = World()
    var mix = CommandMix(seed: UInt64(1_000 + seed), changesRules: false)
    RandomCommandTests.furnish(world)
    for step in 0..<300 {
      if mix.random.chance(30) { world.wait(Int64(mix.random.below(600))) }
      let command = mix.next()
      mix.note(command, world.run(command))
      if let fault = world.engine.promiseFault() {
        Issue.record("seed \(seed), step \(step): \(fault) after \(command)")
        return
      }
    }
  }

  @Test func `tables grow through many pages without losing anything`() {
    let world = World()
    var rows: [SourceItemChange] = []
    for number in 0..<6_000 {
      let sku = SKU("a-sku-with-a-name-of-some-length-\(number)")
      rows.append(SourceItemChange(source: .default, sku: sku, quantity: .one))
    }
    #expect(world.run(.setSourceItems(rows)) == .counted(6_000))
    for row in rows.prefix(3_000) { world.run(place(DocumentID(row.sku.text), row.sku, "1")) }
    #expect(world.violations() == [])
    #expect(world.order(DocumentID(rows[2_999].sku.text)) != nil)
    #expect(world.replayAgrees)
  }
}

extension Engine {
  /// While every SKU is managed and entries are recorded: an order's line reserves what is open of it,
  /// and a hold's what it holds. Virtual goods may have been billed short (6.7).
  fileprivate func promiseFault() -> String? {
    for slot in 0..<reservations.records.slotCount where !reservations[slot].isVacant {
      var line = reservations[slot].firstLine
      while line != none {
        let reserved = -reservations.lines[line].reserved
        let isHeld = reservations[slot].phase == .held
        let open =
          reservations[slot].isOrder ? openQuantity(line) : isHeld ? heldQuantity(line) : 0
        let isVirtual = skus[reservations.lines[line].sku].isVirtual
        let isWrittenOff = reservations.progress(of: line).refundedLoose > 0
        if isVirtual || isWrittenOff ? reserved < open : reserved != open {
          return "\(reservations[slot].id) reserves \(reserved) and owes \(open)"
        }
        line = reservations.lines[line].next
      }
    }
    return nil
  }
}
