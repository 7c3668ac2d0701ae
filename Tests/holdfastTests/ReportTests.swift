// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import InventoryModel
import Testing

@testable import holdfast

@Suite struct JSONTests {
  @Test func `members keep their order and texts are escaped`() {
    let value: JSON = [
      "b": .text("say \"hi\"\\\n\t\u{1}é"), "a": .natural(.max), "n": .number(-1), "z": .null,
      "l": [true, .quantity(Quantity(tenThousandths: 85_000))], "o": [:],
    ]
    let text =
      #"{"b":"say \"hi\"\\\n\t\u0001é","a":18446744073709551615,"n":-1,"z":null,"l":[true,"8.5"],"o":{}}"#
    #expect(value.description == text)
  }
}

@Suite struct UTCTextTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (1_000_000_000_000_000_000, "2001-09-09T01:46:40Z"),
    (951_782_399_250_000_000, "2000-02-28T23:59:59.25Z"),
    (951_782_400_000_000_001, "2000-02-29T00:00:00.000000001Z"),
    (-1, "1969-12-31T23:59:59.999999999Z"), (4_107_542_400_000_000_000, "2100-03-01T00:00:00Z"),
    (Int64.max, "2262-04-11T23:47:16.854775807Z"), (Int64.min, "1677-09-21T00:12:43.145224192Z"),
  ])
  func `moments are exact`(nanoseconds: Int64, text: String) {
    #expect(utcText(Timestamp(nanoseconds: nanoseconds)) == text)
  }
}

@Suite struct ReplyReportTests {
  let id = CommandID(low: 2, high: 1)

  @Test func `a reservation says until when`() {
    let outcome = Outcome.reserved(
      Reserved(
        expiresAt: .zero, lines: [GrantedLine(sku: "A", granted: Quantity(2), missing: .one)]))
    let report = Reply(outcome: outcome, position: 7).report(id: id)
    #expect(report.status == .done)
    #expect(report.lines.first == "Held until 1970-01-01T00:00:00Z:")
    #expect(report.lines.contains("  A: 2 granted, 1 missing"))
    #expect(report.lines.last == "position 7, command \(id)")
    let text = """
      {"id":"\(id)","position":7,"replayed":false,"outcome":"reserved",\
      "expires_at":"1970-01-01T00:00:00Z","reacquired":false,"lines":[{"sku":"A","granted":"2",\
      "missing":"1","backordered":"0","notifies_customer":false,"expected":"0","expected_at":null,\
      "reason":null}]}
      """
    #expect(report.values.map(\.description) == [text])
  }

  @Test func `a refusal is a sentence that says what to do`() {
    let refusal = Refusal(
      .notEnoughQuantity, sku: "LAMP", available: Quantity(2), requested: Quantity(3))
    let report = Reply(outcome: .refused(refusal), position: 9, isReplayed: true).report(id: id)
    #expect(report.status == .refused)
    #expect(
      report.lines.first
        == "Refused (not_enough_qty): 3 asked for LAMP, 2 there. "
        + "Ask for less, use --mode fill, or see `explain` for who has the rest.")
    #expect(report.lines.last?.hasSuffix("decided earlier") == true)
    let text = report.values.map(\.description).joined()
    #expect(text.contains(#""code":"not_enough_qty","number":47,"sku":"LAMP","field":null,"#))
    #expect(text.contains(#""retry":"after_stock_change""#))
  }

  @Test(arguments: RefusalCode.allCases)
  func `every refusal has an advice that is a sentence`(code: RefusalCode) {
    #expect(code.advice.hasSuffix("."))
    #expect(code.advice.count > 15)
    #expect(code.advice.first?.isUppercase == true)
  }

  @Test func `advices differ where callers act differently`() {
    let advices = RefusalCode.allCases.map(\.advice)
    // Three unknown ends of a transfer or source share one.
    #expect(Set(advices).count == advices.count - 2)
  }

  @Test func `goods that moved are listed with their source`() {
    let moved = Moved(lines: [Moved.Line("A", Quantity(2), source: "default")], shortfall: .one)
    let report = Reply(outcome: .moved(moved), position: 1).report(id: id)
    #expect(
      report.lines.prefix(3) == [
        "Done: 1 line.", "  A: 2 at default", "  no source had the last 1",
      ])
  }
}

