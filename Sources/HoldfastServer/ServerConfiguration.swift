// SPDX-License-Identifier: Apache-2.0

internal import InventoryEngine
package import InventoryModel
package import ServerCore
package import SystemIO

/// Everything a server is told at start.
package struct ServerConfiguration: Sendable {
  /// Where the binary protocol listens.
  package var listen: SocketAddress
  /// Where the operations plane listens; `nil` is nowhere.
  package var operationsListen: SocketAddress?
  /// Where the journal lives; `nil` keeps nothing (`--ephemeral`): for trying out and for tests.
  package var dataDirectory: String?
  /// Allows file systems that cannot promise durability (tmpfs, network, overlay).
  package var isDevelopment = false
  /// Bytes of a journal segment: a multiple of 4 KiB; 2 MiB at least by configuration, less in tests.
  package var segmentBytes = 64 << 20
  /// Connection lanes: queues that read and write sockets.
  package var laneCount = 1
  /// What one server allows.
  package var limits = ServerLimits()
  /// How large the engine may grow, and how long it remembers.
  package var capacities = EngineOptions().capacities
  /// Name in the greeting.
  package var name = "holdfast"

  package init(listen: SocketAddress) { self.listen = listen }
}
