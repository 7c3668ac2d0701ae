// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// From the lines of a command to the demands in `scratch`: shapes examined, equal SKUs added up.

extension Engine {
  /// Reads the lines of a command, refusing what has the wrong form. O(lines).
  mutating func gather(_ lines: OrderLines) throws(Refused) {
    scratch.begin(expecting: lines.count)
    for line in lines { try gather(line, source: .max) }
  }

  /// Adds one line to the demands.
  mutating func gather(
    _ line: OrderLine, source: UInt16, allowsNegative: Bool = false
  ) throws(Refused) {
    let hash = TextHash.folded(line.sku.text)
    let sku = skus.find(line.sku.text, hash: hash)
    if sku == none, !line.sku.isWellFormed { throw .invalid("sku", sku: line.sku) }
    let quantity = line.quantity.tenThousandths
    guard quantity > 0 || (allowsNegative && quantity < 0), quantity.magnitude <= Self.most else {
      throw .invalid("qty", sku: line.sku)
    }
    let demand = Demand(name: line.sku, sku: sku, source: source, quantity: quantity)
    guard let sum = scratch.add(demand, hash: hash), sum.magnitude <= Self.most else {
      throw .invalid("qty", sku: line.sku)
    }
  }

  private static var most: UInt64 { Limits.quantityTenThousandthsMax.magnitude }

  /// Refuses the first demand for a composite product.
  func refuseComposites() throws(Refused) {
    for place in scratch.demands.indices {
      let sku = scratch.demands[place].sku
      if sku != none, skus[sku].isComposite {
        throw Refused(.compositeHasNoQuantity, sku: scratch.demands[place].name)
      }
    }
  }

  /// Finds the line of each demand in a hold or order. Demands without one keep `none`.
  /// O(lines of both), or O(lines) times the few demands there are.
  mutating func matchLines(of slot: UInt32) {
    var line = reservations[slot].firstLine
    while line != none {
      if let place = scratch.place(of: reservations.lines[line].sku) {
        scratch.demands[place].line = line
      }
      line = reservations.lines[line].next
    }
  }

  /// Makes a demand of every line of a hold or order for which `quantity` is above 0.
  mutating func gatherLines(of slot: UInt32, _ quantity: (borrowing Engine, UInt32) -> Int64) {
    scratch.begin(expecting: 0)
    var line = reservations[slot].firstLine
    while line != none {
      let open = quantity(self, line)
      let sku = reservations.lines[line].sku
      if open > 0 {
        scratch.demands.append(
          Demand(name: SKU(skus[sku].name), sku: sku, source: .max, quantity: open, line: line))
      }
      line = reservations.lines[line].next
    }
  }

  /// The stock behind a sales point.
  func resolve(_ point: SalesPoint) throws(Refused) -> UInt16 {
    switch point {
    case .channel(let code):
      guard let channel = channels.find(code) else { throw Refused(.unknownChannel) }
      guard let stock = channels[channel].stock else { throw Refused(.noLinkedStock) }
      return stock
    case .stock(let id):
      guard let stock = stocks.find(id) else { throw Refused(.unknownStock) }
      return stock
    }
  }

  /// Refuses an id that is not 1 to 64 bytes.
  func requireWellFormed(_ id: DocumentID, _ field: String) throws(Refused) {
    let count = id.text.utf8.count
    if count < 1 || count > Limits.documentBytesMax { throw .invalid(field) }
  }
}
