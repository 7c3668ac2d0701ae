// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// Names the commands of a replay. They are functions of the run, the document and the step, so that
/// a replay that is started again after a crash repeats its commands instead of doubling them.
package struct ReplayIdentity: Sendable {
  /// The run.
  package let runID: String
  /// One command of a document, or of the preparation.
  package enum Step: String, Sendable {
    case store
    case opening
    case place
    case deduct
    case receive
  }

  /// A run that somebody named.
  package init(named name: String) { runID = name }

  /// The one run that goes with these data: the same data make the same run. O(lines).
  package init(of file: OrderFile, opening: OpeningStock, policy: StockPolicy) {
    var hash = SHA256()
    hash.update(policy.rawValue)
    for row in opening.rows { hash.update("\n\(row.sku.text),\(row.units)") }
    for document in file.documents {
      hash.update(document.kind == .order ? "\n+" : "\n-")
      hash.update(document.id)
      for line in document.lines { hash.update("\n\(line.sku),\(line.units)") }
    }
    runID = hexadecimal(word(hash.finished(), at: 0))
  }

  /// The document's id at the server: "RUN/536365", so that runs with the same documents can share
  /// one.
  package func documentID(_ id: String) -> DocumentID { DocumentID("\(runID)/\(id)") }

  /// The id of a command.
  ///
  /// - Parameter name: the document's id, or what tells preparations apart.
  package func commandID(_ step: Step, _ name: String) -> CommandID {
    var hash = SHA256()
    // Lengths keep the three parts from running into each other.
    hash.update("\(runID.utf8.count) \(name.utf8.count) \(runID) \(name) \(step.rawValue)")
    let bytes = hash.finished()
    return CommandID(low: word(bytes, at: 0), high: word(bytes, at: 8) | 1)
  }
}

private func word(_ bytes: [UInt8], at start: Int) -> UInt64 {
  bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
}
