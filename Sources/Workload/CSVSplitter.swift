// SPDX-License-Identifier: Apache-2.0

/// Cuts comma-separated text into records, byte by byte, in any pieces it arrives in.
///
/// Fields may stand in double quotes; inside them commas and line ends are text and a quote is
/// written twice. Records end with LF or CR LF; the last may end with the text. Bytes need not be
/// UTF-8: only the fields that are read as text are looked at. A byte order mark at the start and
/// empty lines are passed over.
package struct CSVSplitter: Sendable {
  /// Longest record in bytes; longer ones are a fault, so that a wrong file takes no memory.
  package static let recordBytesMax = 64 * 1_024

  /// The record that was completed last; good until the next byte is fed.
  package private(set) var record = CSVRecord()
  /// The line that is being read, 1 based.
  package private(set) var line = 1

  private var place = Place.start
  private var isComplete = false
  /// Bytes of the byte order mark seen; 3 when there can be no more.
  private var markBytes = 0

  private enum Place {
    /// At the first byte of a field.
    case start
    /// Inside a field without quotes.
    case plain
    /// Between quotes.
    case quoted
    /// After a quote between quotes: the end, or half of a doubled one.
    case quote
  }

  /// Starts at the beginning of a file.
  package init() {}

  /// Takes one byte.
  ///
  /// - Returns: whether `record` is complete with it.
  package mutating func feed(_ byte: UInt8) throws(CSVFault) -> Bool {
    if isComplete { startRecord() }
    if markBytes < 3 {
      markBytes = byte == CSVSplitter.byteOrderMark[markBytes] ? markBytes + 1 : 3
      if byte >= 0x80 { return false }
    }
    if record.bytes.count == CSVSplitter.recordBytesMax { throw .recordTooLong(line: line) }
    switch place {
    case .start where byte == UInt8(ascii: "\""): place = .quoted
    case .quote where byte == UInt8(ascii: "\""):
      record.bytes.append(byte)
      place = .quoted
    case .quoted:
      if byte == UInt8(ascii: "\"") { place = .quote } else { append(byte) }
    case .start, .plain, .quote: return endOrText(byte)
    }
    return false
  }

  /// Says that the file is over.
  ///
  /// - Returns: whether a last record without a line end is complete.
  package mutating func finish() throws(CSVFault) -> Bool {
    if isComplete { startRecord() }
    if place == .quoted { throw .quoteNotClosed(line: line) }
    return endRecord()
  }

  private mutating func endOrText(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","):
      record.ends.append(record.bytes.count)
      place = .start
    case UInt8(ascii: "\n"):
      line += 1
      return endRecord()
    // Before a line end; nowhere else does the character mean anything in a field we read.
    case UInt8(ascii: "\r"): break
    default:
      record.bytes.append(byte)
      place = .plain
    }
    return false
  }

  private mutating func append(_ byte: UInt8) {
    record.bytes.append(byte)
    if byte == UInt8(ascii: "\n") { line += 1 }
  }

  private mutating func endRecord() -> Bool {
    let isEmptyLine = record.ends.isEmpty && record.bytes.isEmpty && place == .start
    if isEmptyLine { return false }
    record.ends.append(record.bytes.count)
    isComplete = true
    place = .start
    return true
  }

  private mutating func startRecord() {
    record.bytes.removeAll(keepingCapacity: true)
    record.ends.removeAll(keepingCapacity: true)
    isComplete = false
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}

/// The fields of one record, quotes taken off.
package struct CSVRecord: Sendable {
  /// The bytes of all fields, one after another.
  var bytes: [UInt8] = []
  /// Where each field ends in `bytes`.
  var ends: [Int] = []

  /// How many fields there are.
  package var fieldCount: Int { ends.count }

  /// The bytes of the field at `index`; none when the record is too short.
  package func field(_ index: Int) -> ArraySlice<UInt8> {
    guard ends.indices.contains(index) else { return [] }
    return bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// The field at `index` as text.
  package func text(_ index: Int) -> String { String(decoding: field(index), as: UTF8.self) }
}

/// Why a text cannot be cut into records.
package enum CSVFault: Error, Sendable, Equatable {
  /// A record is longer than `CSVSplitter.recordBytesMax`.
  case recordTooLong(line: Int)
  /// The text ends between quotes.
  case quoteNotClosed(line: Int)
}
