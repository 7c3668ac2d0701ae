// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Something a check found: where, and what is wrong with it.
struct Finding: Sendable, Equatable, CustomStringConvertible {
  let path: String
  let line: Int
  let problem: String

  var description: String { "\(path):\(line): \(problem)" }
}

/// One text file of the tree, read once.
struct TextFile: Sendable {
  /// Relative to the top of the tree, with `/` between the parts.
  let path: String
  let text: String
  /// The text of a Swift file with comments and string literals blanked out; otherwise the text.
  /// Lines keep their numbers and columns.
  let code: String

  init(_ path: String, _ text: String) {
    self.path = path
    self.text = text
    code = path.hasSuffix(".swift") ? blanked(text) : text
  }

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  var codeLines: [Substring] { code.split(separator: "\n", omittingEmptySubsequences: false) }
  /// How many lines an editor shows.
  var lineCount: Int { lines.count - (text.hasSuffix("\n") ? 1 : 0) }

  var isSwift: Bool { path.hasSuffix(".swift") }
  var isC: Bool { path.hasSuffix(".c") || path.hasSuffix(".h") }
  var isMarkdown: Bool { path.hasSuffix(".md") }
  var isInSources: Bool { path.hasPrefix("Sources/") }
  var isInTests: Bool { path.hasPrefix("Tests/") }
  /// The module a file under `Sources` belongs to.
  var module: String? {
    let parts = path.split(separator: "/")
    return isInSources && parts.count > 2 ? String(parts[1]) : nil
  }
}

/// The files of the repository this test was built from.
enum Tree {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Paths of all files that are or could be committed, in order.
  static let paths: [String] = {
    let listing = try? output(
      of: "git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
    let listed = listing?.split(separator: "\0").map(String.init) ?? []
    return (listed.isEmpty ? walked() : listed).filter(exists).sorted()
  }()

  /// Every file that is valid UTF-8 without a NUL: the ones people read.
  static let files: [TextFile] = paths.compactMap { path in
    guard let bytes = try? Data(contentsOf: root.appending(path: path)),
      bytes.count < 4_000_000, !bytes.prefix(8_192).contains(0),
      let text = String(data: bytes, encoding: .utf8)
    else { return nil }
    return TextFile(path, text)
  }

  static let swift = files.filter(\.isSwift)

  static func file(_ path: String) -> TextFile? { files.first { $0.path == path } }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }

  /// For a copy of the tree that git does not know: everything but what builds leave behind.
  private static func walked() -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: root.path) else { return [] }
    var paths: [String] = []
    for case let path as String in walk {
      let name = path.split(separator: "/").last ?? ""
      if name == ".git" || name.hasPrefix(".build") || name == "__pycache__" {
        walk.skipDescendants()
      } else if walk.fileAttributes?[.type] as? FileAttributeType == .typeRegular {
        paths.append(path)
      }
    }
    return paths
  }

  /// Runs a program at the top of the tree.
  ///
  /// - Returns: what it printed on both streams, and its exit status.
  static func run(
    _ program: String, _ arguments: [String]
  ) throws -> (text: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    process.currentDirectoryURL = root
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (String(decoding: bytes, as: UTF8.self), process.terminationStatus)
  }

  private static func output(of program: String, _ arguments: [String]) throws -> String? {
    let (text, status) = try run(program, arguments)
    return status == 0 ? text : nil
  }
}

/// The findings as a list for a failure message.
func listed(_ findings: [Finding]) -> String {
  findings.map { "\n  \($0)" }.joined()
}
