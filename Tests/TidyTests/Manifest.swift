// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What `Package.swift` says about one target: the names in its dependency list.
struct ManifestTarget: Equatable {
  var name: String
  var dependencies: Set<String>
}

/// Product constants of the manifest and the modules behind them.
private let products: [String: String] = [
  "argumentParser": "ArgumentParser", "logging": "Logging", "configuration": "Configuration",
  "histogram": "Histogram", "systemPackage": "SystemPackage",
]

/// The calls of `function` ("module", "program" or "tests") in the manifest. Reads the house's own
/// way of writing targets; it does not evaluate Swift.
func targets(_ function: String, in manifest: String) -> [ManifestTarget] {
  let text = blanked(manifest, keepsStrings: true)
  return text.components(separatedBy: "\(function)(").dropFirst().compactMap { call in
    var depth = 1
    let inside = call.prefix { character in
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      return depth > 0
    }
    let strings = inside.split(separator: "\"", omittingEmptySubsequences: false)
    guard strings.count > 2, inside.first(where: { !$0.isWhitespace }) == "\"" else { return nil }
    let quoted = stride(from: 1, to: strings.count, by: 2).map { String(strings[$0]) }
    let words = stride(from: 2, to: strings.count, by: 2).flatMap {
      strings[$0].split { !$0.isLetter }.map(String.init)
    }
    let unknown = words.filter { products[$0] == nil }
    return ManifestTarget(
      name: quoted[0],
      dependencies: Set(quoted.dropFirst() + words.compactMap { products[$0] } + unknown))
  }
}

/// Names of SwiftNIO packages and modules in a text that lists dependencies, one finding a line.
func nioMentions(in file: TextFile) -> [Finding] {
  let names = ["swift-nio", "NIOCore", "NIOPosix", "NIOHTTP", "async-http-client", "grpc-swift"]
  return file.lines.enumerated().compactMap { index, line in
    guard let name = names.first(where: { line.contains($0) }) else { return nil }
    return Finding(path: file.path, line: index + 1, problem: "brings in SwiftNIO: \(name)")
  }
}
