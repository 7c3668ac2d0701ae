// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import HoldfastClient
internal import SystemIO
internal import Workload

extension StockPolicy: ExpressibleByArgument {}

/// `holdfast-load replay`.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Replays a file of real orders in file order, and audits the end.",
    discussion: """
      Two layouts are read: event_time,event,order_id,sku,quantity,country with events order and \
      cancel, and that of UCI "Online Retail" as published. An order reserves all its lines or none \
      and is shipped in full at once; a cancellation brings back what is still out.

      The replay sets the store's max_sale_qty to 0 (no limit), since lines of real orders exceed \
      the built-in one, and the stock of the file's SKUs at source "default". Command ids are derived \
      from the run id, so a replay that is started again repeats itself without harm. Exit status 1 \
      says that the audit failed.
      """)

  @Option(help: "The order file; - reads standard input.")
  var orders: String

  @Option(
    help: "The opening stock: sku,ample,scarce. Without it, it is worked out from the orders.")
  var openingStock: String?

  @Option(
    help: "ample: the least stock with which nothing runs out in file order. scarce: 60 % of it.")
  var policy: StockPolicy

  @Option(help: "The server.")
  var connect = "127.0.0.1:7400"

  @Option(help: "Documents in flight; 1 is strictly one after another.")
  var window = 1

  @Option(help: "Names the run; by default the data do.")
  var runID: String?

  @Option(help: "Seconds for which a lost server is waited for.")
  var patience = 600

  @Flag(help: "Print the result as one JSON object on standard output.")
  var json = false

  func validate() throws {
    try check(Endpoint(connect) != nil, "--connect is HOST:PORT")
    try check((1...1_024).contains(window), "--window is 1 to 1024")
    try check((1...86_400).contains(patience), "--patience is 1 to 86400 seconds")
    try check((1...20).contains(runID?.utf8.count ?? 1), "--run-id is 1 to 20 bytes long")
    try check(orders != "-" || openingStock != "-", "standard input can be read once")
  }

  func run() async throws {
    Process.ignoreSignals()
    let file = try readOrders()
    let opening = try readOpening(file)
    let identity =
      runID.map { ReplayIdentity(named: $0) }
      ?? ReplayIdentity(of: file, opening: opening, policy: policy)
    guard let endpoint = Endpoint(connect) else { throw LoadFailure("no such server") }
    var configuration = ClientConfiguration(endpoints: [endpoint])
    configuration.clientName = "holdfast-load replay"
    configuration.deadline = .seconds(patience)
    let client = ReplayClient(
      client: try HoldfastClient(configuration), identity: identity, patience: .seconds(patience))
    note("setting max_sale_qty of the store to 0, and the stock of \(opening.rows.count) SKUs")
    if try await client.prepare(opening) {
      note(
        "run \(identity.runID) was begun before on this server, and goes on; --run-id begins anew")
    }
    var replay = ReplayRun(client: client, file: file, opening: opening, window: window)
    let start = SystemClock.monotonicNanoseconds()
    try await replay.run()
    let milliseconds = Int((SystemClock.monotonicNanoseconds() - start) / 1_000_000)
    let report = try await report(replay, client, milliseconds)
    await client.client.close()
    Console.out((json ? report.json : report.text) + "\n")
    if !report.holds { throw ExitCode(1) }
  }

  private func report(
    _ replay: ReplayRun, _ client: ReplayClient, _ milliseconds: Int
  ) async throws -> ReplayReport {
    var audit = ReplayAudit(client, replay.book)
    try await audit.audit(replay.acknowledged)
    var reasons = audit.stock.findings
    let more = audit.stock.findingCount - reasons.count
    if more > 0 { reasons.append("and \(more) more") }
    return ReplayReport(
      book: replay.book, policy: policy, window: window, runID: client.identity.runID,
      milliseconds: milliseconds, reasons: reasons, lookedUp: audit.lookedUp, units: audit.units)
  }

  private func readOrders() throws -> OrderFile {
    var reader = OrderFileReader()
    let source = try ByteFileReader(orders)
    do {
      while true {
        let piece = try source.next()
        if piece.isEmpty { break }
        try reader.read(piece)
      }
      let file = try reader.finish()
      let count = file.documents.count { $0.kind == .order }
      note(
        "\(grouped(count)) orders, \(grouped(file.documents.count - count)) cancellations, "
          + "\(grouped(file.skus.count)) SKUs")
      let left = file.leftOut
      if !left.isEmpty {
        note(
          "left out: \(grouped(left.notGoods)) rows that are not goods, \(grouped(left.writeOffs)) "
            + "write-offs, \(grouped(left.foundStock)) of found stock")
      }
      return file
    } catch let fault as OrderFileFault {
      throw LoadFailure("\(orders): \(fault)")
    }
  }

  private func readOpening(_ file: OrderFile) throws -> OpeningStock {
    guard let path = openingStock else {
      note("opening stock worked out from the orders")
      return OpeningStock(for: file, policy: policy)
    }
    let source = try ByteFileReader(path)
    var bytes: [UInt8] = []
    while true {
      let piece = try source.next()
      if piece.isEmpty { break }
      bytes += piece
      if bytes.count > ReplayCommand.openingBytesMax {
        throw LoadFailure("\(path): more than \(ReplayCommand.openingBytesMax) bytes")
      }
    }
    do { return try OpeningStock(csv: bytes, policy: policy) } catch {
      throw LoadFailure("\(path): \(error)")
    }
  }

  /// Some ten million SKUs.
  private static let openingBytesMax = 512 << 20

  /// What people want to know and programs do not.
  private func note(_ text: String) { Console.error("\(text)\n") }
}
