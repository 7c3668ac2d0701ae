// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Engine {
  /// How a salable quantity comes about, for one stock or for every stock the SKU is assigned to, in
  /// order of number. O(stocks + sources + claims of the page).
  func explain(_ name: SKU, _ id: StockID?) throws(Refused) -> [Explanation] {
    var wanted: [UInt16] = []
    if let id {
      guard let stock = stocks.find(id) else { throw Refused(.unknownStock) }
      wanted = [stock]
    }
    let sku = skus.find(name.text)
    if sku == none { throw Refused(.noSuchProduct, sku: name) }
    if id == nil {
      wanted = stocks.order.filter { stock in
        let item = stockItem(sku, stock)
        return item != none && stockItems[item].assigned > 0 && !stocks[stock].isDeleted
      }
    }
    return wanted.map { explanation(sku, $0) }
  }

  private func explanation(_ sku: UInt32, _ stock: UInt16) -> Explanation {
    let item = stockItem(sku, stock)
    let rules = item == none ? rules(of: sku) : terms(item)
    let (claims, leftOut) = claims(on: item)
    return Explanation(
      stock: stocks[stock].id, sku: SKU(skus[sku].name),
      salable: salableRow(SKU(skus[sku].name), stock), isManaged: rules.isManaged,
      onHand: Quantity(raw: item == none ? 0 : stockItems[item].onHand),
      reserved: Quantity(raw: item == none ? 0 : stockItems[item].reserved),
      threshold: Quantity(raw: rules.threshold),
      backorders: BackorderPolicy(rawValue: rules.backorders) ?? .notAllowed,
      sources: contributions(to: stock, of: sku), claims: claims, claimsLeftOut: leftOut,
      takenElsewhere: Quantity(
        raw: item == none
          ? 0 : stockItems[item].onHand + stockItems[item].reserved - physical(item)),
      expected: Quantity(raw: rules.supply),
      channels: item == none ? [] : shares(of: item))
  }

  /// What the channels of a stock that have a policy may sell.
  private func shares(of item: UInt32) -> [Explanation.ChannelShare] {
    if policies.count == 0 { return [] }
    return channels.codes(of: stockItems[item].stock).compactMap { code in
      guard let channel = channels.find(code),
        policies.inForce(channel, stockItems[item].sku) != none
      else { return nil }
      let terms = terms(item, channel: channel)
      return Explanation.ChannelShare(
        channel: code, safety: Quantity(raw: terms.safety),
        salable: salableQuantity(item, terms).map { Quantity(raw: $0) })
    }
  }

  private func contributions(to stock: UInt16, of sku: UInt32) -> [Explanation.Contribution] {
    stocks[stock].links.compactMap { link in
      let item = sourceItem(sku, link.source)
      if item == none { return nil }
      return Explanation.Contribution(
        source: SourceCode(sources.records[Int(link.source)].code),
        isEnabled: sources.isEnabled(link.source), isInStock: sourceItems[item].isInStock,
        sells: sources.records[Int(link.source)].sells,
        quantity: Quantity(raw: sourceItems[item].quantity))
    }
  }

  /// The lines behind a reserved sum, oldest first, at most a page of them.
  private func claims(on item: UInt32) -> ([Explanation.Claim], leftOut: UInt32) {
    guard item != none, stockItems[item].firstClaim != none else { return ([], 0) }
    let first = stockItems[item].firstClaim
    var claims: [Explanation.Claim] = []
    var line = first
    repeat {
      let slot = reservations.lines[line].reservation
      claims.append(
        Explanation.Claim(
          kind: reservations[slot].kind, id: DocumentID(reservations[slot].id),
          quantity: Quantity(raw: reservations.lines[line].reserved)))
      line = reservations.lines[line].nextClaim
    } while line != first && claims.count < Limits.pageRowsMax
    return (claims, stockItems[item].claimCount - UInt32(claims.count))
  }
}
