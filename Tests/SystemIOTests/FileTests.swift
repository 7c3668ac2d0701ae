// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SystemIO

@Suite struct FileTests {
  /// A directory of its own, removed at the end.
  final class Scratch {
    let path = NSTemporaryDirectory() + "holdfast-files-" + UUID().uuidString
    init() throws { try Directory.create(path) }
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  func page(_ value: UInt8) -> AlignedBuffer {
    let buffer = AlignedBuffer(capacity: 4_096)
    unsafe buffer.mutableBytes.initializeMemory(as: UInt8.self, repeating: value)
    return buffer
  }

  func read(_ file: borrowing AppendFile, at offset: Int) throws -> UInt8 {
    let buffer = page(0xEE)
    try unsafe file.read(at: offset, into: buffer.mutableBytes)
    return unsafe buffer.mutableBytes[4_095]
  }

  @Test func `what was written at a place is read there`() throws {
    let scratch = try Scratch()
    var file = try AppendFile(path: scratch.path + "/f", isNew: true)
    try file.zeroFill(to: 16_384)
    #expect(try file.byteCount() == 16_384)
    let written = page(7)
    try file.write(written.lend(4_096), at: 8_192)
    #expect(try read(file, at: 8_192) == 7)
    #expect(try read(file, at: 4_096) == 0)
    #expect(try read(file, at: 12_288) == 0)
    try file.zero(from: 8_192, to: 16_384)
    #expect(try read(file, at: 8_192) == 0)
  }

  @Test func `a file that is there is not made again`() throws {
    let scratch = try Scratch()
    _ = try AppendFile(path: scratch.path + "/f", isNew: true)
    #expect {
      _ = try AppendFile(path: scratch.path + "/f", isNew: true)
    } throws: { "\($0)".contains("EEXIST") && "\($0)".contains("/f") }
    #expect(throws: SystemError.self) {
      _ = try AppendFile(path: scratch.path + "/none", isNew: false)
    }
  }

  @Test func `a failed write is final`() throws {
    var full = try AppendFile(path: "/dev/full", isNew: false)
    let bytes = page(1)
    #expect(throws: SystemError.self) { try full.write(bytes.lend(4_096), at: 0) }
    #expect { try full.write(bytes.lend(4_096), at: 0) } throws: {
      ($0 as? SystemError)?.isNoSpace == true
    }
  }

  @Test func `names are sorted bytewise and small files are written whole`() throws {
    let scratch = try Scratch()
    for name in ["b", "a", "B"] {
      try Directory.writeFileDurably(scratch.path + "/" + name, Array(name.utf8))
    }
    #expect(try Directory.names(scratch.path) == ["B", "a", "b"])
    try Directory.writeFileDurably(scratch.path + "/a", [1, 2, 3])
    #expect(FileManager.default.contents(atPath: scratch.path + "/a") == Data([1, 2, 3]))
    try Directory.remove(scratch.path + "/a")
    try Directory.remove(scratch.path + "/a")
    #expect(!Directory.exists(scratch.path + "/a"))
    #expect(throws: SystemError.self) { try Directory.names(scratch.path + "/none") }
  }

  @Test func `the parent of a path is the directory that holds its name`() {
    #expect(Directory.parent(of: "a") == ".")
    #expect(Directory.parent(of: "a/b") == "a")
    #expect(Directory.parent(of: "a/b/") == "a")
    #expect(Directory.parent(of: "/a") == "/")
  }

  @Test func `a second holder of a directory is refused by name`() throws {
    let scratch = try Scratch()
    let lock = try DirectoryLock(directory: scratch.path)
    #expect(throws: LockFailure.held(by: "\(Process.id)")) {
      _ = try DirectoryLock(directory: scratch.path)
    }
    lock.release()
    _ = try DirectoryLock(directory: scratch.path)
  }
}

/// Counts the firings of its timer.
private actor Ticks {
  nonisolated let lane = LaneQueue(label: "test.timer")
  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe lane.asUnownedSerialExecutor()
  }
  private var timer: LaneTimer?
  private var count = 0
  private let wanted: Int
  private let then: @Sendable () -> Void

  init(wanted: Int, then: @escaping @Sendable () -> Void) {
    self.wanted = wanted
    self.then = then
  }

  func start() {
    let timer = LaneTimer(lane: lane) { self.assumeIsolated { $0.tick() } }
    if wanted == 1 {
      timer.fireOnce(afterNanoseconds: 1_000_000)
    } else {
      timer.repeatEvery(nanoseconds: 1_000_000)
    }
    self.timer = timer
  }

  private func tick() {
    count += 1
    guard count == wanted else { return }
    timer?.cancel()
    timer = nil
    then()
  }
}

@Suite struct LaneTests {
  @Test(arguments: [1, 3]) func `a timer fires on its lane, once or again and again`(
    _ wanted: Int
  ) async {
    await withCheckedContinuation { continuation in
      let ticks = Ticks(wanted: wanted) { continuation.resume() }
      ticks.lane.async { ticks.assumeIsolated { $0.start() } }
    }
  }

  @Test func `work on a lane runs in order`() {
    let lane = LaneQueue(label: "test.order")
    var log: [Int] = []
    for number in 0..<100 { lane.sync { log.append(number) } }
    #expect(log == Array(0..<100))
  }
}
