// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Reports, selections and lists, as the operator reads them.

extension Answer {
  /// The answer to a question for a report.
  var ruleReport: Report { Report(lines: ["\(self)"], values: []) }
}
