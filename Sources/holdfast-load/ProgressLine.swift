// SPDX-License-Identifier: Apache-2.0

internal import SystemIO

/// One line on a terminal's standard error that is written over as the work goes on; nothing when
/// standard error is not a terminal.
struct ProgressLine: Sendable {
  private var width = 0
  private let isShown = Console.errorIsTerminal

  mutating func show(_ text: String) {
    if !isShown { return }
    let rest = String(repeating: " ", count: max(0, width - text.count))
    Console.error("\r\(text)\(rest)")
    width = text.count
  }

  /// Clears the line, for what comes after.
  mutating func clear() {
    if !isShown || width == 0 { return }
    Console.error("\r" + String(repeating: " ", count: width) + "\r")
    width = 0
  }
}
