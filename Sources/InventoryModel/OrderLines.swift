// SPDX-License-Identifier: Apache-2.0

/// A quantity of one SKU, as asked for.
public struct OrderLine: Sendable, Equatable {
  /// The SKU.
  public var sku: SKU
  /// How much of it; above 0 in a valid request.
  public var quantity: Quantity
  /// Makes a line.
  @inlinable
  public init(_ sku: SKU, _ quantity: Quantity) {
    self.sku = sku
    self.quantity = quantity
  }
}

/// The lines of a request in request order. One line is kept in place: the commonest request costs
/// no allocation.
public struct OrderLines: Sendable, RandomAccessCollection, ExpressibleByArrayLiteral {
  @usableFromInline var head: OrderLine?
  @usableFromInline var tail: [OrderLine]

  /// No lines.
  @inlinable
  public init() {
    head = nil
    tail = []
  }
  /// One line.
  @inlinable
  public init(_ line: OrderLine) {
    head = line
    tail = []
  }
  /// The lines of a sequence, in order.
  @inlinable
  public init(_ lines: some Sequence<OrderLine>) {
    self.init()
    for line in lines { append(line) }
  }
  /// The lines of a literal.
  @inlinable
  public init(arrayLiteral lines: OrderLine...) { self.init(lines) }

  /// Adds a line at the end. O(1) amortised.
  @inlinable
  public mutating func append(_ line: OrderLine) {
    if head == nil { head = line } else { tail.append(line) }
  }
  /// Makes room for `count` lines.
  @inlinable
  public mutating func reserveCapacity(_ count: Int) {
    if count > 1 { tail.reserveCapacity(count - 1) }
  }

  /// 0.
  @inlinable
  public var startIndex: Int { 0 }
  /// The number of lines.
  @inlinable
  public var endIndex: Int { head == nil ? 0 : tail.count + 1 }
  /// The line at `index`, 0 based. O(1).
  @inlinable
  public subscript(index: Int) -> OrderLine {
    if index == 0, let head { return head }
    return tail[index - 1]
  }
}

extension OrderLines: Equatable {}
