// SPDX-License-Identifier: Apache-2.0

// What every file must have, and what documents may point to.

let licence = "SPDX-License-Identifier: Apache-2.0"

/// A source file or script that does not say its licence where it must: on its first line, or on the
/// second after a line that tools insist on (`#!`, the tools version of a manifest).
func missingLicence(in file: TextFile) -> Finding? {
  let first = file.lines.first ?? ""
  let isScript = first.hasPrefix("#!")
  let isCode = [".swift", ".c", ".h", ".py", ".sh", ".lua"].contains(where: file.path.hasSuffix)
  guard isCode || isScript else { return nil }
  let isManifest = first.hasPrefix("// swift-tools-version")
  let line = isScript || isManifest ? file.lines.dropFirst().first ?? "" : first
  if line.hasSuffix(licence) { return nil }
  return Finding(path: file.path, line: 1, problem: "the first line must be \(licence)")
}

/// What may stand at the top of the tree, besides files whose names start with a dot.
let topLevel: Set<String> = [
  "Package.swift", "Sources", "Tests", "Protocol", "Deploy", "README.md", "LICENSE",
]

func strangers(atTheTopOf paths: [String]) -> [String] {
  Set(paths.compactMap { $0.split(separator: "/").first.map(String.init) })
    .filter { !$0.hasPrefix(".") && !topLevel.contains($0) }.sorted()
}

/// Places on one machine that the tree must not know. Written in two parts, so that this file does
/// not hold them.
private let machinePlaces = ["work", "tmp", "root", "home", "opt", "Users"].map { "/" + $0 + "/" }

func machinePaths(in file: TextFile) -> [Finding] {
  guard machinePlaces.contains(where: file.text.contains) else { return [] }
  return file.lines.enumerated().flatMap { index, line in
    machinePlaces.filter { stands($0, aloneIn: line) }.map {
      Finding(path: file.path, line: index + 1, problem: "a path of one machine: \($0)")
    }
  }
}

/// Whether a path starts here, rather than continues: "a/b/" is not "/b/".
private func stands(_ place: String, aloneIn line: Substring) -> Bool {
  var rest = line
  while let range = rest.firstRange(of: place) {
    let before = range.lowerBound > line.startIndex ? line[..<range.lowerBound].utf8.last : nil
    let continues = before.map { isWordByte($0) || $0 == UInt8(ascii: ".") } ?? false
    if !continues { return true }
    rest = rest[range.upperBound...]
  }
  return false
}

/// Links of a Markdown file with their lines; those in code are left out.
func links(of file: TextFile) -> [(line: Int, target: String)] {
  var isFenced = false
  return file.lines.enumerated().flatMap { index, line -> [(Int, String)] in
    if line.drop(while: { $0 == " " }).hasPrefix("```") { isFenced.toggle() }
    if isFenced { return [] }
    // Every second piece between back-ticks is code.
    let prose = line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .map { $0.offset.isMultiple(of: 2) ? $0.element : "_" }.joined()
    return prose.split(separator: "](", omittingEmptySubsequences: false).dropFirst().map {
      (index + 1, String($0.prefix { $0 != ")" && $0 != " " }))
    }
  }
}

/// The anchors of a Markdown file, as the usual renderers make them from headings.
func anchors(of file: TextFile) -> Set<String> {
  Set(
    file.lines.filter { $0.hasPrefix("#") }.map { heading in
      heading.drop { $0 == "#" || $0 == " " }.lowercased()
        .map { $0 == " " ? "-" : $0 }.filter { $0.isLetter || $0.isNumber || "-_".contains($0) }
        .reduce(into: "") { $0.append($1) }
    })
}

/// Relative links that lead nowhere.
///
/// - Parameter find: the text of a file, an empty text for a folder, `nil` when there is neither.
func deadLinks(in file: TextFile, find: (String) -> TextFile?) -> [Finding] {
  guard file.isMarkdown else { return [] }
  let folder = file.path.split(separator: "/").dropLast().map(String.init)
  return links(of: file).compactMap { line, target in
    if target.contains("://") || target.hasPrefix("mailto:") { return nil }
    let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let isHere = parts[0].isEmpty
    let path = isHere ? file.path : resolved(String(parts[0]), from: folder)
    guard let found = isHere ? file : find(path) else {
      return Finding(path: file.path, line: line, problem: "a link to nothing: \(target)")
    }
    if parts.count > 1, found.isMarkdown, !anchors(of: found).contains(String(parts[1])) {
      return Finding(path: file.path, line: line, problem: "no such heading: \(target)")
    }
    return nil
  }
}

private func resolved(_ target: String, from folder: [String]) -> String {
  var parts = folder
  for part in target.split(separator: "/") {
    if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
  }
  return parts.joined(separator: "/")
}
