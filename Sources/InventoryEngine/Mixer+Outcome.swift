// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

extension Mixer {
  /// Adds a stored answer. Every field counts: a repeat must get the very same words.
  mutating func add(_ outcome: Outcome) {
    switch outcome {
    case .done: add(1 as UInt64)
    case .reserved(let reserved):
      add(2 as UInt64)
      add(reserved.expiresAt?.nanoseconds)
      add(reserved.isReacquired)
      add(reserved.lines)
    case .extended(let until):
      add(3 as UInt64)
      add(until.nanoseconds)
    case .moved(let moved):
      add(4 as UInt64)
      add(moved.shortfall)
      add(moved.lines.count)
      for line in moved.lines {
        add(line.sku.text)
        add(line.quantity)
        add(line.source?.text ?? "")
        add(line.isInStock.map { $0 ? 1 : 0 })
      }
    case .counted(let count):
      add(5 as UInt64)
      add(UInt64(count))
    case .refused(let refusal):
      add(6 as UInt64)
      add(refusal)
    case .unassigned(let count, let reservedLeft):
      add(7 as UInt64)
      add(UInt64(count))
      add(reservedLeft)
    case .imported(let result):
      add(8 as UInt64)
      add(result)
    case .cleaned(let deleted, let left):
      add(9 as UInt64)
      add(deleted)
      add(left)
    }
  }

  /// Adds what was granted, line by line.
  mutating func add(_ lines: [GrantedLine]) {
    add(lines.count)
    for line in lines {
      add(line.sku.text)
      add(line.granted)
      add(line.missing)
      add(line.backordered)
      add(line.notifiesCustomer)
      add(line.expected)
      add(line.expectedAt?.nanoseconds)
      add(UInt64(line.reason?.rawValue ?? 0))
    }
  }

  private mutating func add(_ refusal: Refusal) {
    add(UInt64(refusal.code.rawValue))
    add(refusal.sku?.text ?? "")
    add(refusal.field)
    add(refusal.available?.tenThousandths)
    add(refusal.requested?.tenThousandths)
    add(refusal.violations.count)
    for violation in refusal.violations {
      add(violation.sku.text)
      add(UInt64(violation.code.rawValue))
    }
    add(refusal.freeAt?.nanoseconds)
  }

  private mutating func add(_ result: ImportResult) {
    add(UInt64(result.created))
    add(UInt64(result.updated))
    add(UInt64(result.deleted))
    add(result.invalid.count)
    for row in result.invalid {
      add(UInt64(row.row))
      add(UInt64(row.code.rawValue))
      add(row.field)
    }
  }
}
