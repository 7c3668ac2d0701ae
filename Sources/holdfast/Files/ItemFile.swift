// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// A CSV file of source items, as Adobe Commerce writes and reads it: `source_code,sku,status,quantity`.
/// Columns may stand in any order, others are passed over; `source` and `qty` are read too.
struct ItemFile {
  /// The rows to import, and for each the line it stands on.
  var rows: [ImportRow]
  var lines: [Int]

  private static let names: [String: [String]] = [
    "source": ["source_code", "source"], "sku": ["sku"], "quantity": ["quantity", "qty"],
    "status": ["status"],
  ]

  /// Reads the file's bytes. A field that cannot be read is left out of its row, and the server names it.
  static func read(_ bytes: [UInt8], path: String) throws(FileFault) -> ItemFile {
    let all = DelimitedText.comma(bytes)
    guard let head = all.first else { throw FileFault(path: path, problem: "the file is empty") }
    let columns = names.mapValues { names in
      head.fields.firstIndex { names.contains($0.lowercased()) }
    }
    for name in ["source", "sku"] where columns[name] == .some(nil) {
      let wanted = names[name]?.first ?? name
      throw FileFault(path: path, line: head.line, problem: "there is no column \(wanted)")
    }
    var file = ItemFile(rows: [], lines: [])
    for row in all.dropFirst() {
      func field(_ name: String) -> String {
        guard let place = columns[name] ?? nil, place < row.fields.count else { return "" }
        return row.fields[place]
      }
      let status = field("status").lowercased()
      let isInStock = ["1": true, "in": true, "0": false, "out": false][status]
      // A status that is neither makes the row invalid, like a quantity that is none.
      let isReadable = status.isEmpty || isInStock != nil
      file.rows.append(
        ImportRow(
          source: field("source"), sku: field("sku"),
          quantity: isReadable ? try? Quantity(field("quantity")) : nil, isInStock: isInStock))
      file.lines.append(row.line)
    }
    return file
  }

  /// Header and rows of source items.
  static func text(_ rows: [SourceItemRow]) -> [String] {
    ["source_code,sku,status,quantity"]
      + rows.map { row in
        "\(csvField(row.source.text)),\(csvField(row.sku.text))"
          + ",\(row.isInStock ? 1 : 0),\(row.quantity)"
      }
  }
}

/// A file of postal codes as geonames.org offers it, one a country: fields between tabs, of which the
/// country, the postcode, the place name, the first region's name and the coordinates are read.
enum PlaceFile {
  /// Reads the file's bytes.
  static func read(_ bytes: [UInt8], path: String) throws(FileFault) -> [PlaceName] {
    var places: [PlaceName] = []
    for row in DelimitedText.tab(bytes) {
      guard row.fields.count >= 11 else {
        throw FileFault(
          path: path, line: row.line, problem: "\(row.fields.count) fields, there should be 12")
      }
      guard let latitude = try? readDegrees(row.fields[9]),
        let longitude = try? readDegrees(row.fields[10])
      else { throw FileFault(path: path, line: row.line, problem: "no coordinates") }
      places.append(
        PlaceName(
          country: row.fields[0], postcode: row.fields[1], city: row.fields[2],
          region: row.fields[3],
          coordinates: Coordinates(latitude: latitude, longitude: longitude)))
    }
    return places
  }
}
