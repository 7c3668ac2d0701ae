// SPDX-License-Identifier: Apache-2.0

/// How much a server may hold and how long it remembers. Part of the decisions, so it stands in the journal:
/// a server started with other settings says so there, and replay needs nothing but the journal.
public struct Capacities: Sendable, Equatable {
  /// Seconds, in log time, for which command ids and closed holds stay known.
  public var retentionSeconds: Int64
  /// Command ids remembered at most.
  public var rememberedIDsMax: UInt64
  /// SKUs known at most.
  public var skusMax: UInt64
  /// Reservations kept at most, closed ones included.
  public var reservationsMax: UInt64

  /// Makes capacities; a value beyond what the machine can count is cut to it by the engine.
  public init(
    retentionSeconds: Int64, rememberedIDsMax: UInt64, skusMax: UInt64, reservationsMax: UInt64
  ) {
    self.retentionSeconds = retentionSeconds
    self.rememberedIDsMax = rememberedIDsMax
    self.skusMax = skusMax
    self.reservationsMax = reservationsMax
  }
}
