// SPDX-License-Identifier: Apache-2.0

import InventoryEngine
import InventoryModel
import Testing

/// Prints how long commands take. Runs only when it is named:
/// `swift test -c release -Xswiftc -enable-testing --filter MicroBenchmark`.
/// A busy machine makes the figures worthless; ratios between them are what to look at.
@Suite(.enabled(if: isBenchmarkNamed))
struct MicroBenchmark {
  private let skuCount = 200_000
  private let rounds = 300_000

  @Test func `place, hold and release of one line`() {
    var engine = Engine()
    var position: Position = 0
    var time: Int64 = 0
    let clock = ContinuousClock()
    func apply(_ command: Command) -> Outcome {
      position += 1
      time += 1_000
      return engine.apply(
        command, id: CommandID(low: position &* 0x9E37_79B9_7F4A_7C15, high: position),
        bodyDigest: position, position: position, timestamp: Timestamp(nanoseconds: time)
      ).outcome
    }
    let names = (0..<skuCount).map { SKU("SKU-\($0)") }
    let setUp = clock.measure {
      for name in names {
        _ = apply(.setProduct(ProductChange(name)))
        _ = apply(
          .setSourceItems([
            SourceItemChange(source: .default, sku: name, quantity: Quantity(10_000))
          ]))
      }
    }
    print("set up per SKU: \(setUp / skuCount)")
    for (label, spread) in [("uniform", skuCount), ("1,000 hot", 1_000)] {
      var random = SeededRandom(7)
      var commands: [Command] = []
      for round in 0..<rounds {
        let line = OrderLine(names[random.below(spread)], Quantity(1))
        let request = ReserveRequest(.channel(.base), [line])
        commands.append(.place(Place(DocumentID("\(label.prefix(1))\(round)"), .request(request))))
      }
      let places = clock.measure { for command in commands { _ = apply(command) } }
      print("place, \(label): \(places / rounds)")
      commands.removeAll()
      for round in 0..<rounds {
        let line = OrderLine(names[random.below(spread)], Quantity(1))
        let request = ReserveRequest(.channel(.base), [line])
        commands.append(
          .hold(Hold(DocumentID("\(label.prefix(1))\(round)"), request, seconds: 900)))
      }
      let holds = clock.measure { for command in commands { _ = apply(command) } }
      print("hold, \(label): \(holds / rounds)")
      commands = (0..<rounds).map {
        .release(hold: DocumentID("\(label.prefix(1))\($0)"), lines: [])
      }
      let releases = clock.measure { for command in commands { _ = apply(command) } }
      print("release, \(label): \(releases / rounds)")
    }
    let digest = clock.measure { _ = engine.digest() }
    print("digest of all: \(digest)")
  }
}

private let isBenchmarkNamed = CommandLine.arguments.contains { $0.contains("MicroBenchmark") }
