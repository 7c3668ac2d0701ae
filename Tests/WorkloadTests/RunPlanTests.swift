// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import Workload

private func makePlan(
  _ mix: CommandMix = .cycle, profile: WorkloadProfile = .uniform, skus: Int = 10
) -> RunPlan {
  RunPlan(
    key: RunPlan.Key(low: 0x1234_5678_9ABC_DEF0, high: 0x0FED_CBA9_8765_4321), profile: profile,
    skuCount: skus, mix: mix)
}

private let granted = Outcome.reserved(Reserved(expiresAt: nil))
private let held = Outcome.reserved(Reserved(expiresAt: .zero))
private let empty = Outcome.refused(Refusal(.notEnoughQuantity))

@Suite struct RunPlanTests {
  @Test func `an order goes through its stages`() throws {
    let plan = makePlan()
    var names = OrderNames(plan)
    let name = names.name(ofOrder: 7)
    let hold = plan.firstStep(ofOrder: 7)
    guard case .hold(let command) = plan.command(of: hold, name: name) else {
      Issue.record("no hold")
      return
    }
    #expect(command.request.lines.first == OrderLine(plan.skus[hold.sku], .one))
    let place = try #require(plan.step(after: hold))
    #expect(
      plan.command(of: place, name: name)
        == .place(Place(name, .hold(name, lines: [], reacquires: true))))
    let deduct = try #require(plan.step(after: place))
    guard case .deduct(let shipment) = plan.command(of: deduct, name: name) else {
      Issue.record("no deduction")
      return
    }
    #expect(shipment.order == name)
    #expect(plan.step(after: deduct) == nil)
  }

  @Test func `a placed order is through`() {
    let plan = makePlan(.place)
    #expect(plan.step(after: plan.firstStep(ofOrder: 0)) == nil)
  }

  @Test func `ids differ between commands and between runs`() {
    let plan = makePlan()
    let other = RunPlan(
      key: RunPlan.Key(low: 1, high: 2), profile: .uniform, skuCount: 10, mix: .cycle)
    var seen: Set<CommandID> = []
    for order in 0..<2_000 as Range<UInt64> {
      var step: RunStep? = plan.firstStep(ofOrder: order)
      while let current = step {
        seen.insert(plan.id(of: current))
        seen.insert(other.id(of: current))
        step = plan.step(after: current)
      }
    }
    #expect(seen.count == 12_000)
    #expect(!seen.contains(.none))
  }

  @Test func `names differ, are short and sort behind the prefix`() {
    let plan = makePlan(skus: 1_200)
    #expect(plan.skus.map(\.text) == plan.skus.map(\.text).sorted())
    #expect(plan.skus.allSatisfy { $0.text.utf8.count <= 15 && $0.isWellFormed })
    #expect(plan.skus.allSatisfy { $0.text > plan.prefix && $0.text.hasPrefix(plan.prefix) })
    var names = OrderNames(plan)
    let orders = [0, 1, 35, 36, 1_295, 1_296, 2_821_109_907_455] as [UInt64]
    let texts = orders.map { names.name(ofOrder: $0).text }
    #expect(
      texts.map { $0.dropFirst(7) } == [
        "00000000", "00000001", "0000000z", "00000010", "000000zz", "00000100", "zzzzzzzz",
      ])
    #expect(texts.allSatisfy { $0.hasPrefix(plan.prefix) && $0.utf8.count == 15 })
  }

  @Test func `the same order asks for the same SKU, other orders for others`() {
    let plan = makePlan()
    let skus = (0..<10_000).map { plan.firstStep(ofOrder: $0).sku }
    #expect(skus == (0..<10_000).map { plan.firstStep(ofOrder: $0).sku })
    for sku in 0..<10 { #expect(abs(skus.count { $0 == sku } - 1_000) < 200) }
  }
}

@Suite struct RunLedgerTests {
  @Test func `a cycle reserves and then ships`() throws {
    let plan = makePlan()
    var ledger = RunLedger(plan, lane: 0, laneCount: 1)
    let hold = plan.firstStep(ofOrder: 0)
    ledger.answered(hold, ledger.verdict(held, of: hold))
    #expect(ledger.reserved[hold.sku] == 1)
    let place = try #require(plan.step(after: hold))
    ledger.answered(place, ledger.verdict(granted, of: place))
    #expect(ledger.reserved[hold.sku] == 1)
    let deduct = try #require(plan.step(after: place))
    let moved = Outcome.moved(Moved(lines: [Moved.Line(plan.skus[hold.sku], .one)]))
    ledger.answered(deduct, ledger.verdict(moved, of: deduct))
    #expect(ledger.reserved[hold.sku] == 0)
    #expect(ledger.deducted[hold.sku] == 1)
    #expect(ledger.acknowledgedCount == 3)
  }

