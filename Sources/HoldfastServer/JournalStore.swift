// SPDX-License-Identifier: Apache-2.0

internal import InventoryEngine
internal import InventoryModel
internal import JournalFormat
internal import Logging
internal import SystemIO
internal import WireCodec

/// A data directory at start: locked, checked, replayed, and made ready for a new epoch.
///
/// The rules are those of Protocol/Journal.md. Files and directory are synced before anything is read,
/// and read past the page cache, so that no decision rests on bytes that only memory holds.
struct JournalStore {
  private let path: String
  private let configuration: ServerConfiguration
  private let log: Logger
  /// To be kept for the life of the server.
  let lock: DirectoryLock

  /// Locks the directory, made if it is missing.
  init(path: String, configuration: ServerConfiguration, log: Logger) throws(StartFailure) {
    self.path = path
    self.configuration = configuration
    self.log = log
    let kind: FileSystemKind
    do {
      try Directory.create(path)
      kind = try FileSystemKind(of: path)
    } catch {
      throw StartFailure(.dataDirectory, "cannot use the data directory: \(error)")
    }
    if !kind.keepsPromises, !configuration.isDevelopment {
      throw StartFailure(
        .dataDirectory,
        "\(path) is on \(kind), which cannot promise that a write survives; use a local disk, or "
          + "--development where losing data does not matter")
    }
    do {
      lock = try Takeover.wait(while: \.isHeld) { () throws(LockFailure) in
        try DirectoryLock(directory: path)
      }
    } catch {
      switch error {
      case .held:
        throw StartFailure(.dataDirectoryInUse, "another server has \(path): \(error)")
      case .failed:
        throw StartFailure(.dataDirectory, "cannot use the data directory: \(error)")
      }
    }
  }

  /// Replays the journal into a fresh engine, cuts a torn tail, and opens a segment of a new epoch.
  func recover() throws(StartFailure) -> RecoveredState {
    var engine = Engine()
    let start = SystemClock.monotonicNanoseconds()
    let end: JournalEnd
    do {
      end = try replay(into: &engine)
    } catch let failure as StartFailure {
      throw failure
    } catch {
      throw StartFailure(.journalIO, "cannot read the journal: \(error)")
    }
    let milliseconds = (SystemClock.monotonicNanoseconds() - start) / 1_000_000
    log.notice(
      "journal replayed",
      metadata: [
        "position": "\(end.chain.nextPosition - 1)", "segment": "\(end.chain.segment)",
        "milliseconds": "\(milliseconds)", "orderly": "\(end.isOrderly)",
        "blemishes": "\(end.blemishes.count)",
      ])
    do {
      let (chain, journal) = try openEpoch(after: end.chain)
      let identity = StoreIdentity(store: chain.store, epoch: chain.epoch)
      return RecoveredState(
        engine: engine, chain: chain, identity: identity, journal: journal)
    } catch {
      throw StartFailure(.journalIO, "cannot open a journal segment: \(error)")
    }
  }

  private func replay(into engine: inout Engine) throws -> JournalEnd {
    let files = try segmentFiles()
    var scanner = JournalScanner(files: files)
    while true {
      switch scanner.next() {
      case .batch(var batch):
        while let record = batch.next() { try apply(record, to: &engine) }
      case .end(.clean(sealed: _, let end)):
        return end
      case .end(.torn(let tear, let end)):
        try cut(tear, end.chain)
        return end
      case .end(.corrupt(let corruption)):
        throw StartFailure(
          .damagedJournal,
          "the journal is damaged: \(path)/\(corruption); nothing was changed. "
            + "See Deploy/Runbooks/damaged-journal.md")
      }
    }
  }

  /// The segment files, each opened when it is first read. Everything is synced first.
  private func segmentFiles() throws -> [JournalSegmentFile] {
    try Directory.sync(path)
    var files: [JournalSegmentFile] = []
    for name in try Directory.names(path) {
      guard let number = SegmentName.number(of: name) else { continue }
      let file = try JournalFileReader(path: Directory.path(path, name))
      unsafe files.append(
        JournalSegmentFile(number: number, byteCount: file.byteCount) { offset, buffer in
          try unsafe file.read(at: offset, into: buffer)
        })
    }
    return files
  }

  private func apply(_ record: JournalRecord, to engine: inout Engine) throws {
    let (id, command) = try unsafe MessageCodec.decodeCommand(
      opcode: record.opcode, body: record.wireBody)
    if case .digest(let expected) = command, engine.digest() != expected {
      throw StartFailure(
        .replayDiffers,
        "replay up to position \(record.position) gives another state than the journal states; "
          + "the journal is intact, the program is not")
    }
    let digest = unsafe Checksum.xxh3(record.body, seed: UInt64(record.opcode))
    _ = engine.apply(
      command, id: id, bodyDigest: digest, position: record.position, timestamp: record.timestamp)
  }

  /// Zeros the remains of a batch that was never acknowledged.
  private func cut(_ tear: JournalTear, _ chain: JournalChain) throws {
    log.warning(
      "torn tail cut: the last batch was not complete and was never acknowledged",
      metadata: [
        "segment": "\(tear.segment)", "offset": "\(tear.offset)", "sequence": "\(tear.sequence)",
        "bytes": "\(tear.bytesDiscarded)",
      ])
    var file = try AppendFile(
      path: Directory.path(path, SegmentName.of(tear.segment)), isNew: false)
    try file.zero(from: tear.offset, to: chain.segmentBytes)
  }

  /// Begins a new epoch in a new segment, and gives the journal that goes on from there.
  private func openEpoch(after end: JournalChain) throws -> (JournalChain, FileJournal) {
    var chain = end
    if end.ending == .fresh {
      let (low, high) = SystemRandom.words128()
      chain = .fresh(store: StoreUUID(low: low, high: high))
    }
    var pages = JournalPages()
    let journal = FileJournal(
      directory: path, segment: chain.segment, segmentBytes: configuration.segmentBytes, log: log)
    var offset = 0
    if chain.wantsSeal(.roll) {
      let write = pages.seal(.roll, at: chain, timestamp: chain.timestamp)
      offset = write.offset
      chain = write.next
    }
    let header = chain.nextSegmentHeader(
      epoch: chain.epoch + 1, salt: SystemRandom.next64(),
      segmentBytes: configuration.segmentBytes)
    pages.write(header)
    let (seal, headerPages) = (pages.lendSeal(), pages.lendHeader())
    try journal.lane.sync {
      try journal.assumeIsolated {
        try $0.begin(seal: seal, offset: offset, header: headerPages)
      }
    }
    return (JournalChain(opened: header), journal)
  }
}
