// SPDX-License-Identifier: Apache-2.0

import InventoryModel

@testable import JournalFormat

/// What a reader must give back for one record.
struct Row: Equatable, CustomStringConvertible {
  var position: Position
  var timestamp: Int64
  var opcode: UInt16
  var id: CommandID
  var body: [UInt8]

  var description: String {
    "\(position) \(opcode) \(id) " + (body.isEmpty ? "-" : body.map(hexByte).joined())
  }
}

func hexByte(_ byte: UInt8) -> String {
  (byte < 16 ? "0" : "") + String(byte, radix: 16)
}

/// One write a journal made, in order; each was durable before the next began.
struct TracedWrite {
  /// The files as they were durable before.
  var filesBefore: [UInt64: [UInt8]]
  var segment: UInt64
  var offset: Int
  var bytes: [UInt8]
  /// Rows that were durable before this write.
  var rowsBefore: Int
  /// Rows that are durable after it.
  var rowsAfter: Int
}

/// A journal in memory, written by the real encoder under the rules of Protocol/Journal.md.
struct TestJournal {
  static let store = StoreUUID(low: 0x1122_3344_5566_7788, high: 0x99AA_BBCC_DDEE_FF00)

  let segmentBytes: Int
  var chain = JournalChain.fresh(store: store)
  var files: [UInt64: [UInt8]] = [:]
  var rows: [Row] = []
  var writes: [TracedWrite] = []
  private var durableRows = 0
  var epoch: UInt64 = 1
  var clock: Int64 = 1_000

  init(segmentBytes: Int = JournalLimits.segmentBytesMin, opened: Bool = true) {
    self.segmentBytes = segmentBytes
    blank(1)
    if opened { openSegment() }
  }

  /// Starts again on what a crash left, as a server does: cut, roll seal, next segment, new epoch.
  init(recovering files: [UInt64: [UInt8]], _ scan: Scan, _ end: JournalEnd) {
    self.init(segmentBytes: end.chain.segmentBytes, opened: false)
    self.files = files
    rows = scan.rows
    durableRows = rows.count
    clock = max(clock, end.chain.timestamp.nanoseconds)
    chain = end.chain
    epoch = chain.epoch + 1
    if case .torn(let tear, _) = scan.verdict {
      let zeros = [UInt8](repeating: 0, count: segmentBytes - tear.offset)
      put(tear.segment, tear.offset, zeros, rowsAfter: rows.count)
    }
    roll()
  }

  mutating func blank(_ number: UInt64) {
    if files[number] == nil { files[number] = [UInt8](repeating: 0, count: segmentBytes) }
  }

  /// Writes the next header; its file and one more are there.
  mutating func openSegment() {
    let header = chain.nextSegmentHeader(
      epoch: epoch, salt: 0x5A17_0000_0000_0000 | (chain.segment + 1), segmentBytes: segmentBytes)
    blank(header.segment)
    blank(header.segment + 1)
    let bytes = unsafe inRegion(JournalLimits.segmentHeaderBytes) { unsafe header.write(into: $0) }
      .1
    put(header.segment, 0, bytes, rowsAfter: rows.count)
    chain = JournalChain(opened: header)
  }

  /// One batch with records of these body sizes; rolls when it must.
  mutating func commands(_ sizes: [Int], seed: UInt64 = 7) {
    var added: [Row] = []
    for (index, size) in sizes.enumerated() {
      let position = chain.nextPosition + UInt64(index)
      let body = (0..<size).map { UInt8(truncatingIfNeeded: position &* seed &+ UInt64($0 * 13)) }
      added.append(
        Row(
          position: position, timestamp: 0, opcode: UInt16(16 + index % 5),
          id: CommandID(low: position &* 0x9E37_79B9_7F4A_7C15, high: seed), body: body))
    }
    append(added)
  }

