// SPDX-License-Identifier: Apache-2.0

import InventoryModel

// Section 6, 7 and 18.1, as the page has them.

extension NaiveModel {
  private func stock(_ point: SalesPoint) -> Int32 {
    if case .stock(let stock) = point { return stock.rawValue }
    return 1
  }

  private mutating func reserve(_ request: ReserveRequest) throws(RefusalCode) -> [Line] {
    let sums = NaiveModel.sums(request.lines)
    let stock = stock(request.point)
    for (sku, quantity) in sums {
      if let code = refusal(sku, quantity, stock) { throw code }
    }
    for (sku, quantity) in sums { append(-quantity, sku, stock) }
    return sums.map { Line(sku: $0.sku, ordered: $0.quantity) }
  }

  mutating func take(_ hold: Hold) throws(RefusalCode) {
    if holds[hold.id.text] != nil {
      if held[hold.id.text] == hold { return }
      throw .duplicateDocument
    }
    held[hold.id.text] = hold
    holds[hold.id.text] = Reservation(
      stock: stock(hold.request.point), phase: .held, deadline: seconds + hold.seconds,
      lines: try reserve(hold.request))
  }

  mutating func take(_ place: Place) throws(RefusalCode) {
    if placed[place.order.text] == place { return }
    if case .hold(let id, _, _) = place.basis, holds[id.text] == nil { throw .unknownHold }
    if orders[place.order.text] != nil { throw .duplicateOrder }
    placed[place.order.text] = place
    switch place.basis {
    case .request(let request):
      orders[place.order.text] = Reservation(
        stock: stock(request.point), phase: .open, lines: try reserve(request))
    case .hold(let id, _, _):
      guard let hold = holds[id.text] else { throw .unknownHold }
      if hold.phase == .expired { throw .holdExpired }
      if hold.phase != .held { throw .holdClosed }
      let lines = hold.lines.map { Line(sku: $0.sku, ordered: $0.ordered - $0.canceled) }
      holds[id.text]?.phase = .converted
      orders[place.order.text] = Reservation(
        stock: hold.stock, phase: .open, lines: lines.filter { $0.ordered > 0 })
    }
  }

  mutating func release(_ id: String, _ lines: OrderLines) throws(RefusalCode) {
    guard var hold = holds[id] else { throw .unknownHold }
    if hold.phase == .expired { return }
    if hold.phase != .held { throw .holdClosed }
    let wanted = NaiveModel.sums(lines)
    for (sku, quantity) in wanted {
      let held = hold.lines.first { $0.sku == sku }.map { $0.ordered - $0.canceled } ?? 0
      if quantity > held { throw .exceedsOpenQuantity }
    }
    for place in hold.lines.indices {
      let line = hold.lines[place]
      let part =
        lines.isEmpty
        ? line.ordered - line.canceled : wanted.first { $0.sku == line.sku }?.quantity ?? 0
      hold.lines[place].canceled += part
      append(part, line.sku, hold.stock)
    }
    if hold.lines.allSatisfy({ $0.ordered == $0.canceled }) { hold.phase = .released }
    holds[id] = hold
  }

  /// The parts of an order's lines that a command means: those it names, or all that `open` allows.
  private func parts(
    _ lines: OrderLines, _ order: Reservation, _ open: (Line) -> Int64
  ) throws(RefusalCode) -> [(place: Int, quantity: Int64)] {
    var parts: [(place: Int, quantity: Int64)] = []
    if lines.isEmpty {
      for place in order.lines.indices { parts.append((place, open(order.lines[place]))) }
      return parts.filter { $0.quantity > 0 }
    }
    for (sku, quantity) in NaiveModel.sums(lines) {
      guard let place = order.lines.firstIndex(where: { $0.sku == sku }),
        quantity <= open(order.lines[place])
      else { throw .exceedsOpenQuantity }
      parts.append((place, quantity))
    }
    return parts
  }

  mutating func take(_ cancel: Cancel) throws(RefusalCode) {
    guard let order = orders[cancel.order.text] else { throw .unknownOrder }
    if !cancel.lines.isEmpty, order.phase != .open { throw .orderState }
    let parts = try parts(cancel.lines, order) { line in
      line.ordered - max(line.shipped, line.invoiced) - line.canceled
    }
    for part in parts {
      orders[cancel.order.text]?.lines[part.place].canceled += part.quantity
      append(part.quantity, order.lines[part.place].sku, order.stock)
    }
    if order.phase == .open { settle(cancel.order.text) }
  }

  mutating func take(_ invoice: Invoice) throws(RefusalCode) {
    guard let order = orders[invoice.order.text] else { throw .unknownOrder }
    if order.phase != .open, order.phase != .complete { throw .orderState }
    let parts = try parts(invoice.lines, order) { $0.ordered - $0.canceled - $0.invoiced }
    for part in parts {
      let sku = order.lines[part.place].sku
      orders[invoice.order.text]?.lines[part.place].invoiced += part.quantity
      if virtual.contains(sku), isManaged(sku) {
        append(withdraw(part.quantity, sku, order.stock), sku, order.stock)
      }
    }
    settle(invoice.order.text)
  }

