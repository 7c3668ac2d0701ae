// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Fields of the configuration commands, and of what queries show of configuration.

extension ByteWriter {
  /// A tri-state: 0 absent, 1 no, 2 yes.
  mutating func append(_ flag: Bool?) { append(flag.map { $0 ? 2 : 1 as UInt8 } ?? 0) }

  mutating func append(optional text: String?) {
    append(text != nil)
    if let text { append(text) }
  }

  mutating func append(optional quantity: Quantity?) {
    append(quantity != nil)
    if let quantity { append(quantity) }
  }

  mutating func append(_ settings: [SettingChange]) {
    append(list: settings) { writer, change in
      writer.append(change.field.rawValue)
      writer.append(change.value != nil)
      if let value = change.value { writer.append(value) }
    }
  }

  mutating func append(_ rows: [GroupMinimum]) {
    append(list: rows) { writer, row in
      writer.append(row.group)
      writer.append(row.quantity)
    }
  }

  mutating func append(_ change: StoreChange) {
    append(change.settings)
    append(change.minimumByGroup != nil)
    if let rows = change.minimumByGroup { append(rows) }
  }

  mutating func append(_ change: ProductChange) {
    append(change.sku.text)
    append(change.type?.rawValue ?? UInt8.max)
    append(change.isEnabled)
    append(change.isInStock)
    append(change.settings)
    append(change.children != nil)
    if let children = change.children { append(list: children) { $0.append($1.text) } }
    append(change.options != nil)
    if let options = change.options { append(options) }
    append(change.shipsTogether)
    append(change.tags != nil)
    if let tags = change.tags { append(list: tags) { $0.append($1) } }
  }

  mutating func append(_ options: [BundleOption]) {
    append(list: options) { writer, option in
      writer.append(option.isRequired)
      writer.append(list: option.children) { writer, child in
        writer.append(child.sku.text)
        writer.append(optional: child.fixedQuantity)
      }
    }
  }

  mutating func append(_ place: Coordinates?) {
    append(place != nil)
    guard let place else { return }
    append(place.latitude)
    append(place.longitude)
  }

  mutating func append(_ texts: [SourceText]) {
    append(list: texts) { writer, text in
      writer.append(text.field.rawValue)
      writer.append(text.text)
    }
  }

  mutating func append(_ change: SourceChange) {
    append(change.code.text)
    append(change.isEnabled)
    append(change.isPickup)
    append(change.sells)
    append(change.ships)
    append(change.coordinates)
    append(change.texts)
  }

  mutating func append(_ change: StockChange) {
    append(change.id.rawValue)
    append(optional: change.name)
    append(change.channels != nil)
    if let channels = change.channels { append(list: channels) { $0.append($1.text) } }
  }

  mutating func append(_ change: ChannelChange) {
    switch change {
    case .add(let code):
      append(0 as UInt8)
      append(code.text)
    case .remove(let code):
      append(1 as UInt8)
      append(code.text)
    case .rename(let from, let to):
      append(2 as UInt8)
      append(from.text)
      append(to.text)
    }
  }

  mutating func append(_ link: StockSourceLink) {
    append(link.stock.rawValue)
    append(link.source.text)
    append(link.priority)
  }

  mutating func append(_ item: SourceItemChange) {
    append(item.source.text)
    append(item.sku.text)
    append(item.quantity)
    append(item.isInStock)
    append(item.clearsNotify ? 2 : item.notifyQuantity != nil ? 1 : 0 as UInt8)
    if !item.clearsNotify, let level = item.notifyQuantity { append(level) }
  }

  mutating func append(_ key: SourceItemKey) {
    append(key.source.text)
    append(key.sku.text)
  }
}

extension ByteReader {
  mutating func optionalFlag() throws(WireFault) -> Bool? {
    switch try integer(UInt8.self) {
    case 0: return nil
    case 1: return false
    case 2: return true
    case let other: throw .unknownValue(Int(other))
    }
  }

  mutating func optionalText() throws(WireFault) -> String? { try flag() ? try text() : nil }

  mutating func optionalQuantity() throws(WireFault) -> Quantity? {
    try flag() ? try quantity() : nil
  }

  mutating func settings() throws(WireFault) -> [SettingChange] {
    var settings: [SettingChange] = []
    for _ in 0..<(try count(most: 64, eachAtLeast: 2)) {
      let number: UInt8 = try integer()
      guard let field = SettingField(rawValue: number) else { throw .unknownValue(Int(number)) }
      let value: Int64? = try flag() ? try integer() : nil
      settings.append(SettingChange(field, value))
    }
    return settings
  }

  mutating func groupMinimums() throws(WireFault) -> [GroupMinimum] {
    var rows: [GroupMinimum] = []
    for _ in 0..<(try count(most: 1_024, eachAtLeast: 12)) {
      rows.append(GroupMinimum(group: try integer(), quantity: try quantity()))
    }
    return rows
  }

