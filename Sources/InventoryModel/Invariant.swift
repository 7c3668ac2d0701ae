// SPDX-License-Identifier: Apache-2.0

/// Checks what must hold in every build, release included, and stops the process with the sentence
/// when it does not. `precondition` is no substitute: optimised builds drop its text.
///
/// - Parameter sentence: what was promised, as a full sentence.
@inlinable @inline(__always)
public func invariant(_ condition: @autoclosure () -> Bool, _ sentence: StaticString) {
  if !condition() { broken(sentence) }
}

/// Stops the process: the sentence names the promise that was broken.
@inline(never)
public func broken(_ sentence: StaticString) -> Never {
  fatalError("invariant broken: \(sentence)")
}
