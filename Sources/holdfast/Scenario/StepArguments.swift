// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// A step was refused: by the server, or by the reader of its arguments, because the language cannot
/// even carry them.
struct StepRefused: Error {
  let refusal: Refusal

  init(_ refusal: Refusal) { self.refusal = refusal }
  init(_ code: RefusalCode) { refusal = Refusal(code) }
  /// A field that is missing or malformed.
  static func invalid(_ field: String) -> StepRefused {
    StepRefused(Refusal(.invalid, field: field))
  }
}

/// The arguments of a step, or one row of them.
///
/// Texts that are missing read as empty: what is empty is the server's to refuse, in its order.
/// Everything that has no such value is refused here, under the argument's name.
struct StepArguments: Sendable {
  let value: JSON

  init(_ value: JSON) { self.value = value }

  /// The argument, or `nil` when it is missing or `null`.
  func given(_ key: String) -> JSON? {
    let member = value[key]
    return member == .null ? nil : member
  }

  /// Whether the argument is there, be it `null`.
  func has(_ key: String) -> Bool { value[key] != nil }

  /// A text or number as text; empty when missing.
  func text(_ key: String) -> String { given(key)?.words ?? "" }

  /// A text, or `nil` when missing.
  func optionalText(_ key: String) -> String? { has(key) ? text(key) : nil }

  func sku(_ key: String = "sku") -> SKU { SKU(text(key)) }
  func source(_ key: String = "source") -> SourceCode { SourceCode(text(key)) }
  func document(_ key: String) -> DocumentID { DocumentID(text(key)) }
  func channel(_ key: String = "channel") -> ChannelCode { ChannelCode(text(key)) }

  func flag(_ key: String) throws -> Bool? {
    guard let value = given(key) else { return nil }
    guard case .bool(let flag) = value else { throw StepRefused.invalid(key) }
    return flag
  }

  /// A quantity, or `nil` when missing or none of at most four decimals.
  func readableQuantity(_ key: String) -> Quantity? { given(key)?.quantity }

  func quantity(_ key: String) throws -> Quantity {
    guard let quantity = readableQuantity(key) else { throw StepRefused.invalid(key) }
    return quantity
  }

  /// A quantity, or `nil` when missing; a malformed one is refused.
  func optionalQuantity(_ key: String) throws -> Quantity? {
    given(key) == nil ? nil : try quantity(key)
  }

  /// `in` or `out`; `nil` for everything else.
  var isInStock: Bool? { ["in": true, "out": false][text("status")] }

  func optionalInteger<Number: FixedWidthInteger>(_ key: String) throws -> Number? {
    guard let value = given(key) else { return nil }
    guard let whole = value.decimal(shift: 0), let number = Number(exactly: whole) else {
      throw StepRefused.invalid(key)
    }
    return number
  }

  func integer<Number: FixedWidthInteger>(_ key: String) throws -> Number {
    guard let number: Number = try optionalInteger(key) else { throw StepRefused.invalid(key) }
    return number
  }

  func stock(_ key: String = "stock") throws -> StockID { StockID(try integer(key)) }

  /// Where something is sold: `channel`, else `stock`.
  func point() throws -> SalesPoint {
    has("channel") ? .channel(channel()) : .stock(try stock())
  }

  /// The rows of a list of objects; none when it is missing.
  func rows(_ key: String) throws -> [StepArguments] {
    guard let value = given(key) else { return [] }
    guard case .list(let rows) = value else { throw StepRefused.invalid(key) }
    return rows.map { StepArguments($0) }
  }

  /// A list of texts; none when it is missing.
  func texts(_ key: String) throws -> [String] {
    guard let value = given(key) else { return [] }
    guard case .list(let values) = value else { throw StepRefused.invalid(key) }
    return values.map { $0.words ?? "" }
  }

  func skus(_ key: String = "skus") throws -> [SKU] { try texts(key).map { SKU($0) } }

  /// The lines of `items`; none when it is missing.
  func lines() throws -> OrderLines {
    OrderLines(try rows("items").map { OrderLine($0.sku(), try $0.quantity("qty")) })
  }

  /// The lines of `items`, which stand for everything when they are missing and for nothing when the
  /// list is empty.
  func linesOrAll() throws -> OrderLines {
    let lines = try lines()
    if lines.isEmpty, given("items") != nil { throw StepRefused(.emptyInput) }
    return lines
  }

  /// `lat` and `lon`, in 10^-7 degree; `nil` when both are missing.
  func coordinates() throws -> Coordinates? {
    if given("lat") == nil, given("lon") == nil { return nil }
    func degrees(_ key: String) throws -> Int32 {
      guard let value = given(key)?.decimal(shift: 7), let degrees = Int32(exactly: value) else {
        throw StepRefused.invalid(key)
      }
      return degrees
    }
    return Coordinates(latitude: try degrees("lat"), longitude: try degrees("lon"))
  }

  /// A place: coordinates, or an address.
  func destination() throws -> Destination {
    Destination(
      coordinates: try coordinates(), country: text("country"), postcode: text("postcode"),
      city: text("city"), region: text("region"))
  }
}

extension JSON {
  /// The number times ten to `shift` when that is an integer; `nil` for everything else.
  func decimal(shift: Int) -> Int64? {
    words.flatMap { DecimalNumber($0) }?.scaled(by: shift)
  }

  /// A number of at most four decimals, as a quantity.
  var quantity: Quantity? { decimal(shift: 4).map { Quantity(tenThousandths: $0) } }
}
