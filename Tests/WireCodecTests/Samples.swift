// SPDX-License-Identifier: Apache-2.0

import InventoryModel

@testable import WireCodec

/// A seeded source of numbers: the same seed gives the same values on every machine.
struct Chance {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  mutating func flag() -> Bool { next() & 1 == 1 }
  mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
  mutating func maybe<Value>(_ make: (inout Chance) -> Value) -> Value? {
    flag() ? make(&self) : nil
  }
  mutating func list<Value>(_ most: Int, _ make: (inout Chance) -> Value) -> [Value] {
    (0..<below(most + 1)).map { _ in make(&self) }
  }
  mutating func text() -> String {
    pick(["", "A", "LAMP-7", "a name of more than fifteen bytes", "램프", "é", "default", "x y"])
  }
  mutating func quantity() -> Quantity { Quantity(tenThousandths: Int64(bitPattern: next()) >> 20) }
  mutating func lines() -> OrderLines {
    OrderLines(list(3) { OrderLine(SKU($0.text()), $0.quantity()) })
  }
  mutating func id() -> CommandID { CommandID(low: next(), high: next() | 1) }
  mutating func document() -> DocumentID { DocumentID(text()) }
  mutating func point() -> SalesPoint {
    flag() ? .channel(ChannelCode(text())) : .stock(StockID(Int32(below(100))))
  }
  mutating func settings() -> [SettingChange] {
    list(4) { SettingChange($0.pick(SettingField.allCases), $0.maybe { Int64($0.below(10)) }) }
  }
  mutating func request() -> ReserveRequest {
    ReserveRequest(
      point(), lines(), customer: maybe { CustomerID($0.text()) },
      group: maybe { Int32($0.below(9)) },
      mode: pick([.all, .lines, .fill]), quantityChecksOnly: flag(), allowsBackorder: flag(),
      listsViolations: flag())
  }
  mutating func coordinates() -> Coordinates {
    Coordinates(latitude: Int32(below(900)), longitude: -Int32(below(900)))
  }
  mutating func sourceTexts() -> [SourceText] {
    list(3) { SourceText($0.pick(SourceField.allCases), $0.text()) }
  }

  /// How many kinds of random commands there are.
  static let commandKinds = 52

  /// A random command of the kind `kind`, which counts through all of them.
  mutating func command(_ kind: Int) -> Command {
    let kind = kind % Chance.commandKinds
    if kind >= 23 { return rule(kind - 23) }
    return kind < 10 ? configuration(kind) : movement(kind)
  }

  private mutating func configuration(_ kind: Int) -> Command {
    switch kind {
    case 0:
      return .setStore(
        StoreChange(
          settings: settings(),
          minimumByGroup: maybe { $0.list(3) { GroupMinimum(group: 1, quantity: $0.quantity()) } }))
    case 1:
      return .setProduct(
        ProductChange(
          SKU(text()), type: maybe { $0.pick([.simple, .virtual, .bundle]) },
          isEnabled: maybe { $0.flag() }, isInStock: maybe { $0.flag() }, settings: settings()))
    case 2:
      return .setSource(
        SourceChange(
          SourceCode(text()), isEnabled: maybe { $0.flag() }, isPickup: maybe { $0.flag() },
          coordinates: maybe { $0.coordinates() }, texts: sourceTexts()))
    case 3:
      return .setStock(
        StockChange(
          StockID(Int32(below(9))), name: maybe { $0.text() },
          channels: maybe { $0.list(3) { ChannelCode($0.text()) } }))
    case 4: return .deleteStock(StockID(Int32(below(9))))
    case 5:
      return .setChannel(
        pick([.add("a"), .remove("b"), .rename(from: "c", to: ChannelCode(text()))]))
    case 6:
      return .linkSource(
        StockSourceLink(stock: 2, source: SourceCode(text()), priority: Int32(below(9)) - 4))
    case 7: return .unlinkSource(stock: 2, source: SourceCode(text()))
    case 8:
      return .setSourceItems(
        list(3) {
          SourceItemChange(
            source: SourceCode($0.text()), sku: SKU($0.text()), quantity: $0.quantity(),
            isInStock: $0.flag(), notifyQuantity: $0.maybe { $0.quantity() })
        })
    default:
      return .removeSourceItems(
        list(3) { SourceItemKey(source: SourceCode($0.text()), sku: SKU($0.text())) })
    }
  }

