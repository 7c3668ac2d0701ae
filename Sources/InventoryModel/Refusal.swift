// SPDX-License-Identifier: Apache-2.0

/// A "no": an answer, not an error. It changed nothing; all it leaves is the stored answer.
public struct Refusal: Sendable, Equatable {
  /// Why.
  public var code: RefusalCode
  /// The first offending SKU in request order, where one is to blame.
  public var sku: SKU?
  /// The field at fault (`invalid`), the table that is full (`capacity_exhausted`); empty otherwise.
  public var field: String
  /// How much there is, for codes about quantities.
  public var available: Quantity?
  /// How much was asked for, for codes about quantities.
  public var requested: Quantity?
  /// All violations of all lines, when the request asked for them.
  public var violations: [Violation]
  /// When more becomes free, for `customer_limit` with a rolling window.
  public var freeAt: Timestamp?

  /// Makes a refusal.
  public init(
    _ code: RefusalCode, sku: SKU? = nil, field: String = "", available: Quantity? = nil,
    requested: Quantity? = nil, violations: [Violation] = [], freeAt: Timestamp? = nil
  ) {
    self.code = code
    self.sku = sku
    self.field = field
    self.available = available
    self.requested = requested
    self.violations = violations
    self.freeAt = freeAt
  }

  /// One violation of one line.
  public struct Violation: Sendable, Equatable {
    /// The SKU.
    public var sku: SKU
    /// Why.
    public var code: RefusalCode
    /// Makes a violation.
    public init(_ sku: SKU, _ code: RefusalCode) {
      self.sku = sku
      self.code = code
    }
  }
}

extension Refusal: CustomStringConvertible {
  /// The code and what is known about it, on one line.
  public var description: String {
    var text = code.name
    if !field.isEmpty { text += " \(field)" }
    if let sku { text += " \(sku)" }
    if let requested { text += ", requested \(requested)" }
    if let available { text += ", available \(available)" }
    return text
  }
}
