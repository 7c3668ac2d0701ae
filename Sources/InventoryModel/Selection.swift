// SPDX-License-Identifier: Apache-2.0

// Sections 8 and 12: which sources serve a request, and where it can be picked up.

/// How sources are ordered.
public enum SelectionAlgorithm: Sendable, Equatable {
  /// The store's default.
  case storeDefault
  /// By link priority.
  case priority
  /// By distance to the destination.
  case distance
  /// In the order given; sources that are not linked to the stock are left out.
  case explicit([SourceCode])
  /// A name that may not be registered.
  case named(String)
}

/// Where goods go: coordinates, or an address that is looked up among the imported places.
public struct Destination: Sendable, Equatable {
  /// Exact coordinates, if known.
  public var coordinates: Coordinates?
  /// Two-letter country.
  public var country: String
  /// Postcode; may be empty.
  public var postcode: String
  /// City; may be empty.
  public var city: String
  /// Region; may be empty.
  public var region: String
  /// Makes a destination.
  public init(
    coordinates: Coordinates? = nil, country: String = "", postcode: String = "",
    city: String = "", region: String = ""
  ) {
    self.coordinates = coordinates
    self.country = country
    self.postcode = postcode
    self.city = city
    self.region = region
  }
}

/// A question for sources.
public struct SelectionRequest: Sendable, Equatable {
  /// Where it is sold.
  public var point: SalesPoint
  /// What is needed; lines of one SKU are added up.
  public var lines: OrderLines
  /// How sources are ordered.
  public var algorithm: SelectionAlgorithm
  /// Where the goods go; needed by `distance`.
  public var destination: Destination?
  /// Makes a question.
  public init(
    _ point: SalesPoint, _ lines: OrderLines, algorithm: SelectionAlgorithm = .storeDefault,
    destination: Destination? = nil
  ) {
    self.point = point
    self.lines = lines
    self.algorithm = algorithm
    self.destination = destination
  }
}

/// Which sources serve a request: advice that changes nothing.
public struct Selection: Sendable, Equatable {
  /// Whether every line is covered.
  public var isShippable: Bool
  /// Source by source, and within a source in the order of the request; rows that take 0 included.
  public var rows: [Row]
  /// Makes a selection.
  public init(isShippable: Bool, rows: [Row]) {
    self.isShippable = isShippable
    self.rows = rows
  }

  /// One SKU at one source.
  public struct Row: Sendable, Equatable {
    /// The source.
    public var source: SourceCode
    /// The SKU.
    public var sku: SKU
    /// How much to take.
    public var quantity: Quantity
    /// How much there is to take: the item's quantity less pickup claims.
    public var available: Quantity
    /// Makes a row.
    public init(source: SourceCode, sku: SKU, quantity: Quantity, available: Quantity) {
      self.source = source
      self.sku = sku
      self.quantity = quantity
      self.available = available
    }
  }
}

/// How a text is compared; letter case does not matter.
public enum TextCondition: UInt8, Sendable {
  /// It is the value.
  case equal = 0
  /// It is not the value.
  case notEqual = 1
  /// It is one of the values of a comma-separated list.
  case oneOf = 2
  /// It begins with the value.
  case prefix = 3
  /// It contains the value.
  case contains = 4
}

/// A condition on a field of a source.
public struct SourceFilter: Sendable, Equatable {
  /// The field; `nil` is the code.
  public var field: SourceField?
  /// How it is compared.
  public var condition: TextCondition
  /// With what.
  public var value: String
  /// Makes a condition.
  public init(_ field: SourceField?, _ condition: TextCondition, _ value: String) {
    self.field = field
    self.condition = condition
    self.value = value
  }
}

/// One key of an order of sources.
public struct SourceSort: Sendable, Equatable {
  /// The key.
  public var key: Key
  /// Whether it descends.
  public var isDescending: Bool
  /// Makes a key.
  public init(_ key: Key, isDescending: Bool = false) {
    self.key = key
    self.isDescending = isDescending
  }

  /// What is compared.
  public enum Key: Sendable, Equatable {
    /// Distance to the centre of the search; outranks all other keys.
    case distance
    /// The code.
    case code
    /// A text field.
    case field(SourceField)
  }
}

/// A question for pickup locations (section 12).
public struct PickupSearch: Sendable, Equatable {
  /// Where it is sold; an unknown channel offers nothing.
  public var channel: ChannelCode
  /// The centre of the search, if it has one.
  public var near: Destination?
  /// How far from the centre, in metres.
  public var radiusMetres: UInt32
  /// Conditions that all have to hold.
  public var filters: [SourceFilter]
  /// SKUs that the location has to carry, whatever their quantity.
  public var skus: [SKU]
  /// The order; without one by distance where there is a centre, else by code.
  public var sort: [SourceSort]
  /// The page, from 1.
  public var page: UInt32
  /// Rows of a page; 0 is all.
  public var pageSize: UInt32
  /// Makes a question; the radius is that of the seed's in-store delivery, 200 km.
  public init(
    _ channel: ChannelCode, near: Destination? = nil, radiusMetres: UInt32 = 200_000,
    filters: [SourceFilter] = [], skus: [SKU] = [], sort: [SourceSort] = [], page: UInt32 = 1,
    pageSize: UInt32 = 0
  ) {
    self.channel = channel
    self.near = near
    self.radiusMetres = radiusMetres
    self.filters = filters
    self.skus = skus
    self.sort = sort
    self.page = page
    self.pageSize = pageSize
  }
}
