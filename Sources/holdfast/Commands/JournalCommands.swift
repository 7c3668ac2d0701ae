// SPDX-License-Identifier: Apache-2.0

internal import ArgumentParser
internal import InventoryEngine
internal import InventoryModel
internal import JournalFormat
internal import SystemIO
internal import WireCodec

struct JournalGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal", abstract: "Reads the journal of a stopped server. Changes nothing.",
    subcommands: [VerifyJournal.self, DumpJournal.self])
}

struct VerifyJournal: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Checks every byte of a journal and replays it.",
    discussion: """
      Exit status: 0 sound; 1 the last batch is torn, which no caller was told of; 2 damaged, or \
      replay does not give what the journal states.
      """)
  @Argument(help: "The data directory.")
  var directory: String
  @Flag(help: "Print JSON.")
  var json = false

  mutating func run() async throws { try report().end(asJSON: json) }

  func report() -> Report {
    do throws(JournalUnreadable) {
      var scanner = JournalScanner(files: try JournalDirectory(path: directory).files)
      var replay = JournalReplay()
      while true {
        switch scanner.next() {
        case .batch(let batch): replay.take(batch)
        case .end(let verdict): return replay.report(verdict)
        }
      }
    } catch {
      return error.report
    }
  }
}

struct DumpJournal: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump", abstract: "Prints the commands of a journal, one a line.",
    discussion: "Exit status as of verify; what stands before damage is printed.")
  @Argument(help: "The data directory.")
  var directory: String
  @Option(help: "The first position to print.")
  var from: Position = 1
  @Option(help: "Print at most so many.")
  var limit: UInt64 = .max
  @Flag(help: "Print JSON, one value a line.")
  var json = false

  mutating func run() async throws { try dump().end(asJSON: json) }

  /// Prints as it reads, and reports what is left to say.
  private func dump() -> Report {
    do throws(JournalUnreadable) {
      var scanner = JournalScanner(files: try JournalDirectory(path: directory).files)
      var left = limit
      while true {
        switch scanner.next() {
        case .batch(let batch): Console.out(lines(of: batch, &left))
        case .end(let verdict):
          if verdict.status != .done { Console.error("\(verdict)\n\(verdict.advice)\n") }
          return Report(lines: [], values: [], status: verdict.status)
        }
      }
    } catch {
      return error.report
    }
  }

  private func lines(of batch: JournalBatch, _ left: inout UInt64) -> String {
    var batch = batch
    var text = ""
    while left > 0, let record = batch.next() {
      if record.position < from { continue }
      text += (json ? record.json.description : record.line) + "\n"
      left -= 1
    }
    return text
  }
}

extension JournalRecord {
  /// Position, time, command id, name and parts on one line.
  var line: String {
    "\(position)  \(utcText(timestamp))  \(id == .none ? "server" : "\(id)")  \(name)  \(parts)"
  }

  var json: JSON {
    let head: JSON = [
      "position": .natural(position), "time": .moment(timestamp),
      "id": .text(id == .none ? nil : id.description), "command": .text(name),
    ]
    return head.appending(parts)
  }

  private var name: String {
    Opcode(rawValue: opcode)?.name ?? "0x" + String(opcode, radix: 16)
  }

  /// What the command says; of a command that cannot be read, why.
  private var parts: JSON {
    do throws(WireFault) {
      return try unsafe MessageCodec.decodeCommand(opcode: opcode, body: wireBody).1.parts
    } catch {
      return ["unreadable": .text("\(error)")]
    }
  }
}
