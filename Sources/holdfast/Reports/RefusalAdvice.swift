// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Refusal {
  /// What happened and what to do about it, in two sentences.
  var sentences: String { "Refused (\(code.name)): \(fact) \(code.advice)" }

  /// What is known about this case.
  private var fact: String {
    let about = sku.map { " for \($0)" } ?? ""
    if let requested, let available {
      return "\(requested) asked\(about), \(available) there."
    }
    if let available { return "\(available) there\(about)." }
    if !field.isEmpty { return "the field is \(field)\(sku.map { ", the SKU \($0)" } ?? "")." }
    return sku.map { "the SKU is \($0)." } ?? "nothing was changed."
  }
}

extension RefusalCode {
  /// What to do, as a sentence. Exhaustive on purpose: a new code must say what to do about it.
  var advice: String {
    switch self {
    case .malformed, .unsupported: protocolAdvice
    case .notAllowed: "Ask an administrator for the permission, or connect as somebody else."
    case .overloaded, .storageFull, .capacityExhausted, .notLeader, .internalError: serverAdvice
    case .idempotencyConflict, .invalid, .emptyInput, .reservationIDPreset, .sameSource,
      .duplicateOrder, .duplicateDocument:
      requestAdvice
    case .unknownAlgorithm, .noDestination, .unknownChannel, .noLinkedStock, .unknownStock,
      .unknownSource, .unknownOrigin, .unknownDestination, .noSuchProduct, .unknownOrder,
      .unknownHold, .pickupLocationNotFound:
      lookupAdvice
    case .defaultSourceCannotBeDisabled, .defaultStockCannotBeDeleted, .defaultLinkForbidden,
      .stockHasSalesChannel, .stockHasReservations, .compositeHasNoQuantity, .sourceRequired,
      .sourceDisabled, .sourceItemNotFound, .notAssigned, .noSourceInStock:
      configurationAdvice
    case .orderState, .exceedsOpenQuantity, .holdExpired, .holdClosed, .minSaleQuantity,
      .maxSaleQuantity, .quantityIncrement, .quantityDecimal, .customerLimit, .notEnoughQuantity,
      .insufficientSourceQuantity, .breaksPromise, .transferQuantityNotAvailable,
      .notReadyForPickup, .staleCompensation, .staleVersion:
      sellingAdvice
    }
  }

  private var protocolAdvice: String {
    self == .malformed
      ? "Client and server disagree about the bytes: use the same release of both."
      : "The server is older or newer than this client: use the same release of both."
  }

  private var serverAdvice: String {
    switch self {
    case .overloaded: "Wait a moment and send it again with the same --id."
    case .storageFull: "Make room on the server's disk; then send it again with the same --id."
    case .capacityExhausted: "Raise the limit of that table in the server's configuration."
    case .notLeader: "Connect to the server that leads."
    default: "This is a bug: send it again with the same --id, and report the server's log."
    }
  }

  private var requestAdvice: String {
    switch self {
    case .idempotencyConflict: "Send this command under a new --id; the first one stands."
    case .invalid: "Correct that field and send the command under a new --id."
    case .emptyInput: "Name at least one entry."
    case .reservationIDPreset: "Leave the entry's id to the server."
    case .sameSource: "Name two different sources."
    case .duplicateOrder: "Choose another order id; see `order show` for the one that stands."
    default: "Choose another document id; the first document of that id stands."
    }
  }

  private var lookupAdvice: String {
    switch self {
    case .unknownAlgorithm: "Name an algorithm that the server has."
    case .noDestination: "Give the destination's coordinates."
    case .unknownChannel:
      "Add it with `channel add`, or see `stock list` for the channels there are."
    case .noLinkedStock: "Give the channel a stock with `stock set --channel`."
    case .unknownStock: "See `stock list`, or create it with `stock set`."
    case .unknownSource, .unknownOrigin, .unknownDestination:
      "See `source list`, or create it with `source set`."
    case .noSuchProduct: "Register it with `product set`."
    case .unknownOrder: "Check the order's id; perhaps it was not placed yet."
    case .unknownHold: "Check the hold's id; closed holds are forgotten after a day."
    default: "Choose another pickup location."
    }
  }

  private var configurationAdvice: String {
    switch self {
    case .defaultSourceCannotBeDisabled: "The source `default` is always on; use another source."
    case .defaultStockCannotBeDeleted: "Stock 1 always exists; use another stock."
    case .defaultLinkForbidden:
      "Stock 1 and the source `default` are linked to each other only; use another stock or source."
    case .stockHasSalesChannel:
      "Move its channels to another stock first, with `stock set --channel`."
    case .stockHasReservations: "Wait until its orders are shipped and its holds are over."
    case .compositeHasNoQuantity: "Ask for the SKUs that it is made of."
    case .sourceRequired: "Name the source with --source."
    case .sourceDisabled: "Enable it with `source set --enabled`, or use another source."
    case .sourceItemNotFound: "Create it with `item set` or `receive`, or use another source."
    case .notAssigned: "Create a source item with `item set` in a source linked to the stock."
    default: "Mark an item of an enabled source as in stock with `item set`, or receive goods."
    }
  }

  private var sellingAdvice: String {
    switch self {
    case .orderState: "See `order show`: its state does not allow this step."
    case .exceedsOpenQuantity: "See `order show` for what is open, and ask for no more than that."
    case .holdExpired: "Make a new hold, or place it without --no-reacquire."
    case .holdClosed: "Make a new hold: this one was placed or released."
    case .minSaleQuantity: "Ask for more, or lower min_sale_qty."
    case .maxSaleQuantity: "Ask for less, or raise max_sale_qty."
    case .quantityIncrement: "Ask for a multiple of qty_increments."
    case .quantityDecimal: "Ask for whole units, or set is_qty_decimal=yes."
    case .customerLimit: "Wait until one of the customer's holds ends, or raise the limit."
    case .notEnoughQuantity: "Ask for less, use --mode fill, or see `explain` for who has the rest."
    case .insufficientSourceQuantity: "Deduct from another source, or receive goods there first."
    case .breaksPromise:
      "Deduct from another source: these goods are promised through another stock."
    case .transferQuantityNotAvailable: "Move less, or see `item get` for what the origin holds."
    case .notReadyForPickup: "Bring the goods to the pickup location first."
    case .staleCompensation: "Look again: what was to be compensated is no longer so."
    default: "See `item get` for the version of now, look at the change, and decide again."
    }
  }
}
