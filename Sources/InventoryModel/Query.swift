// SPDX-License-Identifier: Apache-2.0

/// Questions. They change nothing, see only what is durable, and on one server see everything that
/// was acknowledged before they were asked.
public enum Query: Sendable, Equatable {
  /// The server's state in numbers.
  case status
  /// Salable quantities, in request order (4.1).
  case salable(SalesPoint, [SKU])
  /// The request check of section 5, for every line, without reserving.
  case check(ReserveRequest)
  /// A hold.
  case hold(DocumentID)
  /// An order.
  case order(DocumentID)
  /// What happened to a command.
  case outcome(CommandID)
  /// The source items of a SKU, in order of source code.
  case sourceItems(SKU)
  /// A page of all source items, ordered by folded SKU bytes, then source code; `after` is exclusive.
  case sourceItemPage(after: SourceItemKey?, limit: UInt32)
  /// A page of on-hand quantities summed over all sources, ordered by folded SKU bytes; `after` is
  /// exclusive.
  case onHandPage(after: SKU?, limit: UInt32)
  /// All sources, in order of code.
  case sources
  /// All stocks with links and channels, in order of number.
  case stocks
  /// One product and the settings in force for it.
  case product(SKU)
  /// The store's settings.
  case store
  /// How the salable quantity of a SKU comes about, for one stock or for every stock it is assigned to.
  case explain(SKU, stock: StockID?)
  /// Reservation entries in the order they were appended; `after` is the last entry id already seen.
  case entries(EntryFilter, after: UInt64, limit: UInt32)
  /// The stock behind a channel.
  case channel(ChannelCode)
  /// Salable quantities with the supply expected until a moment (18.7).
  case salableBy(SalesPoint, [SKU], Timestamp)
  /// The nearest quantity that the increments allow (4.7).
  case suggest(SalesPoint, SKU, Quantity)
  /// "Only X left" (section 9), in request order.
  case onlyLeft(SalesPoint, [SKU])
  /// Salable quantity of a SKU in every stock it is assigned to (11.9).
  case stocksOf(SKU)
  /// A page of the stock export, ordered by folded SKU bytes; `after` is exclusive (11.8).
  case exportStock(SalesPoint, after: SKU?, limit: UInt32)
  /// Which sources serve a request (section 8).
  case selectSources(SelectionRequest)
  /// Source items below their low-stock level, by quantity, source and SKU; only sources of the
  /// channel's stock when one is named (section 9).
  case lowStock(LowStockList, ChannelCode?, offset: UInt64, limit: UInt32)
  /// Pickup locations (section 12).
  case pickupLocations(PickupSearch)
  /// One pickup location of a channel.
  case pickupLocation(SourceCode, ChannelCode)
  /// Whether a source can hand over a pickup order; `nil` is the order's own location.
  case pickupReady(order: DocumentID, source: SourceCode?)
  /// Orders and SKUs whose entries do not sum to what they should (14).
  case inconsistencies(FindingFilter, offset: UInt64, limit: UInt32)
  /// Open holds, of a customer or with a SKU, oldest first.
  case holds(customer: CustomerID?, sku: SKU?, offset: UInt64, limit: UInt32)
  /// A page of the catalogue, ordered by folded SKU bytes; `after` is exclusive.
  case products(after: SKU?, limit: UInt32)
  /// Sources that meet every condition, in order of code.
  case searchSources([SourceFilter], offset: UInt64, limit: UInt32)
  /// The source items of one source, ordered by folded SKU bytes; `after` is exclusive.
  case itemsAt(SourceCode, after: SKU?, limit: UInt32)
  /// All customer limits, in order of id.
  case customerLimits
  /// All channel policies, by channel and SKU.
  case channelPolicies
  /// Open supply, of a SKU or all, by SKU, date and id.
  case supplies(SKU?)
  /// How many places of a country are known.
  case placeCount(country: String)
  /// The change stream from after a sequence number on.
  case changes(after: UInt64, limit: UInt32)
}

/// Which reservation entries are wanted.
public enum EntryFilter: Sendable, Equatable {
  /// All.
  case all
  /// Those of one SKU.
  case sku(SKU)
  /// Those of one order.
  case order(DocumentID)
  /// Those of one hold.
  case hold(DocumentID)
  /// Those of one stock.
  case stock(StockID)
  /// Those that name this as their cause: an order, or whatever an appended entry named.
  case object(DocumentID)
}

