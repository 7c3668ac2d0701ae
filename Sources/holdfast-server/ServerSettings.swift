// SPDX-License-Identifier: Apache-2.0

import Configuration
import HoldfastServer
import InventoryEngine
import InventoryModel
import JournalFormat
import Logging
import ServerCore
import SystemIO
import SystemPackage

/// The settings in force: flag, else environment, else file, else default; checked.
struct ServerSettings {
  var server: ServerConfiguration
  var logLevel = Logger.Level.notice
  var readyFile: String?

  /// Reads and checks all settings.
  ///
  /// - Throws: `StartFailure` of kind `usage` that names the setting at fault.
  init(_ options: ServerOptions) async throws(StartFailure) {
    let reader = try await ServerSettings.reader(file: options.config)
    func text(_ flag: String?, _ key: ConfigKey) -> String? { flag ?? reader.string(forKey: key) }
    func number(_ flag: Int?, _ key: ConfigKey, _ range: ClosedRange<Int>) throws(StartFailure)
      -> Int?
    {
      guard let value = flag ?? reader.int(forKey: key) else { return nil }
      if range.contains(value) { return value }
      throw StartFailure(
        .usage, "\(key): \(value) is out of range (\(range.lowerBound) to \(range.upperBound))")
    }

    server = ServerConfiguration(
      listen: try ServerSettings.address(
        text(options.listen, "listen") ?? "127.0.0.1:7400", of: "listen"))
    let operations = text(options.http2Listen, "http2Listen") ?? "127.0.0.1:7443"
    if operations != "off" {
      server.operationsListen = try ServerSettings.address(operations, of: "http2-listen")
    }
    server.dataDirectory = text(options.data, "data")
    let isEphemeral = options.ephemeral || reader.bool(forKey: "ephemeral", default: false)
    if isEphemeral == (server.dataDirectory != nil) {
      throw StartFailure(
        .usage,
        isEphemeral
          ? "--ephemeral keeps nothing, --data names where to keep it: give one of them"
          : "--data DIR says where the journal lives (or --ephemeral to keep nothing)")
    }
    server.isDevelopment =
      options.development || reader.bool(forKey: "development", default: false)
    if let bytes = try number(
      options.segmentBytes, "segmentBytes",
      JournalLimits.segmentBytesConfigurableMin...JournalLimits.segmentBytesMax)
    {
      guard JournalLimits.allowsSegment(bytes: bytes) else {
        throw StartFailure(.usage, "segment-bytes: \(bytes) is not a multiple of 4096")
      }
      server.segmentBytes = bytes
    }
    if let value = try number(options.connectionsMax, "connectionsMax", 1...1_000_000) {
      server.limits.connectionsMax = value
    }
    if let value = try number(options.inFlightMax, "inFlightMax", 1...65_536) {
      server.limits.inFlightMax = value
    }
    if let value = try number(options.lanes, "lanes", 1...64) { server.laneCount = value }
    if let value = try number(options.retentionSeconds, "retentionSeconds", 1...31_536_000) {
      server.capacities.retentionSeconds = Int64(value)
    }
    let capacity = 1...50_000_000_000
    if let value = try number(options.rememberedIDsMax, "rememberedIDsMax", capacity) {
      server.capacities.rememberedIDsMax = UInt64(value)
    }
    if let value = try number(options.skusMax, "skusMax", capacity) {
      server.capacities.skusMax = UInt64(value)
    }
    if let value = try number(options.reservationsMax, "reservationsMax", capacity) {
      server.capacities.reservationsMax = UInt64(value)
    }
    if let name = text(options.name, "name") { server.name = name }
    if let level = text(options.logLevel, "logLevel") {
      guard let level = Logger.Level(rawValue: level) else {
        throw StartFailure(.usage, "log-level: there is no level \"\(level)\"")
      }
      logLevel = level
    }
    readyFile = text(options.readyFile, "readyFile")
  }

  private static func address(_ text: String, of name: String) throws(StartFailure)
    -> SocketAddress
  {
    if let address = SocketAddress(text) { return address }
    throw StartFailure(.usage, "\(name): \"\(text)\" is not HOST:PORT")
  }

  private static func reader(file: String?) async throws(StartFailure) -> ConfigReader {
    let environment = EnvironmentVariablesProvider().prefixKeys(with: "holdfast")
    guard let file else { return ConfigReader(provider: environment) }
    do {
      let settings = try await FileProvider<JSONSnapshot>(filePath: FilePath(file))
      return ConfigReader(providers: [environment, settings])
    } catch {
      throw StartFailure(.usage, "cannot read the configuration file \(file): \(error)")
    }
  }
}
