// SPDX-License-Identifier: Apache-2.0

import InventoryModel

/// The rules of inventory as a reader of the page would write them down: dictionaries and lists that are
/// scanned, no indexes, no sums kept. Slow on purpose. Quantities are in 1/10,000.
///
/// What it leaves out is said in Tests/README.md: stocks that share sources look at themselves only
/// (the independent profile), and whether stock is managed is fixed before the first order.
struct NaiveModel {
  struct Item {
    var quantity: Int64
    var isInStock: Bool
  }
  struct Key: Hashable {
    var source: String
    var sku: String
  }
  struct Entry {
    var stock: Int32
    var sku: String
    var quantity: Int64
  }
  struct Line {
    var sku: String
    var ordered: Int64
    var canceled: Int64 = 0
    var invoiced: Int64 = 0
    var shipped: Int64 = 0
    var refunded: Int64 = 0
    var loose: Int64 = 0
    var shippedFrom: [String] = []
  }
  enum Phase { case open, complete, canceled, closed, held, expired, released, converted }
  struct Reservation {
    var stock: Int32
    var phase: Phase
    var deadline: Int64 = 0
    var lines: [Line]
  }

  var store: [SettingField: Int64] = [.independentStocks: 1]
  var products: [String: [SettingField: Int64]] = [:]
  var virtual: Set<String> = []
  var enabled: [String: Bool] = ["default": true]
  /// In the order of linking.
  var links: [Int32: [(source: String, priority: Int32)]] = [1: [("default", 1)]]
  var items: [Key: Item] = [:]
  var entries: [Entry] = []
  var orders: [String: Reservation] = [:]
  var holds: [String: Reservation] = [:]
  /// What made each order and hold: the same again is the first result again (6.3).
  var placed: [String: Place] = [:]
  var held: [String: Hold] = [:]
  var seconds: Int64 = 0

  // MARK: Section 3 and 4

  func setting(_ field: SettingField, _ sku: String) -> Int64 {
    guard let own = products[sku] else {
      return field == .manageStock ? 1 : store[field] ?? field.builtIn
    }
    return own[field] ?? store[field] ?? field.builtIn
  }

  func isManaged(_ sku: String) -> Bool { setting(.manageStock, sku) != 0 }

  func threshold(_ sku: String) -> Int64 {
    let raw = setting(.outOfStockThreshold, sku)
    return setting(.backorders, sku) != 0 ? min(raw, 0) : max(raw, 0)
  }

  func isUnlimited(_ sku: String) -> Bool {
    setting(.backorders, sku) != 0 && setting(.outOfStockThreshold, sku) >= 0
  }

  /// By priority, then in the order of linking.
  func sources(_ stock: Int32) -> [String] {
    let links = links[stock] ?? []
    let places = links.indices.sorted {
      (links[$0].priority, $0) < (links[$1].priority, $1)
    }
    return places.map { links[$0].source }
  }

  func isAssigned(_ sku: String, _ stock: Int32) -> Bool {
    sources(stock).contains { items[Key(source: $0, sku: sku)] != nil }
  }

  /// Items of enabled sources of the stock.
  func listed(_ sku: String, _ stock: Int32) -> [Item] {
    sources(stock).filter { enabled[$0] == true }.compactMap { items[Key(source: $0, sku: sku)] }
  }

  func reserved(_ sku: String, _ stock: Int32) -> Int64 {
    entries.filter { $0.stock == stock && $0.sku == sku }.reduce(0) { $0 + $1.quantity }
  }

  func available(_ sku: String, _ stock: Int32) -> Int64 {
    let onHand = listed(sku, stock).filter(\.isInStock).reduce(0) { $0 + $1.quantity }
    return onHand + reserved(sku, stock) - threshold(sku)
  }

  func isSalable(_ sku: String, _ stock: Int32) -> Bool {
    let items = listed(sku, stock)
    if items.isEmpty { return false }
    if !isManaged(sku) { return true }
    if !items.contains(where: \.isInStock) { return false }
    return isUnlimited(sku) || available(sku, stock) > 0
  }

  /// 4.1: `nil` when stock is not managed.
  func salable(_ sku: String, _ stock: Int32) -> Int64? {
    if !isManaged(sku) { return nil }
    return isSalable(sku, stock) ? available(sku, stock) : 0
  }

  // MARK: Section 5

  func refusal(_ sku: String, _ quantity: Int64, _ stock: Int32) -> RefusalCode? {
    if !isAssigned(sku, stock) { return .notAssigned }
    if isManaged(sku), !listed(sku, stock).contains(where: \.isInStock) { return .noSourceInStock }
    let least = setting(.minSaleQuantity, sku)
    let most = setting(.maxSaleQuantity, sku)
    let step = setting(.quantityIncrement, sku)
    if least != 0, quantity < least { return .minSaleQuantity }
    if most != 0, quantity > most { return .maxSaleQuantity }
    if setting(.enableQuantityIncrements, sku) != 0, step > 0, quantity % step != 0 {
      return .quantityIncrement
    }
    if quantity % 10_000 != 0, setting(.isQuantityDecimal, sku) == 0 { return .quantityDecimal }
    if isManaged(sku), !isUnlimited(sku), available(sku, stock) < quantity {
      return .notEnoughQuantity
    }
    return nil
  }