/// The answer to a query.
public enum Answer: Sendable, Equatable {
  /// To `status`.
  case status(ServerStatus)
  /// To `salable`, in request order.
  case salable([SalableRow])
  /// To `check`: per SKU in request order.
  case check([CheckRow])
  /// To `hold` and `order`.
  case reservation(ReservationView)
  /// To `outcome`: `nil` when the id is not known (any more).
  case outcome(StoredOutcome?)
  /// To `sourceItems` and `sourceItemPage`.
  case sourceItems([SourceItemRow], isLast: Bool)
  /// To `onHandPage`.
  case onHand([OnHandRow], isLast: Bool)
  /// To `sources`.
  case sources([SourceView])
  /// To `stocks`.
  case stocks([StockView])
  /// To `product`.
  case product(ProductView)
  /// To `store`.
  case store(StoreView)
  /// To `explain`.
  case explanation([Explanation])
  /// To `entries`.
  case entries([EntryRow], isLast: Bool)
  /// To `suggest`.
  case quantity(Quantity)
  /// To `pickupReady`.
  case flag(Bool)
  /// To `placeCount`.
  case count(UInt64)
  /// To `onlyLeft`.
  case onlyLeft([OnlyLeftRow])
  /// To `stocksOf`.
  case stockSalable([StockSalableRow])
  /// To `exportStock`.
  case export([ExportRow], isLast: Bool)
  /// To `selectSources`.
  case selection(Selection)
  /// To `lowStock`; `total` counts before paging.
  case lowStock([LowStockRow], total: UInt64)
  /// To `pickupLocations` and `searchSources`; `total` counts before paging.
  case sourcePage([SourceView], total: UInt64)
  /// To `inconsistencies`; `total` counts before paging.
  case findings([Finding], total: UInt64)
  /// To `holds`; `total` counts before paging.
  case reservations([ReservationView], total: UInt64)
  /// To `products`.
  case products([ProductView], isLast: Bool)
  /// To `customerLimits`.
  case customerLimits([CustomerLimit])
  /// To `channelPolicies`.
  case channelPolicies([ChannelPolicy])
  /// To `supplies`.
  case supplies([SupplyView])
  /// To `changes`; `oldest` and `newest` bound what is kept, 0 and 0 when nothing is.
  case changes([ChangeRow], oldest: UInt64, newest: UInt64)
  /// No.
  case refused(Refusal)
}

/// The server's state in numbers.
public struct ServerStatus: Sendable, Equatable {
  /// The last command applied.
  public var position: Position
  /// The log's time.
  public var time: Timestamp
  /// SKUs known.
  public var skuCount: UInt64
  /// Source items.
  public var sourceItemCount: UInt64
  /// Active holds.
  public var activeHoldCount: UInt64
  /// Orders that are not final.
  public var openOrderCount: UInt64
  /// Command ids remembered.
  public var rememberedIDCount: UInt64
  /// Reservation entries kept.
  public var entryCount: UInt64
  /// Units taken from sources by deductions, ever.
  public var deducted: Quantity
  /// Units put into sources by receipts and returns, ever.
  public var received: Quantity
  /// Makes a status.
  public init(
    position: Position, time: Timestamp, skuCount: UInt64, sourceItemCount: UInt64,
    activeHoldCount: UInt64, openOrderCount: UInt64, rememberedIDCount: UInt64, entryCount: UInt64,
    deducted: Quantity, received: Quantity
  ) {
    self.position = position
    self.time = time
    self.skuCount = skuCount
    self.sourceItemCount = sourceItemCount
    self.activeHoldCount = activeHoldCount
    self.openOrderCount = openOrderCount
    self.rememberedIDCount = rememberedIDCount
    self.entryCount = entryCount
    self.deducted = deducted
    self.received = received
  }
}

/// The salable quantity of one SKU.
public struct SalableRow: Sendable, Equatable {
  /// The SKU, in the spelling it was created with where it is known.
  public var sku: SKU
  /// Whether it can be sold at all (4.4).
  public var isSalable: Bool
  /// 0 when not salable; `nil` when stock is not managed.
  public var quantity: Quantity?
  /// Why there is no answer (`no_such_product`, `composite_has_no_quantity`), or `nil`.
  public var refusal: RefusalCode?
  /// Makes a row.
  public init(sku: SKU, isSalable: Bool, quantity: Quantity?, refusal: RefusalCode? = nil) {
    self.sku = sku
    self.isSalable = isSalable
    self.quantity = quantity
    self.refusal = refusal
  }
}

/// Whether a quantity of one SKU can be had.
public struct CheckRow: Sendable, Equatable {
  /// The SKU.
  public var sku: SKU
  /// The sum of the request's lines of the SKU.
  public var requested: Quantity
  /// The violations in the order of section 5; empty means yes.
  public var violations: [RefusalCode]
  /// How much there is (4.1, before rules on status); `nil` when not managed.
  public var available: Quantity?
  /// The part that would be backordered.
  public var backordered: Quantity
  /// Whether the customer would have to be told.
  public var notifiesCustomer: Bool
  /// Makes a row.
  public init(
    sku: SKU, requested: Quantity, violations: [RefusalCode], available: Quantity?,
    backordered: Quantity = .zero, notifiesCustomer: Bool = false
  ) {
    self.sku = sku
    self.requested = requested
    self.violations = violations
    self.available = available
    self.backordered = backordered
    self.notifiesCustomer = notifiesCustomer
  }
}

/// What is stored under a command id.
public struct StoredOutcome: Sendable, Equatable {
  /// The answer as it was given first.
  public var reply: Reply
  /// When it was decided, in log time.
  public var decidedAt: Timestamp
  /// Makes a stored outcome.
  public init(reply: Reply, decidedAt: Timestamp) {
    self.reply = reply
    self.decidedAt = decidedAt
  }
}
