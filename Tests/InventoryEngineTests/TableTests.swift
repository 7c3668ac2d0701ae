// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import InventoryEngine

struct HashIndexTests {
  /// Numbers found under a hash.
  private func found(_ index: borrowing HashIndex, _ hash: UInt64) -> [UInt32] {
    var numbers: [UInt32] = []
    var probe = index.probe(hash)
    while let number = index.next(&probe) { numbers.append(number) }
    return numbers
  }

  @Test func `a hundred thousand keys are found across page splits`() {
    var index = HashIndex()
    for number in 0..<100_000 as Range<UInt32> {
      expect(index.insert(TextHash.fold(UInt64(number)), number))
    }
    expect(index.count == 100_000)
    for number in 0..<100_000 as Range<UInt32> {
      if !found(index, TextHash.fold(UInt64(number))).contains(number) {
        Issue.record("\(number) is lost")
      }
    }
    expect(!found(index, TextHash.fold(100_001)).contains(100_001))
  }

  @Test(arguments: 0..<20) func `inserts and removals agree with a dictionary`(seed: Int) {
    var random = SeededRandom(UInt64(seed))
    var index = HashIndex()
    var model: [UInt32: UInt64] = [:]
    for step in 0..<20_000 {
      let number = UInt32(random.below(4_000))
      // Few hash bits, so that keys collide and runs wrap around the end of a page.
      let hash = TextHash.fold(UInt64(number) % 1_500)
      if model[number] == nil, random.chance(60) {
        expect(index.insert(hash, number), "seed \(seed), step \(step)")
        model[number] = hash
      } else if let old = model[number] {
        index.remove(old, number)
        model[number] = nil
      }
    }
    expect(index.count == model.count, "seed \(seed)")
    for number in 0..<4_000 as Range<UInt32> {
      let isFound = found(index, TextHash.fold(UInt64(number) % 1_500)).contains(number)
      if isFound != (model[number] != nil) { Issue.record("seed \(seed): \(number)") }
    }
  }

  @Test func `keys built to collide are refused instead of filling the memory`() {
    var index = HashIndex()
    var inserted = 0
    for number in 0..<1_000 as Range<UInt32> {
      if index.insert(0xABCD_EF01_2345_6789, number) { inserted += 1 }
    }
    expect(inserted == 32)
    expect(found(index, 0xABCD_EF01_2345_6789).count == 32)
    expect(index.insert(0x1BCD_EF01_2345_6789, 7))
  }

  @Test func `removing what is not there changes nothing`() {
    var index = HashIndex()
    index.remove(5, 5)
    expect(index.insert(5 << 40, 1))
    index.remove(5 << 40, 2)
    expect(found(index, 5 << 40) == [1])
  }
}

struct ChunkedTests {
  @Test func `a chunked array keeps what was appended over many chunks`() {
    var array = ChunkedArray<String>()
    for number in 0..<20_000 { array.append("element number \(number)") }
    expect(array.count == 20_000)
    expect(array[4_095] == "element number 4095")
    expect(array[4_096] == "element number 4096")
    array[19_999] += "!"
    expect(array.removeLast() == "element number 19999!")
    expect(array.count == 19_999)
  }

  @Test func `a queue gives back in order and numbers on`() {
    var queue = ChunkedQueue<String>()
    var removed: UInt64 = 0
    for number in 0..<200_000 as Range<UInt64> {
      expect(queue.append("number \(number)") == number)
      if number % 3 != 0 || number > 100_000 {
        expect(queue.removeFirst() == "number \(removed)")
        removed += 1
      }
    }
    expect(queue.head == removed)
    expect(queue[removed] == "number \(removed)")
    expect(queue.count == 200_000 - Int(removed))
  }

  @Test func `freed slots are used again, the last one first`() {
    var table = SlotTable<String>()
    let slots = (0..<5).map { table.insert("\($0)") }
    table.remove(slots[1], leaving: "")
    table.remove(slots[3], leaving: "")
    expect(table.count == 3)
    expect(table.insert("x") == slots[3])
    expect(table.insert("y") == slots[1])
    expect(table.insert("z") == 5)
    expect(table[slots[3]] == "x")
  }
}

struct EntryLogTests {
  private func entry(_ quantity: Int64) -> Entry {
    Entry(
      quantity: quantity, position: 1, previous: 0, reservation: 0, sku: 0, event: .orderPlaced)
  }

