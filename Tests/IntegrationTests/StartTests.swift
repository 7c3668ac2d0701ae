// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoldfastClient
import InventoryModel
import SystemIO
import Testing

@testable import HoldfastServer

/// What a server says when it cannot start.
@Suite struct StartTests {
  func failure(_ configuration: ServerConfiguration) -> StartFailure? {
    do {
      _ = try HoldfastServer(configuration, log: RunningServer.silent())
      return nil
    } catch {
      return error
    }
  }

  @Test func `a second server on the same data directory is refused`() async throws {
    let scratch = try Scratch()
    let running = try await RunningServer.start(data: scratch.data)
    let second = failure(try RunningServer.configuration(data: scratch.data))
    #expect(second?.kind == .dataDirectoryInUse)
    #expect(second?.description.contains(scratch.data) == true)
    await running.stop()
    #expect(failure(try RunningServer.configuration(data: scratch.data)) == nil)
  }

  @Test func `a taken port is refused before anything is replayed`() async throws {
    let running = try await RunningServer.start()
    var configuration = try RunningServer.configuration(data: nil)
    configuration.listen = running.server.address
    let second = failure(configuration)
    #expect(second?.kind == .cannotListen)
    #expect(second?.description.contains("\(running.server.address)") == true)
    await running.stop()
  }

  @Test func `a damaged journal is refused with file, offset and position`() async throws {
    let scratch = try Scratch()
    let running = try await RunningServer.start(data: scratch.data)
    let client = try running.client()
    for number in 0..<5 { try await client.stock(SKU("S\(number)"), 1) }
    await client.close()
    await running.stop()
    let file = scratch.data + "/journal-0000000001.hfj"
    var bytes = [UInt8](try #require(FileManager.default.contents(atPath: file)))
    bytes[8_192 + 140] ^= 1
    let before = bytes
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    let refused = failure(try RunningServer.configuration(data: scratch.data))
    #expect(refused?.kind == .damagedJournal)
    #expect(refused?.exitCode == 65)
    let text = refused?.description ?? ""
    for word in ["journal-0000000001.hfj", "8192", "position"] {
      #expect(text.contains(word), "\(text)")
    }
    #expect([UInt8](try #require(FileManager.default.contents(atPath: file))) == before)
  }

  @Test func `a data directory that cannot be made is refused`() throws {
    let scratch = try Scratch()
    _ = FileManager.default.createFile(atPath: scratch.data, contents: nil)
    #expect(failure(try RunningServer.configuration(data: scratch.data))?.kind == .dataDirectory)
  }
}
