// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite struct WordTests {
  @Test func `no banned word is in the code`() {
    let findings = Tree.swift.flatMap { bannedWords(in: $0) }
    #expect(findings.isEmpty, "\(listed(findings))")
  }

  @Test func `no mark of unfinished work is in the tree`() {
    let findings = Tree.files.flatMap(bannedMarks)
    #expect(findings.isEmpty, "\(listed(findings))")
  }

  @Test func `no name ends in a word that names nothing`() {
    let findings = Tree.swift.flatMap(bannedSuffixes)
    #expect(findings.isEmpty, "\(listed(findings))")
  }

  @Test(arguments: [
    "final class A: @unchecked Sendable {}", "nonisolated(unsafe) var a = 1", "try! f()",
    "a as! B", "fatalError(\"no\")", "Task { await f() }", "Task(priority: .low) { f() }",
    "_ = Task.detached { f() }", "let a: Mutex<Int>", "let a = Mutex(1)",
    "queue.async(flags: .barrier) {}",
  ])
  func `a planted word is reported in Sources and Tests`(line: String) {
    for path in ["Sources/ServerCore/Planted.swift", "Tests/SystemIOTests/Planted.swift"] {
      let findings = bannedWords(in: TextFile(path, "// fine\n\(line)\n"))
      #expect(findings.map(\.line) == [2], "\(path)")
    }
  }

  @Test(arguments: [
    "let a: Double = 1", "var hash = key.hashValue", "let now = ContinuousClock().now",
    "Int.random(in: 0..<9)", "var g = SystemRandomNumberGenerator()",
  ])
  func `a planted source of chance is reported in a pure module alone`(line: String) {
    #expect(bannedWords(in: TextFile("Sources/InventoryEngine/Planted.swift", line)).count == 1)
    #expect(bannedWords(in: TextFile("Sources/HoldfastServer/Clean.swift", line)).isEmpty)
  }

  @Test func `words in comments and strings and parts of words are not reported`() {
    let text = """
      // Task { is banned, and so is try!
      let text = "fatalError( as! Mutex<"
      group.addTask { work() }
      """
    #expect(bannedWords(in: TextFile("Sources/SystemIO/Clean.swift", text)).isEmpty)
  }

  @Test func `an allowance needs its proof`() {
    let path = "Sources/SystemIO/Door.swift"
    let allowances = [WordAllowance(word: "Task {", path: path)]
    let bare = TextFile(path, "Task { f() }")
    #expect(bannedWords(in: bare, allowances: allowances).count == 1)
    let proven = TextFile(path, "// Proof: the owner waits in close().\nTask { f() }")
    #expect(bannedWords(in: proven, allowances: allowances).isEmpty)
    #expect(bannedWords(in: proven, allowances: []).count == 1)
    let elsewhere = TextFile(path, "// Proof: of something else.\nlet a = 1\nTask { f() }")
    #expect(bannedWords(in: elsewhere, allowances: allowances).count == 1)
  }

  @Test func `a home is a home for its own word only`() {
    let home = "Sources/InventoryModel/Invariant.swift"
    #expect(bannedWords(in: TextFile(home, "fatalError(\"a\")")).isEmpty)
    #expect(bannedWords(in: TextFile(home, "try! f()")).count == 1)
    #expect(bannedWords(in: TextFile("Sources/HTTP2/A.swift", "fatalError(\"a\")")).isEmpty)
  }

  @Test func `every allowance is needed`() {
    for allowance in wordAllowances {
      let isUsed = Tree.file(allowance.path)?.codeLines.contains {
        hasWord(allowance.word, in: $0)
      }
      #expect(isUsed == true, "\(allowance.path): \(allowance.word)")
    }
  }

  @Test func `a planted mark is reported, in a comment too`() {
    for mark in bannedMarks {
      #expect(bannedMarks(in: TextFile("Deploy/test", "a\n# \(mark) b\n")).map(\.line) == [2])
    }
    #expect(bannedMarks(in: TextFile("Deploy/test", "\(bannedMarks[0])S")).isEmpty)
  }

  @Test(arguments: [
    "struct LaneManager {}", "package final class WireHelper {}", "enum CodecUtils {}",
    "public typealias RowInfo = Row", "actor StockService {}", "protocol StoreImpl {}",
  ])
  func `a planted name is reported`(line: String) {
    #expect(bannedSuffixes(in: TextFile("Sources/A/B.swift", line)).count == 1)
  }

  @Test func `a planted file name is reported and a whole word is not`() {
    #expect(bannedSuffixes(in: TextFile("Sources/A/WireCommon.swift", "")).count == 1)
    #expect(bannedSuffixes(in: TextFile("Sources/A/B.swift", "struct Metadata {}")).isEmpty)
  }
}
