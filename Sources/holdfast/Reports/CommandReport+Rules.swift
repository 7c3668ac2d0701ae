// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Command {
  /// The parts of the commands beyond the straight road.
  var ruleParts: JSON {
    switch self {
    case .deleteProduct(let sku): ["sku": .text(sku.text)]
    case .renameProduct(let from, let to): ["sku": .text(from.text), "to": .text(to.text)]
    case .assignSources(let pairs), .unassignSources(let pairs): pairs.json
    case .importSourceItems(let mode, let rows):
      ["mode": .text("\(mode)"), "rows": .list(rows.map(\.json))]
    case .importPlaces(let places): places.json
    case .setCustomerLimit(let limit): limit.json
    case .removeCustomerLimit(let id): ["limit": .text(id.text)]
    case .setChannelPolicy(let policy): policy.json
    case .removeChannelPolicy(let channel, let sku):
      ["channel": .text(channel.text), "sku": .text(sku?.text)]
    case .changeHold(let hold, let lines): ["hold": .text(hold.text), "lines": lines.json]
    case .failOrder(let order): ["order": .text(order.text)]
    case .processOrder(let order, let isAccepted):
      ["order": .text(order.text), "accepted": .bool(isAccepted)]
    case .recordOrder(let order): order.json
    case .setOrderState(let order, let state):
      ["order": .text(order.text), "state": .text(state.name)]
    case .reopen(let order, let document), .notifyPickup(let order, let document):
      ["order": .text(order.text), "document": .text(document.text)]
    case .setSupply(let supply): supply.json
    case .appendEntries(let entries): ["entries": .list(entries.map(\.json))]
    case .compensate(let findings):
      ["findings": findings.map { .list($0.map(\.json)) } ?? .null]
    default: [:]
    }
  }
}

extension SourceAssignment {
  fileprivate var json: JSON {
    [
      "skus": .list(skus.map { .text($0.text) }),
      "sources": .list(sources.map { .text($0.text) }),
    ]
  }
}

extension ImportRow {
  fileprivate var json: JSON {
    [
      "source": .text(source), "sku": .text(sku), "quantity": .quantity(quantity),
      "in_stock": .flag(isInStock),
    ]
  }
}

extension PlaceImport {
  fileprivate var json: JSON {
    [
      "country": .text(country), "replaces": .bool(replaces),
      "places": .list(
        places.map { place in
          [
            "country": .text(place.country), "postcode": .text(place.postcode),
            "city": .text(place.city), "region": .text(place.region),
            "latitude": .text(degrees(place.coordinates.latitude)),
            "longitude": .text(degrees(place.coordinates.longitude)),
          ]
        }),
    ]
  }
}

extension CustomerLimit {
  /// As set-up files write it.
  var json: JSON {
    var members: JSON = ["limit": .text(id.text)]
    switch goods {
    case .sku(let sku): members = members.appending(["sku": .text(sku.text)])
    case .tag(let tag): members = members.appending(["tag": .text(tag)])
    }
    members = members.appending([
      "channel": .text(channel?.text), "quantity": .quantity(quantity),
    ])
    switch window {
    case .perOrder: break
    case .rolling(let seconds): members = members.appending(["seconds": .number(seconds)])
    case .campaign(let from, let to):
      members = members.appending(["from": .moment(from), "to": .moment(to)])
    }
    return members.appending([
      "counts_refunds": .bool(countsRefunds), "strict": .bool(isStrict),
    ])
  }
}

extension ChannelPolicy {
  /// As set-up files write it.
  var json: JSON {
    [
      "channel": .text(channel.text), "sku": .text(sku?.text), "safety": .text(safety.text),
      "cap": .quantity(cap?.quantity), "cap_since": .moment(cap?.since),
      "backorder": .flag(allowsBackorder),
    ]
  }
}

extension Supply {
  /// As set-up files write it.
  var json: JSON {
    [
      "supply": .text(id.text), "source": .text(source.text), "sku": .text(sku.text),
      "quantity": .quantity(quantity), "expected_at": .moment(expectedAt),
    ]
  }
}

extension RecordedOrder {
  fileprivate var json: JSON {
    [
      "order": .text(order.text), "stock": .stock(stock), "state": .text(state.name),
      "lines": .list(
        lines.map { line in
          [
            "sku": .text(line.sku.text), "ordered": .quantity(line.ordered),
            "canceled": .quantity(line.canceled), "invoiced": .quantity(line.invoiced),
            "shipped": .quantity(line.shipped), "refunded": .quantity(line.refunded),
          ]
        }),
    ]
  }
}

extension NewEntry {
  fileprivate var json: JSON {
    [
      "stock": stock.map { .stock($0) } ?? .null, "sku": .text(sku?.text),
      "quantity": .quantity(quantity), "event": .text(event.name), "object": .text(object.text),
    ]
  }
}

extension Finding {
  fileprivate var json: JSON {
    [
      "object": .text(object.text), "stock": .stock(stock), "sku": .text(sku.text),
      "compensate": .quantity(compensate),
    ]
  }
}
