// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@Suite struct QuantityTests {
  @Test(arguments: [
    ("0", 0), ("1", 10_000), ("8.5", 85_000), ("-0.3333", -3_333), ("0.0001", 1),
    ("40.0000", 400_000), ("007", 70_000), ("922337203685477.5807", Int64.max),
  ])
  func `decimal text is exact`(_ text: String, _ value: Int64) throws {
    #expect(try Quantity(text).tenThousandths == value)
  }

  @Test(arguments: [
    ("", QuantityFault.notANumber), ("-", .notANumber), (".5", .notANumber), ("5.", .notANumber),
    ("1e3", .notANumber), ("+1", .notANumber), ("1,5", .notANumber), ("1.2.3", .notANumber),
    (" 1", .notANumber), ("٣", .notANumber), ("0.00005", .tooManyDecimals),
    ("1.12345", .tooManyDecimals), ("922337203685477.5808", .tooLarge), ("1e", .notANumber),
    ("99999999999999999999", .tooLarge),
  ])
  func `other text is refused with its fault`(_ text: String, _ fault: QuantityFault) {
    #expect(throws: fault) { try Quantity(text) }
  }

  @Test func `a quantity is printed without needless zeros and read back`() throws {
    let values: [Int64] = [0, 1, -1, 10_000, 85_000, -3_333, 123_456_789, .max, .min + 1]
    for value in values {
      let quantity = Quantity(tenThousandths: value)
      #expect(try Quantity(quantity.description) == quantity)
    }
    #expect("\(Quantity(tenThousandths: 85_000))" == "8.5")
    #expect("\(Quantity(tenThousandths: -1))" == "-0.0001")
    #expect("\(Quantity(40))" == "40")
  }

  @Test func `a tenth taken ten times is one`() {
    var sum = Quantity.zero
    for _ in 0..<10 { sum = sum.adding(Quantity(tenThousandths: 1_000)) ?? .zero }
    #expect(sum == 1)
  }

  @Test func `overflow is reported`() {
    let most = Quantity(tenThousandths: .max)
    #expect(most.adding(Quantity(tenThousandths: 1)) == nil)
    #expect(Quantity(tenThousandths: .min).subtracting(Quantity(tenThousandths: 1)) == nil)
  }
}

@Suite struct NameTests {
  @Test func `SKUs are equal whatever the case of A to Z`() {
    #expect(SKU("ABC-é") == SKU("abc-é"))
    #expect(SKU("É") != SKU("é"))
    #expect(SKU("ABC").hashValue == SKU("abc").hashValue)
    #expect(SKU("ABC") != SKU("ABCD"))
  }

  @Test(arguments: [
    ("A", true), (String(repeating: "x", count: 64), true),
    (String(repeating: "x", count: 65), false), (String(repeating: "램", count: 64), true),
    (String(repeating: "램", count: 65), false), ("", false), (" A", false), ("A ", false),
    ("A B", true), ("A\nB", false), ("\u{A0}A", false), ("A\u{3000}", false),
  ])
  func `a SKU is 1 to 64 characters without blanks at its ends`(_ text: String, _ isGood: Bool) {
    #expect(SKU(text).isWellFormed == isGood)
  }

  @Test func `command ids have one text form`() {
    let id = CommandID(low: 0x0706_0504_0302_0100, high: 0xFF)
    #expect("\(id)" == "00000000000000ff0706050403020100")
    #expect(CommandID("\(id)") == id)
    for bad in ["", "0", "\(id)0", "+0000000000000ff0706050403020100", "zz"] {
      #expect(CommandID(bad) == nil, "\(bad)")
    }
    #expect(CommandID.make() != CommandID.make())
  }
}

@Suite struct RefusalCodeTests {
  @Test func `numbers and names are stable`() {
    // Changing a line here breaks every client and every journal.
    let golden: [(UInt16, String)] = [
      (1, "malformed"), (2, "unsupported"), (4, "overloaded"), (5, "storage_full"),
      (8, "idempotency_conflict"), (9, "invalid"), (10, "empty_input"), (31, "duplicate_order"),
      (35, "hold_expired"), (36, "hold_closed"), (40, "not_assigned"),
      (41, "no_source_in_stock"), (42, "min_sale_qty"), (45, "qty_decimal"),
      (47, "not_enough_qty"), (48, "insufficient_source_qty"), (54, "internal"),
    ]
    for (number, name) in golden { #expect(RefusalCode(rawValue: number)?.name == name) }
    #expect(RefusalCode.allCases.count == 54)
    #expect(RefusalCode.allCases.map(\.rawValue) == Array(1...54))
  }

  @Test func `what was not decided is not stored`() {
    let unstored = RefusalCode.allCases.filter { !$0.isStored }
    #expect(
      unstored == [
        .malformed, .unsupported, .notAllowed, .overloaded, .storageFull, .notLeader,
        .idempotencyConflict, .internalError,
      ])
  }
}