  @Test(arguments: 0..<10) func `what was not removed is found and listed in order`(seed: Int) {
    var random = SeededRandom(UInt64(seed))
    var log = EntryLog()
    var kept: [UInt64: Int64] = [:]
    for step in 0..<12_000 as Range<Int64> {
      kept[log.append(entry(step))] = step
      while random.chance(45), let id = kept.keys.min(), random.chance(50) {
        let victim = random.chance(50) ? id : UInt64(random.below(Int(log.nextID) - 1) + 1)
        log.remove(victim)
        kept[victim] = nil
      }
    }
    expect(log.count == kept.count, "seed \(seed)")
    var listed: [UInt64] = []
    var id: UInt64 = 0
    while let entry = log.next(after: &id) {
      listed.append(id)
      if kept[id] != entry.quantity { Issue.record("seed \(seed): entry \(id) differs") }
    }
    expect(listed == kept.keys.sorted(), "seed \(seed)")
    for id in kept.keys { expect(log.entry(id)?.quantity == kept[id], "seed \(seed)") }
    var far = log.nextID + 5
    expect(log.next(after: &far) == nil)
    var farthest = UInt64.max
    expect(log.next(after: &farthest) == nil)
  }
}

struct DeadlineHeapTests {
  @Test(arguments: 0..<10) func `deadlines leave in order, wherever they were changed`(seed: Int) {
    var random = SeededRandom(UInt64(seed))
    var heap = DeadlineHeap()
    var places = [UInt32](repeating: none, count: 500)
    var model: [UInt32: (moment: Int64, position: Position)] = [:]
    for step in 0..<4_000 as Range<UInt64> {
      let hold = UInt32(random.below(500))
      let moment = Int64(random.below(50))
      if model[hold] == nil {
        heap.insert(Deadline(moment: moment, position: step, hold: hold)) { places[Int($0)] = $1 }
        model[hold] = (moment, step)
      } else if random.chance(50) {
        heap.remove(at: places[Int(hold)]) { places[Int($0)] = $1 }
        model[hold] = nil
      } else {
        heap.change(at: places[Int(hold)], to: moment) { places[Int($0)] = $1 }
        model[hold]?.moment = moment
      }
    }
    expect(heap.isOrdered, "seed \(seed)")
    expect(heap.count == model.count)
    let expected = model.sorted {
      ($0.value.moment, $0.value.position) < ($1.value.moment, $1.value.position)
    }.map(\.key)
    var left: [UInt32] = []
    while let first = heap.first {
      left.append(first.hold)
      heap.remove(at: 0) { places[Int($0)] = $1 }
    }
    expect(left == expected, "seed \(seed)")
  }
}

struct SKUOrderTests {
  @Test(arguments: 0..<5) func `names come in the order of their folded bytes`(seed: Int) {
    var random = SeededRandom(UInt64(seed))
    var table = SKUTable()
    var names: Set<String> = []
    for number in 0..<3_000 {
      let name = seed == 0 ? "sku-\(100_000 + number)" : "S\(random.below(2_000))ü"
      _ = table.intern(name)
      names.insert(name)
    }
    expect(table.count == names.count)
    var listed: [String] = []
    var place = table.order.start
    while let sku = table.order.next(&place) { listed.append(table[sku].name) }
    expect(listed == names.sorted(by: TextHash.foldedPrecedes), "seed \(seed)")
    if let middle = listed.dropFirst(700).first {
      var after = table.place(of: middle, isExclusive: true)
      expect(table.order.next(&after).map { table[$0].name } == listed[701])
      var from = table.place(of: middle, isExclusive: false)
      expect(table.order.next(&from).map { table[$0].name } == middle)
    }
  }

  @Test func `a SKU is found in any case and only A to Z fold`() {
    var table = SKUTable()
    let first = table.intern("Straße-ABCDEFGH-x")
    expect(table.find("STRAßE-abcdefgh-X") == first)
    expect(table.find("strasse-abcdefgh-x") == none)
    expect(table.intern("É") != table.intern("é"))
    expect(table.find("@[`{") == none)
    expect(table.intern("@[") != table.intern("`{"))
    // One character in two spellings of Unicode: names compare by bytes.
    expect(table.intern("\u{E9}") != table.intern("e\u{301}"))
  }
}

struct ScratchTests {
  @Test(arguments: [3, 8, 9, 4_000]) func `lines of one SKU are added up`(count: Int) {
    var scratch = Scratch()
    for round in 0..<2 {
      scratch.begin(expecting: 2 * count)
      for number in 0..<(2 * count) {
        let isKnown = number % 2 == 0
        let name = SKU(isKnown ? "known" : "Unknown-\(number % count)")
        let demand = Demand(
          name: name, sku: isKnown ? UInt32(number % count) : none, source: .max, quantity: 1)
        expect(scratch.add(demand, hash: TextHash.folded(name.text)) != nil)
      }
      let total = scratch.demands.reduce(0) { $0 + $1.quantity }
      expect(total == Int64(2 * count), "round \(round)")
      let known = scratch.demands.filter { $0.sku != none }
      expect(Set(known.map(\.sku)).count == known.count)
      for demand in known { expect(scratch.place(of: demand.sku) != nil) }
      expect(scratch.place(of: 1_000_000) == nil)
    }
  }
}
