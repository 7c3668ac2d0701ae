// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite struct DocumentTests {
  @Test func `the tree was found and read`() {
    for path in ["README.md", "Package.swift", "Tests/TidyTests/Tree.swift"] {
      #expect(Tree.file(path) != nil, "\(path)")
    }
    #expect(Tree.swift.count > 100)
  }

  @Test func `every source file and script names its licence first`() {
    let findings = Tree.files.compactMap(missingLicence)
    #expect(findings.isEmpty, "\(listed(findings))")
  }

  @Test func `the top of the tree holds what was agreed and no more`() {
    #expect(strangers(atTheTopOf: Tree.paths) == [])
    for name in topLevel { #expect(Tree.exists(name), "\(name)") }
  }

  @Test func `the tree knows no path of the machine it was written on`() {
    let findings = Tree.files.flatMap(machinePaths)
    #expect(findings.isEmpty, "\(listed(findings))")
  }

  @Test func `every relative link leads somewhere`() {
    let findings = Tree.files.flatMap { file in
      deadLinks(in: file) { Tree.file($0) ?? (Tree.exists($0) ? TextFile($0, "") : nil) }
    }
    #expect(findings.isEmpty, "\(listed(findings))")
  }

  @Test(arguments: [
    ("Sources/A/B.swift", "import C\n", 1),
    ("Sources/A/B.swift", "\n// SPDX-License-Identifier: Apache-2.0\n", 1),
    ("Sources/A/B.swift", "// SPDX-License-Identifier: Apache-2.0\n", 0),
    ("Sources/A/B.c", "// SPDX-License-Identifier: MIT\n", 1),
    ("Deploy/x", "#!/usr/bin/env bash\nset -e\n", 1),
    ("Deploy/x", "#!/usr/bin/env bash\n# SPDX-License-Identifier: Apache-2.0\n", 0),
    ("Protocol/x.lua", "local a = 1\n", 1),
    ("Package.swift", "// swift-tools-version: 6.2\n", 1),
    ("README.md", "# A\n", 0),
  ])
  func `a planted file without a licence is reported`(path: String, text: String, count: Int) {
    #expect((missingLicence(in: TextFile(path, text)) == nil ? 0 : 1) == count)
  }

  @Test func `a planted stranger at the top is reported`() {
    let paths = ["README.md", "docs/a.md", "Sources/A/B.swift", ".ci/run", "Makefile"]
    #expect(strangers(atTheTopOf: paths) == ["Makefile", "docs"])
  }

  @Test func `a planted machine path is reported`() {
    for place in ["home", "tmp", "root"] {
      let planted = TextFile("Deploy/x", "a\ncd \"/" + place + "/me\"\n")
      #expect(machinePaths(in: planted).map(\.line) == [2], "\(place)")
    }
    let clean = TextFile("Deploy/x", "see docs/" + "home/x, ../" + "tmp/y and /var/lib/holdfast\n")
    #expect(machinePaths(in: clean).isEmpty)
  }

  @Test(arguments: [
    ("see [a](b.md)", 1), ("see [a](../LICENSE)", 0), ("see [a](#here)", 1),
    ("see [a](#top-it-is)", 0),
    ("[a](../LICENSE) and [b](nowhere/)", 1), ("`[a](b.md)`", 0), ("```\n[a](b.md)\n```", 0),
    ("[a](https://example.org/b.md)", 0), ("[a](README.md#top-it-is)", 0), ("[a](README.md#no)", 1),
  ])
  func `a planted dead link is reported`(text: String, count: Int) {
    let file = TextFile("Docs/README.md", "# Top, it is!\n\n\(text)\n")
    let findings = deadLinks(in: file) { path in
      switch path {
      case "LICENSE": TextFile(path, "")
      case file.path: file
      default: nil
      }
    }
    #expect(findings.count == count)
  }
}

@Suite struct FormatTests {
  @Test func `the formatter has nothing to say`() throws {
    let (text, status) = try lint(["Sources", "Tests", "Package.swift"])
    #expect(status == 0, "\(text)")
  }

  @Test func `the formatter speaks up about a planted file`() throws {

    let planted = "let  a = [1,2]\n"
    let path = FormatTests.scratch()
    try planted.write(to: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: path) }
    #expect(try lint([path.path]).status != 0)
  }

  private func lint(_ paths: [String]) throws -> (text: String, status: Int32) {
    try Tree.run(
      "swift",
      [
        "format", "lint", "--strict", "--parallel", "--recursive", "--configuration",
        ".swift-format",
      ]
        + paths)
  }

  private static func scratch() -> URL {
    FileManager.default.temporaryDirectory.appending(path: "tidy-\(UUID().uuidString).swift")
  }
}
