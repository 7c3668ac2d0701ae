// SPDX-License-Identifier: Apache-2.0

/// Every way to say no (rules, section 15). The raw value is the number on the wire and in the
/// journal: it is never reused, and a new code gets the next number whatever its precedence.
public enum RefusalCode: UInt16, Sendable, CaseIterable, Error {
  /// Frame or encoding cannot be parsed.
  case malformed = 1
  /// Unknown command or protocol version.
  case unsupported = 2
  /// The caller lacks the permission.
  case notAllowed = 3
  /// Queue full, or the deadline passed before the work began.
  case overloaded = 4
  /// The journal has no room for another command; reads go on.
  case storageFull = 5
  /// A configured table is full; the field says which.
  case capacityExhausted = 6
  /// This node cannot accept writes now.
  case notLeader = 7
  /// The command id was used with another body.
  case idempotencyConflict = 8
  /// A field is missing, empty, out of range or of the wrong form; the field is named.
  case invalid = 9
  /// An empty list where at least one entry is needed.
  case emptyInput = 10
  /// An appended entry carries an id.
  case reservationIDPreset = 11
  /// Origin equals destination.
  case sameSource = 12
  /// The source selection algorithm is not registered.
  case unknownAlgorithm = 13
  /// Distance without an address.
  case noDestination = 14
  /// The sales channel was never registered.
  case unknownChannel = 15
  /// The channel is known, but no stock serves it.
  case noLinkedStock = 16
  /// No such stock.
  case unknownStock = 17
  /// No such source.
  case unknownSource = 18
  /// A transfer's origin is unknown.
  case unknownOrigin = 19
  /// A transfer's destination is unknown.
  case unknownDestination = 20
  /// The SKU is not in the catalogue where one is needed.
  case noSuchProduct = 21
  /// No such order.
  case unknownOrder = 22
  /// No such hold, or already forgotten.
  case unknownHold = 23
  /// The channel does not offer the pickup location.
  case pickupLocationNotFound = 24
  /// `default` is always on.
  case defaultSourceCannotBeDisabled = 25
  /// Stock 1 always exists.
  case defaultStockCannotBeDeleted = 26
  /// Stock 1 and source `default` are linked to each other only.
  case defaultLinkForbidden = 27
  /// The stock still serves a channel.
  case stockHasSalesChannel = 28
  /// The stock still has a non-zero sum of entries.
  case stockHasReservations = 29
  /// A composite product owns no quantity.
  case compositeHasNoQuantity = 30
  /// The order id is taken by a different request.
  case duplicateOrder = 31
  /// The document id is taken by a different request.
  case duplicateDocument = 32
  /// The order is final, or the step is not allowed in its state.
  case orderState = 33
  /// More than is open for this step.
  case exceedsOpenQuantity = 34
  /// The hold ran out.
  case holdExpired = 35
  /// The hold was placed or released.
  case holdClosed = 36
  /// The stock has several sources and none is named.
  case sourceRequired = 37
  /// The source is switched off.
  case sourceDisabled = 38
  /// The source does not carry the SKU.
  case sourceItemNotFound = 39
  /// No linked source carries the SKU.
  case notAssigned = 40
  /// Managed, and no in-stock item in an enabled source.
  case noSourceInStock = 41
  /// Less than the minimum per request.
  case minSaleQuantity = 42
  /// More than the maximum per request.
  case maxSaleQuantity = 43
  /// Not a multiple of the increment.
  case quantityIncrement = 44
  /// A fraction of a product sold in whole units.
  case quantityDecimal = 45
  /// The customer's allowance is used up.
  case customerLimit = 46
  /// Less is available than was asked for; the quantity is given.
  case notEnoughQuantity = 47
  /// The source holds less than the deduction.
  case insufficientSourceQuantity = 48
  /// The deduction would break another stock's promise (18.2).
  case breaksPromise = 49
  /// The origin holds less than the transfer.
  case transferQuantityNotAvailable = 50
  /// The pickup source lacks goods.
  case notReadyForPickup = 51
  /// The finding to compensate is no longer true.
  case staleCompensation = 52
  /// The version expected is no longer true.
  case staleVersion = 53
  /// A bug; nothing was decided, the same id may be sent again.
  case internalError = 54

