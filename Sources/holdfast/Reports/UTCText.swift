// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// A moment of the log as RFC 3339 text in UTC: "2026-02-28T23:59:59.25Z". The fraction is exact and
/// has no trailing zeros.
func utcText(_ moment: Timestamp) -> String {
  let (seconds, nanoseconds) = moment.nanoseconds.flooredDivision(by: 1_000_000_000)
  let (days, secondOfDay) = seconds.flooredDivision(by: 86_400)
  let date = civilDate(daysSinceEpoch: days)
  let day = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
  let time =
    "\(padded(secondOfDay / 3_600, 2)):\(padded(secondOfDay / 60 % 60, 2)):"
    + padded(secondOfDay % 60, 2)
  var fraction = nanoseconds == 0 ? "" : "." + padded(nanoseconds, 9)
  while fraction.hasSuffix("0") { fraction.removeLast() }
  return day + "T" + time + fraction + "Z"
}

/// The date in the Gregorian calendar. Counts from 1 March of year 0 in eras of 400 years (146,097
/// days), so that the leap day is the last of its year.
private func civilDate(daysSinceEpoch days: Int64) -> (year: Int64, month: Int64, day: Int64) {
  let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
  let yearOfEra =
    (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let monthFromMarch = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
  let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
}

/// The number in decimal with leading zeros.
func padded(_ number: Int64, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Int64 {
  /// Quotient and remainder where the remainder is never negative.
  fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
