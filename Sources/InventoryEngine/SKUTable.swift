// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// What is known of a SKU. Once seen, a SKU keeps its number.
struct SKURecord {
  /// The spelling it was created with; the catalogue's once it is in the catalogue.
  var name: String
  /// First source item, or `none`.
  var firstItem: UInt32 = none
  /// First stock item, or `none`.
  var firstStockItem: UInt32 = none
  /// The product's own settings, or `none`.
  var settings: UInt32 = none
  /// The first promise that waits for goods, in order of acceptance (18.2), or `none`.
  var firstWaiting: UInt32 = none
  /// The first expected supply, by date (18.7), or `none`.
  var firstSupply: UInt32 = none
  /// Children, options and tags, or `none`.
  var extra: UInt32 = none
  var type: ProductType = .simple
  var flags: Flags = []

  init(name: String) { self.name = name }

  struct Flags: OptionSet {
    let rawValue: UInt8
    /// The SKU is in the catalogue.
    static let isProduct = Flags(rawValue: 1)
    static let isEnabled = Flags(rawValue: 2)
    /// The product-level flag of section 2.
    static let isInStock = Flags(rawValue: 4)
    /// A source that carries it is linked to several stocks (18.2).
    static let isShared = Flags(rawValue: 8)
    /// The product was deleted: orders of it ship and end without goods and entries (6.5).
    static let isDeleted = Flags(rawValue: 16)
  }

  var isProduct: Bool { flags.contains(.isProduct) }
  /// Owns no quantity (section 13).
  var isComposite: Bool { isProduct && type.isComposite }
  /// Never shipped.
  var isVirtual: Bool { isProduct && type.isVirtual }
}

/// What few products have.
struct ProductExtra {
  /// Numbers of the children of a configurable or grouped product.
  var children: ContiguousArray<UInt32> = []
  var options: ContiguousArray<Option> = []
  /// Whether the parts of a bundle ship together.
  var shipsTogether = false
  var tags: [String] = []

  /// One option of a bundle.
  struct Option {
    var isRequired: Bool
    var children: ContiguousArray<Child>
  }

  /// A product that can be picked; `fixedQuantity` 0 when the customer chooses how much.
  struct Child {
    var sku: UInt32
    var fixedQuantity: Int64
  }

  /// Whether there is nothing to keep.
  var isEmpty: Bool { children.isEmpty && options.isEmpty && !shipsTogether && tags.isEmpty }
}

/// All SKUs, found by their folded bytes and kept in the order of these bytes.
struct SKUTable: ~Copyable {
  private var records = ChunkedArray<SKURecord>()
  private var index = HashIndex()
  /// The numbers in the order of the folded names.
  private(set) var order = SKUOrder()
  /// Children, options and tags of products that have any.
  private var extras = SlotTable<ProductExtra>()
  /// Own settings of products that have any.
  private var settings = SlotTable<ProductSettings>()

  /// SKUs known.
  var count: Int { records.count }

  subscript(_ sku: UInt32) -> SKURecord {
    @inline(__always)
    unsafeAddress { unsafe UnsafePointer(records.mutableAddress(of: Int(sku))) }
    @inline(__always)
    unsafeMutableAddress { unsafe records.mutableAddress(of: Int(sku)) }
  }

  /// The number of a SKU, or `none`. O(length).
  @inline(__always)
  func find(_ text: String, hash: UInt64) -> UInt32 {
    var probe = index.probe(hash)
    while let sku = index.next(&probe) {
      if TextHash.foldedEqual(records[sku].name, text) { return sku }
    }
    return none
  }

  /// The number of a SKU, or `none`. O(length).
  func find(_ text: String) -> UInt32 { find(text, hash: TextHash.folded(text)) }

  /// Whether `text` can be added. Changes nothing that can be seen.
  mutating func makeRoom(for text: String) -> Bool { index.makeRoom(for: TextHash.folded(text)) }

  /// The number of a SKU, new when it was not known. O(log SKUs) when new.
  mutating func intern(_ text: String) -> UInt32 {
    let hash = TextHash.folded(text)
    let known = find(text, hash: hash)
    if known != none { return known }
    let sku = UInt32(records.count)
    let place = order.firstPlace { !TextHash.foldedPrecedes(records[$0].name, text) }
    records.append(SKURecord(name: text))
    order.insert(sku, at: place)
    let isIndexed = index.insert(hash, sku)
    invariant(isIndexed, "Room for a new SKU is made before it is added.")
    return sku
  }

  /// The product's own settings; `nil` when all are *use system value*.
  func ownSettings(of sku: UInt32) -> ProductSettings? {
    let slot = records[sku].settings
    return slot == none ? nil : settings[slot]
  }

  /// Changes one setting of a product; `nil` is *use system value*.
  mutating func set(_ field: SettingField, of sku: UInt32, to value: Int64?) {
    if records[sku].settings == none {
      if value == nil { return }
      records[sku].settings = settings.insert(ProductSettings())
    }
    let slot = records[sku].settings
    settings[slot].set(field, value)
    if settings[slot].present == 0 {
      settings.remove(slot, leaving: ProductSettings())
      records[sku].settings = none
    }
  }

  /// Gives a SKU another name; its number and all that hangs on it stay. The name is free, or is the
  /// SKU's own in other letter case. O(log SKUs).
  mutating func rename(_ sku: UInt32, to text: String) {
    order.remove(at: place(of: records[sku].name, isExclusive: false))
    index.remove(TextHash.folded(records[sku].name), sku)
    records[sku].name = text
    let place = order.firstPlace { !TextHash.foldedPrecedes(records[$0].name, text) }
    order.insert(sku, at: place)
    let isIndexed = index.insert(TextHash.folded(text), sku)
    invariant(isIndexed, "Room for a new name is made before a SKU gets it.")
  }

  /// Children, options and tags of a product; nothing for most.
  func extra(of sku: UInt32) -> ProductExtra? {
    let slot = records[sku].extra
    return slot == none ? nil : extras[slot]
  }

  /// Replaces children, options and tags; `nil` forgets them.
  mutating func setExtra(of sku: UInt32, to extra: ProductExtra?) {
    let slot = records[sku].extra
    if let extra {
      if slot == none { records[sku].extra = extras.insert(extra) } else { extras[slot] = extra }
    } else if slot != none {
      extras.remove(slot, leaving: ProductExtra())
      records[sku].extra = none
    }
  }

  /// Forgets the product's own settings.
  mutating func clearSettings(of sku: UInt32) {
    for field in SettingField.allCases where field.isProductSetting { set(field, of: sku, to: nil) }
  }

  /// Where the SKUs at or after `text` begin in `order`, those after it when `isExclusive`.
  /// O(log SKUs).
  func place(of text: String, isExclusive: Bool) -> SKUOrder.Place {
    if isExclusive { return order.firstPlace { TextHash.foldedPrecedes(text, records[$0].name) } }
    return order.firstPlace { !TextHash.foldedPrecedes(records[$0].name, text) }
  }
}
