// SPDX-License-Identifier: Apache-2.0

/// Why the tool cannot do its work: bad arguments, no server, a file that cannot be read.
struct LoadFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
