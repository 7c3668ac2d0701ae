// SPDX-License-Identifier: Apache-2.0

import InventoryModel

@testable import WireCodec

// Random commands of the rest of the rule book.

extension Chance {
  mutating func sku() -> SKU { SKU(text()) }
  mutating func source() -> SourceCode { SourceCode(text()) }
  mutating func channel() -> ChannelCode { ChannelCode(text()) }
  mutating func stock() -> StockID { StockID(Int32(below(99))) }
  mutating func time() -> Timestamp { Timestamp(nanoseconds: Int64(below(1 << 40))) }

  mutating func finding() -> Finding {
    Finding(
      object: document(), stock: stock(), sku: sku(), compensate: quantity(), isOrphan: flag(),
      isFinal: flag())
  }

  mutating func limit() -> CustomerLimit {
    let goods: CustomerLimit.Goods = flag() ? .sku(sku()) : .tag(text())
    return CustomerLimit(
      document(), goods, channel: maybe { $0.channel() }, quantity: quantity(),
      window: pick([
        .perOrder, .rolling(seconds: 7), .campaign(from: .zero, to: Timestamp(nanoseconds: 8)),
      ]), countsRefunds: flag(), isStrict: flag())
  }

  mutating func policy() -> ChannelPolicy {
    ChannelPolicy(
      channel(), sku: maybe { $0.sku() },
      safety: flag() ? .quantity(quantity()) : .basisPoints(UInt16(below(10_001))),
      cap: maybe { ChannelPolicy.Cap($0.quantity(), since: $0.time()) },
      allowsBackorder: maybe { $0.flag() })
  }

  mutating func supply() -> Supply {
    Supply(document(), source: source(), sku: sku(), quantity: quantity(), expectedAt: time())
  }

  mutating func destination() -> Destination {
    Destination(
      coordinates: maybe { $0.coordinates() }, country: text(), postcode: text(), city: text(),
      region: text())
  }

  mutating func newEntry() -> NewEntry {
    NewEntry(
      stock: maybe { $0.stock() }, sku: maybe { $0.sku() }, quantity: maybe { $0.quantity() },
      event: pick(SalesEvent.allCases), object: document(), id: maybe { $0.next() })
  }

  mutating func product() -> ProductChange {
    ProductChange(
      sku(), settings: settings(), children: maybe { $0.list(3) { $0.sku() } },
      options: maybe {
        $0.list(2) { chance in
          BundleOption(
            chance.list(2) { child in
              BundleOption.Child(child.sku(), fixedQuantity: child.maybe { $0.quantity() })
            }, isRequired: chance.flag())
        }
      }, shipsTogether: maybe { $0.flag() }, tags: maybe { $0.list(2) { $0.text() } })
  }

  /// A random command that the rules name beside the everyday ones.
  mutating func rule(_ kind: Int) -> Command {
    switch kind {
    case 0: return .deleteProduct(sku())
    case 1: return .renameProduct(from: sku(), to: sku())
    case 2: return .assignSources(assignment())
    case 3: return .unassignSources(assignment())
    case 4: return .importSourceItems(pick([.append, .replace, .delete]), importRows())
    case 5: return .importPlaces(places())
    case 6: return .setCustomerLimit(limit())
    case 7: return .removeCustomerLimit(document())
    case 8: return .setChannelPolicy(policy())
    case 9: return .removeChannelPolicy(channel(), maybe { $0.sku() })
    case 10: return .changeHold(hold: document(), lines: lines())
    case 11: return .failOrder(document())
    case 12: return .processOrder(document(), isAccepted: flag())
    case 13: return .recordOrder(recorded())
    case 14: return .setOrderState(document(), pick(OrderState.allCases))
    case 15: return .reopen(order: document(), document: document())
    case 16: return .notifyPickup(order: document(), document: document())
    case 17: return .setSupply(supply())
    case 18: return .appendEntries(list(3) { $0.newEntry() })
    case 19: return .compensate(maybe { $0.list(3) { $0.finding() } })
    case 20: return .cleanUp
    case 21: return .setProduct(product())
    default: return fuller(kind)
    }
  }

  /// Commands with the fields that came later.
  private mutating func fuller(_ kind: Int) -> Command {
    switch kind {
    case 22:
      var request = request()
      request.pickup = maybe { $0.source() }
      request.needBy = maybe { $0.time() }
      return .hold(Hold(document(), request))
    case 23:
      return .deduct(
        Deduct(
          order: document(), document: document(),
          parts: [.init(source: nil, lines: lines(), isAutomatic: true)],
          manner: pick([.usual, .forced, .external])))
    case 24:
      return .refund(Refund(document(), document: document(), isProportional: flag(), lines: []))
    case 25:
      return .receive(
        Receive(document(), source: source(), lines: lines(), supply: maybe { $0.document() }))
    case 26:
      return .adjust(Adjust(source: source(), sku: sku(), .countAsOf(quantity(), time())))
    case 27:
      return .setSource(
        SourceChange(source(), sells: maybe { $0.flag() }, ships: maybe { $0.flag() }))
    default:
      let clears = flag()
      return .setSourceItems([
        SourceItemChange(
          source: source(), sku: sku(), quantity: quantity(),
          notifyQuantity: clears ? nil : maybe { $0.quantity() }, clearsNotify: clears)
      ])
    }
  }

  private mutating func assignment() -> SourceAssignment {
    SourceAssignment(list(3) { $0.sku() }, to: list(3) { $0.source() })
  }

  private mutating func importRows() -> [ImportRow] {
    list(4) {
      ImportRow(
        source: $0.text(), sku: $0.text(), quantity: $0.maybe { $0.quantity() },
        isInStock: $0.maybe { $0.flag() })
    }
  }

  private mutating func places() -> PlaceImport {
    PlaceImport(
      country: text(), replaces: flag(),
      places: list(3) {
        PlaceName(
          country: $0.text(), postcode: $0.text(), city: $0.text(), region: $0.text(),
          coordinates: $0.coordinates())
      })
  }

  private mutating func recorded() -> RecordedOrder {
    RecordedOrder(
      document(), stock: stock(), state: pick(OrderState.allCases),
      lines: list(3) {
        RecordedOrder.Line(
          $0.sku(), ordered: $0.quantity(), canceled: $0.quantity(), invoiced: $0.quantity(),
          shipped: $0.quantity(), refunded: $0.quantity())
      })
  }
}
