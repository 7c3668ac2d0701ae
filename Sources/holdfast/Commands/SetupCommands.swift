// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import HoldfastClient
internal import InventoryModel

struct SetupGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "setup", abstract: "Whole set-ups as files: settings, sources, stocks, products.",
    subcommands: [ExportSetup.self, ImportSetup.self])
}

struct ExportSetup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Prints the set-up, one JSON object a line.",
    discussion: "Settings, sources, channels, stocks with links, products, source items, limits, "
      + "policies and supply; no reservations, orders or places.")
  @Flag(help: "Leave out source items, and so all quantities.")
  var noItems = false
  @OptionGroup var call: CallOptions

  mutating func run() async throws {
    let withItems = !noItems
    try await call.run { session in
      let lines = try await session.setup(withItems: withItems)
      return Report(lines: lines.map(\.description), values: lines)
    }
  }
}

struct ImportSetup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Applies a set-up file from top to bottom.",
    discussion: """
      Each line is a command of its own. Lines that are refused are listed with the reason, and all \
      others are applied; a file may be applied again.
      """)
  @Argument(help: "The file; - is standard input.")
  var file: String
  @OptionGroup var call: CallOptions

  mutating func run() async throws {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try readFile(file)
    } catch {
      return try error.report.end(asJSON: call.json)
    }
    try await call.run { session in try await session.apply(setup: bytes) }
  }
}

extension Session {
  /// The set-up of the store as lines of a set-up file.
  func setup(withItems: Bool) async throws -> [JSON] {
    var lines: [JSON] = []
    if case .store(let store) = try await ask(.store) { lines += SetupFile.lines(store) }
    if case .sources(let sources) = try await ask(.sources) { lines += SetupFile.lines(sources) }
    if case .stocks(let stocks) = try await ask(.stocks) { lines += SetupFile.lines(stocks) }
    // What a composite is made of stands before it.
    let products = try await allProducts()
    lines += products.filter { !$0.type.isComposite }.map(SetupFile.line)
    lines += products.filter(\.type.isComposite).map(SetupFile.line)
    if withItems { lines += try await allItems().map(SetupFile.line) }
    if case .customerLimits(let limits) = try await ask(.customerLimits) {
      lines += limits.map { SetupFile.line("limit", $0.json) }
    }
    if case .channelPolicies(let policies) = try await ask(.channelPolicies) {
      lines += policies.map { SetupFile.line("policy", $0.json) }
    }
    if case .supplies(let supplies) = try await ask(.supplies(nil)) {
      lines += supplies.map { SetupFile.line("supply", $0.supply.json) }
    }
    return lines
  }

  private func allProducts() async throws -> [ProductView] {
    var views: [ProductView] = []
    while true {
      let answer = try await ask(
        .products(after: views.last?.sku, limit: UInt32(Limits.pageRowsMax)))
      guard case .products(let page, let isLast) = answer else { return views }
      views += page
      if isLast || page.isEmpty { return views }
    }
  }

  /// Applies the lines of a set-up file, each by itself.
  func apply(setup bytes: [UInt8]) async throws -> Report {
    var applied = 0
    var faults: [(line: Int, reason: String)] = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
      do {
        for command in try SetupFile.commands(StepArguments(try JSONReader.read(Array(line)))) {
          try await apply(command)
        }
        applied += 1
      } catch let error as JSONFault {
        faults.append((index + 1, "\(error)"))
      } catch let error as StepRefused {
        faults.append((index + 1, error.refusal.words))
      }
    }
    return Report(
      lines: ["\(applied) applied, \(faults.count) refused"]
        + faults.map { "  line \($0.line): \($0.reason)" },
      values: [
        [
          "applied": .number(Int64(applied)),
          "refused": .list(
            faults.map { ["line": .number(Int64($0.line)), "reason": .text($0.reason)] }),
        ]
      ], status: faults.isEmpty ? .done : .refused)
  }

  private func apply(_ command: Command) async throws {
    let outcome = try await client.execute(command, id: .make()).outcome
    guard let refusal = outcome.refusal else { return }
    // A channel that is there already is as it should be.
    if case .setChannel(.add) = command, refusal.code == .invalid { return }
    throw StepRefused(refusal)
  }
}

extension Refusal {
  /// The code, and what it is about.
  fileprivate var words: String {
    var text = code.name
    if !field.isEmpty { text += " \(field)" }
    if let sku { text += " (\(sku))" }
    return text
  }
}
