// SPDX-License-Identifier: Apache-2.0

/// Business reason of a reservation entry (6.1, 18.1). The raw value is the number on the wire.
public enum SalesEvent: UInt8, Sendable, CaseIterable {
  /// A hold was made.
  case holdCreated = 1
  /// A hold was released.
  case holdReleased = 2
  /// A hold ran out.
  case holdExpired = 3
  /// A hold became an order.
  case holdConverted = 4
  /// An order was placed.
  case orderPlaced = 5
  /// A placed order failed later.
  case orderPlaceFailed = 6
  /// Open quantity of an order was given up.
  case orderCanceled = 7
  /// A virtual product was billed.
  case invoiceCreated = 8
  /// Goods were shipped.
  case shipmentCreated = 9
  /// Goods were paid back.
  case creditmemoCreated = 10
  /// Legacy "revert sale".
  case revertProductsSale = 11
  /// Legacy "give back".
  case backItemQuantity = 12
  /// An operator's compensation.
  case manualCompensation = 13

  /// The event of that name, or `nil`.
  public init?(name: String) {
    guard let event = SalesEvent.allCases.first(where: { $0.name == name }) else { return nil }
    self = event
  }

  /// The name in files and JSON: that of the seed.
  public var name: String {
    switch self {
    case .holdCreated: "hold_created"
    case .holdReleased: "hold_released"
    case .holdExpired: "hold_expired"
    case .holdConverted: "hold_converted"
    case .orderPlaced: "order_placed"
    case .orderPlaceFailed: "order_place_failed"
    case .orderCanceled: "order_canceled"
    case .invoiceCreated: "invoice_created"
    case .shipmentCreated: "shipment_created"
    case .creditmemoCreated: "creditmemo_created"
    case .revertProductsSale: "revert_products_sale"
    case .backItemQuantity: "back_item_qty"
    case .manualCompensation: "manual_compensation"
    }
  }
}

/// What is behind a reservation entry.
public enum EntryObject: UInt8, Sendable {
  /// A timed hold.
  case hold = 0
  /// An order.
  case order = 1
  /// What an appended entry named, or an order that failed.
  case other = 2
}

/// A reservation entry: a signed, append-only change to the reserved quantity.
public struct EntryRow: Sendable, Equatable {
  /// Its number; grows along the log.
  public var id: UInt64
  /// The stock.
  public var stock: StockID
  /// The SKU.
  public var sku: SKU
  /// Negative when goods are reserved, positive when given back.
  public var quantity: Quantity
  /// Why.
  public var event: SalesEvent
  /// What the object is.
  public var kind: EntryObject
  /// The hold, the order or whatever else is behind it; empty when nothing is.
  public var object: DocumentID
  /// The position of the command that appended it.
  public var position: Position
  /// Makes an entry.
  public init(
    id: UInt64, stock: StockID, sku: SKU, quantity: Quantity, event: SalesEvent,
    kind: EntryObject, object: DocumentID, position: Position
  ) {
    self.id = id
    self.stock = stock
    self.sku = sku
    self.quantity = quantity
    self.event = event
    self.kind = kind
    self.object = object
    self.position = position
  }
}
