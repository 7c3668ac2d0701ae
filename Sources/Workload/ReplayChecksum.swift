// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// The checksums by which two replays are compared.
package enum ReplayChecksum {
  /// SHA-256 over `sku,units` lines, one for each SKU of the opening stock, zeros too: sorted by
  /// bytes, each ended by LF.
  package static func onHand(_ book: ReplayBook, units: [Int64]) -> String {
    invariant(units.count == book.skus.count, "every SKU has a number of units")
    return ofLines((0..<book.stockedCount).map { "\(book.skus[$0].text),\(units[$0])" })
  }

  /// SHA-256 over the ids of rejected orders, sorted by bytes, each ended by LF.
  package static func rejectedOrders(_ book: ReplayBook) -> String { ofLines(book.rejectedOrders) }

  private static func ofLines(_ lines: [String]) -> String {
    // Swift orders strings by canonical equivalence; a checksum needs bytes.
    let sorted = lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return SHA256.hexadecimal(of: sorted.map { $0 + "\n" }.joined())
  }
}
