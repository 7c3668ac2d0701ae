// SPDX-License-Identifier: Apache-2.0

import InventoryEngine
import InventoryModel
import Testing

/// Section 18.3 of the rules.
struct IdempotencyTests {
  private func world() -> World {
    let world = World()
    world.product("p")
    world.item("default", "p", Quantity(10))
    return world
  }

  private let id = CommandID(low: 99, high: 99)

  @Test func `a hundred repeats give the first answer and change nothing`() {
    let world = world()
    let first = world.send(place("o", "p", "4"), id: id)
    #expect(!first.isReplayed)
    let entries = world.entries(.all)
    for _ in 0..<100 {
      let again = world.send(place("o", "p", "4"), id: id)
      #expect(again.isReplayed)
      #expect(again.outcome == first.outcome)
      #expect(again.position == first.position)
    }
    #expect(world.salable("p") == Quantity(6))
    #expect(world.entries(.all) == entries)
    #expect(world.replayAgrees)
  }

  @Test func `a refusal is repeated even when it could succeed by now`() {
    let world = world()
    let first = world.send(place("o", "p", "11"), id: id)
    #expect(first.outcome.refusal?.code == .notEnoughQuantity)
    world.run(.receive(Receive("d", source: "default", lines: [OrderLine("p", Quantity(5))])))
    let again = world.send(place("o", "p", "11"), id: id)
    #expect(again.outcome == first.outcome)
    #expect(again.isReplayed)
    #expect(world.code(place("o", "p", "11")) == nil, "under a new id it is judged afresh")
  }

  @Test func `another body under the same id is a conflict, and the answer stays`() {
    let world = world()
    let first = world.send(place("o", "p", "4"), id: id)
    let conflict = world.send(place("o", "p", "5"), id: id)
    #expect(conflict.outcome.refusal?.code == .idempotencyConflict)
    #expect(conflict.position == 0)
    #expect(world.send(place("o", "p", "4"), id: id).outcome == first.outcome)
  }

  @Test func `a repeat is answered without being logged`() {
    let world = world()
    let command = place("o", "p", "4")
    let digest = World.digest(of: command)
    #expect(world.engine.stored(id: id, bodyDigest: digest, at: world.now) == nil)
    let first = world.send(command, id: id)
    let stored = world.engine.stored(id: id, bodyDigest: digest, at: world.now)
    #expect(stored?.outcome == first.outcome)
    #expect(stored?.isReplayed == true)
    let other = world.engine.stored(id: id, bodyDigest: digest &+ 1, at: world.now)
    #expect(other?.outcome.refusal?.code == .idempotencyConflict)
    let late = world.now.adding(seconds: 86_400)
    #expect(world.engine.stored(id: id, bodyDigest: digest, at: late) == nil)
  }

  @Test func `an id is known for exactly its retention, purged or not`() {
    let world = world()
    for number in 0..<50 as Range<UInt64> {
      world.send(.extend(hold: "none", seconds: 1), id: CommandID(low: number, high: 1_000))
    }
    let last = CommandID(low: 49, high: 1_000)
    world.wait(86_399)
    #expect(world.ask(.outcome(last)) != .outcome(nil))
    #expect(world.send(.extend(hold: "none", seconds: 1), id: last).isReplayed)
    world.wait(1)
    #expect(!world.send(.extend(hold: "none", seconds: 2), id: last).isReplayed)
    #expect(world.send(.extend(hold: "none", seconds: 2), id: last).isReplayed)
    #expect(world.violations() == [])
    #expect(world.replayAgrees)
  }

  @Test func `lookup tells what happened and when`() {
    let world = world()
    #expect(world.ask(.outcome(id)) == .outcome(nil))
    let when = world.now
    let reply = world.send(place("o", "p", "4"), id: id)
    world.wait(10)
    let expected = Reply(outcome: reply.outcome, position: reply.position, isReplayed: true)
    #expect(world.ask(.outcome(id)) == .outcome(StoredOutcome(reply: expected, decidedAt: when)))
  }

  /// Every kind of document: a command that makes one, and another of the same id.
  static let documents: [(Command, Command, RefusalCode)] = [
    (place("d", "p", "1"), place("d", "p", "2"), .duplicateOrder),
    (hold("d", "p", "1"), hold("d", "p", "2"), .duplicateDocument),
    (
      ship("o", "d", from: "default", [OrderLine("p", Quantity(1))]),
      ship("o", "d", from: "default", [OrderLine("p", Quantity(2))]), .duplicateDocument
    ),
    (
      .invoice(Invoice("o", document: "d", lines: [OrderLine("p", Quantity(1))])),
      .invoice(Invoice("o", document: "d")), .duplicateDocument
    ),
    (
      .cancel(Cancel("o", document: "d", lines: [OrderLine("p", Quantity(1))])),
      .cancel(Cancel("o", document: "d")), .duplicateDocument
    ),
    (
      .refund(Refund("paid", document: "d", lines: [.init("p", Quantity(1))])),
      .refund(Refund("paid", document: "d", lines: [.init("p", Quantity(2))])), .duplicateDocument
    ),
    (
      .receive(Receive("d", source: "default", lines: [OrderLine("p", Quantity(1))])),
      .receive(Receive("d", source: "default", lines: [OrderLine("p", Quantity(2))])),
      .duplicateDocument
    ),
    (
      .transfer(
        Transfer("d", from: "default", to: "b", .quantities([OrderLine("p", Quantity(1))]))),
      .transfer(Transfer("d", from: "default", to: "b", .everything(["p"], unassigns: false))),
      .duplicateDocument
    ),
  ]

  @Test(arguments: documents.indices)
  func `a document id repeats its first result or refuses`(index: Int) {
    let (command, other, code) = Self.documents[index]
    let world = world()
    world.source("b")
    world.item("b", "p", Quantity(5))
    world.run(place("o", "p", "3"))
    world.run(place("paid", "p", "3"))
    world.run(.invoice(Invoice("paid", document: "pay")))
    let first = world.send(command)
    #expect(first.outcome.refusal == nil)
    let onHand = world.onHand("default", "p")
    let entries = world.entries(.all)
    for _ in 0..<3 {
      let again = world.send(command)
      #expect(again.outcome == first.outcome)
      #expect(!again.isReplayed)
      #expect(again.position > first.position)
    }
    #expect(world.code(other) == code)
    #expect(world.onHand("default", "p") == onHand)
    #expect(world.entries(.all) == entries)
    #expect(world.violations() == [])
  }

  @Test func `a repeat gets the first result even after the world has changed`() {
    let world = world()
    let first = world.run(hold("h", "p", "10"))
    world.wait(900)
    world.run(.setSource(SourceChange("x")))
    world.run(.removeSourceItems([SourceItemKey(source: "default", sku: "p")]))
    #expect(world.run(hold("h", "p", "10")) == first)
    #expect(world.hold("h")?.phase == .expired)
  }

  @Test func `ids of different kinds do not clash`() {
    let world = world()
    #expect(world.code(hold("x", "p", "1")) == nil)
    #expect(world.code(place("x", "p", "1")) == nil)
    #expect(world.code(.invoice(Invoice("x", document: "x"))) == nil)
    #expect(world.code(ship("x", "x", from: nil)) == nil)
    #expect(
      world.code(.receive(Receive("x", source: "default", lines: [OrderLine("p", Quantity(1))])))
        == nil)
    #expect(world.violations() == [])
  }
}
