// SPDX-License-Identifier: Apache-2.0

import HoldfastClient
import InventoryModel
import Testing

@testable import HoldfastServer

/// The whole road: client, sockets, journal, engine and back.
@Suite struct RoadTests {
  @Test func `a hold becomes an order and the order leaves the source`() async throws {
    let scratch = try Scratch()
    let running = try await RunningServer.start(data: scratch.data)
    let client = try running.client()
    try await client.stock("LAMP", 10)
    let held = try await client.run(.hold(Hold("cart", request("lamp", 4))))
    guard case .reserved(let reserved) = held else {
      Issue.record("\(held)")
      return
    }
    #expect(reserved.expiresAt != nil)
    let refused = try await client.run(.hold(Hold("other", request("LAMP", 7))))
    #expect(refused.refusal?.code == .notEnoughQuantity)
    #expect(refused.refusal?.available == 6)
    _ = try await client.run(.place(Place("order", .hold("cart", lines: [], reacquires: true))))
    let moved = try await client.run(
      .deduct(Deduct(order: "order", document: "shipment", parts: [.init(source: .default)])))
    #expect(moved == .moved(Moved(lines: [.init("LAMP", 4, source: .default)])))
    #expect(try await client.onHand() == ["LAMP": 6])
    await client.close()
    #expect(await running.stop() == nil)
  }

  @Test func `a restart finds everything that was acknowledged`() async throws {
    let scratch = try Scratch()
    let first = try await RunningServer.start(data: scratch.data)
    let client = try first.client()
    try await client.stock("LAMP", 100)
    var ids: [CommandID] = []
    for number in 0..<50 {
      let id = CommandID.make()
      ids.append(id)
      _ = try await client.execute(
        .place(Place(DocumentID("o\(number)"), .request(request("LAMP", 1)))), id: id)
    }
    let store = try await client.greeting().store
    await client.close()
    await first.stop()

    let second = try await RunningServer.start(data: scratch.data)
    let again = try second.client()
    for id in ids { #expect(try await again.lookup(id)?.reply.outcome.refusal == nil) }
    let check = try await again.ask(.salable(.stock(.default), ["LAMP"]))
    guard case .salable(let rows) = check else { return }
    #expect(rows.first?.refusal == .noSuchProduct)
    let explained = try await again.ask(.explain("LAMP", stock: nil))
    guard case .explanation(let explanation) = explained else {
      Issue.record("\(explained)")
      return
    }
    #expect(explanation.first?.reserved == Quantity(-50))
    let greeting = try await again.greeting()
    #expect(greeting.store == store)
    #expect(greeting.epoch == 2)
    await again.close()
    await second.stop()
  }

  @Test func `of a thousand clients for the last unit exactly one gets it`() async throws {
    let scratch = try Scratch()
    let running = try await RunningServer.start(data: scratch.data)
    let setup = try running.client()
    try await setup.stock("LAST", 1)
    let outcomes = try await withThrowingTaskGroup(of: Outcome.self) { group in
      for number in 0..<1_000 {
        group.addTask {
          let client = try running.client()
          let outcome = try await client.run(
            .place(Place(DocumentID("o\(number)"), .request(request("LAST", 1)))))
          await client.close()
          return outcome
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.filter { $0.refusal == nil }.count == 1)
    #expect(outcomes.filter { $0.refusal?.code == .notEnoughQuantity }.count == 999)
    await setup.close()
    await running.stop()
  }

  @Test func `the same command a hundred times has one effect and one answer`() async throws {
    let scratch = try Scratch()
    let running = try await RunningServer.start(data: scratch.data)
    let clients = try (0..<5).map { _ in try running.client() }
    try await clients[0].stock("LAMP", 1_000)
    let id = CommandID.make()
    let command = Command.hold(Hold("cart", request("LAMP", 3)))
    let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
      for number in 0..<100 {
        group.addTask { try await clients[number % 5].execute(command, id: id) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(replies.count == 100)
    #expect(replies.filter(\.isReplayed).count == 99)
    #expect(replies.allSatisfy { $0.outcome == replies[0].outcome })
    #expect(replies.allSatisfy { $0.position == replies[0].position })
    let other = try await clients[1].execute(.hold(Hold("cart", request("LAMP", 4))), id: id)
    #expect(other.outcome.refusal?.code == .idempotencyConflict)
    let view = try await clients[2].ask(.hold("cart"))
    guard case .reservation(let hold) = view else {
      Issue.record("\(view)")
      return
    }
    #expect(hold.lines.map(\.ordered) == [3])
    for client in clients { await client.close() }
    await running.stop()
  }

  @Test func `a refusal is remembered too`() async throws {
    let running = try await RunningServer.start()
    let client = try running.client()
    let id = CommandID.make()
    let command = Command.place(Place("o", .request(request("LAMP", 1))))
    #expect(try await client.execute(command, id: id).outcome.refusal?.code == .notAssigned)
    try await client.stock("LAMP", 1)
    let again = try await client.execute(command, id: id)
    #expect(again.isReplayed)
    #expect(again.outcome.refusal?.code == .notAssigned)
    #expect(try await client.run(command).refusal == nil)
    await client.close()
    await running.stop()
  }

  @Test func `a batch is answered in one frame, in order, each command by itself`() async throws {
    let running = try await RunningServer.start()
    let client = try running.client()
    try await client.stock("LAMP", 2)
    let batch = (0..<3).map {
      (
        id: CommandID.make(),
        command: Command.place(Place(DocumentID("o\($0)"), .request(request("LAMP", 1))))
      )
    }
    let codes = try await client.execute(batch: batch).map { $0.outcome.refusal?.code }
    #expect(codes == [nil, nil, .notEnoughQuantity])
    await client.close()
    await running.stop()
  }

  @Test func `two years of orders roll many segments and come back`() async throws {
    let scratch = try Scratch()
    let first = try await RunningServer.start(data: scratch.data)
    let client = try first.client()
    try await client.stock("LAMP", 1_000_000)
    for round in 0..<40 {
      let batch = (0..<500).map {
        (
          id: CommandID.make(),
          command: Command.place(
            Place(DocumentID("order-\(round)-\($0)"), .request(request("LAMP", 1))))
        )
      }
      let replies = try await client.execute(batch: batch)
      #expect(replies.allSatisfy { $0.outcome.refusal == nil })
    }
    await client.close()
    await first.stop()
    let second = try await RunningServer.start(data: scratch.data)
    let again = try second.client()
    guard case .status(let status) = try await again.ask(.status) else { return }
    #expect(status.openOrderCount == 20_000)
    await again.close()
    await second.stop()
  }
}
