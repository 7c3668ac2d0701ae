// SPDX-License-Identifier: Apache-2.0

internal import InventoryEngine
internal import InventoryModel
internal import JournalFormat
internal import WireCodec

/// Runs journalled commands through an engine as a starting server does, and proves what the journal
/// claims: each digest on the way, and at the end that no invariant is violated.
struct JournalReplay: ~Copyable {
  private var engine: Engine
  private var batchCount: UInt64 = 0
  private var commandCount: UInt64 = 0
  private var digestCount: UInt64 = 0
  /// What cannot be so in a sound journal; replay stops there.
  private var fault: String?

  init() { engine = Engine() }

  /// Applies the commands of one batch.
  mutating func take(_ batch: JournalBatch) {
    var batch = batch
    batchCount += 1
    while fault == nil, let record = batch.next() { take(record) }
  }

  private mutating func take(_ record: JournalRecord) {
    do throws(WireFault) {
      let (id, command) = try unsafe MessageCodec.decodeCommand(
        opcode: record.opcode, body: record.wireBody)
      let digest = unsafe Checksum.xxh3(record.body, seed: UInt64(record.opcode))
      let reply = engine.apply(
        command, id: id, bodyDigest: digest, position: record.position,
        timestamp: record.timestamp)
      commandCount += 1
      if case .digest(let stated) = command {
        digestCount += 1
        if reply.outcome.refusal != nil {
          fault =
            "position \(record.position) states the digest \(hexadecimal(stated)), and replay gives "
            + hexadecimal(engine.digest())
        }
      }
    } catch {
      fault = "the command at position \(record.position) cannot be read: \(error)"
    }
  }

  /// What was proved, together with what the bytes say.
  consuming func report(_ verdict: JournalVerdict) -> Report {
    let violations = fault == nil ? engine.violations() : []
    let isProven = fault == nil && violations.isEmpty
    var lines = ["\(verdict)", "\(numbered(Int(batchCount), "batch", "batches")), "]
    lines[1] += "\(numbered(Int(commandCount), "command")) up to position \(engine.appliedPosition)"
    lines[1] += ", log time \(utcText(engine.time))"
    lines.append(
      fault.map { "replay stopped: \($0)" }
        ?? "replayed: digest \(hexadecimal(engine.digest())), "
        + "\(numbered(Int(digestCount), "digest")) on the way agreed, "
        + numbered(violations.count, "violated invariant"))
    lines += violations.map { "  " + $0 }
    lines.append(verdict.advice)
    return Report(
      lines: lines, values: [json(verdict, violations)],
      status: isProven ? verdict.status : .damaged)
  }

  private borrowing func json(_ verdict: JournalVerdict, _ violations: [String]) -> JSON {
    [
      "verdict": .text(verdict.word), "detail": .text("\(verdict)"),
      "batches": .natural(batchCount), "commands": .natural(commandCount),
      "position": .natural(engine.appliedPosition), "time": .moment(engine.time),
      "digest": .text(hexadecimal(engine.digest())), "digests_checked": .natural(digestCount),
      "fault": .text(fault), "violations": .list(violations.map { .text($0) }),
    ]
  }
}

extension JournalVerdict {
  /// The verdict in one word.
  var word: String {
    switch self {
    case .clean: "clean"
    case .torn: "torn"
    case .corrupt: "corrupt"
    }
  }

  /// What the process ends with.
  var status: ExitStatus {
    switch self {
    case .clean: .done
    case .torn: .torn
    case .corrupt: .damaged
    }
  }

  /// What to do, as a sentence.
  var advice: String {
    switch self {
    case .clean(let isSealed, _):
      isSealed
        ? "The journal is whole." : "The journal is whole; its last batch is not yet sealed."
    case .torn:
      "The last batch was being written and was never acknowledged: a server that starts cuts it."
    case .corrupt:
      "Something acknowledged is damaged: do not start a server on it; restore a copy."
    }
  }
}
