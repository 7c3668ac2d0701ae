// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import HoldfastClient
internal import InventoryModel

struct AssignSources: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Lets sources carry products, with nothing on hand yet.",
    discussion: "holdfast item assign LAMP SHADE --source east --source west")
  @Argument(help: "The SKUs.")
  var skus: [SKU]
  @Option(name: .customLong("source"), help: "A source; may be repeated.")
  var sources: [SourceCode]
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .assignSources(SourceAssignment(skus, to: sources)) }
}

struct UnassignSources: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "unassign", abstract: "Takes products off sources, with their quantities.")
  @Argument(help: "The SKUs.")
  var skus: [SKU]
  @Option(name: .customLong("source"), help: "A source; may be repeated.")
  var sources: [SourceCode]
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command { .unassignSources(SourceAssignment(skus, to: sources)) }
}

struct ItemsAt: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "at", abstract: "Shows what a source carries.")
  @Argument(help: "The source's code.")
  var source: SourceCode
  @Option(help: "Only SKUs behind this one.")
  var after: SKU?
  @Option(help: "At most so many.")
  var limit = UInt32(Limits.pageRowsMax)
  @OptionGroup var call: CallOptions

  func query() -> Query { .itemsAt(source, after: after, limit: limit) }
}

struct ImportItems: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Imports source items from a CSV file.",
    discussion: """
      The first line names the columns: source_code,sku,status,quantity, with status 1 or 0. Rows that \
      are not valid are listed with their line and the reason, and all others are applied.
      """)
  @Argument(help: "The file; - is standard input.")
  var file: String
  @Option(help: "append (create or update), replace (the same) or delete.")
  var mode = ImportMode.append
  @Option(help: "Rows a command.")
  var batch = 1_000
  @OptionGroup var call: CallOptions

  func validate() throws {
    if !(1...Limits.linesMax).contains(batch) {
      throw ValidationError("--batch is from 1 to \(Limits.linesMax).")
    }
  }

  mutating func run() async throws {
    let items: ItemFile
    do throws(FileFault) {
      items = try ItemFile.read(try readFile(file), path: file)
    } catch {
      return try error.report.end(asJSON: call.json)
    }
    let (mode, batch) = (mode, batch)
    try await call.run { session in
      var sum = ImportResult()
      for start in stride(from: 0, to: items.rows.count, by: batch) {
        let rows = Array(items.rows[start..<min(start + batch, items.rows.count)])
        let id = CommandID.make()
        let reply = try await session.client.execute(.importSourceItems(mode, rows), id: id)
        guard case .imported(let result) = reply.outcome else { return reply.report(id: id) }
        sum.add(result, rowsBefore: start)
      }
      return sum.report(lines: items.lines)
    }
  }
}

extension ImportResult {
  fileprivate mutating func add(_ other: ImportResult, rowsBefore: Int) {
    created += other.created
    updated += other.updated
    deleted += other.deleted
    invalid += other.invalid.map { row in
      InvalidRow(row: row.row + UInt32(rowsBefore), code: row.code, field: row.field)
    }
  }

  /// The sums, and each row that was left out with the line it stands on.
  fileprivate func report(lines: [Int]) -> Report {
    let faults = invalid.map { row in
      (
        line: Int(row.row) < lines.count ? lines[Int(row.row)] : 0,
        reason: row.code.name + (row.field.isEmpty ? "" : " \(row.field)")
      )
    }
    let sums =
      "\(created) created, \(updated) updated, \(deleted) deleted, \(invalid.count) invalid"
    return Report(
      lines: [sums] + faults.map { "  line \($0.line): \($0.reason)" },
      values: [
        [
          "created": .natural(UInt64(created)), "updated": .natural(UInt64(updated)),
          "deleted": .natural(UInt64(deleted)),
          "invalid": .list(
            faults.map { ["line": .number(Int64($0.line)), "reason": .text($0.reason)] }),
        ]
      ], status: invalid.isEmpty ? .done : .refused)
  }
}

struct ExportItems: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Prints every source item as CSV, as `item import` reads it.")
  @OptionGroup var call: CallOptions

  mutating func run() async throws {
    try await call.run { session in
      let rows = try await session.allItems()
      return Report(lines: ItemFile.text(rows), values: SourceItemRow.report(rows).values)
    }
  }
}

struct ExportSalable: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export-salable",
    abstract: "Prints what every product of a stock has for sale as CSV.")
  @OptionGroup var point: PointOptions
  @OptionGroup var call: CallOptions

  mutating func run() async throws {
    let point = point.point
    try await call.run { session in
      var rows: [ExportRow] = []
      while true {
        let answer = try await session.ask(
          .exportStock(point, after: rows.last?.sku, limit: UInt32(Limits.pageRowsMax)))
        guard case .export(let page, let isLast) = answer else { return answer.report }
        rows += page
        if isLast || page.isEmpty { return ExportRow.report(rows) }
      }
    }
  }
}

struct PlaceGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "places", abstract: "The table of places that distances are measured with.",
    subcommands: [ImportPlaces.self, CountPlaces.self])
}

struct ImportPlaces: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Imports the places of countries from a geonames.org file.",
    discussion: """
      Reads the postal code files of geonames.org (DE.txt and its kin). The places of each country in \
      the file replace those there were.
      """)
  @Argument(help: "The file; - is standard input.")
  var file: String
  @OptionGroup var call: CallOptions

  /// Places a command: well within a frame.
  private static let batch = 4_000

  mutating func run() async throws {
    let places: [PlaceName]
    do throws(FileFault) {
      places = try PlaceFile.read(try readFile(file), path: file)
    } catch {
      return try error.report.end(asJSON: call.json)
    }
    try await call.run { session in
      for country in Set(places.map(\.country)).sorted() {
        let own = places.filter { $0.country == country }
        for start in stride(from: 0, to: own.count, by: ImportPlaces.batch) {
          let part = Array(own[start..<min(start + ImportPlaces.batch, own.count)])
          let id = CommandID.make()
          let command = Command.importPlaces(
            PlaceImport(country: country, replaces: start == 0, places: part))
          let reply = try await session.client.execute(command, id: id)
          if reply.outcome.refusal != nil { return reply.report(id: id) }
        }
      }
      return Report(
        numbered(places.count, "place") + " imported", ["places": .number(Int64(places.count))])
    }
  }
}

struct CountPlaces: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "count", abstract: "Counts the places of a country.")
  @Argument(help: "The country.")
  var country: String
  @OptionGroup var call: CallOptions

  func query() -> Query { .placeCount(country: country) }
}

extension Session {
  /// Every source item, page by page.
  func allItems() async throws -> [SourceItemRow] {
    var rows: [SourceItemRow] = []
    while true {
      let last = rows.last.map { SourceItemKey(source: $0.source, sku: $0.sku) }
      let answer = try await ask(
        .sourceItemPage(after: last, limit: UInt32(Limits.pageRowsMax)))
      guard case .sourceItems(let page, let isLast) = answer else { return rows }
      rows += page
      if isLast || page.isEmpty { return rows }
    }
  }
}