  mutating func storeChange() throws(WireFault) -> StoreChange {
    let settings = try settings()
    let hasTable = try flag()
    return StoreChange(
      settings: settings, minimumByGroup: hasTable ? try groupMinimums() : nil)
  }

  mutating func productType() throws(WireFault) -> ProductType {
    let number: UInt8 = try integer()
    guard let type = ProductType(rawValue: number) else { throw .unknownValue(Int(number)) }
    return type
  }

  mutating func productChange() throws(WireFault) -> ProductChange {
    let sku = SKU(try text())
    let number: UInt8 = try integer()
    let type = ProductType(rawValue: number)
    if type == nil, number != .max { throw .unknownValue(Int(number)) }
    var change = ProductChange(
      sku, type: type, isEnabled: try optionalFlag(), isInStock: try optionalFlag(),
      settings: try settings())
    if try flag() { change.children = try skus() }
    if try flag() { change.options = try bundleOptions() }
    change.shipsTogether = try optionalFlag()
    if try flag() { change.tags = try tags() }
    return change
  }

  mutating func tags() throws(WireFault) -> [String] {
    var tags: [String] = []
    for _ in 0..<(try count(most: Limits.tagsMax, eachAtLeast: 2)) { tags.append(try text()) }
    return tags
  }

  mutating func bundleOptions() throws(WireFault) -> [BundleOption] {
    var options: [BundleOption] = []
    for _ in 0..<(try count(eachAtLeast: 3)) {
      let isRequired = try flag()
      var children: [BundleOption.Child] = []
      for _ in 0..<(try count(eachAtLeast: 3)) {
        children.append(
          BundleOption.Child(SKU(try text()), fixedQuantity: try optionalQuantity()))
      }
      options.append(BundleOption(children, isRequired: isRequired))
    }
    return options
  }

  mutating func coordinates() throws(WireFault) -> Coordinates? {
    guard try flag() else { return nil }
    return Coordinates(latitude: try integer(), longitude: try integer())
  }

  mutating func sourceTexts() throws(WireFault) -> [SourceText] {
    var texts: [SourceText] = []
    for _ in 0..<(try count(most: 64, eachAtLeast: 3)) {
      let number: UInt8 = try integer()
      guard let field = SourceField(rawValue: number) else { throw .unknownValue(Int(number)) }
      texts.append(SourceText(field, try text()))
    }
    return texts
  }

  mutating func sourceChange() throws(WireFault) -> SourceChange {
    SourceChange(
      SourceCode(try text()), isEnabled: try optionalFlag(), isPickup: try optionalFlag(),
      sells: try optionalFlag(), ships: try optionalFlag(), coordinates: try coordinates(),
      texts: try sourceTexts())
  }

  mutating func channels() throws(WireFault) -> [ChannelCode] {
    var channels: [ChannelCode] = []
    for _ in 0..<(try count(eachAtLeast: 2)) { channels.append(ChannelCode(try text())) }
    return channels
  }

  mutating func stockChange() throws(WireFault) -> StockChange {
    let id = StockID(try integer())
    let name = try optionalText()
    return StockChange(id, name: name, channels: try flag() ? try channels() : nil)
  }

  mutating func channelChange() throws(WireFault) -> ChannelChange {
    switch try integer(UInt8.self) {
    case 0: return .add(ChannelCode(try text()))
    case 1: return .remove(ChannelCode(try text()))
    case 2: return .rename(from: ChannelCode(try text()), to: ChannelCode(try text()))
    case let other: throw .unknownValue(Int(other))
    }
  }

  mutating func link() throws(WireFault) -> StockSourceLink {
    StockSourceLink(
      stock: StockID(try integer()), source: SourceCode(try text()), priority: try integer())
  }

  mutating func sourceItemChanges() throws(WireFault) -> [SourceItemChange] {
    var items: [SourceItemChange] = []
    for _ in 0..<(try count(eachAtLeast: 14)) {
      var item = SourceItemChange(
        source: SourceCode(try text()), sku: SKU(try text()), quantity: try quantity(),
        isInStock: try flag())
      let notify: UInt8 = try integer()
      if notify > 2 { throw .unknownValue(Int(notify)) }
      if notify == 1 { item.notifyQuantity = try quantity() }
      item.clearsNotify = notify == 2
      items.append(item)
    }
    return items
  }

  mutating func sourceItemKey() throws(WireFault) -> SourceItemKey {
    SourceItemKey(source: SourceCode(try text()), sku: SKU(try text()))
  }

  mutating func sourceItemKeys() throws(WireFault) -> [SourceItemKey] {
    var keys: [SourceItemKey] = []
    for _ in 0..<(try count(eachAtLeast: 4)) { keys.append(try sourceItemKey()) }
    return keys
  }
}
