// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite struct ManifestTests {
  let manifest: TextFile

  init() throws { manifest = try #require(Tree.file("Package.swift")) }

  @Test func `the manifest and the import table agree`() {
    let declared = targets("module", in: manifest.text) + targets("program", in: manifest.text)
    #expect(Set(declared.map(\.name)) == Set(importTable.keys))
    let toolchain: Set<String> = ["Glibc", "Dispatch", "Synchronization"]
    for target in declared {
      #expect(
        target.dependencies == importTable[target.name]?.subtracting(toolchain), "\(target.name)")
    }
  }

  @Test func `the folders of Sources are the modules of the table`() {
    let folders = Set(Tree.files.compactMap(\.module))
    #expect(folders == Set(importTable.keys).union(cTargets))
  }

  @Test func `no test target depends on what it may not see`() {
    for target in targets("tests", in: manifest.text) {
      let known = Set(importTable.keys).union(importTable.values.joined())
      #expect(target.dependencies.isSubset(of: known), "\(target.name)")
    }
  }

  @Test func `every Swift target has the strict settings`() {
    let text = manifest.text
    for setting in [
      ".swiftLanguageMode(.v6)", ".treatAllWarnings(as: .error)", ".strictMemorySafety()",
      "\"ExistentialAny\"", "\"MemberImportVisibility\"", "\"InternalImportsByDefault\"",
    ] {
      #expect(text.contains(setting), "\(setting)")
    }
    // Targets are made by three functions, each of which passes the settings on.
    #expect(text.components(separatedBy: "swiftSettings: strict").count == 4)
    for maker in [".executableTarget(", ".testTarget("] {
      #expect(text.components(separatedBy: maker).count == 2, "\(maker)")
    }
  }

  @Test func `a target is read with all its dependencies`() {
    let planted = """
      module("A"),
      module("B", ["A", logging]),  // "C"
      program(
        "d",
        [
          "B", argumentParser, mystery,
        ]),
      """
    #expect(
      targets("module", in: planted) == [
        ManifestTarget(name: "A", dependencies: []),
        ManifestTarget(name: "B", dependencies: ["A", "Logging"]),
      ])
    #expect(
      targets("program", in: planted) == [
        ManifestTarget(name: "d", dependencies: ["B", "ArgumentParser", "mystery"])
      ])
  }
}

@Suite struct SwiftNIOTests {
  @Test func `neither the manifest nor what it resolves to names SwiftNIO`() throws {
    var files = [try #require(Tree.file("Package.swift"))]
    for path in ["Package.resolved", ".build/workspace-state.json"] where Tree.exists(path) {
      let text = try String(contentsOf: Tree.root.appending(path: path), encoding: .utf8)
      files.append(TextFile(path, text))
    }
    let findings = files.flatMap(nioMentions)
    #expect(findings.isEmpty, "\(listed(findings))")
  }

  @Test func `no checkout is SwiftNIO`() throws {
    let checkouts = Tree.root.appending(path: ".build/checkouts").path
    guard FileManager.default.fileExists(atPath: checkouts) else { return }
    for name in try FileManager.default.contentsOfDirectory(atPath: checkouts) {
      #expect(!name.contains("nio"), "\(name)")
    }
  }

  @Test func `no built program holds a SwiftNIO symbol`() throws {
    for build in [".build/debug", ".build/release"] {
      for program in ["holdfast", "holdfast-server", "holdfast-load"] {
        let path = "\(build)/\(program)"
        guard Tree.exists(path) else { continue }
        #expect(try !holdsSwiftNIO(path), "\(path)")
      }
    }
  }

  @Test func `a planted dependency is reported`() {
    let planted = TextFile(
      "Package.swift", "  .package(url: \"https://github.com/apple/swift-nio\", from: \"2.0.0\"),")
    #expect(nioMentions(in: planted).count == 1)
    let pins = TextFile("Package.resolved", "{\n  \"identity\" : \"swift-nio-http2\",\n}")
    #expect(nioMentions(in: pins).map(\.line) == [2])
  }

  @Test func `a planted symbol is reported`() throws {
    // This file's own text names the symbols.
    #expect(try holdsSwiftNIO("Tests/TidyTests/ManifestTests.swift"))
    #expect(try !holdsSwiftNIO("LICENSE"))
  }

  /// Whether mangled names of the modules (`7NIOCore`, `8NIOPosix`) are in the file.
  private func holdsSwiftNIO(_ path: String) throws -> Bool {
    try Tree.run("grep", ["-q", "-a", "-F", "-e", "7NIOCore", "-e", "8NIOPosix", path]).status == 0
  }
}
