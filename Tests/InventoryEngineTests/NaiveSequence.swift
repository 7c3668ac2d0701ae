// SPDX-License-Identifier: Apache-2.0

import InventoryModel

/// Random commands over a small world, so that they meet: four sources, three stocks, five SKUs.
struct NaiveSequence {
  private var random: SplitMix
  init(seed: UInt64) { random = SplitMix(seed: seed &* 0x9E37_79B9 &+ 77) }

  private mutating func sku() -> SKU { SKU(NaiveModelTests.skus[random.below(5)]) }
  private mutating func source() -> SourceCode {
    SourceCode(["a", "b", "c", "default"][random.below(4)])
  }
  private mutating func stock() -> StockID { StockID([10, 20, 10, 1][random.below(4)]) }
  private mutating func order() -> DocumentID { DocumentID("o\(random.below(24))") }
  private mutating func hold() -> DocumentID { DocumentID("h\(random.below(10))") }

  /// Whole units for most SKUs, tenths for the one sold in parts, now and then the wrong one.
  private mutating func quantity(_ sku: SKU, _ most: Int) -> Quantity {
    let units = Int64(1 + random.below(most)) * 10_000
    let isPart = random.below(sku.text == "d" ? 2 : 25) == 0
    return Quantity(tenThousandths: isPart ? units - 5_000 : units)
  }

  private mutating func lines(_ most: Int = 2) -> OrderLines {
    OrderLines(
      (0..<(1 + random.below(most))).map { _ in
        let sku = sku()
        return OrderLine(sku, quantity(sku, 6))
      })
  }

  private mutating func someLines() -> OrderLines { random.below(2) == 0 ? [] : lines(1) }

  private mutating func request() -> ReserveRequest {
    ReserveRequest(.stock(stock()), lines())
  }

  mutating func step(_ number: Int) -> NaiveModelTests.Step {
    let wait = Int64([0, 0, 0, 1, 5, 40][random.below(6)])
    let command =
      random.below(100) < 62
      ? selling(DocumentID("d\(number)")) : configuring(DocumentID("d\(number)"))
    return NaiveModelTests.Step(wait: wait, command: command)
  }

  private mutating func selling(_ document: DocumentID) -> Command {
    switch random.below(14) {
    case 0...3: return .place(Place(order(), .request(request())))
    case 4: return .hold(Hold(hold(), request(), seconds: Int64(1 + random.below(90))))
    case 5: return .place(Place(order(), .hold(hold(), lines: [], reacquires: false)))
    case 6: return .release(hold: hold(), lines: someLines())
    case 7: return .cancel(Cancel(order(), document: document, lines: someLines()))
    case 8, 9: return .invoice(Invoice(order(), document: document, lines: someLines()))
    case 10, 11:
      // Lines named one by one are of goods that ship.
      let named =
        random.below(2) == 0 ? [] : OrderLines(OrderLine("p", Quantity(1 + random.below(4))))
      return .deduct(
        Deduct(
          order: order(), document: document, parts: [.init(source: source(), lines: named)]))
    case 12:
      return .deduct(
        Deduct(
          order: nil, document: document, parts: [.init(source: source(), lines: lines(1))]))
    default:
      let sku = sku()
      return .refund(
        Refund(
          order(), document: document,
          lines: [
            .init(
              sku, quantity(sku, 4), isReturned: random.below(2) == 0,
              writesOff: random.below(3) == 0)
          ]))
    }
  }

