// SPDX-License-Identifier: Apache-2.0

/// Everything that changes state. A command is decided by the engine alone, from its state and the
/// log's timestamp; the same log gives the same state.
///
/// The opcode of each case is in `Opcode`; the bytes are in `Protocol/Messages.md`.
public enum Command: Sendable, Equatable {
  // Configuration

  /// Changes store settings.
  case setStore(StoreChange)
  /// Registers or changes a product.
  case setProduct(ProductChange)
  /// Creates or changes a source.
  case setSource(SourceChange)
  /// Creates or changes a stock and its channels.
  case setStock(StockChange)
  /// Deletes a stock that serves no channel and holds no reservation.
  case deleteStock(StockID)
  /// Adds, removes or renames a sales channel.
  case setChannel(ChannelChange)
  /// Links a source to a stock, or changes the link's priority.
  case linkSource(StockSourceLink)
  /// Removes a link.
  case unlinkSource(stock: StockID, source: SourceCode)
  /// Creates or replaces source items, all or none (11.1).
  case setSourceItems([SourceItemChange])
  /// Removes source items with their quantities, all or none; reservations stay (11.3).
  case removeSourceItems([SourceItemKey])
  /// Takes a product out of the catalogue with its source items (11.6).
  case deleteProduct(SKU)
  /// Gives a product another SKU; source items and open lines follow (11.6).
  case renameProduct(from: SKU, to: SKU)
  /// Creates missing source items, empty and out of stock (11.2).
  case assignSources(SourceAssignment)
  /// Removes source items with their quantities; reservations stay (11.3).
  case unassignSources(SourceAssignment)
  /// Writes or removes the rows that are valid and lists the others (11.7).
  case importSourceItems(ImportMode, [ImportRow])
  /// Replaces or extends the places of a country (8.3).
  case importPlaces(PlaceImport)
  /// Sets a customer limit (18.5).
  case setCustomerLimit(CustomerLimit)
  /// Removes a customer limit; an unknown one is no fault.
  case removeCustomerLimit(DocumentID)
  /// Sets what a channel may take (18.6).
  case setChannelPolicy(ChannelPolicy)
  /// Removes a channel's policy, of a SKU or of the whole channel; an unknown one is no fault.
  case removeChannelPolicy(ChannelCode, SKU?)

  // Selling

  /// Reserves for a cart, with a deadline (18.1).
  case hold(Hold)
  /// Moves a hold's deadline later.
  case extend(hold: DocumentID, seconds: Int64)
  /// Turns a hold into an order, or reserves for an order at once (6.3, 18.1).
  case place(Place)
  /// Ends a hold, whole (no lines) or in part.
  case release(hold: DocumentID, lines: OrderLines)
  /// Gives up open quantities of an order (6.4).
  case cancel(Cancel)
  /// Replaces the lines of an open hold, all or nothing; its own quantity counts as available (18.1).
  case changeHold(hold: DocumentID, lines: OrderLines)
  /// A placed order failed later: what it reserves is compensated and the order is gone (6.1, row 2).
  case failOrder(DocumentID)
  /// An order that was queued is accepted or rejected (6.9).
  case processOrder(DocumentID, isAccepted: Bool)
  /// Keeps an order that was placed elsewhere; nothing is reserved.
  case recordOrder(RecordedOrder)
  /// Says where an order stands; a final state stays (6.8).
  case setOrderState(DocumentID, OrderState)
  /// Reserves a canceled order afresh under the rules of the moment (18.8).
  case reopen(order: DocumentID, document: DocumentID)

  // Fulfilment

  /// Bills quantities of an order (rows 5 and 6 of 6.1).
  case invoice(Invoice)
  /// Goods leave a source: for an order (6.5) or without one (7.1).
  case deduct(Deduct)
  /// Pays back invoiced quantities, with or without return of the goods (6.6).
  case refund(Refund)
  /// Ships what is open of a pickup order from its location, when it is ready (section 12).
  case notifyPickup(order: DocumentID, document: DocumentID)

  // Movement

  /// Goods arrive at a source.
  case receive(Receive)
  /// Corrects on-hand quantity by a difference or to a count (18.8).
  case adjust(Adjust)
  /// Moves goods between sources (11.4, 11.5).
  case transfer(Transfer)
  /// States goods that are expected; the same id changes them, quantity 0 cancels them (18.7).
  case setSupply(Supply)

  // Bookkeeping

  /// Appends entries as they are; those of products whose stock is not managed are dropped (14).
  case appendEntries([NewEntry])
  /// Appends what findings propose; `nil` is all there are (14).
  case compensate([Finding]?)
  /// Removes the entries of every order, stock and SKU that sum to 0; no sum changes (14).
  case cleanUp

  // The server's own, refused from clients

  /// Lets the log's time pass, so that due holds expire. Has no effect besides.
  case pulse
  /// States how much the engine may hold from here on.
  case setCapacities(Capacities)
  /// States the digest the engine must have here; replay stops when it differs.
  case digest(UInt64)
}
