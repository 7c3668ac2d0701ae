// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite struct ImportTests {
  @Test func `every module imports only what the table allows`() {
    let findings = Tree.swift.flatMap(forbiddenImports)
    #expect(findings.isEmpty, "\(listed(findings))")
  }

  @Test func `system libraries are included by their shims alone`() {
    let findings = Tree.files.flatMap(forbiddenHeaders)
    #expect(findings.isEmpty, "\(listed(findings))")
  }

  @Test func `each door is opened by one module`() {
    for (name, home) in doors {
      let users = importTable.filter { $0.value.contains(name) }.map(\.key)
      #expect(users == [home], "\(name)")
    }
  }

  @Test func `the table points in one direction`() {
    // Kahn's algorithm: take away what imports nothing that is left, until nothing is left.
    var left = importTable.mapValues { $0.filter { importTable[$0] != nil } }
    while let free = left.keys.sorted().first(where: { left[$0]?.isEmpty == true }) {
      left[free] = nil
      for name in left.keys { left[name]?.remove(free) }
    }
    #expect(left.isEmpty, "a cycle runs through \(left.keys.sorted())")
  }

  @Test func `a Foundation allowance names a shell file that exists`() {
    let shell: Set<String> = [
      "Operations", "HoldfastServer", "HoldfastClient", "holdfast-server", "holdfast-load",
      "holdfast",
    ]
    for (path, reason) in foundationAllowances {
      #expect(Tree.file(path)?.module.map(shell.contains) == true, "\(path)")
      #expect(!reason.isEmpty)
    }
  }

  @Test(arguments: [
    ("InventoryEngine", "internal import Foundation", "may not import Foundation"),
    ("InventoryEngine", "internal import WireCodec", "may not import WireCodec"),
    ("ServerCore", "package import Dispatch", "may not import Dispatch"),
    ("HoldfastServer", "@preconcurrency import Glibc", "may not import Glibc"),
    ("ClientCore", "import struct HTTP2.Session", "may not import HTTP2"),
    ("HoldfastClient", "import NIOCore", "may not import NIOCore"),
    ("Operations", "#if canImport(Glibc)\n  private import Glibc\n#endif", "may not import Glibc"),
    ("Attic", "", "not in the import table"),
  ])
  func `a planted import is reported`(module: String, text: String, problem: String) {
    let findings = forbiddenImports(in: TextFile("Sources/\(module)/Planted.swift", text))
    #expect(findings.count == 1)
    #expect(findings.first?.problem.contains(problem) == true)
  }

  @Test func `an allowed import and one in a comment or string are not reported`() {
    let clean = "internal import InventoryModel\n// import Foundation\nlet a = \"import Glibc\"\n"
    #expect(forbiddenImports(in: TextFile("Sources/InventoryEngine/Clean.swift", clean)).isEmpty)
  }

  @Test func `a planted header is reported`() {
    let planted = TextFile("Sources/CLinux/include/CLinux.h", "#include <nghttp2/nghttp2.h>\n")
    #expect(forbiddenHeaders(in: planted).count == 1)
    let atHome = TextFile("Sources/CNghttp2/shim.h", "#include <nghttp2/nghttp2.h>\n")
    #expect(forbiddenHeaders(in: atHome).isEmpty)
  }
}