@Suite struct AnswerReportTests {
  @Test func `salable quantities are exact, and an unknown SKU makes the status refused`() {
    let rows = [
      SalableRow(sku: "A", isSalable: true, quantity: Quantity(tenThousandths: 1)),
      SalableRow(sku: "LONGER", isSalable: false, quantity: .zero),
      SalableRow(sku: "C", isSalable: true, quantity: nil),
    ]
    let report = Answer.salable(rows).report
    #expect(
      report.lines
        == [
          "A       0.0001 salable", "LONGER  not salable", "C       salable, stock is not managed",
        ])
    #expect(report.status == .done)
    #expect(
      report.values.map(\.description)[0]
        == #"{"sku":"A","salable":true,"quantity":"0.0001","refusal":null}"#)
    let unknown = SalableRow(sku: "X", isSalable: false, quantity: nil, refusal: .noSuchProduct)
    #expect(Answer.salable([unknown]).report.status == .refused)
  }

  @Test func `an explanation adds up for a reader`() {
    let explanation = Explanation(
      stock: 1, sku: "A", salable: SalableRow(sku: "A", isSalable: true, quantity: Quantity(6)),
      isManaged: true, onHand: Quantity(10), reserved: Quantity(-3), threshold: .one,
      backorders: .notAllowed,
      sources: [
        .init(source: "default", isEnabled: true, isInStock: true, quantity: Quantity(10)),
        .init(source: "b", isEnabled: false, isInStock: true, quantity: Quantity(4)),
      ],
      claims: [.init(kind: .order, id: "o-1", quantity: Quantity(-3))], claimsLeftOut: 2)
    #expect(
      Answer.explanation([explanation]).report.lines == [
        "A in stock 1: 6 salable", "  10 on hand, -3 reserved, 1 kept back (min_qty)",
        "  source default: 10", "  source b: 4, does not count: the source is disabled",
        "  order o-1: -3", "  and 2 more",
      ])
  }

  @Test func `the outcome of an unknown id is said to be unknown`() {
    #expect(Answer.outcome(nil).report.values == [["known": false]])
    let stored = StoredOutcome(reply: Reply(outcome: .done, position: 3), decidedAt: .zero)
    #expect(
      Answer.outcome(stored).report.values.map(\.description)
        == [#"{"known":true,"position":3,"decided_at":"1970-01-01T00:00:00Z","outcome":"done"}"#])
  }

  @Test func `settings are shown as they are typed`() {
    let own = [SettingChange(.maxSaleQuantity, 25_000), SettingChange(.backorders, nil)]
    let view = ProductView(
      sku: "A", type: .simple, isEnabled: true, isInStock: true, own: own,
      inForce: [SettingChange(.manageStock, 1), SettingChange(.maxSaleQuantity, 25_000)])
    let report = Answer.product(view).report
    #expect(
      report.lines == [
        "product A: simple, enabled, in stock", "  manage_stock=yes  system",
        "  max_sale_qty=2.5  own",
      ])
    #expect(
      report.values.map(\.description).joined().contains(
        #""own":{"max_sale_qty":"2.5","backorders":null},"in_force":{"manage_stock":true,"#))
  }

  @Test func `a source that is not there is refused`() throws {
    let call = try #require(try Holdfast.parseAsRoot(["source", "get", "x"]) as? GetSource)
    let known = SourceView(
      code: "y", isEnabled: true, isPickup: false,
      coordinates: Coordinates(latitude: -5_000_000, longitude: 1_800_000_000), texts: [])
    #expect(call.report(.sources([known])).status == .refused)
    let all = Answer.sources([known]).report
    #expect(all.lines == ["source y: enabled, at -0.5, 180"])
  }
}

@Suite struct ExportTests {
  @Test func `the export is sorted by bytes and quoted where it must be`() {
    let rows = ["b", "a,1", "B", "a\"2", "10"].map { OnHandRow(sku: SKU($0), quantity: .one) }
    #expect(
      OnHandRow.export(rows).lines
        == ["sku,quantity", "10,1", "B,1", "\"a\"\"2\",1", "\"a,1\",1", "b,1"])
  }
}
