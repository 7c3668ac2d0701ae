// SPDX-License-Identifier: Apache-2.0

internal import Histogram

/// Latencies for people: a table of percentiles and a picture of the distribution.
enum LatencyPicture {
  /// Milliseconds with three decimals.
  static func milliseconds(_ nanoseconds: UInt64) -> String {
    decimal(thousandths: Int(nanoseconds / 1_000))
  }

  static func table(_ latency: LatencyHistogram) -> String {
    let marks: [(String, UInt64)] =
      [("p50", 50.0), ("p90", 90), ("p99", 99), ("p99.9", 99.9)].map {
        ($0.0, latency.valueAtPercentile($0.1))
      } + [("max", latency.max)]
    return marks.map { "  \(padded($0.0, 8))\(padded(milliseconds($0.1), 12)) ms" }
      .joined(separator: "\n")
  }

  /// One bar for each step of the scale 1, 2, 5, 10 ... that holds anything; the longest is 40 wide.
  static func bars(_ latency: LatencyHistogram) -> String {
    if latency.totalCount == 0 { return "  nothing was measured" }
    var rows: [(limit: UInt64, count: UInt64)] = []
    var from: UInt64 = 0
    for limit in scale where from <= latency.max {
      rows.append((limit, latency.count(within: from...(limit - 1))))
      from = limit
    }
    let shown = rows.drop { $0.count == 0 }
    let most = shown.map(\.count).max() ?? 1
    return shown.map { row in
      let share = Int(row.count * 100_000 / latency.totalCount)
      let eighths = Int(row.count * 320 / most)
      return
        "  <\(padded(milliseconds(row.limit), 10)) ms \(padded(decimal(thousandths: share), 8))%"
        + "  \(bar(eighths: row.count > 0 ? max(eighths, 1) : 0))"
    }.joined(separator: "\n")
  }

  /// 1, 2 and 5 times every power of ten from 10 microseconds to 1,000 seconds, in nanoseconds.
  private static let scale: [UInt64] = (4...11).flatMap { power in
    let unit = (0..<power).reduce(UInt64(1)) { value, _ in value * 10 }
    return [unit, unit * 2, unit * 5]
  }

  private static func bar(eighths: Int) -> String {
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
