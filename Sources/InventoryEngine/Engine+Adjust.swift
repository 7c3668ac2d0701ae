// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Engine {
  /// Corrects the on-hand quantity of a source item by a difference or to a count (18.8). O(1).
  mutating func adjust(_ adjust: Adjust) throws(Refused) -> Outcome {
    let sku = skus.find(adjust.sku.text)
    if sku == none, !adjust.sku.isWellFormed { throw .invalid("sku", sku: adjust.sku) }
    if !adjust.source.isWellFormed { throw .invalid("source") }
    try requireSensible(adjust)
    guard let source = sources.find(adjust.source) else { throw Refused(.unknownSource) }
    if sku != none, skus[sku].isComposite {
      throw Refused(.compositeHasNoQuantity, sku: adjust.sku)
    }
    let item = sku == none ? none : sourceItem(sku, source)
    if item == none { throw Refused(.sourceItemNotFound, sku: adjust.sku) }
    let held = sourceItems[item].quantity
    var quantity = held
    switch adjust.change {
    case .by(let difference): quantity += difference.tenThousandths
    case .count(let count): quantity = count.tenThousandths
    case .countAsOf(let count, let moment):
      quantity = try counted(count.tenThousandths, asOf: moment.nanoseconds, sku, source)
    }
    if quantity < 0 {
      throw Refused(
        Refusal(
          .insufficientSourceQuantity, sku: adjust.sku, available: Quantity(raw: held),
          requested: Quantity(raw: held - quantity)))
    }
    if quantity > Bounds.itemMax { throw .invalid("qty", sku: adjust.sku) }
    if let expected = adjust.expectedVersion, expected != sourceItems[item].version {
      throw Refused(.staleVersion, sku: adjust.sku)
    }
    if case .by(let difference) = adjust.change {
      noteMovement(of: sku, source, difference.tenThousandths)
    } else {
      setUnexplained(of: item, to: 0)
    }
    set(item, of: sku, quantity: quantity, isInStock: sourceItems[item].isInStock)
    return .done
  }

  private func requireSensible(_ adjust: Adjust) throws(Refused) {
    let most = Limits.quantityTenThousandthsMax
    switch adjust.change {
    case .by(let difference):
      let size = difference.tenThousandths.magnitude
      if size == 0 || size > most.magnitude { throw .invalid("qty", sku: adjust.sku) }
    case .count(let count), .countAsOf(let count, _):
      if count.tenThousandths < 0 || count.tenThousandths > most {
        throw .invalid("qty", sku: adjust.sku)
      }
    }
  }
}
