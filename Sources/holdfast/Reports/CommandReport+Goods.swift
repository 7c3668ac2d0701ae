// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// The parts of commands that move goods.

extension Invoice {
  var json: JSON {
    ["order": .text(order.text), "document": .text(document.text), "lines": lines.json]
  }
}

extension Deduct {
  var json: JSON {
    [
      "order": .text(order?.text), "document": .text(document.text),
      "parts": .list(
        parts.map { part in
          [
            "source": .text(part.source?.text), "lines": part.lines.json,
            "automatic": .bool(part.isAutomatic),
          ]
        }),
      "manner": .text("\(manner)"),
    ]
  }
}

extension Refund {
  var json: JSON {
    [
      "order": .text(order.text), "document": .text(document.text),
      "source": .text(source?.text), "proportional": .bool(isProportional),
      "lines": .list(
        lines.map { line in
          [
            "sku": .text(line.sku.text), "quantity": .quantity(line.quantity),
            "returned": .flag(line.isReturned), "writes_off": .bool(line.writesOff),
          ]
        }),
    ]
  }
}

extension Receive {
  var json: JSON {
    [
      "document": .text(document.text), "source": .text(source.text), "lines": lines.json,
      "supply": .text(supply?.text),
    ]
  }
}

extension Adjust {
  var json: JSON {
    let stated: JSON =
      switch change {
      case .by(let difference): ["by": .quantity(difference)]
      case .count(let count): ["count": .quantity(count)]
      case .countAsOf(let count, let moment):
        ["count": .quantity(count), "as_of": .moment(moment)]
      }
    let head: JSON = ["source": .text(source.text), "sku": .text(sku.text)]
    return head.appending(stated).appending([
      "expected_version": expectedVersion.map { .natural($0) } ?? .null
    ])
  }
}

extension Transfer {
  var json: JSON {
    let head: JSON = [
      "document": .text(document.text), "from": .text(origin.text), "to": .text(destination.text),
    ]
    switch goods {
    case .quantities(let lines): return head.appending(["lines": lines.json])
    case .everything(let skus, let unassigns):
      return head.appending([
        "skus": .list(skus.map { .text($0.text) }), "unassigns": .bool(unassigns),
      ])
    }
  }
}
