// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// Compares what a server says about its stock with what its answers promised.
///
/// Per SKU: on hand = opening - deducted + returned, and salable = on hand - reserved, never below
/// zero: nothing is reserved beyond what was granted, and nothing granted beyond what is there.
package struct StockAudit: Sendable {
  /// What one SKU must look like, in units of 1/10,000.
  package struct Expectation: Sendable, Equatable {
    package var opening: Quantity
    package var deducted: Quantity
    package var returned: Quantity
    package var reserved: Quantity

    /// Makes an expectation from whole units.
    package init(opening: Int64, deducted: Int64, returned: Int64, reserved: Int64) {
      self.opening = Quantity(Int(opening))
      self.deducted = Quantity(Int(deducted))
      self.returned = Quantity(Int(returned))
      self.reserved = Quantity(Int(reserved))
    }

    var onHand: Quantity? { opening.subtracting(deducted)?.adding(returned) }
  }

  /// Findings kept in words; all are counted.
  package static let findingsMax = 10

  /// The first findings, in words.
  package private(set) var findings: [String] = []
  /// How many findings there are.
  package private(set) var findingCount = 0
  /// How many SKUs were compared.
  package private(set) var skuCount = 0

  /// Nothing compared yet.
  package init() {}

  /// Whether nothing was found.
  package var holds: Bool { findingCount == 0 }

  /// Compares one SKU.
  ///
  /// - Parameters:
  ///   - onHand: what the server has at its sources; `nil` when it does not list the SKU.
  ///   - salable: what the server would sell; `nil` when it did not say.
  package mutating func compare(
    _ sku: SKU, _ expected: Expectation, onHand: Quantity?, salable: Quantity?
  ) {
    skuCount += 1
    guard let right = expected.onHand, let free = right.subtracting(expected.reserved) else {
      return report("\(sku): the books overflow")
    }
    if onHand != right {
      report(
        "\(sku): on hand \(shown(onHand)), but opening \(expected.opening) - deducted "
          + "\(expected.deducted) + returned \(expected.returned) = \(right)")
    }
    if salable != free {
      report(
        "\(sku): salable \(shown(salable)), but on hand \(right) - reserved \(expected.reserved)"
          + " = \(free)")
    }
    if free < .zero || salable.map({ $0 < .zero }) == true {
      report("\(sku): more was granted than there is")
    }
  }

  /// Adds a finding.
  package mutating func report(_ finding: String) {
    findingCount += 1
    if findings.count < StockAudit.findingsMax { findings.append(finding) }
  }

  private func shown(_ quantity: Quantity?) -> String { quantity?.description ?? "not stated" }
}
