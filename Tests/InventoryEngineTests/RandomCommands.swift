// SPDX-License-Identifier: Apache-2.0

import InventoryModel

/// A small generator with a seed (SplitMix64), so that a failing run can be run again.
struct SeededRandom {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }
}

/// Commands of every kind over a handful of names, so that they meet each other.
struct CommandMix {
  var random: SeededRandom
  private let skus: [SKU] = [
    "a", "B", "c-sku-with-a-long-name-on-the-heap", "d", "e", "A", "a", "d", "b", "ghost",
  ]
  private let sources: [SourceCode] = ["default", "north", "south", "west"]
  private let stocks: [StockID] = [1, 2, 2, 3]
  private let channels: [ChannelCode] = ["base", "shop", "shop", "market"]
  private var made = 0
  private var orders: [DocumentID] = []
  private var holds: [DocumentID] = []

  private let changesRules: Bool

  /// - Parameter changesRules: whether products and store settings change on the way.
  init(seed: UInt64, changesRules: Bool = true) {
    random = SeededRandom(seed)
    self.changesRules = changesRules
  }

  /// Remembers what stands, so that later commands find it.
  mutating func note(_ command: Command, _ outcome: Outcome) {
    guard outcome.refusal == nil else { return }
    if case .hold(let hold) = command { holds.append(hold.id) }
    if case .place(let place) = command { orders.append(place.order) }
  }

  /// Mostly a fresh id, sometimes one that was used before.
  private mutating func document() -> DocumentID {
    if made > 0, random.chance(8) { return DocumentID("doc-\(random.below(made))") }
    made += 1
    return DocumentID("doc-\(made)")
  }

  private mutating func order() -> DocumentID {
    orders.isEmpty || random.chance(5) ? "unknown" : random.pick(Array(orders.suffix(6)))
  }

  private mutating func heldID() -> DocumentID {
    holds.isEmpty || random.chance(5) ? "unknown" : random.pick(Array(holds.suffix(4)))
  }

  mutating func next() -> Command {
    switch changesRules ? random.below(100) : 6 + random.below(94) {
    case 0..<4: return .setProduct(product())
    case 4..<6: return .setStore(store())
    case 6..<9: return .setSource(source())
    case 9..<11: return stock()
    case 11..<13: return .setChannel(channel())
    case 13..<16: return link()
    case 16..<24: return .setSourceItems(items())
    case 24..<26:
      return .removeSourceItems([
        SourceItemKey(source: random.pick(sources), sku: random.pick(skus))
      ])
    case 26..<40: return .hold(hold())
    case 40..<43: return .extend(hold: heldID(), seconds: Int64(random.below(4_000)))
    case 43..<57: return .place(place())
    case 57..<62: return .release(hold: heldID(), lines: someLines())
    case 62..<67:
      return .cancel(
        Cancel(order(), document: document(), lines: someLines()))
    case 67..<73:
      return .invoice(
        Invoice(order(), document: document(), lines: someLines()))
    case 73..<82: return .deduct(deduct())
    case 82..<87: return .refund(refund())
    case 87..<91: return .receive(receive())
    case 91..<94: return .adjust(adjust())
    case 94..<98: return .transfer(transfer())
    default: return .pulse
    }
  }

  private mutating func quantity() -> Quantity {
    switch random.below(60) {
    case 0: return Quantity(tenThousandths: Int64(bitPattern: random.next()))
    case 1: return Quantity(tenThousandths: Int64(random.below(40_000)) - 10_000)
    case 2: return .requestMax
    default: return Quantity(random.below(6) + 1)
    }
  }

  private mutating func lines(_ most: Int = 3) -> OrderLines {
    var lines = OrderLines()
    let count = random.chance(3) ? 12 : random.chance(60) ? 1 : random.below(most) + 1
    for _ in 0..<count { lines.append(OrderLine(random.pick(skus), quantity())) }
    return lines
  }

  private mutating func someLines() -> OrderLines { random.chance(50) ? [] : lines(2) }

  private mutating func point() -> SalesPoint {
    random.chance(60) ? .channel(random.pick(channels)) : .stock(random.pick(stocks))
  }

  private mutating func request() -> ReserveRequest {
    ReserveRequest(
      point(), lines(), customer: random.chance(30) ? CustomerID("c\(random.below(3))") : nil,
      group: random.chance(20) ? Int32(random.below(4)) : nil,
      mode: random.pick([.all, .all, .lines, .fill]), quantityChecksOnly: random.chance(20),
      allowsBackorder: random.chance(80), listsViolations: random.chance(20))
  }

  private mutating func hold() -> Hold {
    Hold(document(), request(), seconds: Int64(random.below(2_000)))
  }