  private mutating func movement(_ kind: Int) -> Command {
    switch kind {
    case 10: return .hold(Hold(document(), request(), seconds: Int64(below(9_999)) - 5))
    case 11: return .extend(hold: document(), seconds: Int64(below(999)))
    case 12: return .place(Place(document(), .request(request())))
    case 13: return .place(Place(document(), .hold(document(), lines: lines(), reacquires: flag())))
    case 14: return .release(hold: document(), lines: lines())
    case 15: return .cancel(Cancel(document(), document: document(), lines: lines()))
    case 16: return .invoice(Invoice(document(), document: document(), lines: lines()))
    case 17:
      return .deduct(
        Deduct(
          order: maybe { $0.document() }, document: document(),
          parts: list(3) {
            Deduct.Part(source: $0.maybe { SourceCode($0.text()) }, lines: $0.lines())
          }))
    case 18:
      return .refund(
        Refund(
          document(), document: document(), source: maybe { SourceCode($0.text()) },
          lines: list(3) {
            Refund.Line(
              SKU($0.text()), $0.quantity(), isReturned: $0.maybe { $0.flag() },
              writesOff: $0.flag())
          }))
    case 19: return .receive(Receive(document(), source: SourceCode(text()), lines: lines()))
    case 20:
      return .adjust(
        Adjust(
          source: SourceCode(text()), sku: SKU(text()),
          flag() ? .by(quantity()) : .count(quantity()), expectedVersion: maybe { $0.next() }))
    case 21:
      return .transfer(
        Transfer(document(), from: "a", to: "b", .quantities(lines())))
    default:
      return .transfer(
        Transfer(
          document(), from: "a", to: "b",
          .everything(list(3) { SKU($0.text()) }, unassigns: flag())))
    }
  }

  mutating func refusal() -> Refusal {
    Refusal(
      pick(RefusalCode.allCases), sku: maybe { SKU($0.text()) }, field: text(),
      available: maybe { $0.quantity() }, requested: maybe { $0.quantity() },
      violations: list(2) { Refusal.Violation(SKU($0.text()), $0.pick(RefusalCode.allCases)) })
  }

  mutating func reply(_ kind: Int) -> Reply {
    let outcome: Outcome
    switch kind % 6 {
    case 0: outcome = .done
    case 1:
      outcome = .reserved(
        Reserved(
          expiresAt: maybe { Timestamp(nanoseconds: Int64($0.below(1 << 40))) },
          isReacquired: flag(),
          lines: list(2) {
            GrantedLine(
              sku: SKU($0.text()), granted: $0.quantity(), missing: $0.quantity(),
              backordered: $0.quantity(), notifiesCustomer: $0.flag(),
              reason: $0.maybe { $0.pick(RefusalCode.allCases) })
          }))
    case 2: outcome = .extended(until: Timestamp(nanoseconds: 77))
    case 3:
      outcome = .moved(
        Moved(
          lines: list(3) {
            Moved.Line(SKU($0.text()), $0.quantity(), source: $0.maybe { SourceCode($0.text()) })
          }, shortfall: quantity()))
    case 4: outcome = .counted(UInt32(below(1_000)))
    default: outcome = .refused(refusal())
    }
    return Reply(outcome: outcome, position: next(), isReplayed: flag())
  }
}

/// The bytes an encoder writes.
func encoded(_ body: (inout ByteWriter) -> Void) -> [UInt8] {
  var writer = ByteWriter()
  body(&writer)
  return writer.array()
}

/// A whole frame.
func frame(_ opcode: UInt16, correlation: UInt64 = 9, _ body: [UInt8]) -> [UInt8] {
  encoded { writer in
    let start = writer.beginFrame()
    unsafe body.withUnsafeBytes { unsafe writer.append($0) }
    writer.endFrame(start, opcode: opcode, correlation: correlation, deadlineMilliseconds: 250)
  }
}
