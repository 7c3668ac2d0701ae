// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// The documents of an order file in file order, as a replay needs them.
///
/// Two layouts are read, told apart by the first record: the house layout
/// `event_time,event,order_id,sku,quantity,country`, which is clean, and that of UCI "Online Retail"
/// (`InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country`), which is
/// cleaned here: codes trimmed and upper-cased, what is not goods left out, an invoice that starts
/// with C read as a cancellation, write-offs and found stock left out.
package struct OrderFile: Sendable {
  /// The documents in the order of their first rows.
  package internal(set) var documents: [SaleDocument] = []
  /// The SKUs of all documents.
  package internal(set) var skus = SKUIndex()
  /// What was left out.
  package internal(set) var leftOut = LeftOut()

  /// Rows of the file that are no part of a document.
  package struct LeftOut: Sendable, Equatable {
    /// The code is not that of goods.
    package var notGoods = 0
    /// Write-offs: plain invoices with a quantity of 0 or less.
    package var writeOffs = 0
    /// Found stock: an invoice of one line at price 0 without a customer.
    package var foundStock = 0

    /// Whether nothing was left out.
    package var isEmpty: Bool { self == LeftOut() }
  }
}

/// Why a file cannot be replayed.
package enum OrderFileFault: Error, Sendable, Equatable, CustomStringConvertible {
  /// The first record names neither layout.
  case unknownLayout
  /// A field cannot be read.
  case badField(line: Int, field: String, text: String)
  /// Rows of one document stand apart in the house layout.
  case notAdjacent(line: Int, document: String)
  /// A document has more SKUs than one command may carry.
  case tooManyLines(document: String, count: Int)
  /// The text cannot be cut into records.
  case notCSV(CSVFault)
  /// More rows than `OrderFileReader.rowsMax`.
  case tooManyRows
  /// There is no document.
  case empty

  /// The fault in words.
  package var description: String {
    switch self {
    case .unknownLayout: "the first line names no known columns of an order file"
    case .badField(let line, let field, let text): "line \(line): \(field) cannot be \"\(text)\""
    case .notAdjacent(let line, let document):
      "line \(line): the rows of document \(document) are not adjacent"
    case .tooManyLines(let document, let count):
      "document \(document) has \(count) SKUs; one command carries at most \(Limits.linesMax)"
    case .notCSV(.recordTooLong(let line)):
      "line \(line): longer than \(CSVSplitter.recordBytesMax) bytes"
    case .notCSV(.quoteNotClosed(let line)): "line \(line): a quote is not closed"
    case .tooManyRows: "more than \(OrderFileReader.rowsMax) rows"
    case .empty: "there is no document in the file"
    }
  }
}

/// Reads an order file from its bytes, in pieces of any size.
package struct OrderFileReader: Sendable {
  /// Most rows of a file; some 30 bytes of memory each.
  package static let rowsMax = 50_000_000

  private var splitter = CSVSplitter()
  private var rowCount = 0
  private var layout: OrderFileLayout?
  private var file = OrderFile()
  private var numbers: [String: Int] = [:]
  private var current = -1
  /// Per document: its rows, those left out included, and whether all of them are free goods
  /// without a customer.
  private var rowCounts: [Int] = []
  private var areFree: [Bool] = []

  /// Starts at the beginning of a file.
  package init() {}

  /// Takes the next bytes.
  package mutating func read(_ bytes: [UInt8]) throws(OrderFileFault) {
    for byte in bytes {
      let isComplete: Bool
      do { isComplete = try splitter.feed(byte) } catch { throw .notCSV(error) }
      if isComplete { try takeRecord(endedLine: true) }
    }
  }

  /// Says that the file is over.
  ///
  /// - Returns: the documents. O(lines).
  package mutating func finish() throws(OrderFileFault) -> OrderFile {
    let isComplete: Bool
    do { isComplete = try splitter.finish() } catch { throw .notCSV(error) }
    if isComplete { try takeRecord(endedLine: false) }
    try finishDocuments()
    if file.documents.isEmpty { throw .empty }
    return file
  }

  private mutating func takeRecord(endedLine: Bool) throws(OrderFileFault) {
    guard let layout else {
      layout = OrderFileLayout(header: splitter.record)
      if layout == nil { throw .unknownLayout }
      return
    }
    rowCount += 1
    if rowCount > OrderFileReader.rowsMax { throw .tooManyRows }
    let line = splitter.line - (endedLine ? 1 : 0)
    let row: OrderFileRow
    do { row = try layout.row(splitter.record) } catch {
      throw .badField(line: line, field: error.field, text: error.text)
    }
    switch row {
    case .line(let kind, let id, let sku, let units, let isFree):
      let document = try document(id, kind, line: line)
      areFree[document] = areFree[document] && isFree
      let number = file.skus.add(sku)
      file.documents[document].lines.append(SaleDocument.Line(sku: number, units: units))
    case .dropped(let reason, let id):
      switch reason {
      case .notGoods: file.leftOut.notGoods += 1
      case .writeOff: file.leftOut.writeOffs += 1
      }
      _ = try document(id, .order, line: line)
    }
  }

  /// The document with this id, made when it is new; counts the row.
  private mutating func document(
    _ id: String, _ kind: SaleDocument.Kind, line: Int
  ) throws(OrderFileFault) -> Int {
    if current < 0 || file.documents[current].id != id {
      if let known = numbers[id] {
        if case .house = layout { throw .notAdjacent(line: line, document: id) }
        current = known
      } else {
        current = file.documents.count
        numbers[id] = current
        file.documents.append(SaleDocument(kind, id: id, lines: []))
        rowCounts.append(0)
        areFree.append(true)
      }
    }
    rowCounts[current] += 1
    if file.documents[current].lines.isEmpty { file.documents[current].kind = kind }
    if file.documents[current].kind != kind, case .house = layout {
      throw .badField(line: line, field: "event", text: "\(kind)")
    }
    return current
  }

  /// Adds up lines of one SKU, drops found stock and documents without lines.
  private mutating func finishDocuments() throws(OrderFileFault) {
    // Where each SKU stands in the document that met it last.
    var places = [(document: Int, line: Int)](repeating: (-1, 0), count: file.skus.count)
    var kept: [SaleDocument] = []
    kept.reserveCapacity(file.documents.count)
    for (number, document) in file.documents.enumerated() {
      if document.kind == .order, rowCounts[number] == 1, areFree[number], !document.lines.isEmpty {
        file.leftOut.foundStock += 1
        continue
      }
      var lines: [SaleDocument.Line] = []
      lines.reserveCapacity(document.lines.count)
      for line in document.lines {
        if places[line.sku].document == number {
          lines[places[line.sku].line].units += line.units
        } else {
          places[line.sku] = (number, lines.count)
          lines.append(line)
        }
      }
      if lines.count > Limits.linesMax {
        throw .tooManyLines(document: document.id, count: lines.count)
      }
      if !lines.isEmpty { kept.append(SaleDocument(document.kind, id: document.id, lines: lines)) }
    }
    file.documents = kept
  }
}
