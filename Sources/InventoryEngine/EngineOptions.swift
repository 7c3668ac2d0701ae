// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// How much one engine may hold. Reaching a capacity is the refusal `capacity_exhausted` with the
/// table's name in its field. Part of the decisions: what an operator may change travels in the log
/// (`Command.setCapacities`). Capacities beyond 2^31 count as that.
package struct EngineOptions: Sendable, Equatable {
  /// SKUs ever seen. Field `skus`.
  package var skusMax = 1 << 26
  /// Source items. Field `source_items`.
  package var sourceItemsMax = 1 << 28
  /// Pairs of SKU and stock. Field `stock_items`.
  package var stockItemsMax = 1 << 28
  /// Holds and orders known, closed ones included. Field `reservations`.
  package var reservationsMax = 1 << 28
  /// Lines of holds and orders known. Field `lines`.
  package var linesMax = 1 << 29
  /// Shipments, invoices, refunds, cancellations, receipts and transfers known. Field `documents`.
  package var documentsMax = 1 << 28
  /// Command ids within their retention. Field `remembered_ids`.
  package var rememberedIDsMax = 1 << 29
  /// Reservation entries kept; expiry alone may go beyond. Field `entries`.
  package var entriesMax = 1 << 30
  /// Sources, at most `sourcesCeiling`. Field `sources`.
  package var sourcesMax = 4_096
  /// Stocks, at most `stocksCeiling`. Field `stocks`.
  package var stocksMax = 4_096
  /// Sales channels. Field `channels`.
  package var channelsMax = 1 << 16
  /// Places with coordinates. Field `places`.
  package var placesMax = 1 << 22
  /// Customer limits. Field `customer_limits`.
  package var customerLimitsMax = 4_096
  /// Channel policies. Field `channel_policies`.
  package var channelPoliciesMax = 1 << 20
  /// Expected supplies known, closed ones included. Field `supplies`.
  package var suppliesMax = 1 << 24
  /// Rows of the change stream that are kept.
  package var changesMax = 1 << 20
  /// Movements of goods that are kept for counts as of a moment (18.8).
  package var movementsMax = 1 << 20
  /// How long a command id and a closed hold stay known, in seconds of log time.
  package var retentionSeconds = Limits.retentionSecondsDefault

  /// Makes the usual options.
  package init() {}

  /// The same with every capacity within what the tables can number.
  var bounded: EngineOptions {
    let ceiling = 1 << 31
    var options = self
    options.skusMax = min(skusMax, ceiling)
    options.sourceItemsMax = min(sourceItemsMax, ceiling)
    options.stockItemsMax = min(stockItemsMax, ceiling)
    options.reservationsMax = min(reservationsMax, ceiling)
    options.linesMax = min(linesMax, ceiling)
    options.documentsMax = min(documentsMax, ceiling)
    options.rememberedIDsMax = min(rememberedIDsMax, ceiling)
    options.channelsMax = min(channelsMax, ceiling)
    options.sourcesMax = min(sourcesMax, EngineOptions.sourcesCeiling)
    options.stocksMax = min(stocksMax, EngineOptions.stocksCeiling)
    return options
  }

  /// The part an operator may change.
  package var capacities: Capacities {
    get {
      Capacities(
        retentionSeconds: retentionSeconds, rememberedIDsMax: UInt64(rememberedIDsMax),
        skusMax: UInt64(skusMax), reservationsMax: UInt64(reservationsMax))
    }
    set {
      let ceiling = EngineOptions()
      retentionSeconds = max(newValue.retentionSeconds, 1)
      rememberedIDsMax = Int(min(newValue.rememberedIDsMax, UInt64(ceiling.rememberedIDsMax)))
      skusMax = Int(min(newValue.skusMax, UInt64(ceiling.skusMax)))
      reservationsMax = Int(min(newValue.reservationsMax, UInt64(ceiling.reservationsMax)))
    }
  }

  /// More sources could overflow the sum of one SKU's quantities over all sources.
  package static let sourcesCeiling = 8_192
  /// Stocks are numbered by 16 bits inside.
  package static let stocksCeiling = 65_000
}
