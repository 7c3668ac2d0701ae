// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// A set-up as a file: one JSON object a line, each with its `kind`, in an order that can be applied from
/// top to bottom. Reservations, orders and places are not part of a set-up.
enum SetupFile {
  /// The commands that a line stands for.
  static func commands(_ line: StepArguments) throws -> [Command] {
    switch line.text("kind") {
    case "store": return [.setStore(try line.store())]
    case "source": return [.setSource(try line.sourceChange())]
    case "channel": return [.setChannel(.add(line.channel("code")))]
    case "stock":
      let stock = try line.stock("id")
      let links = try line.rows("links").map { Command.linkSource(try $0.link(to: stock)) }
      return [.setStock(try line.stockChange())] + links
    case "product": return [.setProduct(try line.product())]
    case "item": return [.setSourceItems([try line.item()])]
    case "limit": return [.setCustomerLimit(try line.limit())]
    case "policy": return [.setChannelPolicy(try line.policy())]
    case "supply": return [.setSupply(try line.supply())]
    default: throw StepRefused.invalid("kind")
    }
  }

  static func line(_ kind: String, _ members: JSON) -> JSON {
    JSON.object(
      [JSON.Member(key: "kind", value: .text(kind))] + members.members.filter { $0.value != .null })
  }

  static func lines(_ store: StoreView) -> [JSON] {
    let table = store.minimumByGroup.map { row in
      JSON.Member(
        key: row.group == GroupMinimum.allGroups ? "all" : String(row.group),
        value: .quantity(row.quantity))
    }
    return [
      line(
        "store", ["settings": store.settings.json, "minimum_by_group": .object(table)])
    ]
  }

  static func lines(_ sources: [SourceView]) -> [JSON] {
    sources.map { source in
      let head: JSON = [
        "code": .text(source.code.text), "enabled": .bool(source.isEnabled),
        "pickup": .bool(source.isPickup), "sells": .bool(source.sells),
        "ships": .bool(source.ships), "lat": .text(source.coordinates.map { degrees($0.latitude) }),
        "lon": .text(source.coordinates.map { degrees($0.longitude) }),
      ]
      let texts = source.texts.map { JSON.Member(key: $0.field.fieldName, value: .text($0.text)) }
      return line("source", head.appending(.object(texts)))
    }
  }

  /// Channels and stocks; the link of stock 1 to the default source is always there.
  static func lines(_ stocks: [StockView]) -> [JSON] {
    let channels = stocks.flatMap(\.channels).map { line("channel", ["code": .text($0.text)]) }
    return channels
      + stocks.map { stock in
        let links = stock.links.filter { stock.id != .default || $0.source != .default }
        return line(
          "stock",
          [
            "id": .stock(stock.id), "name": .text(stock.name),
            "channels": .list(stock.channels.map { .text($0.text) }),
            "links": .list(
              links.map {
                ["source": .text($0.source.text), "priority": .number(Int64($0.priority))]
              }),
          ])
      }
  }

  static func line(_ product: ProductView) -> JSON {
    line(
      "product",
      [
        "sku": .text(product.sku.text), "type": .text(product.type.name),
        "enabled": .bool(product.isEnabled), "in_stock_flag": .bool(product.isInStock),
        "config": product.own.json, "children": .list(product.children.map { .text($0.text) }),
        "options": .list(product.options.map(\.json)),
        "ships_together": .bool(product.shipsTogether),
        "tags": .list(product.tags.map { .text($0) }),
      ])
  }

  static func line(_ item: SourceItemRow) -> JSON {
    line(
      "item",
      [
        "source": .text(item.source.text), "sku": .text(item.sku.text),
        "qty": .quantity(item.quantity), "status": item.isInStock ? "in" : "out",
        "notify": .quantity(item.notifyQuantity),
      ])
  }
}

extension StepArguments {
  fileprivate func store() throws -> StoreChange {
    var change = try StepArguments(value["settings"] ?? [:]).storeChange()
    if case .object(let table) = value["minimum_by_group"] {
      change.minimumByGroup = try table.map { try $0.groupMinimum() }
    }
    return change
  }

  fileprivate func item() throws -> SourceItemChange {
    guard let isInStock else { throw StepRefused.invalid("status") }
    return SourceItemChange(
      source: source(), sku: sku(), quantity: try quantity("qty"), isInStock: isInStock,
      notifyQuantity: try optionalQuantity("notify"), clearsNotify: given("notify") == nil)
  }

  fileprivate func moment(_ key: String) throws -> Timestamp {
    guard let moment = holdfast.moment(text(key)) else { throw StepRefused.invalid(key) }
    return moment
  }

  fileprivate func limit() throws -> CustomerLimit {
    let goods: CustomerLimit.Goods = has("tag") ? .tag(text("tag")) : .sku(sku())
    var window = CustomerLimit.Window.perOrder
    if let seconds: Int64 = try optionalInteger("seconds") { window = .rolling(seconds: seconds) }
    if has("from") { window = .campaign(from: try moment("from"), to: try moment("to")) }
    return CustomerLimit(
      document("limit"), goods, channel: given("channel") == nil ? nil : channel(),
      quantity: try quantity("quantity"), window: window,
      countsRefunds: try flag("counts_refunds") ?? false, isStrict: try flag("strict") ?? false)
  }

  fileprivate func policy() throws -> ChannelPolicy {
    guard let safety = try? readSafety(has("safety") ? text("safety") : "0") else {
      throw StepRefused.invalid("safety")
    }
    let cap = try optionalQuantity("cap").map { quantity in
      ChannelPolicy.Cap(quantity, since: has("cap_since") ? try moment("cap_since") : .zero)
    }
    return ChannelPolicy(
      channel(), sku: given("sku") == nil ? nil : sku(), safety: safety, cap: cap,
      allowsBackorder: try flag("backorder"))
  }

  fileprivate func supply() throws -> Supply {
    Supply(
      document("supply"), source: source(), sku: sku(), quantity: try quantity("quantity"),
      expectedAt: try moment("expected_at"))
  }
}
