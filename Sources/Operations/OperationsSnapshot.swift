// SPDX-License-Identifier: Apache-2.0

package import InventoryModel
package import ServerCore

/// What the operations plane may know of the server at one moment: plain values, taken on the
/// commit lane and handed over. The plane never touches the engine.
package struct OperationsSnapshot: Sendable {
  /// Counters since start.
  package var statistics: ServerStatistics
  /// The engine's numbers.
  package var status: ServerStatus
  /// Whether new commands are accepted; what readiness shows.
  package var isAccepting: Bool
  /// Whether everything durable is covered by a seal.
  package var isSealed: Bool

  package init(
    statistics: ServerStatistics, status: ServerStatus, isAccepting: Bool, isSealed: Bool
  ) {
    self.statistics = statistics
    self.status = status
    self.isAccepting = isAccepting
    self.isSealed = isSealed
  }

  /// The page for Prometheus.
  func metricsText() -> String {
    var text = MetricsText()
    text.counters(
      "holdfast_commands_total", "Commands answered, by command.", label: "command",
      statistics.namedCommands)
    text.counters(
      "holdfast_refusals_total", "Refusals answered, by code.", label: "code",
      RefusalCode.allCases.map { ($0.name, statistics.refusals[Int($0.rawValue)]) })
    text.counter(
      "holdfast_replays_total", "Answers given again to a known command id.", statistics.replays)
    text.counter("holdfast_queries_total", "Queries answered.", statistics.queries)
    text.counter(
      "holdfast_journal_syncs_total", "Durable journal writes.", statistics.journalSyncs)
    text.counter(
      "holdfast_journal_written_bytes_total", "Bytes written to the journal, padding included.",
      statistics.journalBytes)
    text.counter(
      "holdfast_journal_sync_seconds_total", "Time spent in durable journal writes.",
      nanoseconds: statistics.journalSyncNanoseconds)
    text.gauge(
      "holdfast_commit_queue_commands", "Commands waiting for their batch.",
      statistics.queuedCommands)
    text.gauge(
      "holdfast_commit_batch_commands_max", "Commands in the largest batch since start.",
      statistics.largestBatch)
    text.gauge("holdfast_connections", "Connections open.", statistics.connectionsOpen)
    text.counter(
      "holdfast_connections_accepted_total", "Connections accepted.",
      statistics.connectionsAccepted)
    text.counter(
      "holdfast_connections_refused_total", "Connections refused at the limit.",
      statistics.connectionsRefused)
    text.gauge("holdfast_log_position", "Position of the last command applied.", status.position)
    text.gauge("holdfast_skus", "SKUs known.", status.skuCount)
    text.gauge("holdfast_active_holds", "Holds within their deadline.", status.activeHoldCount)
    text.gauge("holdfast_open_orders", "Orders that are not final.", status.openOrderCount)
    text.gauge(
      "holdfast_remembered_command_ids", "Command ids with a stored answer.",
      status.rememberedIDCount)
    text.gauge(
      "holdfast_reservation_entries", "Reservation entries kept.", status.entryCount)
    text.gauge("holdfast_accepting", "1 when new commands are accepted.", isAccepting ? 1 : 0)
    return text.text
  }
}
