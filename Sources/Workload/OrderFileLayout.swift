// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// The columns of an order file, found by the names in its first record.
enum OrderFileLayout: Sendable {
  /// `event_time,event,order_id,sku,quantity,country`: cleaned, one document after another.
  case house(event: Int, id: Int, sku: Int, quantity: Int)
  /// The columns of UCI "Online Retail", as published: raw, to be cleaned.
  case uci(invoice: Int, code: Int, quantity: Int, price: Int, customer: Int)

  /// Reads the first record; `nil` when it names neither layout.
  init?(header: CSVRecord) {
    var columns: [String: Int] = [:]
    for index in 0..<header.fieldCount {
      columns[header.text(index).lowercased().filter { $0 != " " }] = index
    }
    if let event = columns["event"], let id = columns["order_id"], let sku = columns["sku"],
      let quantity = columns["quantity"]
    {
      self = .house(event: event, id: id, sku: sku, quantity: quantity)
    } else if let invoice = columns["invoiceno"] ?? columns["invoice"],
      let code = columns["stockcode"], let quantity = columns["quantity"],
      let price = columns["unitprice"] ?? columns["price"], let customer = columns["customerid"]
    {
      self = .uci(
        invoice: invoice, code: code, quantity: quantity, price: price, customer: customer)
    } else {
      return nil
    }
  }
}

/// What one record says, before it joins its document.
enum OrderFileRow {
  /// A line of a document.
  case line(SaleDocument.Kind, id: String, sku: SKU, units: Int64, isFree: Bool)
  /// A row that is no line, and why; it still counts as a row of its document.
  case dropped(Dropped, id: String)

  /// Why a raw row is no line.
  enum Dropped {
    /// The code is not that of goods: postage, fees, samples.
    case notGoods
    /// A plain invoice with a negative quantity, or a quantity of 0.
    case writeOff
  }
}

extension OrderFileLayout {
  /// Reads a record, or says which field is at fault.
  func row(_ record: CSVRecord) throws(FieldFault) -> OrderFileRow {
    switch self {
    case .house(let event, let id, let sku, let quantity):
      return try OrderFileLayout.houseRow(
        event: record.text(event), id: record.text(id), sku: record.text(sku),
        quantity: record.field(quantity))
    case .uci(let invoice, let code, let quantity, let price, let customer):
      return try OrderFileLayout.uciRow(
        invoice: record.text(invoice), code: goodsCode(record.field(code)),
        quantity: record.field(quantity),
        isFree: isZero(record.field(price)) && record.field(customer).isEmpty)
    }
  }

  private static func houseRow(
    event: String, id: String, sku: String, quantity: ArraySlice<UInt8>
  ) throws(FieldFault) -> OrderFileRow {
    let kind: SaleDocument.Kind
    switch event {
    case "order": kind = .order
    case "cancel": kind = .cancellation
    default: throw FieldFault(field: "event", text: event)
    }
    if id.isEmpty { throw FieldFault(field: "order_id", text: id) }
    if !SKU(sku).isWellFormed { throw FieldFault(field: "sku", text: sku) }
    guard let units = wholeUnits(quantity), units > 0 else {
      throw FieldFault(field: "quantity", text: String(decoding: quantity, as: UTF8.self))
    }
    return .line(kind, id: id, sku: SKU(sku), units: units, isFree: false)
  }

  /// Rules 1, 2 and 4 of the data set's cleaning; 3 and 5 need the whole document.
  private static func uciRow(
    invoice: String, code: SKU?, quantity: ArraySlice<UInt8>, isFree: Bool
  ) throws(FieldFault) -> OrderFileRow {
    if invoice.isEmpty { throw FieldFault(field: "InvoiceNo", text: invoice) }
    guard let code else { return .dropped(.notGoods, id: invoice) }
    guard let units = wholeUnits(quantity) else {
      throw FieldFault(field: "Quantity", text: String(decoding: quantity, as: UTF8.self))
    }
    let isCancellation = invoice.first == "C" || invoice.first == "c"
    if isCancellation == (units < 0), units != 0 {
      let kind: SaleDocument.Kind = isCancellation ? .cancellation : .order
      return .line(kind, id: invoice, sku: code, units: abs(units), isFree: isFree)
    }
    return .dropped(.writeOff, id: invoice)
  }
}

/// A field that cannot be read.
struct FieldFault: Error, Equatable {
  var field: String
  var text: String
}

/// Trims and upper-cases a stock code; `nil` unless it is one of goods: five digits and up to three
/// letters, or `DCGS` and more.
private func goodsCode(_ field: ArraySlice<UInt8>) -> SKU? {
  var code = field
  while code.first == UInt8(ascii: " ") { code = code.dropFirst() }
  while code.last == UInt8(ascii: " ") { code = code.dropLast() }
  let upper = code.map { isLowerCase($0) ? $0 & 0xDF : $0 }
  let digits = upper.prefix(5)
  let letters = upper.dropFirst(5)
  let isPlain =
    digits.count == 5 && digits.allSatisfy(isDigit) && letters.count <= 3
    && letters.allSatisfy { isLowerCase($0 | 0x20) }
  guard isPlain || upper.count > 4 && upper.starts(with: "DCGS".utf8) else { return nil }
  let sku = SKU(String(decoding: upper, as: UTF8.self))
  return sku.isWellFormed ? sku : nil
}

private func isDigit(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

private func isLowerCase(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
}

/// A whole number of units with an optional minus sign; `nil` for anything else and beyond the
/// largest quantity a request may name. ".0" at the end is allowed: spreadsheets add it.
func wholeUnits(_ field: ArraySlice<UInt8>) -> Int64? {
  var digits = field
  if digits.suffix(2).elementsEqual(".0".utf8) { digits = digits.dropLast(2) }
  let isNegative = digits.first == UInt8(ascii: "-")
  if isNegative { digits = digits.dropFirst() }
  guard !digits.isEmpty, digits.count <= 11, digits.allSatisfy(isDigit) else { return nil }
  let value = digits.reduce(Int64(0)) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
  return isNegative ? -value : value
}

/// Whether a price is 0 in any spelling.
private func isZero(_ field: ArraySlice<UInt8>) -> Bool {
  field.contains(UInt8(ascii: "0"))
    && field.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
}
