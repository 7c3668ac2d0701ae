// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite struct WallTests {
  @Test func `no file is longer than its wall`() {
    let findings = Tree.files.compactMap(fileBeyondWall)
    #expect(findings.isEmpty, "\(listed(findings))")
  }

  @Test func `no function is longer than the wall`() {
    let findings = Tree.swift.flatMap(functionsBeyondWall)
    #expect(findings.isEmpty, "\(listed(findings))")
  }

  @Test func `an allowance names a file that exists and needs it`() {
    for (path, reason) in tableAllowances {
      #expect(!reason.isEmpty)
      #expect((Tree.file(path)?.lineCount ?? 0) > sourceLinesMax, "\(path)")
    }
  }

  @Test(arguments: [
    ("Sources/A/B.swift", 300, 0), ("Sources/A/B.swift", 301, 1), ("Sources/A/B.c", 301, 1),
    ("Tests/A/B.swift", 500, 0), ("Tests/A/B.swift", 501, 1), ("Protocol/x.lua", 301, 1),
    ("Protocol/README.md", 9_000, 0),
  ])
  func `a planted long file is reported`(path: String, lines: Int, count: Int) {
    let file = TextFile(path, String(repeating: "x\n", count: lines))
    #expect((fileBeyondWall(file) == nil ? 0 : 1) == count)
  }

  @Test(arguments: [
    "func f() {", "  package mutating func f(\n    a: Int = { 1 }()\n  ) throws(E) -> Int {",
    "public init?(_ x: Int) {", "  deinit {", "@inlinable static func < (a: A, b: A) -> Bool {",
    "package nonisolated(nonsending) func f() async {", "subscript(i: Int) -> Int {",
    "var name: String {", "  override open func f<T>() -> T where T: P\n  {",
  ])
  func `a planted long function is reported`(head: String) {
    for (inside, count) in [(functionLinesMax, 1), (5, 0)] {
      let body = String(repeating: "  if a { b() }\n", count: inside)
      let file = TextFile("Sources/A/B.swift", "struct A {\n\(head)\n\(body)}\nfunc g() {}\n}\n")
      let findings = functionsBeyondWall(in: file)
      #expect(findings.count == count)
      if count == 1 { #expect(findings.first?.line == 2) }
    }
  }

  @Test func `bodies are found where they are and nowhere else`() {
    let file = TextFile(
      "Sources/A/B.swift",
      """
      protocol P {
        var a: Int { get }
        func f(x: Int) -> Int
        init()
      }
      struct S {
        var b: Int
        let c = S.init(1)
        func g() {
          self.init()
          let text = "}"
        }
      }
      """)
    #expect(bodies(of: file) == [BodyRange(first: 2, last: 2), BodyRange(first: 9, last: 12)])
  }
}
