// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// The one place where inventory is decided: (command, log time) in, outcome out.
///
/// The engine knows no clock, file, thread or chance. The same commands at the same positions and
/// times give the same state and the same answers, so replaying a journal is running it again.
///
/// - `apply` is total: every command that can be decoded is answered. What cannot be done is refused.
/// - A refused command changes nothing: every part of it is examined before the first change is made.
/// - Cost follows the command, not the state: a reservation is O(lines) whatever the number of SKUs.
///   What touches more says so.
///
/// It cannot be copied: there is one owner, who changes it in place.
package struct Engine: ~Copyable {
  private(set) var options: EngineOptions
  /// Log time in nanoseconds.
  var now: Int64 = 0
  /// The last command applied.
  var position: Position = 0
  var store = StoreSettings()
  var sources = SourceTable()
  var stocks = StockTable()
  var channels = ChannelTable()
  var skus = SKUTable()
  var sourceItems = SlotTable<SourceItem>()
  /// Low-stock levels of the source items that have their own.
  var notifyLevels = SlotTable<Int64>()
  /// What left source items unseen (18.8), of those that have any.
  var unexplainedQuantities = SlotTable<Int64>()
  var stockItems = ChunkedArray<StockItem>()
  var reservations = ReservationTable()
  var deadlines = DeadlineHeap()
  var entries = EntryLog()
  var customers = CustomerTable()
  var documents = DocumentTable()
  var remembered: RememberedIDs
  var scratch = Scratch()
  /// Promises that wait for goods (18.2).
  var waitingPromises = SlotTable<WaitingPromise>()
  /// What the command at work touches.
  var touched: ContiguousArray<TouchedItem> = []
  /// The newest rows of the change stream.
  var changes = ChunkedQueue<ChangeRecord>()
  /// The newest movements of goods, for counts as of a moment (18.8).
  var movements = ChunkedQueue<Movement>()
  var limits = CustomerLimitTable()
  var policies = ChannelPolicyTable()
  var supplies = SupplyTable()
  var places = PlaceTable()
  /// Bundles whose parts ship together.
  var togetherBundles: ContiguousArray<UInt32> = []
  /// Links ever made; breaks ties of priority.
  var linkSerial: UInt64 = 0
  /// Orders that are not final.
  var openOrderCount = 0
  /// Quantities taken from and put into sources, ever; they stop at the largest number.
  var deducted: Int64 = 0
  var received: Int64 = 0

  /// A fresh engine: source `default`, stock 1 linked to it, channel `base` on stock 1, no products.
  package init(_ options: EngineOptions = EngineOptions()) {
    let options = options.bounded
    self.options = options
    remembered = RememberedIDs(
      capacity: options.rememberedIDsMax, retentionSeconds: options.retentionSeconds)
    var source = SourceRecord(code: SourceCode.default.text, isEnabled: true)
    source.texts[Int(SourceField.name.rawValue)] = "Default Source"
    source.texts[Int(SourceField.country.rawValue)] = "US"
    source.texts[Int(SourceField.postcode.rawValue)] = "00000"
    let home = sources.add(source)
    let stock = stocks.add(.default, name: "Default Stock")
    link(stock: stock, source: home, priority: 1)
    channels.add(.base, stock: stock)
    stocks[stock].channelCount = 1
  }

  /// The earliest deadline of an open hold: the server logs `pulse` when it is due. O(1).
  package var nextDeadline: Timestamp? {
    deadlines.first.map { Timestamp(nanoseconds: $0.moment) }
  }

  /// The position of the last command applied.
  package var appliedPosition: Position { position }

  /// The capacities in force.
  package var capacities: Capacities { options.capacities }

  /// The log's time.
  package var time: Timestamp { Timestamp(nanoseconds: now) }

  /// Decides one command of the log and carries it out.
  ///
  /// Due holds expire first. A command id that is known gets its first answer again, or
  /// `idempotency_conflict` when the body differs. A refused `digest` command means that this engine
  /// is not in the state it should be in; replay stops there.
  ///
  /// - Parameters:
  ///   - id: the caller's; `none` for commands of the server, whose answers are not kept.
  ///   - bodyDigest: of the command's encoded body; equal digests are taken as equal bodies.
  ///   - position: the command's place in the log.
  ///   - timestamp: log time of the command's batch; an earlier one than before counts as no time.
  /// - Complexity: that of the command, plus O(log holds) for every hold that expires, plus a bounded
  ///   share of tidying up.
  package mutating func apply(
    _ command: Command, id: CommandID, bodyDigest: UInt64, position: Position,
    timestamp: Timestamp
  ) -> Reply {
    if case .digest(let expected) = command {
      let agrees = digest() == expected
      pass(to: timestamp.nanoseconds, position)
      publish()
      let outcome = agrees ? .done : Outcome.refused(Refusal(.internalError, field: "digest"))
      return Reply(outcome: outcome, position: position)
    }
    pass(to: timestamp.nanoseconds, position)
    let reply = decide(command, id, bodyDigest)
    publish()
    return reply
  }

  private mutating func decide(
    _ command: Command, _ id: CommandID, _ bodyDigest: UInt64
  ) -> Reply {
    if id == .none { return Reply(outcome: decide(command, bodyDigest), position: position) }
    if let number = remembered.find(id, at: now) { return repetition(number, bodyDigest) }
    guard remembered.makeRoom(for: id, at: now) else {
      return Reply(
        outcome: .refused(Refusal(.capacityExhausted, field: "remembered_ids")), position: 0)
    }
    let outcome = decide(command, bodyDigest)
    if let refusal = outcome.refusal, !refusal.code.isStored {
      return Reply(outcome: outcome, position: 0)
    }
    remembered.add(
      RememberedID(
        id: id, digest: bodyDigest, position: position, decidedAt: now, outcome: outcome))
    return Reply(outcome: outcome, position: position)
  }

  /// The answer to a command that is known at `moment`, without logging it again; `nil` when it is
  /// not known and has to be applied. O(1).
  package func stored(id: CommandID, bodyDigest: UInt64, at moment: Timestamp) -> Reply? {
    guard let number = remembered.find(id, at: max(now, moment.nanoseconds)) else { return nil }
    return repetition(number, bodyDigest)
  }

  private func repetition(_ number: UInt64, _ bodyDigest: UInt64) -> Reply {
    guard remembered[number].digest == bodyDigest else {
      return Reply(outcome: .refused(Refusal(.idempotencyConflict)), position: 0)
    }
    return Reply(
      outcome: remembered[number].outcome, position: remembered[number].position,
      isReplayed: true)
  }

  private mutating func setCapacities(_ capacities: Capacities) -> Outcome {
    options.capacities = capacities
    remembered.limit(
      capacity: options.rememberedIDsMax, retentionSeconds: options.retentionSeconds)
    return .done
  }

  private mutating func decide(_ command: Command, _ digest: UInt64) -> Outcome {
    do throws(Refused) {
      return try carryOut(command, digest)
    } catch {
      return .refused(error.refusal)
    }
  }

  private mutating func carryOut(
    _ command: Command, _ digest: UInt64
  ) throws(Refused) -> Outcome {
    switch command {
    case .setStore(let change): return try setStore(change)
    case .setProduct(let change): return try setProduct(change)
    case .setSource(let change): return try setSource(change)
    case .setStock(let change): return try setStock(change)
    case .deleteStock(let id): return try deleteStock(id)
    case .setChannel(let change): return try setChannel(change)
    case .linkSource(let link): return try linkSource(link)
    case .unlinkSource(let stock, let source): return try unlinkSource(stock, source)
    case .setSourceItems(let changes): return try setSourceItems(changes)
    case .removeSourceItems(let keys): return try removeSourceItems(keys)
    case .hold(let hold): return try self.hold(hold, digest)
    case .extend(let hold, let seconds): return try extend(hold, seconds)
    case .place(let place): return try self.place(place, digest)
    case .release(let hold, let lines): return try release(hold, lines)
    case .cancel(let cancel): return try self.cancel(cancel, digest)
    case .invoice(let invoice): return try self.invoice(invoice, digest)
    case .deduct(let deduct): return try self.deduct(deduct, digest)
    case .refund(let refund): return try self.refund(refund, digest)
    case .receive(let receive): return try self.receive(receive, digest)
    case .adjust(let adjust): return try self.adjust(adjust)
    case .transfer(let transfer): return try self.transfer(transfer, digest)
    case .setCapacities(let capacities): return setCapacities(capacities)
    case .pulse, .digest: return .done
    case .deleteProduct, .renameProduct, .assignSources, .unassignSources, .importSourceItems,
      .importPlaces, .setCustomerLimit, .removeCustomerLimit, .setChannelPolicy,
      .removeChannelPolicy, .setSupply:
      return try carryOutCatalogue(command, digest)
    case .changeHold, .failOrder, .processOrder, .recordOrder, .setOrderState, .reopen,
      .notifyPickup, .appendEntries, .compensate, .cleanUp:
      return try carryOutLedger(command, digest)
    }
  }
}
