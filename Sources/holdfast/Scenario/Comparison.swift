// SPDX-License-Identifier: Apache-2.0

extension JSON {
  /// The member of that name, or `nil` when there is none or this is no object.
  subscript(_ key: String) -> JSON? { members.first { $0.key == key }?.value }

  /// Where `got` does not meet this expectation: a path like `rows[1].qty`, or `nil` when it does.
  ///
  /// Of objects only the members that are expected are compared, lists have to have exactly this
  /// length and order, what is a number on both sides is compared as a decimal number, `true`,
  /// `false` and `null` equal only themselves, and all else is compared as text.
  func difference(from got: JSON?, at path: String = "") -> String? {
    guard let got else { return path }
    switch (self, got) {
    case (.object(let wanted), .object):
      for member in wanted {
        let inner = path.isEmpty ? member.key : path + "." + member.key
        if let found = member.value.difference(from: got[member.key], at: inner) { return found }
      }
      return nil
    case (.list(let wanted), .list(let present)):
      if wanted.count != present.count { return path }
      for (index, (value, other)) in zip(wanted, present).enumerated() {
        if let found = value.difference(from: other, at: "\(path)[\(index)]") { return found }
      }
      return nil
    default:
      return isSame(as: got) ? nil : path
    }
  }

  private func isSame(as other: JSON) -> Bool {
    guard let mine = words, let its = other.words else { return self == other }
    if let left = DecimalNumber(mine), let right = DecimalNumber(its) { return left == right }
    return mine == its
  }

  /// A number or a text as text; `nil` for everything else.
  var words: String? {
    switch self {
    case .number(let value): String(value)
    case .natural(let value): String(value)
    case .decimal(let digits): digits
    case .text(let text): text
    case .null, .bool, .list, .object: nil
    }
  }
}
