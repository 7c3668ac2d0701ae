// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import JournalFormat
internal import Logging
internal import SystemIO

/// The journal in files: writes what it is told where it is told, and keeps the next segment ready.
///
/// It has a queue of its own, because it blocks in the disk, and another for preparing segments, because
/// zeroing 64 MiB must not stand between a command and its answer.
actor FileJournal: CommitLog {
  nonisolated let lane = LaneQueue(label: "holdfast.journal")
  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe lane.asUnownedSerialExecutor()
  }

  private nonisolated let preparation = LaneQueue(label: "holdfast.journal.preparation")
  private let directory: String
  private let segmentBytes: Int
  private let log: Logger
  private var file: AppendFile?
  private var segment: UInt64
  private var spare = Spare.none
  private var waiting: (@Sendable (Bool) -> Void)?

  /// The segment after the one in use.
  private enum Spare: Equatable {
    case none
    case preparing
    case ready
    case noSpace
    case failed(String)
  }

  /// A journal whose segments up to `segment` exist; the next one is prepared at once.
  init(directory: String, segment: UInt64, segmentBytes: Int, log: Logger) {
    self.directory = directory
    self.segment = segment
    self.segmentBytes = segmentBytes
    self.log = log
  }

  nonisolated func append(
    _ bytes: LentBytes, offset: Int, then: @escaping @Sendable (AppendOutcome) -> Void
  ) {
    lane.async { self.assumeIsolated { then($0.write(bytes, offset: offset)) } }
  }

  private func write(_ bytes: LentBytes, offset: Int) -> AppendOutcome {
    let start = SystemClock.monotonicNanoseconds()
    do {
      try file?.write(bytes, at: offset)
    } catch {
      return .failed("\(error)")
    }
    return .durable(nanoseconds: SystemClock.monotonicNanoseconds() - start)
  }

  nonisolated func roll(
    seal: LentBytes, offset: Int, header: LentBytes,
    then: @escaping @Sendable (AppendOutcome) -> Void
  ) {
    lane.async {
      self.assumeIsolated { journal in
        journal.whenSpareIsReady { isReady in
          self.assumeIsolated {
            then(isReady ? $0.roll(seal: seal, offset: offset, header: header) : $0.refusal)
          }
        }
      }
    }
  }

  /// What to say when there is no spare segment.
  private var refusal: AppendOutcome {
    if case .failed(let reason) = spare { return .failed(reason) }
    return .noSpace
  }

  private func roll(seal: LentBytes, offset: Int, header: LentBytes) -> AppendOutcome {
    let start = SystemClock.monotonicNanoseconds()
    do {
      if seal.count > 0 { try file?.write(seal, at: offset) }
      try openNext(header: header)
    } catch {
      return .failed("\(error)")
    }
    return .durable(nanoseconds: SystemClock.monotonicNanoseconds() - start)
  }

  /// Writes the header of the next segment, which exists and is blank, and goes on there.
  private func openNext(header: LentBytes) throws(SystemError) {
    var next = try AppendFile(
      path: Directory.path(directory, SegmentName.of(segment + 1)), isNew: false)
    if !next.isDirect {
      log.warning(
        "the file system has no direct I/O: after a failed sync its cache may show what the disk lost",
        metadata: ["directory": "\(directory)"])
    }
    try next.write(header, at: 0)
    file = consume next
    segment += 1
    spare = .none
    prepareSpare()
  }

  /// At start, before the queues are in use: makes the next segment unless it is there, lets the last
  /// one be closed by `seal`, and opens the next with `header`.
  func begin(seal: LentBytes, offset: Int, header: LentBytes) throws(SystemError) {
    try FileJournal.prepare(SegmentName.of(segment + 1), in: directory, bytes: segmentBytes).get()
    if seal.count > 0 {
      var last = try AppendFile(
        path: Directory.path(directory, SegmentName.of(segment)), isNew: false)
      try last.write(seal, at: offset)
    }
    try openNext(header: header)
  }

  private func whenSpareIsReady(_ then: @escaping @Sendable (Bool) -> Void) {
    switch spare {
    case .ready: then(true)
    case .failed: then(false)
    case .none, .noSpace:
      waiting = then
      prepareSpare()
    case .preparing: waiting = then
    }
  }

  /// Makes the next segment on the preparation queue: written full of zeros under another name, synced,
  /// renamed, directory synced. A file that is there already is kept.
  private func prepareSpare() {
    guard spare == .none || spare == .noSpace else { return }
    spare = .preparing
    let name = SegmentName.of(segment + 1)
    let (directory, segmentBytes) = (directory, segmentBytes)
    preparation.async { [self] in
      let result = FileJournal.prepare(name, in: directory, bytes: segmentBytes)
      lane.async { self.assumeIsolated { $0.prepared(result) } }
    }
  }

  private func prepared(_ result: Result<Void, SystemError>) {
    switch result {
    case .success: spare = .ready
    case .failure(let error) where error.isNoSpace:
      spare = .noSpace
      log.error("no space for a journal segment", metadata: ["error": "\(error)"])
    case .failure(let error):
      spare = .failed("\(error)")
      log.error("cannot prepare a journal segment", metadata: ["error": "\(error)"])
    }
    let then = waiting
    waiting = nil
    then?(spare == .ready)
  }

  private static func prepare(
    _ name: String, in directory: String, bytes: Int
  ) -> Result<Void, SystemError> {
    let path = Directory.path(directory, name)
    if Directory.exists(path) { return .success(()) }
    let temporary = Directory.path(directory, "spare.tmp")
    do {
      try? Directory.remove(temporary)
      var file = try AppendFile(path: temporary, isNew: true)
      try file.zeroFill(to: bytes)
      try Directory.rename(temporary, to: path)
      try Directory.sync(directory)
      return .success(())
    } catch {
      try? Directory.remove(temporary)
      return .failure(error)
    }
  }

  nonisolated func close() {
    lane.async { self.assumeIsolated { $0.file = nil } }
  }
}
