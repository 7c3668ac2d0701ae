// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A word that Swift code of the tree does without, and why.
struct BannedWord: Sendable {
  let word: String
  let reason: String
  /// The files and folders where the word is at home.
  var homes: [String] = []
  /// Modules in which the word is banned; `nil` is everywhere, tests included.
  var modules: Set<String>?
}

/// Modules that must give the same result on every machine and in every replay.
private let deterministic: Set<String> = [
  "InventoryModel", "InventoryEngine", "WireCodec", "JournalFormat",
]

/// Modules that know no clock and no chance.
private let pure = deterministic.union(["ServerCore", "ClientCore", "HTTP2", "Workload"])

let bannedWords: [BannedWord] = [
  BannedWord(word: "@unchecked Sendable", reason: "silence instead of proof"),
  BannedWord(word: "nonisolated(unsafe)", reason: "silence instead of proof"),
  BannedWord(word: "try!", reason: "a crash without a sentence"),
  BannedWord(word: "as!", reason: "a crash without a sentence"),
  BannedWord(
    word: "fatalError(", reason: "use invariant, which names the promise",
    // The doors may not import InventoryModel; they say their sentence themselves.
    homes: ["Sources/InventoryModel/Invariant.swift", "Sources/SystemIO/", "Sources/HTTP2/"]),
  BannedWord(word: "Task {", reason: "a task has an owner who waits; use a group or a lane"),
  BannedWord(word: "Task(", reason: "a task has an owner who waits; use a group or a lane"),
  BannedWord(word: "Task.detached", reason: "a task has an owner who waits"),
  BannedWord(word: "Mutex<", reason: "false reports under the thread sanitizer; use a lane"),
  BannedWord(word: "Mutex(", reason: "false reports under the thread sanitizer; use a lane"),
  BannedWord(word: ".barrier", reason: "false reports under the thread sanitizer; use a lane"),
  BannedWord(word: ".hashValue", reason: "differs in each process", modules: pure),
  BannedWord(word: "Double", reason: "no floating point near state", modules: deterministic),
  BannedWord(word: "Float", reason: "no floating point near state", modules: deterministic),
  BannedWord(word: "ContinuousClock", reason: "time is handed in", modules: pure),
  BannedWord(word: "SuspendingClock", reason: "time is handed in", modules: pure),
  BannedWord(word: "Task.sleep", reason: "time is handed in", modules: pure),
  BannedWord(
    word: "SystemRandomNumberGenerator", reason: "chance is handed in",
    homes: ["Sources/InventoryModel/CommandID.swift"], modules: pure),
  BannedWord(word: ".random(in:", reason: "chance is handed in", modules: pure),
  BannedWord(word: ".shuffled()", reason: "chance is handed in", modules: pure),
  BannedWord(word: ".randomElement()", reason: "chance is handed in", modules: pure),
]

/// A banned word in one file, allowed because of the proof that stands there: the comment on the
/// word's line or right above it says "proof:".
struct WordAllowance: Sendable {
  let word: String
  let path: String
}

/// As short as it can be.
let wordAllowances = [
  WordAllowance(word: "@unchecked Sendable", path: "Sources/SystemIO/AlignedBuffer.swift"),
  WordAllowance(word: "Task {", path: "Tests/IntegrationTests/RunningServer.swift"),
]

/// Whether the comment on line `index`, or the block of comments right above it, gives a proof.
private func isProven(_ index: Int, _ file: TextFile) -> Bool {
  let (lines, code) = (file.lines, file.codeLines)
  var line = index
  while lines[line].range(of: "proof:", options: .caseInsensitive) == nil {
    line -= 1
    let isComment = line >= 0 && code[line].allSatisfy(\.isWhitespace) && !lines[line].isEmpty
    if !isComment { return false }
  }
  return true
}

func bannedWords(
  in file: TextFile, allowances: [WordAllowance] = wordAllowances
) -> [Finding] {
  guard file.isSwift else { return [] }
  let rules = bannedWords.filter { rule in
    !rule.homes.contains(where: file.path.hasPrefix) && file.code.contains(rule.word)
      && (rule.modules == nil || file.module.map { rule.modules?.contains($0) == true } == true)
  }
  if rules.isEmpty { return [] }
  return file.codeLines.enumerated().flatMap { index, line in
    rules.compactMap { rule in
      guard hasWord(rule.word, in: line) else { return nil }
      let isAllowed = allowances.contains { $0.word == rule.word && $0.path == file.path }
      if isAllowed, isProven(index, file) { return nil }
      return Finding(path: file.path, line: index + 1, problem: "\(rule.word): \(rule.reason)")
    }
  }
}

/// Marks of unfinished work, and a flag that takes checks away: nowhere in the tree, comments
/// included; a document may say that the flag is banned. In two parts, so that this file is clean.
let bannedMarks = ["TO" + "DO", "FIX" + "ME", "-O" + "unchecked"]

func bannedMarks(in file: TextFile) -> [Finding] {
  guard file.path != "LICENSE", bannedMarks.contains(where: file.text.contains) else { return [] }
  return file.lines.enumerated().flatMap { index, line in
    bannedMarks.filter { hasWord($0, in: line) && !(file.isMarkdown && $0.hasPrefix("-")) }.map {
      Finding(path: file.path, line: index + 1, problem: "\($0) does not belong in the tree")
    }
  }
}

/// Endings that name nothing and attract everything.
let bannedSuffixes = [
  "Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Service", "Data",
  "Info", "Impl", "Base", "Common", "Misc",
]

/// Types and files whose names end in a word that names nothing.
func bannedSuffixes(in file: TextFile) -> [Finding] {
  guard file.isSwift else { return [] }
  var findings: [Finding] = []
  func check(_ name: String, _ line: Int) {
    guard let suffix = bannedSuffixes.first(where: name.hasSuffix) else { return }
    findings.append(
      Finding(path: file.path, line: line, problem: "\(name): the ending \(suffix) names nothing"))
  }
  check(String(file.name.dropLast(".swift".count)), 1)
  let kinds: Set<String> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
  for (index, line) in file.codeLines.enumerated() {
    let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
    for (kind, name) in zip(words, words.dropFirst()) where kinds.contains(kind) {
      check(name, index + 1)
    }
  }
  return findings
}
