// SPDX-License-Identifier: Apache-2.0

// Section 13: products that own no quantity and sell what their children have.

/// One option of a bundle: the customer picks one of its children.
public struct BundleOption: Sendable, Equatable {
  /// What can be picked.
  public var children: [Child]
  /// Whether the bundle cannot be sold without it.
  public var isRequired: Bool
  /// Makes an option.
  public init(_ children: [Child], isRequired: Bool = true) {
    self.children = children
    self.isRequired = isRequired
  }

  /// A product that can be picked.
  public struct Child: Sendable, Equatable {
    /// The product.
    public var sku: SKU
    /// How much of it one bundle takes, when the customer cannot change that; `nil` when they can.
    public var fixedQuantity: Quantity?
    /// Makes a child.
    public init(_ sku: SKU, fixedQuantity: Quantity? = nil) {
      self.sku = sku
      self.fixedQuantity = fixedQuantity
    }
  }
}
