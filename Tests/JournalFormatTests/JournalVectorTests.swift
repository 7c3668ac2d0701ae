// SPDX-License-Identifier: Apache-2.0

import Foundation
import InventoryModel
import Testing

@testable import JournalFormat

/// The golden files of Protocol/Vectors, which a second implementation reads too.
@Suite(.serialized) struct JournalVectorTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Protocol/Vectors")

  /// The writer of today makes the bytes of the vectors. When the format changes on purpose,
  /// HOLDFAST_WRITE_VECTORS=1 writes them anew.
  @Test(arguments: JournalVectors.all)
  func `the writer makes the bytes of the vector`(vector: JournalVector) throws {
    let url = Self.folder.appending(path: vector.fileName)
    let made = JournalVectorText.render(vector)
    if ProcessInfo.processInfo.environment["HOLDFAST_WRITE_VECTORS"] == "1" {
      try made.write(to: url, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: url, encoding: .utf8) == made)
  }

  @Test func `the vector files are those of the list`() throws {
    let found = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { $0.hasPrefix("journal-") }.sorted()
    #expect(found == JournalVectors.all.map(\.fileName).sorted())
  }

  @Test(arguments: JournalVectors.all)
  func `a vector gives the verdict and the records it states`(vector: JournalVector) throws {
    let text = try String(
      contentsOf: Self.folder.appending(path: vector.fileName), encoding: .utf8)
    let parsed = try JournalVectorText(parsing: text)
    let scan = Scan(TestJournal.segmentFiles(parsed.files))
    #expect(scan.verdict.description == parsed.expect)
    if !scan.isCorrupt { #expect(scan.rows.map(\.description) == parsed.records) }
  }
}

/// The text format described at the end of Protocol/Journal.md.
struct JournalVectorText {
  var files: [UInt64: [UInt8]] = [:]
  var expect = ""
  var records: [String] = []

  struct Unreadable: Error {
    var line: String
  }

  init(parsing text: String) throws {
    var current: UInt64 = 0
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ")
      if line.hasPrefix("expect ") {
        expect = String(line.dropFirst("expect ".count))
      } else if line.hasPrefix("record ") {
        records.append(String(line.dropFirst("record ".count)))
      } else if words.count == 3, words[0] == "file",
        let number = SegmentName.number(of: String(words[1])), let bytes = Int(words[2])
      {
        current = number
        files[number] = [UInt8](repeating: 0, count: bytes)
      } else if words[0].hasSuffix(":"), let start = Int(words[0].dropLast(), radix: 16) {
        for (index, word) in words.dropFirst().enumerated() {
          guard let byte = UInt8(word, radix: 16) else { throw Unreadable(line: String(line)) }
          files[current]?[start + index] = byte
        }
      } else {
        throw Unreadable(line: String(line))
      }
    }
  }

  static func render(_ vector: JournalVector) -> String {
    let journal = vector.make()
    let scan = journal.scan()
    var lines = vector.comment.split(separator: "\n").map { "# " + $0 }
    lines.append("expect \(scan.verdict)")
    if !scan.isCorrupt { lines += scan.rows.map { "record \($0)" } }
    for (number, bytes) in journal.files.sorted(by: { $0.key < $1.key }) {
      lines.append("file \(SegmentName.of(number)) \(bytes.count)")
      for start in stride(from: 0, to: bytes.count, by: 16) {
        let row = bytes[start..<min(start + 16, bytes.count)]
        if row.allSatisfy({ $0 == 0 }) { continue }
        lines.append(
          hexadecimal(UInt64(start)).suffix(8) + ": " + row.map(hexByte).joined(separator: " "))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
