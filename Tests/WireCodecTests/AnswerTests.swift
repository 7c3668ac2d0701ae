// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import WireCodec

/// Questions and answers of the whole rule book, there and back.
@Suite struct AnswerTests {
  @Test func `every question of the rule book comes back as it went`() throws {
    for seed in 0..<50 as Range<UInt64> {
      var chance = Chance(seed + 500)
      for query in questions(&chance) {
        let body = encoded { MessageCodec.encode(query, into: &$0) }
        let got = try unsafe body.withUnsafeBytes {
          try unsafe MessageCodec.decodeQuery(opcode: Opcode(query).rawValue, body: $0)
        }
        #expect(got == query)
        for length in 0..<body.count {
          #expect(throws: WireFault.self, "\(query) cut at \(length)") {
            try unsafe body[..<length].withUnsafeBytes {
              try unsafe MessageCodec.decodeQuery(opcode: Opcode(query).rawValue, body: $0)
            }
          }
        }
      }
    }
  }

  private func questions(_ chance: inout Chance) -> [Query] {
    [
      .channel(chance.channel()),
      .salableBy(chance.point(), [chance.sku(), chance.sku()], chance.time()),
      .suggest(chance.point(), chance.sku(), chance.quantity()),
      .onlyLeft(chance.point(), chance.list(2) { $0.sku() }), .stocksOf(chance.sku()),
      .exportStock(chance.point(), after: chance.maybe { $0.sku() }, limit: 7),
      .selectSources(
        SelectionRequest(
          chance.point(), chance.lines(),
          algorithm: chance.pick([
            .storeDefault, .priority, .distance, .explicit(["a", "b"]), .named("odd"),
          ]), destination: chance.maybe { $0.destination() })),
      .lowStock(
        chance.pick([.report, .feed]), chance.maybe { $0.channel() }, offset: 3, limit: 4),
      .pickupLocations(
        PickupSearch(
          chance.channel(), near: chance.maybe { $0.destination() },
          radiusMetres: UInt32(chance.below(9_999)), filters: filters(&chance),
          skus: chance.list(2) { $0.sku() },
          sort: chance.list(2) {
            SourceSort($0.pick([.distance, .code, .field(.city)]), isDescending: $0.flag())
          }, page: 2, pageSize: 9)),
      .pickupLocation(chance.source(), chance.channel()),
      .pickupReady(order: chance.document(), source: chance.maybe { $0.source() }),
      .inconsistencies(chance.pick([.all, .complete, .incomplete]), offset: 1, limit: 2),
      .holds(
        customer: chance.maybe { CustomerID($0.text()) }, sku: chance.maybe { $0.sku() },
        offset: 5, limit: 6),
      .products(after: chance.maybe { $0.sku() }, limit: 8),
      .searchSources(filters(&chance), offset: 1, limit: 9),
      .itemsAt(chance.source(), after: chance.maybe { $0.sku() }, limit: 9), .customerLimits,
      .channelPolicies, .supplies(chance.maybe { $0.sku() }), .placeCount(country: chance.text()),
      .changes(after: chance.next(), limit: 5), .entries(.stock(3), after: 1, limit: 2),
      .entries(.object(chance.document()), after: 1, limit: 2),
    ]
  }

  private func filters(_ chance: inout Chance) -> [SourceFilter] {
    chance.list(3) { chance in
      SourceFilter(
        chance.maybe { $0.pick(SourceField.allCases) },
        chance.pick([.equal, .notEqual, .oneOf, .prefix, .contains]), chance.text())
    }
  }

  @Test func `every answer of the rule book comes back as it went`() throws {
    for seed in 0..<50 as Range<UInt64> {
      var chance = Chance(seed + 900)
      for answer in answers(&chance) {
        let body = encoded { MessageCodec.encode(answer, into: &$0) }
        let got = try unsafe body.withUnsafeBytes { try unsafe MessageCodec.decodeAnswer($0) }
        #expect(got == answer)
        for length in 0..<body.count {
          #expect(throws: WireFault.self, "\(answer) cut at \(length)") {
            try unsafe body[..<length].withUnsafeBytes { try unsafe MessageCodec.decodeAnswer($0) }
          }
        }
      }
    }
  }

  private func answers(_ chance: inout Chance) -> [Answer] {
    let findings = chance.list(2) { $0.finding() }
    return [
      .explanation(chance.list(2) { $0.explanation() }),
      .quantity(chance.quantity()), .flag(chance.flag()), .count(chance.next()),
      .onlyLeft(
        chance.list(2) { OnlyLeftRow(sku: $0.sku(), quantity: $0.maybe { $0.quantity() }) }),
      .stockSalable(
        chance.list(2) {
          StockSalableRow(
            stock: $0.stock(), salable: $0.salable(), isManaged: $0.flag(),
            onHand: $0.maybe { $0.quantity() }, reserved: $0.quantity())
        }),
      .export(
        chance.list(2) {
          ExportRow(sku: $0.sku(), quantity: $0.maybe { $0.quantity() }, isSalable: $0.flag())
        }, isLast: chance.flag()),
      .selection(
        Selection(
          isShippable: chance.flag(),
          rows: chance.list(2) {
            Selection.Row(
              source: $0.source(), sku: $0.sku(), quantity: $0.quantity(),
              available: $0.quantity())
          })),
      .lowStock(
        chance.list(2) {
          LowStockRow(
            source: $0.source(), sku: $0.sku(), quantity: $0.quantity(),
            notifyQuantity: $0.quantity())
        }, total: chance.next()),
      .sourcePage(chance.list(2) { $0.sourceView() }, total: chance.next()),
      .findings(findings, total: chance.next()),
      .reservations(chance.list(2) { $0.reservation() }, total: chance.next()),
      .products(chance.list(2) { $0.productView() }, isLast: chance.flag()),
      .customerLimits(chance.list(2) { $0.limit() }),
      .channelPolicies(chance.list(2) { $0.policy() }),
      .supplies(
        chance.list(2) { SupplyView(supply: $0.supply(), promised: $0.quantity()) }),
      .changes(
        chance.list(2) {
          ChangeRow(
            sequence: $0.next(), position: $0.next(), time: $0.time(), stock: $0.stock(),
            sku: $0.sku(), before: $0.numbers(), after: $0.numbers())
        }, oldest: chance.next(), newest: chance.next()),
    ]
  }

  @Test func `the outcomes of bulk commands come back as they went`() throws {
    var chance = Chance(77)
    for _ in 0..<200 {
      let outcome: Outcome = chance.pick([
        .unassigned(3, reservedLeft: -5), .cleaned(deleted: chance.next(), left: 4),
        .imported(
          ImportResult(
            created: 1, updated: 2, deleted: 3,
            invalid: chance.list(3) {
              .init(row: UInt32($0.below(99)), code: $0.pick(RefusalCode.allCases), field: "qty")
            })),
        .moved(
          Moved(lines: [.init(chance.sku(), 1, isInStock: chance.maybe { $0.flag() })])),
        .reserved(
          Reserved(
            expiresAt: nil,
            lines: [
              GrantedLine(
                sku: chance.sku(), granted: 2, expected: chance.quantity(),
                expectedAt: chance.maybe { $0.time() })
            ])),
        .refused(Refusal(.customerLimit, sku: chance.sku(), freeAt: chance.maybe { $0.time() })),
      ])
      let reply = Reply(outcome: outcome, position: chance.next(), isReplayed: chance.flag())
      let body = encoded { MessageCodec.encode(reply, into: &$0) }
      let got = try unsafe body.withUnsafeBytes { try unsafe MessageCodec.decodeReply($0) }
      #expect(got == reply)
    }
  }
}

