// SPDX-License-Identifier: Apache-2.0

import HoldfastClient
import InventoryEngine
import InventoryModel
import JournalFormat
import SystemIO
import Testing

@testable import HoldfastServer

/// A log that keeps nothing and does what the test says: works, fails, or has no space.
private actor ScriptedLog: CommitLog {
  enum Mood: Sendable {
    case works
    case fails
    case isFull
  }

  nonisolated let lane = LaneQueue(label: "test.log")
  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe lane.asUnownedSerialExecutor()
  }
  private var mood = Mood.works
  private var hasFailed = false
  private var appendsAfterFailure = 0

  func set(_ mood: Mood) { self.mood = mood }
  func countAfterFailure() -> Int { appendsAfterFailure }

  nonisolated func append(
    _ bytes: LentBytes, offset: Int, then: @escaping @Sendable (AppendOutcome) -> Void
  ) {
    lane.async {
      self.assumeIsolated {
        if $0.hasFailed { $0.appendsAfterFailure += 1 }
        $0.hasFailed = $0.mood == .fails
        then($0.mood == .fails ? .failed("fdatasync: EIO") : .durable(nanoseconds: 1))
      }
    }
  }

  nonisolated func roll(
    seal: LentBytes, offset: Int, header: LentBytes,
    then: @escaping @Sendable (AppendOutcome) -> Void
  ) {
    lane.async {
      self.assumeIsolated { then($0.mood == .isFull ? .noSpace : .durable(nanoseconds: 1)) }
    }
  }

  nonisolated func close() {}
}

/// What a server does when its journal cannot take more.
@Suite struct FailStopTests {
  private func server(
    _ log: ScriptedLog, segmentBytes: Int = 1 << 20
  ) async throws -> RunningServer {
    try await RunningServer.start { configuration in
      configuration.segmentBytes = segmentBytes
    } recover: { configuration, _ in
      let fresh = RecoveredState.ephemeral(configuration)
      return RecoveredState(
        engine: Engine(), chain: fresh.chain, identity: fresh.identity, journal: log, lock: nil)
    }
  }

  @Test func `a failed write stops the server, and nothing of it is answered`() async throws {
    let log = ScriptedLog()
    let running = try await server(log)
    let client = try running.client()
    try await client.stock("LAMP", 5)
    await log.set(.fails)
    let id = CommandID.make()
    let order = Command.place(Place("o", .request(request("LAMP", 1))))
    await #expect(throws: ClientError.self) {
      try await client.execute(order, id: id, deadline: .seconds(5))
    }
    let failure = await running.ended()
    #expect(failure?.kind == .journalIO)
    #expect(failure?.description.contains("EIO") == true)
    let later = await log.countAfterFailure()
    #expect(later == 0)
    await client.close()
  }

  @Test func `without space commands are refused, reads go on, and it recovers by itself`()
    async throws
  {
    let log = ScriptedLog()
    let running = try await server(log)
    let client = try running.client()
    try await client.stock("LAMP", 1_000_000)
    await log.set(.isFull)
    // Fills the segment of 1 MiB: then there is no next one.
    var refused: RefusalCode?
    for round in 0..<200 where refused == nil {
      let batch = (0..<100).map {
        (
          id: CommandID.make(),
          command: Command.place(
            Place(DocumentID("order-\(round)-\($0)"), .request(request("LAMP", 1))))
        )
      }
      refused = try await client.execute(batch: batch).compactMap(\.outcome.refusal?.code).first
    }
    #expect(refused == .storageFull)
    let read = try await client.ask(.explain("LAMP", stock: nil))
    guard case .explanation = read else {
      Issue.record("\(read)")
      return
    }
    await log.set(.works)
    var outcome: Outcome?
    let id = CommandID.make()
    while outcome?.refusal?.code == .storageFull || outcome == nil {
      outcome = try await client.execute(
        .place(Place("after", .request(request("LAMP", 1)))), id: id
      ).outcome
    }
    #expect(outcome?.refusal == nil)
    await client.close()
    #expect(await running.stop() == nil)
  }
}
