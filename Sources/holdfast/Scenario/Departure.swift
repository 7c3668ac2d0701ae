// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Where this service says something else than the scenarios do, on purpose.
enum Departure {
  /// The section of the rules that makes `outcome` right although the step expects something else;
  /// `nil` when no rule does.
  static func section(of outcome: StepOutcome, at step: Scenario.Step) -> String? {
    nil
  }
}
