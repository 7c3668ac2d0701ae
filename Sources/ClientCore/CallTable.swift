// SPDX-License-Identifier: Apache-2.0

/// Calls that wait for an answer, by the correlation id that goes over the wire: place and generation, so that
/// a late answer never reaches a later call in the same place. O(1) each.
package struct CallTable<Call> {
  private struct Place {
    var generation: UInt32 = 0
    var call: Call?
  }

  private var places: [Place] = []
  private var free: [UInt32] = []
  package private(set) var count = 0

  package init() {}

  /// Adds a call.
  ///
  /// - Returns: its correlation id, never 0.
  package mutating func add(_ call: Call) -> UInt64 {
    count += 1
    if let index = free.popLast() {
      places[Int(index)].call = call
      return key(index)
    }
    places.append(Place(generation: 1, call: call))
    return key(UInt32(places.count - 1))
  }

  private func key(_ index: UInt32) -> UInt64 {
    UInt64(places[Int(index)].generation) << 32 | UInt64(index)
  }

  /// The call behind an id, unless it is gone.
  package subscript(_ id: UInt64) -> Call? {
    get { index(id).flatMap { places[$0].call } }
    set { if let index = index(id) { places[index].call = newValue } }
  }

  /// Takes the call behind an id out.
  package mutating func remove(_ id: UInt64) -> Call? {
    guard let index = index(id), let call = places[index].call else { return nil }
    places[index].call = nil
    places[index].generation &+= 1
    if places[index].generation == 0 { places[index].generation = 1 }
    free.append(UInt32(index))
    count -= 1
    return call
  }

  /// The ids of all calls, in order of place. O(places).
  package var ids: [UInt64] {
    places.indices.filter { places[$0].call != nil }.map { key(UInt32($0)) }
  }

  private func index(_ id: UInt64) -> Int? {
    let index = Int(id & 0xFFFF_FFFF)
    guard index < places.count, places[index].generation == UInt32(id >> 32) else { return nil }
    return index
  }
}