  private mutating func configuring(_ document: DocumentID) -> Command {
    switch random.below(13) {
    case 0...3:
      let sku = sku()
      return .setSourceItems([
        SourceItemChange(
          source: source(), sku: sku, quantity: quantity(sku, 20), isInStock: random.below(5) > 0)
      ])
    case 4: return .removeSourceItems([SourceItemKey(source: source(), sku: sku())])
    case 5, 6: return setting()
    case 7:
      let code = ["a", "b", "c"][random.below(3)]
      return .setSource(SourceChange(SourceCode(code), isEnabled: random.below(3) > 0))
    case 8:
      let code = ["a", "b", "c"][random.below(3)]
      let stock: StockID = random.below(2) == 0 ? 10 : 20
      if random.below(3) == 0 { return .unlinkSource(stock: stock, source: SourceCode(code)) }
      return .linkSource(
        StockSourceLink(
          stock: stock, source: SourceCode(code), priority: Int32(1 + random.below(4))))
    case 9: return .receive(Receive(document, source: source(), lines: lines(1)))
    case 10:
      let (from, to) = (source(), source())
      if from == to { return .assignSources(SourceAssignment([sku()], to: [from])) }
      let goods: Transfer.Goods =
        random.below(2) == 0
        ? .quantities(lines(1)) : .everything([sku()], unassigns: random.below(2) == 0)
      return .transfer(Transfer(document, from: from, to: to, goods))
    case 11: return .unassignSources(SourceAssignment([sku()], to: [source()]))
    default:
      let units = [-3, -1, 1, 2][random.below(4)]
      return .appendEntries([
        NewEntry(
          stock: stock(), sku: sku(), quantity: Quantity(units), object: DocumentID("e-\(document)")
        )
      ])
    }
  }

  /// Backorders, threshold, minimum, maximum and increment, of the store or of one product.
  private mutating func setting() -> Command {
    let change: SettingChange
    switch random.below(6) {
    case 0, 1: change = SettingChange(.backorders, Int64(random.below(3)))
    case 2: change = SettingChange(.outOfStockThreshold, Int64(random.below(9) - 4) * 10_000)
    case 3: change = SettingChange(.minSaleQuantity, Int64(random.below(3)) * 10_000)
    case 4: change = SettingChange(.maxSaleQuantity, Int64(random.below(3) * 5) * 10_000)
    default: change = SettingChange(.enableQuantityIncrements, Int64(random.below(2)))
    }
    if random.below(3) == 0 { return .setStore(StoreChange(settings: [change])) }
    let sku = SKU(["p", "d", "v", "u"][random.below(4)])
    let own = random.below(4) == 0 ? SettingChange(change.field, nil) : change
    return .setProduct(ProductChange(sku, settings: [own]))
  }

  /// A sequence as steps of a scenario, as near as that language comes; what it cannot say is described.
  static func scenario(_ commands: [Command]) -> String {
    let steps = commands.map { command -> String in
      switch command {
      case .setSourceItems(let items):
        let item = items[0]
        return #"{"op":"set_source_item","source":"\#(item.source)","sku":"\#(item.sku)","#
          + #""qty":"\#(item.quantity)","status":"\#(item.isInStock ? "in" : "out")"}"#
      case .place(let place):
        guard case .request(let request) = place.basis, case .stock(let stock) = request.point
        else { break }
        return #"{"op":"reserve","order":"\#(place.order)","stock":\#(stock),"#
          + #""items":[\#(items(request.lines))]}"#
      case .cancel(let cancel):
        return #"{"op":"cancel","order":"\#(cancel.order)"\#(some(cancel.lines))}"#
      case .invoice(let invoice):
        return #"{"op":"invoice","order":"\#(invoice.order)"\#(some(invoice.lines))}"#
      case .deduct(let deduct):
        let part = deduct.parts[0]
        let source = part.source?.text ?? "default"
        guard let order = deduct.order else {
          return #"{"op":"deduct","source":"\#(source)","stock":1,"items":[\#(items(part.lines))]}"#
        }
        return #"{"op":"ship","order":"\#(order)","source":"\#(source)"\#(some(part.lines))}"#
      default: break
      }
      return #"{"op":"\#(command)"}"#
    }
    return steps.joined(separator: ",\n")
  }

  private static func items(_ lines: OrderLines) -> String {
    lines.map { #"{"sku":"\#($0.sku)","qty":"\#($0.quantity)"}"# }.joined(separator: ",")
  }

  private static func some(_ lines: OrderLines) -> String {
    lines.isEmpty ? "" : #","items":[\#(items(lines))]"#
  }
}
