// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import SystemIO

/// What a subcommand has to say, for people and for programs.
struct Report: Equatable, Sendable {
  /// Lines for a terminal.
  var lines: [String]
  /// The same for `--json`: each value is printed on a line of its own.
  var values: [JSON]
  /// The status the process ends with.
  var status = ExitStatus.done

  init(lines: [String], values: [JSON], status: ExitStatus = .done) {
    self.lines = lines
    self.values = values
    self.status = status
  }

  init(_ line: String, _ value: JSON, status: ExitStatus = .done) {
    self.init(lines: [line], values: [value], status: status)
  }

  /// Prints the report and ends the process with its status, unless that is 0. Answers, refusals too,
  /// go to standard output; that there is none goes to standard error, except as JSON.
  func end(asJSON: Bool) throws {
    let printed = (asJSON ? values.map(\.description) : lines).map { $0 + "\n" }.joined()
    if asJSON || status.isAnswer { Console.out(printed) } else { Console.error(printed) }
    if status != .done { throw ExitCode(status.rawValue) }
  }
}

/// How the process ends. Scripts rely on these numbers; see `holdfast --help`.
enum ExitStatus: Int32, Sendable {
  /// The command was done, the question answered.
  case done = 0
  /// `journal verify`: the journal ends in a torn batch that was never acknowledged. `scenario`:
  /// something failed.
  case torn = 1
  /// `journal verify` and `dump`: the journal is damaged, or cannot be read.
  case damaged = 2
  /// The server said no.
  case refused = 3
  /// Nobody knows whether the command was done; `lookup` or a repetition with `--id` tells.
  case outcomeUnknown = 4
  /// The server could not be reached, or nothing reached it.
  case notSent = 5
  /// The command line could not be understood.
  case usage = 64
  /// A file cannot be read as what it should be.
  case unreadable = 65

  /// Whether the report says what was asked for.
  var isAnswer: Bool {
    switch self {
    case .done, .torn, .damaged, .refused: true
    case .outcomeUnknown, .notSent, .usage, .unreadable: false
    }
  }
}

/// Rows with their columns padded to one width; the first row is the heading.
func table(_ rows: [[String]]) -> [String] {
  let columns = rows.map(\.count).max() ?? 0
  let widths = (0..<columns).map { column in
    rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
  }
  return rows.map { row in
    let cells = row.enumerated().map { column, cell in
      column == row.count - 1
        ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
    }
    return cells.joined(separator: "  ")
  }
}

/// "1 line", "2 lines"; "2 batches" with a plural of its own.
func numbered(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(plural ?? noun + "s")"
}