  mutating func append(_ added: [Row]) {
    clock += 10
    let needed = added.reduce(JournalLimits.batchHeaderBytes) { $0 + 32 + $1.body.count }
    if !chain.fits(batchBytes: JournalLimits.wholePages(needed)) { roll() }
    let (write, bytes) = unsafe inRegion(JournalLimits.wholePages(needed)) { region in
      var encoder = unsafe JournalEncoder(into: region, segmentBytes: segmentBytes)
      for row in added {
        let step = unsafe row.body.withUnsafeBytes {
          unsafe encoder.append(opcode: row.opcode, id: row.id, body: $0)
        }
        guard case .appended = step else { preconditionFailure("the record fits: \(step)") }
      }
      return encoder.finish(at: chain, timestamp: Timestamp(nanoseconds: clock))
    }
    let stamp = clock
    rows += added.map {
      Row(position: $0.position, timestamp: stamp, opcode: $0.opcode, id: $0.id, body: $0.body)
    }
    put(write, bytes)
  }

  mutating func seal(_ cause: SealCause) {
    guard chain.wantsSeal(cause) else { return }
    let (write, bytes) = unsafe inRegion(JournalLimits.pageBytes) {
      unsafe JournalEncoder.seal(
        cause, at: chain, timestamp: Timestamp(nanoseconds: clock), into: $0)
    }
    put(write, bytes)
  }

  mutating func roll() {
    blank(chain.segment + 1)
    seal(.roll)
    openSegment()
  }

  mutating func put(_ write: JournalWrite, _ bytes: [UInt8]) {
    put(chain.segment, write.offset, Array(bytes[0..<write.byteCount]), rowsAfter: rows.count)
    chain = write.next
  }

  mutating func put(_ segment: UInt64, _ offset: Int, _ bytes: [UInt8], rowsAfter: Int) {
    writes.append(
      TracedWrite(
        filesBefore: files, segment: segment, offset: offset, bytes: bytes,
        rowsBefore: durableRows, rowsAfter: rowsAfter))
    durableRows = rowsAfter
    files[segment]?.replaceSubrange(offset..<offset + bytes.count, with: bytes)
  }

  var segmentFiles: [JournalSegmentFile] { Self.segmentFiles(files) }

  static func segmentFiles(_ files: [UInt64: [UInt8]]) -> [JournalSegmentFile] {
    files.map { JournalSegmentFile(number: $0.key, bytes: $0.value) }
  }

  func scan() -> Scan { Scan(segmentFiles) }
}

/// Runs `body` over a fresh region full of old bytes, and gives what it left there.
func inRegion<T>(
  _ byteCount: Int, _ body: (UnsafeMutableRawBufferPointer) -> T
) -> (T, [UInt8]) {
  let region = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 4_096)
  defer { unsafe region.deallocate() }
  unsafe region.initializeMemory(as: UInt8.self, repeating: 0xEE)
  let result = unsafe body(region)
  return (result, unsafe [UInt8](region))
}

/// Everything a scan gave.
struct Scan {
  var rows: [Row] = []
  var seals: [SealCause] = []
  var verdict: JournalVerdict

  init(
    _ files: [JournalSegmentFile], store: StoreUUID? = TestJournal.store,
    from checkpoint: JournalCheckpoint? = nil
  ) {
    var scanner = JournalScanner(files: files, store: store, from: checkpoint)
    while true {
      switch scanner.next() {
      case .end(let verdict):
        self.verdict = verdict
        return
      case .batch(var batch):
        if case .seal(let cause) = batch.header.kind { seals.append(cause) }
        while let record = batch.next() {
          rows.append(
            Row(
              position: record.position, timestamp: record.timestamp.nanoseconds,
              opcode: record.opcode, id: record.id, body: unsafe [UInt8](record.body)))
        }
      }
    }
  }

  var isCorrupt: Bool {
    if case .corrupt = verdict { return true }
    return false
  }

  var isTorn: Bool {
    if case .torn = verdict { return true }
    return false
  }

  var reason: JournalDamage? {
    if case .corrupt(let corruption) = verdict { return corruption.reason }
    return nil
  }

  var end: JournalEnd? {
    switch verdict {
    case .clean(_, let end), .torn(_, let end): end
    case .corrupt: nil
    }
  }
}
