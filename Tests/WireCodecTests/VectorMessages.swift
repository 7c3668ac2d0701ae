// SPDX-License-Identifier: Apache-2.0

import InventoryModel

@testable import WireCodec

// The messages of the good vectors that the rule book adds to selling: one of each kind.

extension VectorTests {
  static let ruleCommands: [(String, Command)] = [
    (
      "hold-pickup-expected",
      .hold(
        Hold(
          "cart-19",
          ReserveRequest(
            .channel("base"), [OrderLine("LAMP", 2)], pickup: "shop",
            needBy: Timestamp(nanoseconds: 1_700_000_000_000_000_000)), seconds: 900))
    ),
    ("change-hold", .changeHold(hold: "cart-17", lines: [OrderLine("LAMP", 3)])),
    ("fail-order", .failOrder("1000001")),
    ("process-order", .processOrder("1000001", isAccepted: true)),
    (
      "record-order",
      .recordOrder(
        RecordedOrder(
          "old-1", stock: 1, state: .complete,
          lines: [.init("LAMP", ordered: 2, invoiced: 2, shipped: 2)]))
    ),
    ("set-order-state", .setOrderState("old-1", .closed)),
    ("reopen", .reopen(order: "1000001", document: "cancel-1")),
    ("notify-pickup", .notifyPickup(order: "1000001", document: "ready-1")),
    ("delete-product", .deleteProduct("LAMP")),
    ("rename-product", .renameProduct(from: "LAMP", to: "LAMP-2")),
    (
      "set-bundle",
      .setProduct(
        ProductChange(
          "SET", type: .bundle,
          options: [BundleOption([.init("LAMP"), .init("BULB", fixedQuantity: 2)])],
          shipsTogether: true, tags: ["light"]))
    ),
    ("assign-sources", .assignSources(SourceAssignment(["LAMP"], to: ["east", "west"]))),
    ("unassign-sources", .unassignSources(SourceAssignment(["LAMP"], to: ["west"]))),
    (
      "import-source-items",
      .importSourceItems(
        .append,
        [
          ImportRow(source: "east", sku: "LAMP", quantity: 9, isInStock: true),
          ImportRow(source: "", sku: "BULB", quantity: nil, isInStock: nil),
        ])
    ),
    (
      "import-places",
      .importPlaces(
        PlaceImport(
          country: "DE",
          places: [
            PlaceName(
              country: "DE", postcode: "86559", city: "Adelzhausen", region: "Bavaria",
              coordinates: Coordinates(latitude: 483_644_000, longitude: 111_350_000))
          ]))
    ),
    (
      "set-customer-limit",
      .setCustomerLimit(
        CustomerLimit(
          "lamp-2-a-week", .sku("LAMP"), channel: "base", quantity: 2,
          window: .rolling(seconds: 604_800), countsRefunds: true))
    ),
    ("remove-customer-limit", .removeCustomerLimit("lamp-2-a-week")),
    (
      "set-channel-policy",
      .setChannelPolicy(
        ChannelPolicy("base", sku: "LAMP", safety: .basisPoints(1_000), cap: .init(50)))
    ),
    ("remove-channel-policy", .removeChannelPolicy("base", "LAMP")),
    (
      "set-supply",
      .setSupply(
        Supply(
          "po-7", source: "east", sku: "LAMP", quantity: 100,
          expectedAt: Timestamp(nanoseconds: 1_700_000_000_000_000_000)))
    ),
    (
      "append-entries",
      .appendEntries([
        NewEntry(stock: 1, sku: "LAMP", quantity: -2, event: .orderPlaced, object: "old-1")
      ])
    ),
    (
      "compensate",
      .compensate([Finding(object: "old-1", stock: 1, sku: "LAMP", compensate: 2, isFinal: true)])
    ),
    ("compensate-all", .compensate(nil)),
    ("clean-up", .cleanUp),
    (
      "deduct-automatic",
      .deduct(
        Deduct(
          order: "1000001", document: "ship-2", parts: [.init(source: nil, isAutomatic: true)]))
    ),
    (
      "adjust-count-as-of",
      .adjust(
        Adjust(
          source: "east", sku: "LAMP",
          .countAsOf(40, Timestamp(nanoseconds: 1_700_000_000_000_000_000))))
    ),
  ]

  static let queries: [(String, Query)] = [
    ("ask-salable-by", .salableBy(.channel("base"), ["LAMP"], Timestamp(nanoseconds: 7))),
    ("ask-suggest", .suggest(.stock(1), "LAMP", 7)),
    ("ask-stocks-of", .stocksOf("LAMP")),
    (
      "ask-select-sources",
      .selectSources(
        SelectionRequest(
          .stock(1), [OrderLine("LAMP", 2)], algorithm: .distance,
          destination: Destination(country: "DE", postcode: "86559")))
    ),
    ("ask-low-stock", .lowStock(.report, "base", offset: 0, limit: 100)),
    (
      "ask-pickup-locations",
      .pickupLocations(
        PickupSearch(
          "base", near: Destination(country: "DE", city: "Berlin"), radiusMetres: 50_000,
          filters: [SourceFilter(.city, .contains, "Ber")], skus: ["LAMP"],
          sort: [SourceSort(.distance)], page: 1, pageSize: 20))
    ),
    ("ask-inconsistencies", .inconsistencies(.incomplete, offset: 0, limit: 100)),
    ("ask-changes", .changes(after: 41, limit: 1_000)),
  ]

  static let answers: [(String, Opcode, Answer)] = [
    (
      "reply-selection", .selectSources,
      .selection(
        Selection(
          isShippable: true,
          rows: [.init(source: "east", sku: "LAMP", quantity: 2, available: 9)]))
    ),
    (
      "reply-changes", .changes,
      .changes(
        [
          ChangeRow(
            sequence: 42, position: 99, time: Timestamp(nanoseconds: 7), stock: 1, sku: "LAMP",
            before: .init(onHand: 9, reserved: 0, salable: 9, isSalable: true),
            after: .init(onHand: 9, reserved: -2, salable: 7, isSalable: true))
        ], oldest: 1, newest: 42)
    ),
  ]
}