  private mutating func place() -> Place {
    if random.chance(50) { return Place(document(), .request(request())) }
    return Place(
      document(),
      .hold(heldID(), lines: someLines(), reacquires: random.chance(70)))
  }

  private mutating func deduct() -> Deduct {
    let order = random.chance(75) ? order() : nil
    var parts: [Deduct.Part] = []
    for _ in 0..<(random.chance(20) ? 2 : 1) {
      let source = random.chance(90) ? random.pick(sources) : nil
      let isWhole = order != nil && random.chance(40)
      parts.append(Deduct.Part(source: source, lines: isWhole ? [] : lines(2)))
    }
    return Deduct(order: order, document: document(), parts: parts)
  }

  private mutating func refund() -> Refund {
    let lines = lines().map {
      Refund.Line(
        $0.sku, $0.quantity, isReturned: random.pick([nil, true, false]),
        writesOff: random.chance(40))
    }
    return Refund(
      order(), document: document(),
      source: random.chance(30) ? random.pick(sources) : nil, lines: lines)
  }

  private mutating func receive() -> Receive {
    Receive(document(), source: random.pick(sources), lines: lines())
  }

  private mutating func adjust() -> Adjust {
    Adjust(
      source: random.pick(sources), sku: random.pick(skus),
      random.chance(50) ? .by(quantity()) : .count(quantity()),
      expectedVersion: random.chance(20) ? 1 : nil)
  }

  private mutating func transfer() -> Transfer {
    let names = [random.pick(skus), random.pick(skus)]
    let goods: Transfer.Goods =
      random.chance(50)
      ? .quantities(lines()) : .everything(names, unassigns: random.chance(50))
    return Transfer(
      document(), from: random.pick(sources), to: random.pick(sources), goods)
  }

  private mutating func items() -> [SourceItemChange] {
    var rows: [SourceItemChange] = []
    for _ in 0..<(random.below(3) + 1) {
      rows.append(
        SourceItemChange(
          source: random.pick(sources), sku: random.pick(skus), quantity: quantity(),
          isInStock: random.chance(85), notifyQuantity: random.chance(20) ? quantity() : nil))
    }
    return rows
  }

  private mutating func setting(_ fields: [SettingField]) -> SettingChange {
    let field = random.pick(fields)
    if random.chance(30) { return SettingChange(field, nil) }
    switch field.kind {
    case .flag: return SettingChange(field, flag: random.chance(50))
    case .number(let range): return SettingChange(field, Int64(random.below(3)) + range.lowerBound)
    case .quantity:
      return SettingChange(
        field, quantity: Quantity(tenThousandths: Int64(random.below(5)) * 5_000))
    }
  }

  private mutating func product() -> ProductChange {
    ProductChange(
      random.pick(skus),
      type: random.chance(25) ? random.pick([.virtual, .simple, .simple, .bundle]) : nil,
      isEnabled: random.chance(10) ? false : nil,
      settings: random.chance(50)
        ? [setting(SettingField.allCases.filter(\.isProductSetting))] : [])
  }

  private mutating func store() -> StoreChange {
    if random.chance(20) {
      return StoreChange(minimumByGroup: [
        GroupMinimum(group: Int32(random.below(3)), quantity: Quantity(random.below(3))),
        GroupMinimum(group: GroupMinimum.allGroups, quantity: Quantity(random.below(2))),
      ])
    }
    return StoreChange(settings: [setting(SettingField.allCases.filter(\.isStoreSetting))])
  }

  private mutating func source() -> SourceChange {
    SourceChange(
      random.pick(sources), isEnabled: random.chance(70), isPickup: random.chance(5) ? true : nil,
      texts: [SourceText(.name, "N"), SourceText(.country, "FR"), SourceText(.postcode, "1")])
  }

  private mutating func stock() -> Command {
    let id = random.pick(stocks)
    if random.chance(15) { return .deleteStock(id) }
    return .setStock(
      StockChange(id, name: "S", channels: random.chance(50) ? [random.pick(channels)] : nil))
  }

  private mutating func channel() -> ChannelChange {
    switch random.below(4) {
    case 0: return .remove(random.pick(channels))
    case 1: return .rename(from: random.pick(channels), to: random.pick(channels))
    default: return .add(random.pick(channels))
    }
  }

  private mutating func link() -> Command {
    let stock = random.pick(stocks)
    let source = random.pick(sources)
    if random.chance(25) { return .unlinkSource(stock: stock, source: source) }
    return .linkSource(
      StockSourceLink(stock: stock, source: source, priority: Int32(random.below(4))))
  }
}
