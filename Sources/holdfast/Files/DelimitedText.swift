// SPDX-License-Identifier: Apache-2.0

internal import SystemIO

/// A text file of rows with fields between separators: CSV by RFC 4180, or fields between tabs.
struct DelimitedText {
  /// One row and the line of the file it begins on, from 1.
  struct Row: Equatable {
    var line: Int
    var fields: [String]
  }

  /// The rows of CSV: fields may be quoted, and then hold commas, line ends and doubled quotes. A byte
  /// order mark and empty lines are passed over.
  static func comma(_ bytes: [UInt8]) -> [Row] {
    var rows: [Row] = []
    var row = Row(line: 1, fields: [])
    var field: [UInt8] = []
    var isQuoted = false
    var line = 1
    var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    func endField() {
      row.fields.append(String(decoding: field, as: UTF8.self))
      field = []
    }
    func endRow() {
      endField()
      if row.fields != [""] { rows.append(row) }
    }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      switch byte {
      case UInt8(ascii: "\"") where isQuoted:
        if index < bytes.count, bytes[index] == byte {
          field.append(byte)
          index += 1
        } else {
          isQuoted = false
        }
      case UInt8(ascii: "\"") where field.isEmpty: isQuoted = true
      case _ where isQuoted: field.append(byte)
      case UInt8(ascii: ","): endField()
      case UInt8(ascii: "\r") where index < bytes.count && bytes[index] == UInt8(ascii: "\n"): break
      case UInt8(ascii: "\n"):
        endRow()
        row = Row(line: line, fields: [])
      default: field.append(byte)
      }
    }
    if !field.isEmpty || !row.fields.isEmpty { endRow() }
    return rows
  }

  /// The rows of a file whose fields stand between tabs, without quotes.
  static func tab(_ bytes: [UInt8]) -> [Row] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return lines.enumerated().compactMap { index, line in
      let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if text.isEmpty { return nil }
      let fields = text.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      return Row(line: index + 1, fields: fields.map { String(decoding: $0, as: UTF8.self) })
    }
  }
}

/// A file that cannot be read as what it should be.
struct FileFault: Error, Equatable, CustomStringConvertible {
  /// The file.
  var path: String
  /// The line, from 1; 0 when it is the file.
  var line = 0
  /// What is wrong.
  var problem: String

  var description: String { line > 0 ? "\(path):\(line): \(problem)" : "\(path): \(problem)" }

  /// For a terminal and for programs; the process ends with 65.
  var report: Report {
    Report(
      description,
      [
        "error": "unreadable", "file": .text(path), "line": .number(Int64(line)),
        "problem": .text(problem),
      ], status: .unreadable)
  }
}

/// The whole of a file; `-` is standard input.
func readFile(_ path: String) throws(FileFault) -> [UInt8] {
  var bytes: [UInt8] = []
  do throws(SystemError) {
    let reader = try ByteFileReader(path)
    while true {
      let piece = try reader.next()
      if piece.isEmpty { return bytes }
      bytes += piece
    }
  } catch {
    throw FileFault(path: path, problem: "\(error)")
  }
}
