// SPDX-License-Identifier: Apache-2.0

// Many rows at once: assigning sources, importing source items and places (11.2, 11.3, 11.7, 8.3).

/// Every pair of a SKU and a source.
public struct SourceAssignment: Sendable, Equatable {
  /// The SKUs.
  public var skus: [SKU]
  /// The sources.
  public var sources: [SourceCode]
  /// Makes an assignment.
  public init(_ skus: [SKU], to sources: [SourceCode]) {
    self.skus = skus
    self.sources = sources
  }
}

/// What an import does with its rows (11.7). Rows that are not named stay in every mode.
public enum ImportMode: UInt8, Sendable {
  /// Creates or updates.
  case append = 0
  /// Deletes, then creates.
  case replace = 1
  /// Removes the pair; quantity and status are not needed.
  case delete = 2
}

/// One row of an import as it was read. What is missing or wrong makes the row invalid, not the import.
public struct ImportRow: Sendable, Equatable {
  /// The source; empty when missing.
  public var source: String
  /// The SKU; empty when missing.
  public var sku: String
  /// On-hand quantity; `nil` when missing or not a number.
  public var quantity: Quantity?
  /// The operator's intent; `nil` is out of stock for a new item and no change for a known one.
  public var isInStock: Bool?
  /// Makes a row.
  public init(source: String, sku: String, quantity: Quantity?, isInStock: Bool?) {
    self.source = source
    self.sku = sku
    self.quantity = quantity
    self.isInStock = isInStock
  }
}

/// What an import did.
public struct ImportResult: Sendable, Equatable {
  /// Source items created.
  public var created: UInt32
  /// Source items that existed and were set.
  public var updated: UInt32
  /// Source items removed.
  public var deleted: UInt32
  /// Rows left out, in order.
  public var invalid: [InvalidRow]
  /// Makes a result.
  public init(
    created: UInt32 = 0, updated: UInt32 = 0, deleted: UInt32 = 0, invalid: [InvalidRow] = []
  ) {
    self.created = created
    self.updated = updated
    self.deleted = deleted
    self.invalid = invalid
  }

  /// A row that was left out.
  public struct InvalidRow: Sendable, Equatable {
    /// Its number, from 0.
    public var row: UInt32
    /// Why: `invalid` with the field, `unknown_source`, `composite_has_no_quantity`.
    public var code: RefusalCode
    /// The field at fault for `invalid`, else empty.
    public var field: String
    /// Makes a row.
    public init(row: UInt32, code: RefusalCode, field: String = "") {
      self.row = row
      self.code = code
      self.field = field
    }
  }
}

/// A place with coordinates, for addresses that have none (8.3).
public struct PlaceName: Sendable, Equatable {
  /// Two-letter country.
  public var country: String
  /// Postcode; may be empty.
  public var postcode: String
  /// City; may be empty.
  public var city: String
  /// Region; may be empty.
  public var region: String
  /// Where it is.
  public var coordinates: Coordinates
  /// Makes a place.
  public init(
    country: String, postcode: String, city: String, region: String, coordinates: Coordinates
  ) {
    self.country = country
    self.postcode = postcode
    self.city = city
    self.region = region
    self.coordinates = coordinates
  }
}

/// Places of one country.
public struct PlaceImport: Sendable, Equatable {
  /// The country whose places these are.
  public var country: String
  /// Whether the country's known places are forgotten first; an import in several commands says so
  /// in its first.
  public var replaces: Bool
  /// The places; one of another country is `invalid`.
  public var places: [PlaceName]
  /// Makes an import.
  public init(country: String, replaces: Bool = true, places: [PlaceName]) {
    self.country = country
    self.replaces = replaces
    self.places = places
  }
}
