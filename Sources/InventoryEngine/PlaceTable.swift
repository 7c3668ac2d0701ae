// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

/// Imported places, by country in order of code; those of a country in order of import (8.3).
struct PlaceTable: ~Copyable {
  /// The places of one country.
  struct Country {
    var code: String
    var places: ContiguousArray<PlaceName> = []
  }

  private(set) var countries: ContiguousArray<Country> = []
  /// Places known.
  private(set) var count = 0

  /// Where a country stands or would stand.
  private func place(_ code: String) -> Int {
    countries.firstIndex { !TextHash.foldedPrecedes($0.code, code) } ?? countries.count
  }

  private func find(_ code: String) -> Int? {
    let place = place(code)
    guard place < countries.count, TextHash.foldedEqual(countries[place].code, code) else {
      return nil
    }
    return place
  }

  /// How many places of a country are known.
  func count(of code: String) -> Int { find(code).map { countries[$0].places.count } ?? 0 }

  /// Adds places of a country, after forgetting those it has when `replaces`.
  mutating func add(_ places: [PlaceName], of code: String, replaces: Bool) {
    let place = place(code)
    if find(code) == nil { countries.insert(Country(code: code), at: place) }
    if replaces {
      count -= countries[place].places.count
      countries[place].places = []
    }
    countries[place].places.append(contentsOf: places)
    count += places.count
    if countries[place].places.isEmpty { countries.remove(at: place) }
  }

  /// The places an address may mean: those of its postcode, else those whose city begins like its
  /// own, else those of its region; empty parts are passed over. O(places of the country).
  func find(_ address: Destination) -> [Coordinates] {
    guard let place = find(address.country) else { return [] }
    let places = countries[place].places
    let tests: [(String, (PlaceName) -> Bool)] = [
      (address.postcode, { TextHash.foldedEqual($0.postcode, address.postcode) }),
      (address.city, { TextHash.foldedHasPrefix($0.city, address.city) }),
      (address.region, { TextHash.foldedEqual($0.region, address.region) }),
    ]
    for (text, isMeant) in tests where !text.isEmpty {
      let found = places.filter(isMeant).map(\.coordinates)
      if !found.isEmpty { return found }
    }
    return []
  }
}
