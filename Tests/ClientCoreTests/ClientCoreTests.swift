// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing
import WireCodec

@testable import ClientCore

@Suite struct ClientConnectionTests {
  typealias Machine = ClientConnectionStateMachine

  static let welcome = Welcome(
    version: .current, frameBytesMax: 1 << 20, inFlightMax: 10, batchCommandsMax: 5,
    retentionSeconds: 60, storeLow: 1, storeHigh: 2, epoch: 1, position: 0, serverName: "s")

  func machine(_ state: Machine.State, window: Int = 100) -> Machine {
    var machine = Machine(windowMax: window)
    if state == .connecting { return machine }
    machine.connected()
    if state == .greeting { return machine }
    machine.welcomed(Self.welcome)
    if state == .closed { machine.lost() }
    return machine
  }

  func header(_ opcode: UInt16) -> FrameHeader { FrameHeader(opcode: opcode, correlation: 1) }

  @Test func `every frame has its meaning in every state`() {
    let reply = Opcode.place.rawValue | Opcode.replyBit
    let welcome = Opcode.hello.rawValue | Opcode.replyBit
    let fault = Opcode.fault.rawValue | Opcode.replyBit
    let request = Opcode.place.rawValue
    let table: [(Machine.State, UInt16, Machine.Verdict)] = [
      (.connecting, reply, .broken), (.connecting, welcome, .broken),
      (.connecting, fault, .fault), (.connecting, request, .broken),
      (.greeting, reply, .broken), (.greeting, welcome, .welcome), (.greeting, fault, .fault),
      (.greeting, request, .broken), (.serving, reply, .answer), (.serving, welcome, .answer),
      (.serving, fault, .fault), (.serving, request, .broken), (.closed, reply, .broken),
      (.closed, welcome, .broken), (.closed, fault, .broken), (.closed, request, .broken),
    ]
    for (state, opcode, expected) in table {
      #expect(machine(state).frameReceived(header(opcode)) == expected, "\(state) \(opcode)")
    }
  }

  @Test func `the window is the smaller of both wishes`() {
    #expect(machine(.connecting).room == 0)
    #expect(machine(.greeting).room == 0)
    #expect(machine(.serving).room == 10)
    #expect(machine(.serving, window: 3).room == 3)
    #expect(machine(.closed).room == 0)
    var serving = machine(.serving)
    serving.sent(7)
    #expect(serving.room == 3)
    serving.answered(2)
    #expect(serving.room == 5)
    serving.answered(100)
    #expect(serving.room == 10)
  }
}

@Suite struct RetryPolicyTests {
  @Test func `waits are within a doubling ceiling that ends at the longest`() {
    let policy = RetryPolicy()
    for attempt in -1...80 {
      let ceiling = min(
        policy.firstNanoseconds << min(max(attempt - 1, 0), 20), policy.longestNanoseconds)
      for chance in [0, 1, 12_345, UInt64(ceiling), .max] as [UInt64] {
        let wait = policy.wait(attempt: attempt, chance: chance)
        #expect(wait >= 0 && wait <= ceiling, "attempt \(attempt)")
      }
      #expect(policy.wait(attempt: attempt, chance: UInt64(ceiling)) == ceiling)
    }
  }
}

@Suite struct CallTableTests {
  @Test func `a late answer never reaches a later call in the same place`() {
    var table = CallTable<String>()
    let first = table.add("first")
    #expect(first != 0)
    #expect(table.remove(first) == "first")
    let second = table.add("second")
    #expect(second & 0xFFFF_FFFF == first & 0xFFFF_FFFF)
    #expect(second != first)
    #expect(table[first] == nil)
    #expect(table.remove(first) == nil)
    table[first] = "ghost"
    #expect(table[second] == "second")
    #expect(table.count == 1)
  }

  @Test func `ids come in order of place, and unknown ids are nobody`() {
    var table = CallTable<Int>()
    let ids = (0..<5).map { table.add($0) }
    #expect(table.ids == ids)
    _ = table.remove(ids[2])
    #expect(table.ids == [ids[0], ids[1], ids[3], ids[4]])
    #expect(table[UInt64.max] == nil)
    #expect(table[7] == nil)
  }
}
