// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Engine {
  /// Gives up open quantities of an order (6.4). O(lines).
  mutating func cancel(_ cancel: Cancel, _ digest: UInt64) throws(Refused) -> Outcome {
    if let first = firstResult(cancel.document, .cancellation, digest) { return first }
    try requireRoom(document: cancel.document, .cancellation)
    try requireWellFormed(cancel.order, "order")
    try gather(cancel.lines)
    let order = try order(cancel.order)
    try refuseDuplicate(cancel.document, .cancellation)
    if cancel.lines.isEmpty {
      // "All that is open" may be nothing, also of a final order.
      gatherLines(of: order) { engine, line in engine.cancelableQuantity(line) }
    } else {
      try requirePhase(order, .open)
      try matchOpen(order) { engine, line in engine.cancelableQuantity(line) }
    }
    try requireRoomToGiveBack()
    for place in scratch.demands.indices {
      let demand = scratch.demands[place]
      reservations.setProgress(of: demand.line) { $0.canceled += demand.quantity }
      let back = returned(demand.quantity, to: demand.line)
      if back > 0 { append(back, .orderCanceled, line: demand.line) }
    }
    if reservations[order].phase == .open { settle(order) }
    return file(cancel.document, .cancellation, digest, .moved(movedLines()))
  }
}
