// SPDX-License-Identifier: Apache-2.0

/// Writes the Prometheus text format, version 0.0.4: one `# HELP` and `# TYPE` line per family, then
/// its samples. Names are given by the caller and follow the conventions: a unit in the name,
/// counters end in `_total`.
struct MetricsText {
  private(set) var text = ""

  /// A number that only grows.
  mutating func counter(_ name: String, _ help: String, _ value: UInt64) {
    begin(name, help, "counter")
    text += "\(name) \(value)\n"
  }

  /// A number of the moment.
  mutating func gauge(_ name: String, _ help: String, _ value: UInt64) {
    begin(name, help, "gauge")
    text += "\(name) \(value)\n"
  }

  /// A number that only grows, in seconds, from nanoseconds.
  mutating func counter(_ name: String, _ help: String, nanoseconds: UInt64) {
    begin(name, help, "counter")
    let fraction = String(1_000_000_000 + nanoseconds % 1_000_000_000).dropFirst()
    text += "\(name) \(nanoseconds / 1_000_000_000).\(fraction)\n"
  }

  /// Numbers that only grow, one for each value of a label. Values of labels are ours and need no
  /// escaping.
  mutating func counters(
    _ name: String, _ help: String, label: String, _ values: [(String, UInt64)]
  ) {
    begin(name, help, "counter")
    for (value, count) in values { text += "\(name){\(label)=\"\(value)\"} \(count)\n" }
  }

  private mutating func begin(_ name: String, _ help: String, _ type: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }
}
