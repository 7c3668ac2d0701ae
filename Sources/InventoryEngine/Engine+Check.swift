// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// What speaks against a request for one SKU, in the order of section 5. There are never more than
/// two: `not_assigned` stands alone, `not_enough_qty` only when nothing else was found.
struct Verdict {
  private(set) var first: RefusalCode?
  private(set) var second: RefusalCode?

  init() {}
  init(_ code: RefusalCode) { first = code }

  mutating func add(_ code: RefusalCode) {
    if first == nil { first = code } else { second = code }
  }

  /// The one a refusing command reports.
  var last: RefusalCode? { second ?? first }

  var all: [RefusalCode] { [first, second].compactMap { $0 } }
}

extension Engine {
  /// The request check of section 5 from step 3 on, for a SKU that owns quantities. O(1).
  func check(
    _ quantity: Int64, _ stockItem: UInt32, _ rules: SellingRules, _ request: ReserveRequest
  ) -> Verdict {
    guard stockItem != none, stockItems[stockItem].assigned > 0 else {
      return Verdict(.notAssigned)
    }
    var verdict = Verdict()
    if !request.quantityChecksOnly,
      let code = cartRule(quantity, rules, minimum: minimum(rules, group: request.group))
    {
      verdict.add(code)
    }
    if rules.isManaged, stockItems[stockItem].inStock == 0 { verdict.add(.noSourceInStock) }
    if verdict.first == nil,
      let limit = limit(stockItem, rules, allowsBackorder: request.allowsBackorder),
      limit < quantity
    {
      verdict.add(.notEnoughQuantity)
    }
    return verdict
  }

  /// Step 4: the first cart rule that `quantity` breaks, or `nil`.
  func cartRule(_ quantity: Int64, _ rules: SellingRules, minimum: Int64) -> RefusalCode? {
    if quantity < minimum { return .minSaleQuantity }
    if rules.maxSale != 0, quantity > rules.maxSale { return .maxSaleQuantity }
    if rules.increment > 0, quantity % rules.increment != 0 { return .quantityIncrement }
    if !rules.isDecimal, quantity % Quantity.one.tenThousandths != 0 { return .quantityDecimal }
    return nil
  }

  /// The largest quantity up to `quantity` that the rules allow, and what stands against more (18.4).
  func largest(
    _ quantity: Int64, _ stockItem: UInt32, _ rules: SellingRules, _ request: ReserveRequest
  ) -> (granted: Int64, reason: RefusalCode?) {
    guard stockItem != none, stockItems[stockItem].assigned > 0 else { return (0, .notAssigned) }
    if rules.isManaged, stockItems[stockItem].inStock == 0 { return (0, .noSourceInStock) }
    var most = quantity
    var reason: RefusalCode?
    if !request.quantityChecksOnly, rules.maxSale != 0, rules.maxSale < most {
      most = rules.maxSale
      reason = .maxSaleQuantity
    }
    if let limit = limit(stockItem, rules, allowsBackorder: request.allowsBackorder), limit < most {
      most = max(limit, 0)
      reason = .notEnoughQuantity
    }
    if request.quantityChecksOnly { return (most, reason) }
    let step = Self.step(rules)
    if step == 0 || most % step != 0 {
      most = step == 0 ? 0 : most - most % step
      let isWhole = rules.increment <= 0 || quantity % rules.increment == 0
      reason = reason ?? (isWhole ? .quantityDecimal : .quantityIncrement)
    }
    let least = minimum(rules, group: request.group)
    if most < least { return (0, quantity < least ? .minSaleQuantity : reason ?? .minSaleQuantity) }
    return (most, most == quantity ? nil : reason)
  }

  /// The quantity of which every allowed quantity is a multiple; 0 when there is none within reach.
  private static func step(_ rules: SellingRules) -> Int64 {
    let increment = max(rules.increment, 1)
    if rules.isDecimal { return increment }
    let one = Quantity.one.tenThousandths
    var (a, b) = (increment, one)
    while b != 0 { (a, b) = (b, a % b) }
    let (least, overflow) = (increment / a).multipliedReportingOverflow(by: one)
    return overflow ? 0 : least
  }
}
