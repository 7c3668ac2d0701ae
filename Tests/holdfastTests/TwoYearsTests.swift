// SPDX-License-Identifier: Apache-2.0

import Foundation
import InventoryEngine
import InventoryModel
import JournalFormat
import Testing

@testable import holdfast

/// Replay gives the same state in every process, whatever its hash seeds.
@Suite struct TwoYearsTests {
  /// Two years of carts: holds with deadlines from a second to a day, extended, placed, released, or left
  /// to run out.
  static func fill(_ directory: TestDirectory, seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func chance(_ bound: UInt64) -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state % bound
    }
    var time: Int64 = 1_700_000_000_000_000_000
    let end = time + 2 * 365 * 86_400 * 1_000_000_000
    let goods = (0..<20).map {
      SourceItemChange(source: .default, sku: SKU("SKU-\($0)"), quantity: 40)
    }
    directory.append([(CommandID(low: 1, high: seed), .setSourceItems(goods))], at: time)
    var number: UInt64 = 1
    while time < end {
      time += Int64(chance(3 * 3_600 * 1_000_000_000))
      let commands = (0...chance(3)).map { _ in
        number += 1
        let cart = DocumentID("cart-\(number - chance(min(number, 6)))")
        let line = OrderLine(SKU("SKU-\(chance(20))"), Quantity(Int(chance(4) + 1)))
        let request = ReserveRequest(.channel(.base), OrderLines(line))
        let command: Command =
          switch chance(10) {
          case 0...4:
            .hold(Hold(DocumentID("cart-\(number)"), request, seconds: Int64(chance(86_400) + 1)))
          case 5: .extend(hold: cart, seconds: Int64(chance(7_200) + 1))
          case 6: .place(Place(cart, .hold(cart, lines: [], reacquires: chance(2) == 0)))
          case 7: .release(hold: cart, lines: [])
          case 8:
            .deduct(Deduct(order: cart, document: cart, parts: [.init(source: .default)]))
          default: .pulse
          }
        return (command == .pulse ? .none : CommandID(low: number, high: seed), command)
      }
      directory.append(commands, at: time)
    }
    directory.append([(.none, .digest(directory.engine.digest()))], at: time)
    directory.seal(at: time)
  }

  /// What `holdfast journal verify` prints, from a process of its own.
  static func verify(_ path: String, hashing: String) throws -> String {
    // The test program lies beside the programs it tests.
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let program = folder.appending(path: "holdfast")
    let process = Foundation.Process()
    process.executableURL = program
    process.arguments = ["journal", "verify", path]
    process.environment = ["SWIFT_DETERMINISTIC_HASHING": hashing]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(text)")
    return text
  }

  @Test func `two years of holds replay to the same digest in two processes`() throws {
    let directory = try TestDirectory(segmentBytes: 64 << 20)
    Self.fill(directory, seed: 7)
    try directory.save()
    let first = try Self.verify(directory.url.path, hashing: "1")
    let second = try Self.verify(directory.url.path, hashing: "")
    #expect(first == second)
    #expect(first.contains(hexadecimal(directory.engine.digest())), "\(first)")
    #expect(first.contains("1 digest on the way agreed"), "\(first)")
  }
}
