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

  // Fulfilment

  /// Bills quantities of an order (rows 5 and 6 of 6.1).
  case invoice(Invoice)
  /// Goods leave a source: for an order (6.5) or without one (7.1).
  case deduct(Deduct)
  /// Pays back invoiced quantities, with or without return of the goods (6.6).
  case refund(Refund)

  // Movement

  /// Goods arrive at a source.
  case receive(Receive)
  /// Corrects on-hand quantity by a difference or to a count (18.8).
  case adjust(Adjust)
  /// Moves goods between sources (11.4, 11.5).
  case transfer(Transfer)

  // The server's own, refused from clients

  /// Lets the log's time pass, so that due holds expire. Has no effect besides.
  case pulse
  /// States how much the engine may hold from here on.
  case setCapacities(Capacities)
  /// States the digest the engine must have here; replay stops when it differs.
  case digest(UInt64)
}
