// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// Every Swift target is built with the same strictness; see Sources/README.md, "House rules".
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A module of the house. The dependency lists below are the whole import table; Tests/TidyTests holds it.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let configuration: Target.Dependency = .product(
  name: "Configuration", package: "swift-configuration")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let histogram: Target.Dependency = .product(name: "Histogram", package: "hdrhistogram-swift")

let package = Package(
  name: "holdfast",
  products: [
    .library(name: "HoldfastClient", targets: ["HoldfastClient", "InventoryModel"]),
    .executable(name: "holdfast-server", targets: ["holdfast-server"]),
    .executable(name: "holdfast-load", targets: ["holdfast-load"]),
    .executable(name: "holdfast", targets: ["holdfast"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
    // swift-configuration names files by its FilePath.
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
  ],
  targets: [
    // language
    module("InventoryModel"),
    // logic
    module("InventoryEngine", ["InventoryModel"]),
    // formats
    .target(name: "CChecksum"),
    module("WireCodec", ["InventoryModel", "CChecksum"]),
    module("JournalFormat", ["InventoryModel", "WireCodec"]),
    // cores
    module("ServerCore", ["InventoryModel", "InventoryEngine", "WireCodec", "JournalFormat"]),
    module("ClientCore", ["InventoryModel", "WireCodec"]),
    .systemLibrary(
      name: "CNghttp2", pkgConfig: "libnghttp2", providers: [.apt(["libnghttp2-dev"])]),
    module("HTTP2", ["CNghttp2"]),
    // world
    module("Workload", ["InventoryModel"]),
    // door
    .target(name: "CLinux"),
    module("SystemIO", ["CLinux"]),
    // shell
    module("Operations", ["HTTP2", "SystemIO", "ServerCore", "InventoryModel", logging]),
    module(
      "HoldfastServer",
      [
        "InventoryModel", "InventoryEngine", "WireCodec", "JournalFormat", "ServerCore", "SystemIO",
        "Operations", logging,
      ]),
    module(
      "HoldfastClient", ["ClientCore", "InventoryModel", "WireCodec", "SystemIO", logging]),
    // executables
    program(
      "holdfast-server",
      [
        "HoldfastServer", "Operations", "ServerCore", "JournalFormat", "InventoryEngine",
        "InventoryModel", "SystemIO",
        argumentParser, configuration, systemPackage, logging,
      ]),
    program(
      "holdfast-load",
      [
        "HoldfastClient", "ClientCore", "InventoryModel", "WireCodec", "Workload", "SystemIO",
        argumentParser, histogram, logging,
      ]),
    program(
      "holdfast",
      [
        "HoldfastServer", "HoldfastClient", "InventoryModel", "InventoryEngine", "JournalFormat",
        "SystemIO", "WireCodec", argumentParser, logging,
      ]),
    // tests
    tests("InventoryModelTests", ["InventoryModel"]),
    tests("InventoryEngineTests", ["InventoryEngine", "InventoryModel"]),
    tests("WireCodecTests", ["WireCodec", "InventoryModel"]),
    tests("JournalFormatTests", ["JournalFormat", "WireCodec", "InventoryModel"]),
    tests("SystemIOTests", ["SystemIO"]),
    tests("HTTP2Tests", ["HTTP2"]),
    tests("ServerCoreTests", ["ServerCore", "WireCodec", "JournalFormat", "InventoryModel"]),
    tests("ClientCoreTests", ["ClientCore", "WireCodec", "InventoryModel"]),
    tests("WorkloadTests", ["Workload", "InventoryModel"]),
    tests(
      "IntegrationTests",
      [
        "HoldfastServer", "HoldfastClient", "SystemIO", "InventoryModel", "WireCodec",
        "JournalFormat", "ServerCore", logging,
      ]),
    tests(
      "holdfastTests",
      [
        "holdfast", "HoldfastClient", "InventoryModel", "InventoryEngine", "JournalFormat",
        "WireCodec", argumentParser,
      ]),
    tests("TidyTests", []),
  ]
)
