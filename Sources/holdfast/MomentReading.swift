// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryModel

/// Reads a moment as RFC 3339 text in UTC, as it is printed: `2026-12-24T08:00:00Z`, with at most nine
/// decimals of the second; a date alone is its midnight.
func readMoment(_ text: String) throws -> Timestamp {
  guard let moment = moment(text) else {
    throw ValidationError("'\(text)' is no moment: write it like 2026-12-24T08:00:00Z.")
  }
  return moment
}

/// The moment that `text` names, or `nil`.
func moment(_ text: String) -> Timestamp? {
  let halves = text.split(separator: "T", omittingEmptySubsequences: false)
  guard halves.count <= 2, let days = halves.first.flatMap(daysSinceEpoch) else { return nil }
  var nanoseconds: Int64 = 0
  if halves.count == 2 {
    guard halves[1].hasSuffix("Z"), let time = nanosecondsOfDay(halves[1].dropLast()) else {
      return nil
    }
    nanoseconds = time
  }
  let (start, overflow) = days.multipliedReportingOverflow(by: 86_400_000_000_000)
  let (sum, tooMuch) = start.addingReportingOverflow(nanoseconds)
  return overflow || tooMuch ? nil : Timestamp(nanoseconds: sum)
}

private func number(_ text: Substring, _ width: Int, _ range: ClosedRange<Int64>) -> Int64? {
  guard text.utf8.count == width, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
    let number = Int64(text), range.contains(number)
  else { return nil }
  return number
}

private func nanosecondsOfDay(_ text: Substring) -> Int64? {
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  let clock = parts[0].split(separator: ":", omittingEmptySubsequences: false)
  guard parts.count <= 2, clock.count == 3, let hour = number(clock[0], 2, 0...23),
    let minute = number(clock[1], 2, 0...59), let second = number(clock[2], 2, 0...59)
  else { return nil }
  var fraction: Int64 = 0
  if parts.count == 2 {
    let digits = parts[1] + String(repeating: "0", count: max(9 - parts[1].count, 0))
    guard !parts[1].isEmpty, let value = number(digits, 9, 0...999_999_999) else { return nil }
    fraction = value
  }
  return ((hour * 60 + minute) * 60 + second) * 1_000_000_000 + fraction
}

/// The inverse of the date in the report: days since 1970-01-01 in the Gregorian calendar.
private func daysSinceEpoch(_ text: Substring) -> Int64? {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false)
  guard parts.count == 3, let year = number(parts[0], 4, 1...9_999),
    let month = number(parts[1], 2, 1...12), let day = number(parts[2], 2, 1...31)
  else { return nil }
  let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  guard day <= lengths[Int(month) - 1] else { return nil }
  let before = year - 1
  let leaps = before / 4 - before / 100 + before / 400
  let days = lengths[..<(Int(month) - 1)].reduce(0, +) + day - 1
  return before * 365 + leaps + days - 719_162
}