  @Test func `refusals are acknowledged when the server stores them`() {
    let plan = makePlan(.place)
    var ledger = RunLedger(plan, lane: 0, laneCount: 1)
    ledger.answered(plan.firstStep(ofOrder: 0), .refused(.notEnoughQuantity))
    ledger.answered(plan.firstStep(ofOrder: 1), .refused(.overloaded))
    ledger.answered(plan.firstStep(ofOrder: 2), .strange)
    #expect(ledger.acknowledgedCount == 1)
    #expect(ledger.reserved.allSatisfy { $0 == 0 })
  }

  @Test func `an answer of the wrong kind is strange`() throws {
    let plan = makePlan()
    let ledger = RunLedger(plan, lane: 0, laneCount: 1)
    let hold = plan.firstStep(ofOrder: 0)
    let place = try #require(plan.step(after: hold))
    let deduct = try #require(plan.step(after: place))
    #expect(ledger.verdict(granted, of: hold) == .strange)
    #expect(ledger.verdict(held, of: place) == .strange)
    #expect(ledger.verdict(.done, of: place) == .strange)
    #expect(ledger.verdict(.moved(Moved(lines: [])), of: deduct) == .strange)
    #expect(ledger.verdict(empty, of: deduct) == .refused(.notEnoughQuantity))
  }

  @Test func `a sample is all there is, or as many as wanted`() {
    let plan = makePlan(.place)
    var ledger = RunLedger(plan, lane: 1, laneCount: 2)
    for order in stride(from: 1, to: 2_000, by: 2) as StrideTo<UInt64> {
      let isGranted = order % 3 == 0
      ledger.answered(
        plan.firstStep(ofOrder: order), isGranted ? .granted : .refused(.notEnoughQuantity))
    }
    let all = ledger.sample(plan, limit: 5_000, seed: 1)
    #expect(all.map(\.step.order) == Array(stride(from: 1, to: 2_000, by: 2)))
    #expect(all.allSatisfy { $0.isGranted == ($0.step.order % 3 == 0) })
    #expect(all.allSatisfy { $0.step == plan.firstStep(ofOrder: $0.step.order) })
    let some = ledger.sample(plan, limit: 100, seed: 1)
    #expect(some.count == 100)
    #expect(Set(some.map(\.step.order)).isSubset(of: all.map(\.step.order)))
    #expect(some.map(\.step.order) != ledger.sample(plan, limit: 100, seed: 2).map(\.step.order))
    #expect(some.contains { $0.step.order > 1_500 } && some.contains { $0.step.order < 500 })
    #expect(ledger.sample(plan, limit: 0, seed: 1).isEmpty)
  }

  @Test func `stages of an order are told apart in a sample`() throws {
    let plan = makePlan()
    var ledger = RunLedger(plan, lane: 0, laneCount: 1)
    let hold = plan.firstStep(ofOrder: 40)
    let place = try #require(plan.step(after: hold))
    ledger.answered(hold, .granted)
    ledger.answered(place, .refused(.holdExpired))
    let all = ledger.sample(plan, limit: 10, seed: 0)
    #expect(all.map(\.step) == [hold, place])
    #expect(all.map(\.isGranted) == [true, false])
  }

  @Test func `a command answered twice stops with a sentence`() async {
    await #expect(processExitsWith: .failure) {
      let plan = RunPlan(
        key: RunPlan.Key(low: 1, high: 2), profile: .hot, skuCount: 1, mix: .place)
      var ledger = RunLedger(plan, lane: 0, laneCount: 1)
      ledger.answered(plan.firstStep(ofOrder: 0), .granted)
      ledger.answered(plan.firstStep(ofOrder: 0), .granted)
    }
  }
}

@Suite struct StockAuditTests {
  private let expected = StockAudit.Expectation(
    opening: 100, deducted: 30, returned: 5, reserved: 20)

  @Test func `what adds up is not reported`() {
    var audit = StockAudit()
    audit.compare("A", expected, onHand: Quantity(75), salable: Quantity(55))
    #expect(audit.holds)
    #expect(audit.skuCount == 1)
  }

  @Test(
    arguments: [
      (74, 55), (76, 55), (75, 54), (75, 56), (nil, 55), (75, nil),
    ] as [(Int?, Int?)])
  func `what does not add up is reported`(onHand: Int?, salable: Int?) {
    var audit = StockAudit()
    audit.compare(
      "A", expected, onHand: onHand.map { Quantity($0) }, salable: salable.map { Quantity($0) })
    #expect(audit.findingCount == 1)
  }

  @Test func `granting more than there is is reported even when the server agrees`() {
    var audit = StockAudit()
    let oversold = StockAudit.Expectation(opening: 10, deducted: 0, returned: 0, reserved: 11)
    audit.compare("A", oversold, onHand: Quantity(10), salable: Quantity(-1))
    #expect(audit.findings == ["A: more was granted than there is"])
  }

  @Test func `findings are all counted and the first ones kept`() {
    var audit = StockAudit()
    for _ in 0..<50 { audit.compare("A", expected, onHand: nil, salable: Quantity(55)) }
    #expect(audit.findingCount == 50)
    #expect(audit.findings.count == StockAudit.findingsMax)
  }
}
