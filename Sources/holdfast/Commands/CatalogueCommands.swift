// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryModel

struct ProductGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "product", abstract: "Products and their own settings.",
    subcommands: [
      SetProduct.self, GetProduct.self, ListProducts.self, DeleteProduct.self, RenameProduct.self,
    ])
}

struct SetProduct: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Registers a product or changes the named parts of it.",
    discussion: "holdfast product set LAMP max_sale_qty=5 backorders=system")
  @Argument(help: "The product's SKU.")
  var sku: SKU
  @Argument(
    help: "Settings as NAME=VALUE; the value system means: use the store's.", transform: readSetting
  )
  var settings: [SettingChange] = []
  @Option(help: "simple, virtual, downloadable, configurable, bundle or grouped.")
  var type: ProductType?
  @Flag(help: "Whether the catalogue offers it.")
  var status: EnabledFlag?
  @Flag(help: "The product's own stock status.")
  var stock: StockFlag?
  @Option(
    name: .customLong("child"),
    help: "A SKU it is chosen from (configurable, grouped); may be repeated.")
  var children: [SKU] = []
  @Option(
    name: .customLong("option"),
    help: "SKUs to choose from in a bundle as A,B or A=2,B; [A,B] need not be chosen.",
    transform: readBundleOption)
  var options: [BundleOption] = []
  @Flag(inversion: .prefixedNo, help: "Whether a bundle ships from one source.")
  var shipsTogether: Bool?
  @Option(name: .customLong("tag"), help: "A tag that customer limits may name; may be repeated.")
  var tags: [String] = []
  @Flag(help: "It has no tags.")
  var noTags = false
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command {
    .setProduct(
      ProductChange(
        sku, type: type, isEnabled: status?.isEnabled, isInStock: stock?.isInStock,
        settings: settings, children: children.isEmpty ? nil : children,
        options: options.isEmpty ? nil : options, shipsTogether: shipsTogether,
        tags: tags.isEmpty && !noTags ? nil : tags))
  }
}

struct GetProduct: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Shows a product and every setting in force for it.")
  @Argument(help: "The product's SKU.")
  var sku: SKU
  @OptionGroup var call: CallOptions

  func query() -> Query { .product(sku) }
}

struct StoreGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Settings of the whole store.",
    subcommands: [SetStore.self, GetStore.self])
}

struct SetStore: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Changes settings of the whole store.",
    discussion: "holdfast store set backorders=1 min_qty=-10")
  @Argument(
    help: "Settings as NAME=VALUE; the value system means: the built-in one.",
    transform: readSetting)
  var settings: [SettingChange] = []
  @Option(
    name: .customLong("minimum"),
    help: "A minimum as GROUP=QUANTITY; may be repeated. Those named replace the whole table.",
    transform: readGroupMinimum)
  var minimums: [GroupMinimum] = []
  @Flag(help: "No minimums by customer group.")
  var noMinimums = false
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func validate() throws {
    if noMinimums, !minimums.isEmpty {
      throw ValidationError("Use --minimum or --no-minimums, not both.")
    }
    if settings.isEmpty, minimums.isEmpty, !noMinimums {
      throw ValidationError("Name at least one setting as NAME=VALUE.")
    }
  }

  func command(id: CommandID) -> Command {
    let isKept = minimums.isEmpty && !noMinimums
    return .setStore(StoreChange(settings: settings, minimumByGroup: isKept ? nil : minimums))
  }
}

struct GetStore: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Shows every setting of the store.")
  @OptionGroup var call: CallOptions

  func query() -> Query { .store }
}

struct ItemGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "item", abstract: "Source items: SKUs at sources, with their quantities.",
    subcommands: [
      SetItem.self, GetItem.self, RemoveItem.self, ItemsAt.self, AssignSources.self,
      UnassignSources.self, ImportItems.self, ExportItems.self,
    ])
}

struct SetItem: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Creates or replaces a source item.",
    discussion: "This states the quantity outright. For goods that arrive use receive, "
      + "for a correction adjust.")
  @Argument(help: "The source's code.")
  var source: SourceCode
  @Argument(help: "The SKU.")
  var sku: SKU
  @Argument(help: "The quantity on hand.", transform: readQuantity)
  var quantity: Quantity
  @Flag(help: "Whether the item counts.")
  var stock = StockFlag.inStock
  @Option(help: "The item's own low-stock level.", transform: readQuantity)
  var notify: Quantity?
  @Flag(help: "No low-stock level of its own: use the system value.")
  var systemNotify = false
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command {
    .setSourceItems([
      SourceItemChange(
        source: source, sku: sku, quantity: quantity, isInStock: stock.isInStock,
        notifyQuantity: notify, clearsNotify: systemNotify)
    ])
  }
}

struct GetItem: QueryCall {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Shows a SKU at every source.")
  @Argument(help: "The SKU.")
  var sku: SKU
  @OptionGroup var call: CallOptions

  func query() -> Query { .sourceItems(sku) }
}

struct RemoveItem: CommandCall {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Removes a source item with its quantity.")
  @Argument(help: "The source's code.")
  var source: SourceCode
  @Argument(help: "The SKU.")
  var sku: SKU
  @OptionGroup var identity: IdentityOptions
  @OptionGroup var call: CallOptions

  func command(id: CommandID) -> Command {
    .removeSourceItems([SourceItemKey(source: source, sku: sku)])
  }
}
