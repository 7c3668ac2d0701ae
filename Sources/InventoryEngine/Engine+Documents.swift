// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// 18.3: a document id protects for good. The same content again gets the first result; other content
// is refused.

extension Engine {
  /// The first result of a document with the same content, or `nil`.
  func firstResult(_ id: DocumentID, _ kind: DocumentKind, _ digest: UInt64) -> Outcome? {
    guard let number = documents.find(id, kind), documents[number].digest == digest else {
      return nil
    }
    return documents[number].outcome
  }

  /// Refuses when no further document fits or the id has the wrong form.
  mutating func requireRoom(
    document id: DocumentID, _ kind: DocumentKind
  ) throws(Refused) {
    if documents.count >= options.documentsMax || !documents.makeRoom(for: id, kind) {
      throw .exhausted("documents")
    }
    try requireWellFormed(id, "document")
  }

  /// Refuses an id that another document of the kind has.
  func refuseDuplicate(_ id: DocumentID, _ kind: DocumentKind) throws(Refused) {
    if documents.find(id, kind) != nil { throw Refused(.duplicateDocument) }
  }

  /// Keeps a document with its result.
  mutating func file(
    _ id: DocumentID, _ kind: DocumentKind, _ digest: UInt64, _ outcome: Outcome
  ) -> Outcome {
    documents.add(Document(id: id.text, kind: kind, digest: digest, outcome: outcome))
    return outcome
  }
}
