// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Kinds of documents other than holds and orders. Ids of different kinds do not clash.
enum DocumentKind: UInt8 {
  case shipment = 3
  case invoice = 4
  case refund = 5
  case cancellation = 6
  case receipt = 7
  case transfer = 8
  case reopening = 9
}

/// A document and its first result, which a repeat gets again.
struct Document {
  var id: String
  var kind: DocumentKind
  /// Digest of the command that made it.
  var digest: UInt64
  var outcome: Outcome
}

/// All documents other than holds and orders. They are never forgotten: a shipment sent twice deducts
/// once, however late the second comes.
struct DocumentTable: ~Copyable {
  private var records = ChunkedArray<Document>()
  private var index = HashIndex()

  var count: Int { records.count }

  subscript(_ number: Int) -> Document {
    unsafeAddress { unsafe UnsafePointer(records.mutableAddress(of: number)) }
  }

  func find(_ id: DocumentID, _ kind: DocumentKind) -> Int? {
    var probe = index.probe(Self.hash(id.text, kind))
    while let number = index.next(&probe) {
      if records[number].kind == kind, TextHash.exactlyEqual(records[number].id, id.text) {
        return Int(number)
      }
    }
    return nil
  }

  /// Whether a document can be added. Changes nothing that can be seen.
  mutating func makeRoom(for id: DocumentID, _ kind: DocumentKind) -> Bool {
    index.makeRoom(for: Self.hash(id.text, kind))
  }

  mutating func add(_ document: Document) {
    let number = UInt32(records.count)
    let hash = Self.hash(document.id, document.kind)
    records.append(document)
    let isIndexed = index.insert(hash, number)
    invariant(isIndexed, "Room for a new document is made before it is added.")
  }

  private static func hash(_ id: String, _ kind: DocumentKind) -> UInt64 {
    TextHash.exact(id, seed: UInt64(kind.rawValue))
  }
}