  mutating func take(_ deduct: Deduct) throws(RefusalCode) {
    let part = deduct.parts[0]
    let source = part.source?.text ?? "default"
    guard let id = deduct.order?.text else { return try takePlainly(source, part.lines) }
    guard let order = orders[id] else { throw .unknownOrder }
    if order.phase != .open { throw .orderState }
    let parts = try parts(part.lines, order) { line in
      if virtual.contains(line.sku) { return 0 }
      let left = open(line)
      return setting(.isQuantityDecimal, line.sku) != 0 ? left : left - left % 10_000
    }
    if !parts.isEmpty, enabled[source] != true { throw .sourceDisabled }
    let managed = parts.filter { isManaged(order.lines[$0.place].sku) }
    for part in managed where items[Key(source: source, sku: order.lines[part.place].sku)] == nil {
      throw .sourceItemNotFound
    }
    for part in managed {
      let held = items[Key(source: source, sku: order.lines[part.place].sku)]?.quantity ?? 0
      if held < part.quantity { throw .insufficientSourceQuantity }
    }
    for part in parts {
      let sku = order.lines[part.place].sku
      orders[id]?.lines[part.place].shipped += part.quantity
      if !isManaged(sku) { continue }
      orders[id]?.lines[part.place].shippedFrom.append(source)
      items[Key(source: source, sku: sku)]?.quantity -= part.quantity
      append(part.quantity, sku, order.stock)
    }
    settle(id)
  }

  private mutating func takePlainly(_ source: String, _ lines: OrderLines) throws(RefusalCode) {
    let sums = NaiveModel.sums(lines)
    if enabled[source] != true { throw .sourceDisabled }
    let managed = sums.filter { isManaged($0.sku) }
    for line in managed where items[Key(source: source, sku: line.sku)] == nil {
      throw .sourceItemNotFound
    }
    for line in managed {
      let held = items[Key(source: source, sku: line.sku)]?.quantity ?? 0
      if held < line.quantity { throw .insufficientSourceQuantity }
    }
    for line in managed { items[Key(source: source, sku: line.sku)]?.quantity -= line.quantity }
  }

  mutating func take(_ refund: Refund) throws(RefusalCode) {
    guard let order = orders[refund.order.text] else { throw .unknownOrder }
    if order.phase != .open, order.phase != .complete { throw .orderState }
    let lines = OrderLines(refund.lines.map { OrderLine($0.sku, $0.quantity) })
    let parts = try parts(lines, order) { $0.invoiced - $0.refunded }
    for part in parts {
      let line = order.lines[part.place]
      guard let wanted = refund.lines.first(where: { $0.sku.text == line.sku }) else { continue }
      let isVirtual = virtual.contains(line.sku)
      let done = isVirtual ? line.invoiced : line.shipped
      let toStock = min(part.quantity, max(line.invoiced - line.loose - done, 0))
      let toSource = part.quantity - toStock
      orders[refund.order.text]?.lines[part.place].refunded += part.quantity
      orders[refund.order.text]?.lines[part.place].loose += toStock
      if wanted.isReturned == true {
        append(toStock, line.sku, order.stock)
        if toSource > 0, isManaged(line.sku) {
          let key = Key(source: returnSource(line, order.stock), sku: line.sku)
          if items[key] == nil { throw .sourceItemNotFound }
          items[key]?.quantity += toSource
        }
      } else if wanted.writesOff, isManaged(line.sku) {
        append(withdraw(toStock, line.sku, order.stock), line.sku, order.stock)
      } else {
        append(toStock, line.sku, order.stock)
      }
    }
    settle(refund.order.text)
  }

  /// 6.6: of the sources that shipped the line the one with the best priority in the stock.
  private func returnSource(_ line: Line, _ stock: Int32) -> String {
    if virtual.contains(line.sku) {
      return sources(stock).first { items[Key(source: $0, sku: line.sku)] != nil } ?? "default"
    }
    return sources(stock).first { line.shippedFrom.contains($0) } ?? line.shippedFrom.first
      ?? "default"
  }

  mutating func take(_ transfer: Transfer) throws(RefusalCode) {
    let (origin, target) = (transfer.origin.text, transfer.destination.text)
    switch transfer.goods {
    case .quantities(let lines):
      let sums = NaiveModel.sums(lines)
      for line in sums {
        if items[Key(source: origin, sku: line.sku)] == nil { throw .sourceItemNotFound }
        if items[Key(source: target, sku: line.sku)] == nil { throw .sourceItemNotFound }
      }
      for line in sums
      where (items[Key(source: origin, sku: line.sku)]?.quantity ?? 0) < line.quantity {
        throw .transferQuantityNotAvailable
      }
      for line in sums {
        items[Key(source: origin, sku: line.sku)]?.quantity -= line.quantity
        items[Key(source: target, sku: line.sku)]?.quantity += line.quantity
        items[Key(source: target, sku: line.sku)]?.isInStock = true
      }
    case .everything(let skus, let unassigns):
      for sku in skus {
        let from = Key(source: origin, sku: sku.text)
        let to = Key(source: target, sku: sku.text)
        guard let item = items[from] else { continue }
        items[to] = Item(
          quantity: (items[to]?.quantity ?? 0) + item.quantity, isInStock: item.isInStock)
        items[from] = unassigns ? nil : Item(quantity: 0, isInStock: false)
      }
    }
  }
}
