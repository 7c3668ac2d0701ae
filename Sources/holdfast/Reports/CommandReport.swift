// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Journalled commands, as `journal dump` shows them.

extension Command {
  /// The command's parts under stable keys; what was left out is null.
  var parts: JSON {
    switch self {
    case .setStore(let change): change.json
    case .setProduct(let change): change.json
    case .setSource(let change): change.json
    case .setStock(let change): change.json
    case .deleteStock(let stock): ["stock": .stock(stock)]
    case .setChannel(let change): change.json
    case .linkSource(let link): link.json
    case .unlinkSource(let stock, let source):
      ["stock": .stock(stock), "source": .text(source.text)]
    case .setSourceItems(let items): ["items": .list(items.map(\.json))]
    case .removeSourceItems(let keys): ["items": .list(keys.map(\.json))]
    case .hold(let hold): hold.json
    case .extend(let hold, let seconds):
      ["hold": .text(hold.text), "seconds": .number(seconds)]
    case .place(let place): place.json
    case .release(let hold, let lines): ["hold": .text(hold.text), "lines": lines.json]
    case .cancel(let cancel): cancel.json
    case .invoice(let invoice): invoice.json
    case .deduct(let deduct): deduct.json
    case .refund(let refund): refund.json
    case .receive(let receive): receive.json
    case .adjust(let adjust): adjust.json
    case .transfer(let transfer): transfer.json
    case .pulse: [:]
    case .digest(let digest): ["digest": .text(hexadecimal(digest))]
    case .setCapacities(let capacities):
      [
        "retention_seconds": .number(capacities.retentionSeconds),
        "remembered_ids_max": .natural(capacities.rememberedIDsMax),
        "skus_max": .natural(capacities.skusMax),
        "reservations_max": .natural(capacities.reservationsMax),
      ]
    default: ruleParts
    }
  }
}

extension JSON {
  static func flag(_ flag: Bool?) -> JSON { flag.map { .bool($0) } ?? .null }
}

extension OrderLine {
  fileprivate var json: JSON { ["sku": .text(sku.text), "quantity": .quantity(quantity)] }
}

extension OrderLines {
  var json: JSON { .list(map(\.json)) }
}

// MARK: Configuration

extension StoreChange {
  fileprivate var json: JSON {
    let minimums = minimumByGroup.map { rows in
      JSON.list(
        rows.map { ["group": .number(Int64($0.group)), "quantity": .quantity($0.quantity)] })
    }
    return ["settings": settings.json, "minimum_by_group": minimums ?? .null]
  }
}

extension ProductChange {
  fileprivate var json: JSON {
    [
      "sku": .text(sku.text), "type": .text(type?.name), "enabled": .flag(isEnabled),
      "in_stock": .flag(isInStock), "settings": settings.json,
      "children": children.map { .list($0.map { .text($0.text) }) } ?? .null,
      "options": options.map { .list($0.map(\.json)) } ?? .null,
      "ships_together": .flag(shipsTogether),
      "tags": tags.map { .list($0.map { .text($0) }) } ?? .null,
    ]
  }
}

extension SourceChange {
  fileprivate var json: JSON {
    let fields = texts.map { JSON.Member(key: $0.field.fieldName, value: .text($0.text)) }
    return [
      "source": .text(code.text), "enabled": .flag(isEnabled), "pickup": .flag(isPickup),
      "sells": .flag(sells), "ships": .flag(ships),
      "latitude": .text(coordinates.map { degrees($0.latitude) }),
      "longitude": .text(coordinates.map { degrees($0.longitude) }), "fields": .object(fields),
    ]
  }
}

extension StockChange {
  fileprivate var json: JSON {
    let codes = channels.map { JSON.list($0.map { .text($0.text) }) }
    return ["stock": .stock(id), "name": .text(name), "channels": codes ?? .null]
  }
}

extension ChannelChange {
  fileprivate var json: JSON {
    switch self {
    case .add(let code): ["change": "add", "channel": .text(code.text)]
    case .remove(let code): ["change": "remove", "channel": .text(code.text)]
    case .rename(let from, let to):
      ["change": "rename", "channel": .text(from.text), "to": .text(to.text)]
    }
  }
}

extension StockSourceLink {
  fileprivate var json: JSON {
    [
      "stock": .stock(stock), "source": .text(source.text), "priority": .number(Int64(priority)),
    ]
  }
}

extension SourceItemChange {
  fileprivate var json: JSON {
    [
      "source": .text(source.text), "sku": .text(sku.text), "quantity": .quantity(quantity),
      "in_stock": .bool(isInStock), "notify": .quantity(notifyQuantity),
      "clears_notify": .bool(clearsNotify),
    ]
  }
}

extension SourceItemKey {
  fileprivate var json: JSON { ["source": .text(source.text), "sku": .text(sku.text)] }
}

// MARK: Selling

extension ReserveRequest {
  fileprivate var json: JSON {
    let place: JSON =
      switch point {
      case .channel(let code): ["channel": .text(code.text)]
      case .stock(let stock): ["stock": .stock(stock)]
      }
    return place.appending([
      "lines": lines.json, "customer": .text(customer?.text),
      "group": group.map { .number(Int64($0)) } ?? .null,
      "mode": .text(mode.defaultValueDescription),
      "quantity_checks_only": .bool(quantityChecksOnly), "backorder": .bool(allowsBackorder),
      "lists_violations": .bool(listsViolations), "pickup": .text(pickup?.text),
      "need_by": .moment(needBy),
    ])
  }
}

extension Hold {
  fileprivate var json: JSON {
    let head: JSON = ["hold": .text(id.text), "seconds": .number(seconds)]
    return head.appending(request.json)
  }
}

extension Place {
  fileprivate var json: JSON {
    let head: JSON = ["order": .text(order.text)]
    switch basis {
    case .hold(let hold, let lines, let reacquires):
      return head.appending([
        "hold": .text(hold.text), "lines": lines.json, "reacquires": .bool(reacquires),
      ])
    case .request(let request): return head.appending(request.json)
    }
  }
}

extension Cancel {
  fileprivate var json: JSON {
    ["order": .text(order.text), "document": .text(document.text), "lines": lines.json]
  }
}
