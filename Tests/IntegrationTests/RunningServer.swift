// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoldfastClient
import InventoryModel
import Logging
import SystemIO
import Testing

@testable import HoldfastServer

/// A directory of its own for one test, removed at the end.
final class Scratch: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "holdfast-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// The data directory in it.
  var data: String { path + "/data" }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A whole server in this process, on a free port.
struct RunningServer {
  let server: HoldfastServer
  private let ending: Task<StartFailure?, Never>

  static func configuration(data: String?) throws -> ServerConfiguration {
    let any = try #require(SocketAddress("127.0.0.1:0"))
    var configuration = ServerConfiguration(listen: any)
    configuration.operationsListen = any
    configuration.dataDirectory = data
    configuration.isDevelopment = true
    configuration.segmentBytes = 1 << 20
    return configuration
  }

  static func silent() -> Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

  static func start(
    data: String? = nil, _ change: (inout ServerConfiguration) -> Void = { _ in },
    recover: (ServerConfiguration, Logger) throws(StartFailure) -> RecoveredState =
      HoldfastServer.recover
  ) async throws -> RunningServer {
    var configuration = try configuration(data: data)
    change(&configuration)
    let server = try HoldfastServer(configuration, log: silent(), recover: recover)
    let (serving, tell) = AsyncStream.makeStream(of: Void.self)
    // Proof: the one task of the server; `stop` waits for it.
    let ending = Task { await server.run { tell.finish() } }
    for await _ in serving {}
    return RunningServer(server: server, ending: ending)
  }

  func client(connections: Int = 1, deadline: Duration = .seconds(300)) throws -> HoldfastClient {
    let endpoint = try #require(Endpoint("\(server.address)"))
    var configuration = ClientConfiguration(endpoints: [endpoint])
    configuration.connectionCount = connections
    configuration.deadline = deadline
    return try HoldfastClient(configuration)
  }

  /// Waits for an end that comes by itself.
  func ended() async -> StartFailure? { await ending.value }

  /// Drains and seals.
  @discardableResult
  func stop() async -> StartFailure? {
    server.shutDown()
    return await ending.value
  }
}

extension HoldfastClient {
  /// Executes under a fresh id.
  func run(_ command: Command) async throws -> Outcome {
    try await execute(command, id: .make()).outcome
  }

  /// Puts goods on the shelf of the default source.
  func stock(_ sku: SKU, _ quantity: Quantity) async throws {
    let outcome = try await run(
      .setSourceItems([SourceItemChange(source: .default, sku: sku, quantity: quantity)]))
    #expect(outcome == .done || outcome.refusal == nil)
  }

  /// What is on hand, by SKU.
  func onHand() async throws -> [String: Quantity] {
    guard case .onHand(let rows, _) = try await ask(.onHandPage(after: nil, limit: 4_096)) else {
      return [:]
    }
    return Dictionary(uniqueKeysWithValues: rows.map { ($0.sku.text, $0.quantity) })
  }
}

/// A request for one SKU at stock 1.
func request(_ sku: SKU, _ quantity: Quantity) -> ReserveRequest {
  ReserveRequest(.stock(.default), OrderLines(OrderLine(sku, quantity)))
}