extension Chance {
  fileprivate mutating func salable() -> SalableRow {
    SalableRow(
      sku: sku(), isSalable: flag(), quantity: maybe { $0.quantity() },
      refusal: maybe { $0.pick(RefusalCode.allCases) })
  }

  fileprivate mutating func explanation() -> Explanation {
    Explanation(
      stock: stock(), sku: sku(), salable: salable(), isManaged: flag(), onHand: quantity(),
      reserved: quantity(), threshold: quantity(), backorders: .allowedWithNotice,
      sources: list(2) {
        Explanation.Contribution(
          source: $0.source(), isEnabled: $0.flag(), isInStock: $0.flag(), sells: $0.flag(),
          quantity: $0.quantity())
      },
      claims: list(2) {
        Explanation.Claim(
          kind: $0.pick([.hold, .order, .other]), id: $0.document(), quantity: $0.quantity())
      }, claimsLeftOut: 3, takenElsewhere: quantity(), expected: quantity(),
      channels: list(2) {
        Explanation.ChannelShare(
          channel: $0.channel(), safety: $0.quantity(), salable: $0.maybe { $0.quantity() })
      })
  }

  fileprivate mutating func numbers() -> ChangeRow.Numbers {
    ChangeRow.Numbers(
      onHand: quantity(), reserved: quantity(), salable: maybe { $0.quantity() },
      isSalable: flag(), isOverpromised: flag())
  }

  fileprivate mutating func sourceView() -> SourceView {
    SourceView(
      code: source(), isEnabled: flag(), isPickup: flag(), sells: flag(), ships: flag(),
      coordinates: maybe { $0.coordinates() }, texts: sourceTexts())
  }

  fileprivate mutating func productView() -> ProductView {
    ProductView(
      sku: sku(), type: .bundle, isEnabled: flag(), isInStock: flag(), own: settings(),
      inForce: settings(), children: list(2) { $0.sku() },
      options: list(2) { BundleOption([.init($0.sku())], isRequired: $0.flag()) },
      shipsTogether: flag(), tags: list(2) { $0.text() })
  }

  fileprivate mutating func reservation() -> ReservationView {
    ReservationView(
      id: document(), phase: .open, stock: stock(), customer: maybe { CustomerID($0.text()) },
      createdAt: time(), expiresAt: maybe { $0.time() },
      lines: list(2) {
        ReservationLineView(
          sku: $0.sku(), ordered: $0.quantity(), canceled: $0.quantity(),
          invoiced: $0.quantity(), shipped: $0.quantity(), refunded: $0.quantity())
      }, state: pick(OrderState.allCases), isDeferred: flag(), pickup: maybe { $0.source() })
  }
}
