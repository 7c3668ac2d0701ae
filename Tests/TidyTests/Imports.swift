// SPDX-License-Identifier: Apache-2.0

/// What each module of `Sources` may import: the walls of the house. The left column grows downward,
/// from the language to the executables; a module imports only from above itself in this list.
///
/// `Package.swift` must agree. What is more here than there comes with the toolchain.
let importTable: [String: Set<String>] = [
  // language
  "InventoryModel": [],
  // logic
  "InventoryEngine": ["InventoryModel"],
  // formats
  "WireCodec": ["InventoryModel", "CChecksum"],
  "JournalFormat": ["InventoryModel", "WireCodec"],
  // cores
  "ServerCore": ["InventoryModel", "InventoryEngine", "WireCodec", "JournalFormat"],
  "ClientCore": ["InventoryModel", "WireCodec"],
  "HTTP2": ["CNghttp2"],
  // world
  "Workload": ["InventoryModel"],
  // door
  "SystemIO": ["CLinux", "Glibc", "Dispatch", "Synchronization"],
  // shell
  "Operations": ["HTTP2", "SystemIO", "ServerCore", "InventoryModel", "Logging"],
  "HoldfastServer": [
    "InventoryModel", "InventoryEngine", "WireCodec", "JournalFormat", "ServerCore", "SystemIO",
    "Operations", "Logging",
  ],
  "HoldfastClient": ["ClientCore", "InventoryModel", "WireCodec", "SystemIO", "Logging"],
  // executables
  "holdfast-server": [
    "HoldfastServer", "Operations", "ServerCore", "JournalFormat", "InventoryEngine",
    "InventoryModel", "SystemIO",
    "ArgumentParser", "Configuration", "SystemPackage", "Logging",
  ],
  "holdfast-load": [
    "HoldfastClient", "ClientCore", "InventoryModel", "WireCodec", "Workload", "SystemIO",
    "ArgumentParser", "Histogram", "Logging",
  ],
  "holdfast": [
    "HoldfastServer", "HoldfastClient", "InventoryModel", "InventoryEngine", "JournalFormat",
    "SystemIO", "WireCodec", "ArgumentParser", "Logging",
  ],
]

/// Modules that come with the toolchain or the system, and the one module that may open each.
/// Tests are free.
let doors: [String: String] = [
  "Glibc": "SystemIO", "Dispatch": "SystemIO", "Synchronization": "SystemIO",
  "CLinux": "SystemIO", "CNghttp2": "HTTP2", "CChecksum": "WireCodec",
]

/// C targets hold no Swift and no decisions: a module map, or functions that Swift cannot write.
let cTargets: Set<String> = ["CChecksum", "CLinux", "CNghttp2"]

/// Files of the shell that need Foundation, each with its reason.
let foundationAllowances: [String: String] = [:]

/// The modules a Swift file imports, with their lines.
func imports(of file: TextFile) -> [(line: Int, module: String)] {
  file.codeLines.enumerated().compactMap { index, line in
    var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })[...]
    while let word = words.first,
      word.hasPrefix("@") || accessLevels.contains(String(word))
    {
      words = words.dropFirst()
    }
    guard words.first == "import", let target = words.dropFirst().first else { return nil }
    let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let"]
    let path = kinds.contains(target) ? words.dropFirst(2).first ?? target : target
    return (index + 1, String(path.split(separator: ".").first ?? path))
  }
}

let accessLevels: Set<String> = [
  "public", "package", "internal", "private", "fileprivate", "open",
]

/// Imports in `file` that the table does not allow.
func forbiddenImports(in file: TextFile) -> [Finding] {
  guard let module = file.module, file.isSwift else { return [] }
  guard let allowed = importTable[module] else {
    return [Finding(path: file.path, line: 1, problem: "\(module) is not in the import table")]
  }
  return imports(of: file).compactMap { line, name in
    if allowed.contains(name) { return nil }
    if name.hasPrefix("Foundation"), foundationAllowances[file.path] != nil { return nil }
    return Finding(path: file.path, line: line, problem: "\(module) may not import \(name)")
  }
}

/// C headers of a library outside the shim that is its door.
func forbiddenHeaders(in file: TextFile) -> [Finding] {
  let homes = ["nghttp2/": "Sources/CNghttp2/", "openssl/": "Sources/COpenSSL/"]
  guard file.isC else { return [] }
  return file.lines.enumerated().flatMap { index, line in
    homes.compactMap { header, home in
      guard line.hasPrefix("#include"), line.contains(header), !file.path.hasPrefix(home) else {
        return nil
      }
      return Finding(
        path: file.path, line: index + 1, problem: "only \(home) may include \(header)")
    }
  }
}
