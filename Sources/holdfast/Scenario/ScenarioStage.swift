// SPDX-License-Identifier: Apache-2.0

internal import HoldfastClient
internal import InventoryModel

/// A server of its own, on which one scenario is played through a client.
struct ScenarioStage: Sendable {
  let client: HoldfastClient

  /// What an operation does with its arguments, and what comes back.
  typealias Operation = @Sendable (ScenarioStage, StepArguments) async throws -> JSON

  /// Every operation of the scenarios, by its name.
  static let operations: [String: Operation] = {
    let tables = [
      catalogueOperations, networkOperations, itemOperations, sellingQuestions, orderOperations,
      entryOperations, selectionOperations, bulkOperations,
    ]
    return tables.reduce(into: [:]) { all, table in
      all.merge(table) { first, _ in first }
    }
  }()

  /// Plays one step.
  func play(_ step: Scenario.Step) async -> StepOutcome {
    guard let operation = ScenarioStage.operations[step.operation] else {
      return .failed("there is no operation \(step.operation)")
    }
    let outcome = await outcome { try await operation(self, StepArguments(step.arguments)) }
    // The scenarios know one refusal for a place of sale without a stock; only where channels are
    // given out is a channel unknown.
    if case .refused(var refusal) = outcome, refusal.code == .unknownChannel,
      step.operation != "upsert_stock"
    {
      refusal.code = .noLinkedStock
      return .refused(refusal)
    }
    return outcome
  }

  /// What comes of `work`.
  func outcome(of work: () async throws -> JSON) async -> StepOutcome {
    do {
      return .result(try await work())
    } catch let error as StepRefused {
      return .refused(error.refusal)
    } catch {
      return .failed("\(error)")
    }
  }

  /// Executes a command under a fresh id.
  ///
  /// - Throws: `StepRefused` when the answer is a refusal.
  @discardableResult
  func execute(_ command: Command) async throws -> Outcome {
    let outcome = try await client.execute(command, id: .make()).outcome
    if let refusal = outcome.refusal { throw StepRefused(refusal) }
    return outcome
  }

  /// Asks a question.
  ///
  /// - Throws: `StepRefused` when the answer is a refusal.
  func ask(_ query: Query) async throws -> Answer {
    let answer = try await client.ask(query)
    if case .refused(let refusal) = answer { throw StepRefused(refusal) }
    return answer
  }

  /// An id for the document that a step makes: every step is a request of its own.
  func freshDocument() -> DocumentID { DocumentID(CommandID.make().description) }

  /// The rows of all pages.
  ///
  /// - Parameter page: the rows behind a row, and whether they are the last.
  func allPages<Row>(
    _ page: (Row?) async throws -> (rows: [Row], isLast: Bool)
  ) async throws -> [Row] {
    var all: [Row] = []
    while true {
      let (rows, isLast) = try await page(all.last)
      all += rows
      if isLast || rows.isEmpty { return all }
    }
  }
}

/// What a step came to.
enum StepOutcome: Sendable, Equatable {
  /// A result object.
  case result(JSON)
  /// No.
  case refused(Refusal)
  /// Neither: the server could not be asked, or answered another question.
  case failed(String)

  /// As scenarios write it.
  var json: JSON {
    switch self {
    case .result(let value): return value
    case .failed(let problem): return ["failed": .text(problem)]
    case .refused(let refusal):
      var members = [JSON.Member(key: "error", value: .text(refusal.code.name))]
      if !refusal.field.isEmpty {
        members.append(JSON.Member(key: "field", value: .text(refusal.field)))
      }
      if let sku = refusal.sku { members.append(JSON.Member(key: "sku", value: .text(sku.text))) }
      return .object(members)
    }
  }

  /// Where the outcome does not meet `expected`: a path, or `nil` when it does.
  func difference(from expected: JSON?) -> String? {
    switch self {
    case .failed: return "failed"
    case .result(let value): return (expected ?? .object([])).difference(from: value)
    case .refused:
      guard let expected, expected["error"] != nil else { return "error" }
      // A refusal names a product as the request or the catalogue spells it.
      return expected.withFoldedSKU.difference(from: json.withFoldedSKU)
    }
  }
}

extension JSON {
  /// This object with the letter case of its `sku` folded away.
  fileprivate var withFoldedSKU: JSON {
    .object(
      members.map { member in
        guard member.key == "sku", let text = member.value.words else { return member }
        let folded = String(decoding: text.utf8.map(foldASCII), as: UTF8.self)
        return Member(key: member.key, value: .text(folded))
      })
  }
}

/// The server answered something else than what was asked for.
struct UnexpectedAnswer: Error, CustomStringConvertible {
  let question: String
  init(to question: String) { self.question = question }
  var description: String { "the answer is not one to \(question)" }
}
