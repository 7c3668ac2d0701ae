// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel
internal import SystemIO
internal import Workload

/// Sends the documents of a file in file order, at most `window` at a time. With a window of 1 one
/// is through before the next begins.
struct ReplayRun {
  let client: ReplayClient
  let file: OrderFile
  let window: Int
  private(set) var book: ReplayBook
  /// Commands that were answered, and whether granted: what the audit looks up.
  private(set) var acknowledged: [(id: CommandID, isGranted: Bool)] = []
  private var progress = ProgressLine()
  private var shownAt: Int64 = 0
  private let start = SystemClock.monotonicNanoseconds()

  init(client: ReplayClient, file: OrderFile, opening: OpeningStock, window: Int) {
    self.client = client
    self.file = file
    self.window = window
    book = ReplayBook(opening: opening, file: file)
  }

  /// Sends everything.
  mutating func run() async throws {
    try await withThrowingTaskGroup(of: (Int, DocumentResult).self) { group in
      var inFlight = 0
      for number in file.documents.indices {
        if inFlight == window, let (done, result) = try await group.next() {
          try finish(done, result)
          inFlight -= 1
        }
        begin(number, in: &group)
        inFlight += 1
      }
      while let (done, result) = try await group.next() { try finish(done, result) }
    }
    progress.clear()
  }

  private mutating func begin(
    _ number: Int, in group: inout ThrowingTaskGroup<(Int, DocumentResult), any Error>
  ) {
    let document = file.documents[number]
    let client = client
    switch document.kind {
    case .order:
      let lines = book.orderLines(of: document)
      group.addTask { (number, try await client.order(document.id, lines)) }
    case .cancellation:
      let lines = book.beginReturn(document)
      group.addTask { (number, try await client.cancellation(document.id, lines)) }
    }
  }

  private mutating func finish(_ number: Int, _ result: DocumentResult) throws {
    let document = file.documents[number]
    switch result {
    case .shipped:
      book.orderShipped(document)
      acknowledge(.place, document, isGranted: true)
      acknowledge(.deduct, document, isGranted: true)
    case .rejected:
      book.orderRejected(document)
      acknowledge(.place, document, isGranted: false)
    case .returned(let asked, let arrived):
      guard book.returnArrived(document, asked: asked, arrived: arrived) else {
        throw LoadFailure("cancellation \(document.id): other goods arrived than were sent")
      }
      if !asked.isEmpty { acknowledge(.receive, document, isGranted: true) }
    }
    showProgress()
  }

  private mutating func acknowledge(
    _ step: ReplayIdentity.Step, _ document: SaleDocument, isGranted: Bool
  ) {
    acknowledged.append((client.identity.commandID(step, document.id), isGranted))
  }

  private mutating func showProgress() {
    let now = SystemClock.monotonicNanoseconds()
    if now - shownAt < 200_000_000 { return }
    shownAt = now
    let done = book.orders + book.cancellations
    let rate = Int64(done) * 1_000_000_000 / max(now - start, 1)
    progress.show(
      "\(grouped(done)) of \(grouped(file.documents.count)) documents  \(grouped(Int(rate)))/s  "
        + "accepted \(grouped(book.accepted))  rejected \(grouped(book.rejectedOrders.count))")
  }
}
