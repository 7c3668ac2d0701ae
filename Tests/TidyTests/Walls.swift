// SPDX-License-Identifier: Apache-2.0

/// The longest a file may be.
let sourceLinesMax = 300
let testLinesMax = 500
/// The longest a function may be, from its first line to its closing brace.
let functionLinesMax = 70

/// Tables of data may be longer than the wall; each with its reason.
let tableAllowances: [String: String] = [:]

/// A file longer than its wall.
func fileBeyondWall(_ file: TextFile) -> Finding? {
  let endings = [".swift", ".c", ".h", ".py", ".sh", ".lua"]
  guard endings.contains(where: file.path.hasSuffix), tableAllowances[file.path] == nil else {
    return nil
  }
  let wall = file.isInTests ? testLinesMax : sourceLinesMax
  guard file.lineCount > wall else { return nil }
  return Finding(
    path: file.path, line: wall + 1, problem: "\(file.lineCount) lines; the wall is \(wall)")
}

/// A declaration with a body: where it starts and ends, lines counted from 1.
struct BodyRange: Equatable {
  var first: Int
  var last: Int
  var lineCount: Int { last - first + 1 }
}

/// The functions, initialisers, subscripts and computed properties of a Swift file.
func bodies(of file: TextFile) -> [BodyRange] {
  let lines = file.codeLines.map { Array($0.utf8) }
  return lines.indices.compactMap { index in
    guard declaresBody(lines[index]) else { return nil }
    return bodyEnd(in: lines, from: index).map { BodyRange(first: index + 1, last: $0 + 1) }
  }
}

func functionsBeyondWall(in file: TextFile) -> [Finding] {
  guard file.isSwift else { return [] }
  return bodies(of: file).filter { $0.lineCount > functionLinesMax }.map { body in
    Finding(
      path: file.path, line: body.first,
      problem: "a function of \(body.lineCount) lines; the wall is \(functionLinesMax)")
  }
}

private let modifiers: Set<String> = accessLevels.union([
  "static", "class", "final", "override", "mutating", "nonmutating", "consuming", "borrowing",
  "convenience", "required", "nonisolated", "isolated", "prefix", "postfix", "infix", "lazy",
  "weak", "unowned", "unsafe", "safe", "dynamic", "optional", "distributed",
])

/// Whether a line starts a declaration that has a body of code, after attributes and modifiers.
private func declaresBody(_ line: [UInt8]) -> Bool {
  for word in String(decoding: line, as: UTF8.self).split(whereSeparator: { $0 == " " }) {
    if word.hasPrefix("@") || word.hasSuffix(")") && !word.hasPrefix("init") { continue }
    let name = word.prefix { $0.isLetter }
    if modifiers.contains(String(name)) { continue }
    if name == "var" { return !line.contains(UInt8(ascii: "=")) }
    return ["func", "init", "deinit", "subscript"].contains(name)
  }
  return false
}

/// The line of the brace that closes the body whose declaration starts at `start`; `nil` when there
/// is no body.
private func bodyEnd(in lines: [[UInt8]], from start: Int) -> Int? {
  var round = 0
  var curly = 0
  for index in start..<lines.count {
    if index > start, curly == 0, round == 0, beginsAnother(lines[index]) { return nil }
    for byte in lines[index] {
      switch byte {
      case UInt8(ascii: "("), UInt8(ascii: "["): round += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"): round -= 1
      case UInt8(ascii: "{") where round == 0 || curly > 0: curly += 1
      case UInt8(ascii: "}") where curly > 0:
        curly -= 1
        if curly == 0 { return index }
      case UInt8(ascii: "}") where round == 0: return nil
      default: break
      }
    }
    // A stored property or a requirement ends with its line.
    if index == start, curly == 0, round == 0, endsDeclaration(lines[index]) { return nil }
  }
  return nil
}

private func endsDeclaration(_ line: [UInt8]) -> Bool {
  let text = String(decoding: line, as: UTF8.self)
  return hasWord("var", in: text[...]) && !text.contains("{")
}

private func beginsAnother(_ line: [UInt8]) -> Bool {
  let words = String(decoding: line, as: UTF8.self).split(separator: " ")
  guard let first = words.first else { return false }
  let starts: Set<Substring> = ["var", "let", "case", "typealias", "associatedtype", "}", "func"]
  return starts.contains(first) || first.hasPrefix("@") || declaresBody(line)
}
