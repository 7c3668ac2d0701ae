// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryModel

// From the words of a command line to values of the language. What the server would have to refuse
// because it cannot even be written on the wire (a fifth decimal, an unknown setting) is refused here.

/// Reads a quantity: digits, at most four decimals.
func readQuantity(_ text: String) throws -> Quantity {
  do {
    return try Quantity(text)
  } catch {
    throw ValidationError("invalid qty '\(text)': \(error). Write it like 3 or 0.25.")
  }
}

/// Reads `SKU=QUANTITY`. A SKU may hold "=": the last one counts.
func readLine(_ text: String) throws -> OrderLine {
  let (sku, quantity) = try readPair(text, "a line is SKU=QUANTITY, like LAMP=3")
  return OrderLine(SKU(sku), try readQuantity(quantity))
}

/// Reads `GROUP=QUANTITY`; the group `all` stands for all groups.
func readGroupMinimum(_ text: String) throws -> GroupMinimum {
  let (group, quantity) = try readPair(text, "a minimum is GROUP=QUANTITY, like 2=10 or all=1")
  guard let number = group == "all" ? GroupMinimum.allGroups : Int32(group) else {
    throw ValidationError("invalid group '\(group)': it is a number, or the word all.")
  }
  return GroupMinimum(group: number, quantity: try readQuantity(quantity))
}

/// Reads an option of a bundle: SKUs between commas, each with the quantity it is fixed to behind "=" if
/// it is; in brackets when nothing has to be chosen.
func readBundleOption(_ text: String) throws -> BundleOption {
  let isOptional = text.hasPrefix("[") && text.hasSuffix("]")
  let inner = isOptional ? String(text.dropFirst().dropLast()) : text
  let children = try inner.split(separator: ",").map { part in
    guard part.contains("=") else { return BundleOption.Child(SKU(String(part))) }
    let line = try readLine(String(part))
    return BundleOption.Child(line.sku, fixedQuantity: line.quantity)
  }
  if children.isEmpty { throw ValidationError("'\(text)' names no SKU: write it like A,B.") }
  return BundleOption(children, isRequired: !isOptional)
}

/// Reads `FIELD=TEXT` of a source.
func readSourceText(_ text: String) throws -> SourceText {
  let names = SourceField.allCases.map(\.fieldName).joined(separator: ", ")
  guard let split = text.firstIndex(of: "=") else {
    throw ValidationError("'\(text)' is not FIELD=TEXT; the fields are \(names).")
  }
  let name = text[..<split]
  guard let field = SourceField.allCases.first(where: { $0.fieldName == name }) else {
    throw ValidationError("a source has no field '\(name)'; the fields are \(names).")
  }
  return SourceText(field, String(text[text.index(after: split)...]))
}

/// Reads `NAME=VALUE`; the value `system` stands for *use system value*.
func readSetting(_ text: String) throws -> SettingChange {
  let (name, value) = try readPair(text, "a setting is NAME=VALUE, like backorders=1")
  guard let field = SettingField(name: name) else {
    let names = SettingField.allCases.map(\.name).joined(separator: ", ")
    throw ValidationError("there is no setting '\(name)'; the settings are \(names).")
  }
  if value == "system" { return SettingChange(field, nil) }
  let number: Int64?
  switch field.kind {
  case .flag: number = ["1": 1, "yes": 1, "on": 1, "0": 0, "no": 0, "off": 0][value]
  case .quantity: number = try readQuantity(value).tenThousandths
  case .number: number = Int64(value)
  }
  guard let number, field.accepts(number) else {
    throw ValidationError("invalid \(name) '\(value)': it is \(field.range), or system.")
  }
  return SettingChange(field, number)
}

private func readPair(_ text: String, _ form: String) throws -> (String, String) {
  guard let split = text.lastIndex(of: "="), split > text.startIndex else {
    throw ValidationError("'\(text)' cannot be read: \(form).")
  }
  return (String(text[..<split]), String(text[text.index(after: split)...]))
}

extension SettingField {
  /// The values the setting may have, in words.
  fileprivate var range: String {
    switch kind {
    case .flag: "yes or no"
    case .quantity: self == .outOfStockThreshold ? "a quantity of any sign" : "a quantity from 0 on"
    case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    }
  }
}