  /// The name in files, logs and JSON: that of section 15.
  public var name: String { RefusalCode.names[Int(rawValue) - 1] }

  /// Whether the same request under a new command id can succeed later without being changed.
  public var retry: Retry {
    switch self {
    case .notAllowed, .capacityExhausted, .unknownAlgorithm, .unknownChannel, .noLinkedStock,
      .unknownStock, .unknownSource, .unknownOrigin, .unknownDestination, .noSuchProduct,
      .pickupLocationNotFound, .stockHasSalesChannel, .sourceDisabled, .sourceItemNotFound,
      .notAssigned, .noSourceInStock, .minSaleQuantity, .maxSaleQuantity, .quantityIncrement,
      .quantityDecimal:
      return .afterConfiguration
    case .unknownOrder, .stockHasReservations, .exceedsOpenQuantity, .notEnoughQuantity,
      .insufficientSourceQuantity, .breaksPromise, .transferQuantityNotAvailable,
      .notReadyForPickup:
      return .afterStockChange
    case .overloaded, .storageFull, .notLeader, .customerLimit, .internalError: return .byItself
    case .malformed, .unsupported, .idempotencyConflict, .invalid, .emptyInput,
      .reservationIDPreset, .sameSource, .noDestination, .unknownHold,
      .defaultSourceCannotBeDisabled, .defaultStockCannotBeDeleted, .defaultLinkForbidden,
      .compositeHasNoQuantity, .duplicateOrder, .duplicateDocument, .orderState, .holdExpired,
      .holdClosed, .sourceRequired, .staleCompensation, .staleVersion:
      return .never
    }
  }

  /// Whether the answer is stored under the command id (section 15, codes without a dagger). With
  /// the others nothing was decided, and the same id may be sent again.
  public var isStored: Bool {
    switch self {
    case .malformed, .unsupported, .notAllowed, .overloaded, .storageFull, .notLeader,
      .internalError:
      return false
    default: return self != .idempotencyConflict
    }
  }

  /// What makes the same request succeed later.
  public enum Retry: UInt8, Sendable {
    /// Nothing.
    case never = 0
    /// An operator's change of configuration.
    case afterConfiguration = 1
    /// A change of quantities.
    case afterStockChange = 2
    /// Time.
    case byItself = 3
  }

  private static let names = [
    "malformed", "unsupported", "not_allowed", "overloaded", "storage_full", "capacity_exhausted",
    "not_leader", "idempotency_conflict", "invalid", "empty_input", "reservation_id_preset",
    "same_source", "unknown_algorithm", "no_destination", "unknown_channel", "no_linked_stock",
    "unknown_stock", "unknown_source", "unknown_origin", "unknown_destination", "no_such_product",
    "unknown_order", "unknown_hold", "pickup_location_not_found",
    "default_source_cannot_be_disabled", "default_stock_cannot_be_deleted",
    "default_link_forbidden", "stock_has_sales_channel", "stock_has_reservations",
    "composite_has_no_quantity", "duplicate_order", "duplicate_document", "order_state",
    "exceeds_open_qty", "hold_expired", "hold_closed", "source_required", "source_disabled",
    "source_item_not_found", "not_assigned", "no_source_in_stock", "min_sale_qty", "max_sale_qty",
    "qty_increment", "qty_decimal", "customer_limit", "not_enough_qty", "insufficient_source_qty",
    "breaks_promise", "transfer_qty_not_available", "not_ready_for_pickup", "stale_compensation",
    "stale_version", "internal",
  ]
}
