// SPDX-License-Identifier: Apache-2.0

/// One worked case: the state before, and steps with what each has to give.
struct Scenario: Sendable, Equatable {
  /// Unique among scenarios.
  var id: String
  /// What it is about, in a sentence.
  var title: String
  /// The group it belongs to.
  var feature: String
  /// The state before the first step.
  var given: JSON
  /// What is done, in order.
  var steps: [Step]

  /// One operation and what it has to give.
  struct Step: Sendable, Equatable {
    /// The operation's name.
    var operation: String
    /// Everything but the name and the expectation.
    var arguments: JSON
    /// What has to come back; without it the step only must not be refused.
    var expected: JSON?
  }
}

extension Scenario {
  /// Reads a scenario from its JSON object.
  init(_ value: JSON) throws(ScenarioFault) {
    guard let id = value["id"]?.words else { throw ScenarioFault(problem: "there is no id") }
    self.id = id
    title = value["title"]?.words ?? ""
    feature = value["feature"]?.words ?? ""
    given = value["given"] ?? .object([])
    guard case .list(let steps) = value["steps"] else {
      throw ScenarioFault(problem: "\(id) has no steps")
    }
    self.steps = []
    for step in steps {
      guard let operation = step["op"]?.words else {
        throw ScenarioFault(problem: "step \(self.steps.count + 1) of \(id) has no op")
      }
      let arguments = step.members.filter { $0.key != "op" && $0.key != "expect" }
      self.steps.append(
        Step(operation: operation, arguments: .object(arguments), expected: step["expect"]))
    }
  }

  /// The scenarios of a file, one JSON object a line; `-` is standard input.
  static func read(path: String) throws(ScenarioFault) -> [Scenario] {
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try readFile(path)
    } catch {
      throw ScenarioFault(path: path, problem: error.problem)
    }
    return try read(bytes, path: path)
  }

  /// The scenarios of a file's bytes. Blank lines are passed over.
  static func read(_ bytes: [UInt8], path: String) throws(ScenarioFault) -> [Scenario] {
    var scenarios: [Scenario] = []
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { continue }
      scenarios.append(try read(line: Array(line), number: index + 1, path: path))
    }
    return scenarios
  }

  private static func read(
    line: [UInt8], number: Int, path: String
  ) throws(ScenarioFault) -> Scenario {
    let value: JSON
    do throws(JSONFault) {
      value = try JSONReader.read(line)
    } catch {
      throw ScenarioFault(path: path, line: number, problem: "\(error)")
    }
    do throws(ScenarioFault) {
      return try Scenario(value)
    } catch {
      throw ScenarioFault(path: path, line: number, problem: error.problem)
    }
  }
}

/// A file that cannot be read as scenarios.
struct ScenarioFault: Error, Equatable, CustomStringConvertible {
  /// The file.
  var path = ""
  /// The line, from 1; 0 when it is the file.
  var line = 0
  /// What is wrong.
  var problem: String

  var description: String { line > 0 ? "\(path):\(line): \(problem)" : "\(path): \(problem)" }
}
