// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Section 13: products that own no quantity.

extension Engine {
  /// Refuses children, options and tags that cannot be kept.
  mutating func requireSensible(extras change: ProductChange) throws(Refused) {
    var names: [SKU] = change.children ?? []
    for option in change.options ?? [] { names += option.children.map(\.sku) }
    for name in names where !name.isWellFormed || name == change.sku {
      throw .invalid("children", sku: change.sku)
    }
    for option in change.options ?? [] {
      for child in option.children {
        if let quantity = child.fixedQuantity?.tenThousandths,
          quantity <= 0 || quantity > Limits.quantityTenThousandthsMax
        {
          throw .invalid("options", sku: change.sku)
        }
      }
    }
    for tag in change.tags ?? [] where tag.isBlank || tag.utf8.count > 64 {
      throw .invalid("tags", sku: change.sku)
    }
    if skus.count > options.skusMax - names.count - 1 { throw .exhausted("skus") }
    for name in names where !skus.makeRoom(for: name.text) { throw .exhausted("skus") }
  }

  /// Keeps what a change says of children, options and tags. O(children).
  mutating func setExtras(of sku: UInt32, _ change: ProductChange) {
    let isTouched =
      change.children != nil || change.options != nil || change.shipsTogether != nil
      || change.tags != nil
    if !isTouched { return }
    var extra = skus.extra(of: sku) ?? ProductExtra()
    if let children = change.children {
      extra.children = []
      for child in children { extra.children.append(skus.intern(child.text)) }
    }
    if let options = change.options {
      extra.options = []
      for option in options {
        var children: ContiguousArray<ProductExtra.Child> = []
        for child in option.children {
          children.append(
            ProductExtra.Child(
              sku: skus.intern(child.sku.text),
              fixedQuantity: child.fixedQuantity?.tenThousandths ?? 0))
        }
        extra.options.append(
          ProductExtra.Option(isRequired: option.isRequired, children: children))
      }
    }
    if let shipsTogether = change.shipsTogether { extra.shipsTogether = shipsTogether }
    if let tags = change.tags { extra.tags = tags }
    togetherBundles.removeAll { $0 == sku }
    if extra.shipsTogether { togetherBundles.append(sku) }
    skus.setExtra(of: sku, to: extra.isEmpty ? nil : extra)
  }

  /// Whether a composite can be sold in a stock: its flag is on and enough of its children can.
  /// O(children).
  func isCompositeSalable(_ sku: UInt32, in stock: UInt16) -> Bool {
    guard skus[sku].flags.contains(.isInStock), let extra = skus.extra(of: sku) else {
      return false
    }
    if skus[sku].type != .bundle {
      return extra.children.contains { isChildSalable($0, in: stock, fixed: 0) }
    }
    let required = extra.options.filter(\.isRequired)
    func canBeFilled(_ option: ProductExtra.Option) -> Bool {
      option.children.contains {
        isChildSalable($0.sku, in: stock, fixed: $0.fixedQuantity)
      }
    }
    return required.isEmpty
      ? extra.options.contains(where: canBeFilled) : required.allSatisfy(canBeFilled)
  }

  private func isChildSalable(_ sku: UInt32, in stock: UInt16, fixed: Int64) -> Bool {
    guard skus[sku].isProduct, !skus[sku].isComposite, skus[sku].flags.contains(.isEnabled) else {
      return false
    }
    let item = stockItem(sku, stock)
    if item == none { return false }
    let terms = terms(item)
    if !isSalable(item, terms) { return false }
    return fixed == 0 || !terms.isManaged || terms.backorders != 0
      || available(item, terms) >= fixed
  }

  /// Refuses a new source item that would leave the parts of a bundle that ship together without a
  /// source they share (13). O(bundles that ship together, times their parts).
  func requireTogether(_ sku: UInt32, at source: UInt16, _ name: SKU) throws(Refused) {
    for bundle in togetherBundles {
      guard let extra = skus.extra(of: bundle) else { continue }
      let parts = extra.options.flatMap { $0.children.map(\.sku) }
      if !parts.contains(sku) { continue }
      for part in parts
      where part != sku && skus[part].firstItem != none && sourceItem(part, source) == none {
        throw .invalid("source", sku: name)
      }
    }
  }

  /// Children, options and tags as queries show them.
  func addExtras(of sku: UInt32, to view: inout ProductView) {
    guard let extra = skus.extra(of: sku) else { return }
    view.children = extra.children.map { SKU(skus[$0].name) }
    view.options = extra.options.map { option in
      BundleOption(
        option.children.map { child in
          BundleOption.Child(
            SKU(skus[child.sku].name),
            fixedQuantity: child.fixedQuantity == 0 ? nil : Quantity(raw: child.fixedQuantity))
        }, isRequired: option.isRequired)
    }
    view.shipsTogether = extra.shipsTogether
    view.tags = extra.tags
  }
}
