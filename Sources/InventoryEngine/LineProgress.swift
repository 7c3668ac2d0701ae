// SPDX-License-Identifier: Apache-2.0

/// What happened to a line since it was made.
struct LineProgress {
  var canceled: Int64 = 0
  var invoiced: Int64 = 0
  var shipped: Int64 = 0
  /// Paid back, shipped or not.
  var refunded: Int64 = 0
  /// The part of `refunded` that never left a source.
  var refundedLoose: Int64 = 0
  /// Sources it was shipped from, or `none`.
  var firstShipment: UInt32 = none
}

/// What one source shipped of a line.
struct LineShipment {
  var quantity: Int64
  var next: UInt32
  var source: UInt16
}
