// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// What operators configure, as it stands.

extension SourceView {
  static func report(_ views: [SourceView]) -> Report {
    Report(lines: views.flatMap(\.lines), values: views.map(\.json))
  }

  private var lines: [String] {
    var head = "source \(code): \(isEnabled ? "enabled" : "disabled")"
    if isPickup { head += ", pickup location" }
    if !sells { head += ", its goods are not for sale" }
    if !ships { head += ", does not ship" }
    if let coordinates { head += ", at \(coordinates.text)" }
    return [head] + texts.map { "  \($0.field.fieldName)=\($0.text)" }
  }

  private var json: JSON {
    let head: JSON = [
      "code": .text(code.text), "enabled": .bool(isEnabled), "pickup": .bool(isPickup),
      "sells": .bool(sells), "ships": .bool(ships),
      "latitude": .text(coordinates.map { degrees($0.latitude) }),
      "longitude": .text(coordinates.map { degrees($0.longitude) }),
    ]
    return head.appending(
      .object(texts.map { JSON.Member(key: $0.field.fieldName, value: .text($0.text)) }))
  }
}

extension Coordinates {
  /// "52.5200066, 13.404954".
  fileprivate var text: String { "\(degrees(latitude)), \(degrees(longitude))" }
}

/// A number of 10^-7 degrees in degrees, exact.
func degrees(_ value: Int32) -> String {
  let magnitude = Int64(value.magnitude)
  var digits = "." + padded(magnitude % 10_000_000, 7)
  while digits.hasSuffix("0") { digits.removeLast() }
  return (value < 0 ? "-" : "") + String(magnitude / 10_000_000) + (digits == "." ? "" : digits)
}

extension StockView {
  static func report(_ views: [StockView]) -> Report {
    Report(lines: views.flatMap(\.lines), values: views.map(\.json))
  }

  private var lines: [String] {
    let channels = channels.isEmpty ? "none" : channels.map(\.text).joined(separator: ", ")
    return ["stock \(id): \(name), channels: \(channels)"]
      + links.map { "  source \($0.source), priority \($0.priority)" }
  }

  private var json: JSON {
    [
      "id": .number(Int64(id.rawValue)), "name": .text(name),
      "channels": .list(channels.map { .text($0.text) }),
      "sources": .list(
        links.map {
          ["source": .text($0.source.text), "priority": .number(Int64($0.priority))]
        }),
    ]
  }
}

extension SourceItemRow {
  static func report(_ rows: [SourceItemRow]) -> Report {
    let heading = [
      "source", "sku", "quantity", "in stock", "notify at", "in force", "unexplained", "version",
    ]
    let cells = rows.map { row in
      [
        row.source.text, row.sku.text, "\(row.quantity)", row.isInStock ? "yes" : "no",
        row.notifyQuantity.map { "\($0)" } ?? "system", "\(row.notifyInForce)",
        "\(row.unexplained)", "\(row.version)",
      ]
    }
    return Report(lines: table([heading] + cells), values: rows.map(\.json))
  }

  private var json: JSON {
    [
      "source": .text(source.text), "sku": .text(sku.text), "quantity": .quantity(quantity),
      "in_stock": .bool(isInStock), "notify": .quantity(notifyQuantity),
      "notify_in_force": .quantity(notifyInForce), "unexplained": .quantity(unexplained),
      "version": .natural(version),
    ]
  }
}

extension ProductView {
  var report: Report {
    let state = "\(isEnabled ? "enabled" : "disabled"), \(isInStock ? "in stock" : "out of stock")"
    let owned = Set(own.filter { $0.value != nil }.map(\.field))
    let rows = inForce.map { setting in
      ["  \(setting.field.name)=\(setting.text)", owned.contains(setting.field) ? "own" : "system"]
    }
    return Report(
      lines: ["product \(sku): \(type.name), \(state)"] + parts + table(rows),
      values: [
        [
          "sku": .text(sku.text), "type": .text(type.name), "enabled": .bool(isEnabled),
          "in_stock": .bool(isInStock), "own": own.json, "in_force": inForce.json,
          "children": .list(children.map { .text($0.text) }),
          "options": .list(options.map(\.json)), "ships_together": .bool(shipsTogether),
          "tags": .list(tags.map { .text($0) }),
        ]
      ])
  }

  /// What it is made of, and what it belongs to.
  private var parts: [String] {
    var lines: [String] = []
    if !children.isEmpty {
      lines.append("  children: " + children.map(\.text).joined(separator: ", "))
    }
    lines += options.map { option in
      let children = option.children.map { child in
        child.fixedQuantity.map { "\(child.sku)=\($0)" } ?? child.sku.text
      }
      return "  option\(option.isRequired ? ", required" : ""): "
        + children.joined(separator: ", ")
    }
    if shipsTogether { lines.append("  ships from one source") }
    if !tags.isEmpty { lines.append("  tags: " + tags.joined(separator: ", ")) }
    return lines
  }
}

extension BundleOption {
  /// As set-up files write it.
  var json: JSON {
    [
      "children": .list(
        children.map { child in
          ["sku": .text(child.sku.text), "fixed": .quantity(child.fixedQuantity)]
        }),
      "required": .bool(isRequired),
    ]
  }
}

extension ProductType {
  /// The type's name on the command line and in output.
  var name: String {
    switch self {
    case .simple: "simple"
    case .virtual: "virtual"
    case .downloadable: "downloadable"
    case .configurable: "configurable"
    case .bundle: "bundle"
    case .grouped: "grouped"
    }
  }
}

extension StoreView {
  var report: Report {
    let minimums = minimumByGroup.map { row in
      let group = row.group == GroupMinimum.allGroups ? "all" : String(row.group)
      return (group: group, quantity: row.quantity)
    }
    return Report(
      lines: settings.map { "\($0.field.name)=\($0.text)" }
        + minimums.map { "minimum \($0.group)=\($0.quantity)" },
      values: [
        [
          "settings": settings.json,
          "minimum_by_group": .list(
            minimums.map { ["group": .text($0.group), "quantity": .quantity($0.quantity)] }),
        ]
      ])
  }
}

extension SettingChange {
  /// The value as it is written on the command line.
  var text: String {
    guard let value else { return "system" }
    switch field.kind {
    case .flag: return value == 0 ? "no" : "yes"
    case .quantity: return Quantity(tenThousandths: value).description
    case .number: return String(value)
    }
  }

  /// A flag as true or false, a quantity as text, a number as a number, *use system value* as null.
  fileprivate var json: JSON {
    guard let value else { return .null }
    switch field.kind {
    case .flag: return .bool(value != 0)
    case .quantity: return .quantity(Quantity(tenThousandths: value))
    case .number: return .number(value)
    }
  }
}

extension [SettingChange] {
  /// An object with the settings' names as keys.
  var json: JSON {
    .object(map { JSON.Member(key: $0.field.name, value: $0.json) })
  }
}
