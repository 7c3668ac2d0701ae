// SPDX-License-Identifier: Apache-2.0

import Testing

/// The other checks trust `blanked`; these hold it.
@Suite struct SwiftTextTests {
  @Test(arguments: [
    ("a // b\nc", "a     \nc"),
    ("a /* b /* c */ d */ e", "a                     e"),
    (#"f("x") g"#, "f(   ) g"),
    (#"f("x\"y") g"#, "f(      ) g"),
    ("f(#\"x\"y\"#) g", "f(       ) g"),
    (#"f("x\(g("y"))z") h"#, "f(               ) h"),
    ("f(\"\"\"\n  x \"y\"\n  \"\"\") h", "f(   \n       \n     ) h"),
    ("#expect(a) // \"\nb", "#expect(a)     \nb"),
    (#""//" a"#, "     a"),
  ])
  func `comments and strings become spaces`(text: String, expected: String) {
    let result = blanked(text)
    #expect(result.utf8.count == text.utf8.count)
    #expect(result.filter { $0 != " " } == expected.filter { $0 != " " })
  }

  @Test func `strings are kept when asked for`() {
    #expect(blanked(#"f("x") // y"#, keepsStrings: true) == #"f("x")     "#)
  }

  @Test func `a word ends where its letters end`() {
    #expect(hasWord("Task {", in: "let t = Task { work() }"))
    #expect(!hasWord("Task {", in: "group.addTask { work() }"))
    #expect(hasWord("try!", in: "x = try! f()"))
    #expect(!hasWord("as!", in: "has! x"))
  }
}