  /// Lines with those of one SKU added up, in the order of the request.
  static func sums(_ lines: OrderLines) -> [(sku: String, quantity: Int64)] {
    var sums: [(sku: String, quantity: Int64)] = []
    for line in lines {
      let quantity = line.quantity.tenThousandths
      if let place = sums.firstIndex(where: { $0.sku == line.sku.text }) {
        sums[place].quantity += quantity
      } else {
        sums.append((line.sku.text, quantity))
      }
    }
    return sums
  }

  // MARK: Entries

  mutating func append(_ quantity: Int64, _ sku: String, _ stock: Int32) {
    if !isManaged(sku) || quantity == 0 { return }
    entries.append(Entry(stock: stock, sku: sku, quantity: quantity))
  }

  /// What is open of an order's line (6.5): virtual goods are done when they are invoiced.
  func open(_ line: Line) -> Int64 {
    let done = virtual.contains(line.sku) ? line.invoiced : line.shipped
    return line.ordered - line.canceled - done - line.loose
  }

  mutating func settle(_ id: String) {
    guard let order = orders[id], order.lines.allSatisfy({ open($0) <= 0 }) else { return }
    if order.lines.allSatisfy({ $0.canceled >= $0.ordered }) {
      orders[id]?.phase = .canceled
    } else if order.lines.allSatisfy({ $0.canceled + $0.refunded >= $0.ordered }) {
      orders[id]?.phase = .closed
    } else {
      orders[id]?.phase = .complete
    }
  }

  /// Holds whose deadline passed give back what they hold (18.1).
  mutating func wait(until seconds: Int64) {
    self.seconds = seconds
    for (id, hold) in holds where hold.phase == .held && hold.deadline <= seconds {
      for line in hold.lines { append(line.ordered - line.canceled, line.sku, hold.stock) }
      holds[id]?.phase = .expired
    }
  }

  /// Takes up to `quantity` from the enabled sources of a stock by priority.
  mutating func withdraw(_ quantity: Int64, _ sku: String, _ stock: Int32) -> Int64 {
    var left = quantity
    for source in sources(stock) where enabled[source] == true {
      let key = Key(source: source, sku: sku)
      guard let item = items[key], item.isInStock else { continue }
      let part = min(item.quantity, left)
      items[key]?.quantity -= part
      left -= part
    }
    return quantity - left
  }

  // MARK: Commands

  /// Applies a command: the code of its refusal, or `nil`. A refused command leaves everything as it was.
  mutating func apply(_ command: Command) -> RefusalCode? {
    let before = self
    do throws(RefusalCode) {
      try carryOut(command)
      return nil
    } catch {
      let now = seconds
      self = before
      wait(until: now)
      return error
    }
  }

  private mutating func carryOut(_ command: Command) throws(RefusalCode) {
    switch command {
    case .setStore(let change):
      for setting in change.settings { store[setting.field] = setting.value }
    case .setProduct(let change):
      var own = products[change.sku.text] ?? [:]
      for setting in change.settings { own[setting.field] = setting.value }
      products[change.sku.text] = own
      if change.type == .virtual { virtual.insert(change.sku.text) }
    case .setSource(let change): enabled[change.code.text] = change.isEnabled ?? true
    case .setStock(let change): links[change.id.rawValue] = links[change.id.rawValue] ?? []
    case .linkSource(let link):
      // Equal priorities go by the making of the links, which a change of priority does not undo.
      var all = links[link.stock.rawValue] ?? []
      if let place = all.firstIndex(where: { $0.source == link.source.text }) {
        all[place].priority = link.priority
      } else {
        all.append((link.source.text, link.priority))
      }
      links[link.stock.rawValue] = all
    case .unlinkSource(let stock, let source):
      links[stock.rawValue]?.removeAll { $0.source == source.text }
    case .setSourceItems(let changes):
      for change in changes {
        items[Key(source: change.source.text, sku: change.sku.text)] = Item(
          quantity: change.quantity.tenThousandths, isInStock: change.isInStock)
      }
    case .removeSourceItems(let keys):
      for key in keys { items[Key(source: key.source.text, sku: key.sku.text)] = nil }
    case .hold(let hold): try take(hold)
    case .place(let place): try take(place)
    case .release(let hold, let lines): try release(hold.text, lines)
    case .cancel(let cancel): try take(cancel)
    case .invoice(let invoice): try take(invoice)
    case .deduct(let deduct): try take(deduct)
    case .refund(let refund): try take(refund)
    case .receive(let receive):
      for line in receive.lines {
        let key = Key(source: receive.source.text, sku: line.sku.text)
        // Goods that arrive where none were make the item.
        items[key] = Item(
          quantity: (items[key]?.quantity ?? 0) + line.quantity.tenThousandths,
          isInStock: items[key]?.isInStock ?? true)
      }
    case .transfer(let transfer): try take(transfer)
    case .assignSources(let pairs): assign(pairs)
    case .unassignSources(let pairs):
      for sku in pairs.skus {
        for source in pairs.sources { items[Key(source: source.text, sku: sku.text)] = nil }
      }
    case .appendEntries(let new):
      for entry in new {
        append(
          entry.quantity?.tenThousandths ?? 0, entry.sku?.text ?? "", entry.stock?.rawValue ?? 0)
      }
    default: break
    }
  }

  private mutating func assign(_ pairs: SourceAssignment) {
    for sku in pairs.skus where products[sku.text] != nil {
      for source in pairs.sources {
        let key = Key(source: source.text, sku: sku.text)
        if items[key] == nil { items[key] = Item(quantity: 0, isInStock: false) }
      }
    }
  }
}
