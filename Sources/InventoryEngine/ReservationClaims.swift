// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension ReservationTable {
  /// Adds to the sum of a line's entries and keeps the ring of claims of its stock item: the lines
  /// with a non-zero sum, oldest first. O(1).
  mutating func addToReserved(of line: UInt32, _ quantity: Int64, item: inout StockItem) {
    let before = lines[line].reserved
    lines[line].reserved = before + quantity
    if before == 0, quantity != 0 {
      item.claimCount += 1
      link(line, &item.firstClaim)
    }
    if before != 0, before + quantity == 0 {
      item.claimCount -= 1
      unlink(line, &item.firstClaim)
    }
  }

  private mutating func link(_ line: UInt32, _ first: inout UInt32) {
    if first == none {
      lines[line].previousClaim = line
      lines[line].nextClaim = line
      first = line
      return
    }
    let last = lines[first].previousClaim
    lines[line].previousClaim = last
    lines[line].nextClaim = first
    lines[last].nextClaim = line
    lines[first].previousClaim = line
  }

  private mutating func unlink(_ line: UInt32, _ first: inout UInt32) {
    let previous = lines[line].previousClaim
    let next = lines[line].nextClaim
    if next == line {
      first = none
    } else {
      lines[previous].nextClaim = next
      lines[next].previousClaim = previous
      if first == line { first = next }
    }
    lines[line].previousClaim = none
    lines[line].nextClaim = none
  }
}
