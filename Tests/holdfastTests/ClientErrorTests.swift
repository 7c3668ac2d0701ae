// SPDX-License-Identifier: Apache-2.0

import HoldfastClient
import InventoryModel
import Testing

@testable import holdfast

@Suite struct ClientErrorTests {
  @Test func `an unknown outcome names the id and both ways out`() {
    let id = CommandID(low: 2, high: 1)
    let report = ClientError.outcomeUnknown(id, reason: "the connection was lost").report(
      address: .local)
    #expect(report.status == .outcomeUnknown)
    #expect(report.lines.first?.contains("holdfast lookup \(id)") == true)
    #expect(report.lines.first?.contains("--id \(id)") == true)
    #expect(
      report.values.map(\.description) == [
        #"{"error":"outcome_unknown","id":"\#(id)","reason":"the connection was lost"}"#
      ])
  }

  @Test(arguments: [
    (
      ClientError.notSent(reason: "no"), ExitStatus.notSent,
      "Is a server listening on 127.0.0.1:7400"
    ),
    (.notAnswered(reason: "no"), .notSent, "ask again"),
    (.refusedByServer(.unsupported, reason: "version 2"), .notSent, "version 2"),
    (.otherStore, .notSent, "another store"), (.misuse("too large"), .usage, "too large"),
  ])
  func `a failure says what happened and has its exit status`(
    error: ClientError, status: holdfast.ExitStatus, words: String
  ) {
    let report = error.report(address: .local)
    #expect(report.status == status)
    #expect(!report.status.isAnswer)
    #expect(report.lines.first?.contains(words) == true)
    #expect(report.values.count == 1)
  }
}
