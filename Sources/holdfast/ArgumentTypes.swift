// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
public import InventoryModel

// Values of the language that are one word on a command line. The types are public, so the language
// wants these conformances to be public too, although nothing can import an executable.

extension SKU: ExpressibleByArgument {
  /// Reads the word.
  public init?(argument: String) { self.init(argument) }
}

extension SourceCode: ExpressibleByArgument {
  /// Reads the word.
  public init?(argument: String) { self.init(argument) }
}

extension ChannelCode: ExpressibleByArgument {
  /// Reads the word.
  public init?(argument: String) { self.init(argument) }
}

extension DocumentID: ExpressibleByArgument {
  /// Reads the word.
  public init?(argument: String) { self.init(argument) }
}

extension CustomerID: ExpressibleByArgument {
  /// Reads the word.
  public init?(argument: String) { self.init(argument) }
}

extension StockID: ExpressibleByArgument {
  /// Reads the word.
  public init?(argument: String) {
    guard let number = Int32(argument) else { return nil }
    self.init(number)
  }
}

extension CommandID: ExpressibleByArgument {
  /// Reads the word.
  public init?(argument: String) { self.init(argument) }
}

extension ReserveMode: ExpressibleByArgument {
  /// Reads the word.
  public init?(argument: String) {
    switch argument {
    case "all": self = .all
    case "lines": self = .lines
    case "fill": self = .fill
    default: return nil
    }
  }

  /// The word in help texts.
  public var defaultValueDescription: String {
    switch self {
    case .all: "all"
    case .lines: "lines"
    case .fill: "fill"
    }
  }
}

extension ProductType: ExpressibleByArgument {
  /// Reads the word.
  public init?(argument: String) {
    let types: [ProductType] = [
      .simple, .virtual, .downloadable, .configurable, .bundle, .grouped,
    ]
    guard let type = types.first(where: { $0.name == argument }) else { return nil }
    self = type
  }
}

extension OrderState: ExpressibleByArgument {
  /// Reads the word.
  public init?(argument: String) {
    guard let state = OrderState.allCases.first(where: { $0.name == argument }) else { return nil }
    self = state
  }

  /// The word in help texts.
  public var defaultValueDescription: String { name }
}

extension SalesEvent: ExpressibleByArgument {
  /// Reads the word.
  public init?(argument: String) { self.init(name: argument) }

  /// The word in help texts.
  public var defaultValueDescription: String { name }
}

extension FindingFilter: ExpressibleByArgument {
  /// Reads the word.
  public init?(argument: String) {
    let filters: [String: FindingFilter] = [
      "all": .all, "complete": .complete, "incomplete": .incomplete,
    ]
    guard let filter = filters[argument] else { return nil }
    self = filter
  }

  /// The word in help texts.
  public var defaultValueDescription: String { "\(self)" }
}

extension ImportMode: ExpressibleByArgument {
  /// Reads the word.
  public init?(argument: String) {
    let modes: [String: ImportMode] = ["append": .append, "replace": .replace, "delete": .delete]
    guard let mode = modes[argument] else { return nil }
    self = mode
  }

  /// The word in help texts.
  public var defaultValueDescription: String { "\(self)" }
}
