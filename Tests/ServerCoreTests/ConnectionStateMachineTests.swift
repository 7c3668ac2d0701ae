// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing
import WireCodec

@testable import ServerCore

@Suite struct ConnectionStateMachineTests {
  static let second: Int64 = 1_000_000_000

  func header(_ opcode: Opcode, minor: UInt8 = ProtocolVersion.current.minor) -> FrameHeader {
    header(opcode.rawValue, minor: minor)
  }

  func header(_ opcode: UInt16, minor: UInt8 = ProtocolVersion.current.minor) -> FrameHeader {
    FrameHeader(opcode: opcode, correlation: 7, versionMinor: minor)
  }

  func serving(_ limits: ServerLimits = ServerLimits()) -> ConnectionStateMachine {
    var machine = ConnectionStateMachine(limits: limits, now: 0)
    machine.greeted()
    return machine
  }

  @Test func `only a greeting opens a connection`() {
    for opcode in Opcode.allCases {
      var machine = ConnectionStateMachine(limits: ServerLimits(), now: 0)
      let verdict = machine.frameReceived(header(opcode), now: 1)
      #expect(verdict == (opcode == .hello ? .greet : .fault(.malformed)), "\(opcode)")
    }
  }

  @Test func `every opcode has its verdict when serving`() {
    for opcode in Opcode.allCases {
      var machine = serving()
      let expected: ConnectionStateMachine.Verdict =
        switch opcode.family {
        case .command: .submit
        case .batch: .submitBatch
        case .query: .ask
        case .ping: .pong
        case .greeting: .fault(.malformed)
        case .serverOnly: .refuse(.unsupported)
        }
      #expect(machine.frameReceived(header(opcode), now: 1) == expected, "\(opcode)")
    }
  }

  @Test func `unknown opcodes and newer minor versions are refused without a close`() {
    var machine = serving()
    #expect(machine.frameReceived(header(0x7ABC), now: 1) == .refuse(.unsupported))
    let newer = ProtocolVersion.current.minor + 1
    #expect(machine.frameReceived(header(.ping, minor: newer), now: 1) == .refuse(.unsupported))
    #expect(machine.state == .serving)
  }

  @Test func `frames before the greeting must be small`() {
    let machine = ConnectionStateMachine(limits: ServerLimits(), now: 0)
    #expect(machine.frameBytesMax == Limits.frameBytesBeforeGreetingMax)
    let greeted = serving()
    #expect(greeted.frameBytesMax == Limits.frameBytesMax)
  }

  @Test func `reading stops at the window and goes on below it`() {
    var limits = ServerLimits()
    limits.inFlightMax = 2
    var machine = serving(limits)
    machine.submitted(1)
    #expect(machine.isReading == true)
    machine.submitted(1)
    #expect(machine.isReading == false)
    machine.answered(1, now: 1)
    #expect(machine.isReading == true)
  }

  @Test func `reading stops while replies are not taken`() {
    let limits = ServerLimits()
    var machine = serving(limits)
    machine.outputChanged(to: limits.outputPauseBytes, progressed: false, now: 1)
    #expect(machine.isReading == false)
    machine.outputChanged(to: limits.outputResumeBytes + 1, progressed: true, now: 1)
    #expect(machine.isReading == false)
    machine.outputChanged(to: limits.outputResumeBytes, progressed: true, now: 1)
    #expect(machine.isReading == true)
  }

  @Test func `draining answers what is in flight, then closes`() {
    var machine = serving()
    machine.submitted(1)
    machine.drainRequested()
    #expect(machine.state == .draining)
    #expect(machine.isReading == false)
    #expect(machine.frameReceived(header(.ping), now: 1) == .ignore)
    machine.outputChanged(to: 10, progressed: false, now: 1)
    machine.answered(1, now: 1)
    #expect(machine.state == .draining)
    machine.outputChanged(to: 0, progressed: true, now: 1)
    #expect(machine.state == .closed)
  }

  @Test func `draining closes at once where nothing is owed`() {
    var idle = serving()
    idle.drainRequested()
    #expect(idle.state == .closed)
    var fresh = ConnectionStateMachine(limits: ServerLimits(), now: 0)
    fresh.drainRequested()
    #expect(fresh.state == .closed)
  }

  @Test func `a closed connection ignores everything`() {
    var machine = serving()
    machine.lost()
    #expect(machine.frameReceived(header(.ping), now: 1) == .ignore)
    machine.drainRequested()
    #expect(machine.state == .closed)
    #expect(machine.expired(now: .max) == nil)
    #expect(machine.isReading == false)
  }

  @Test func `patience ends exactly at each deadline`() {
    let limits = ServerLimits()
    let fresh = ConnectionStateMachine(limits: limits, now: 0)
    #expect(fresh.expired(now: limits.greetingNanoseconds - 1) == nil)
    #expect(fresh.expired(now: limits.greetingNanoseconds) == .greeting)

    var partial = serving()
    partial.partialFrameReceived(now: 10)
    partial.partialFrameReceived(now: Self.second)
    #expect(partial.expired(now: 9 + limits.frameNanoseconds) == nil)
    #expect(partial.expired(now: 10 + limits.frameNanoseconds) == .frame)

    var stalled = serving()
    stalled.outputChanged(to: 5, progressed: false, now: 10)
    stalled.outputChanged(to: 9, progressed: false, now: 20)
    #expect(stalled.expired(now: 9 + limits.writeStallNanoseconds) == nil)
    #expect(stalled.expired(now: 10 + limits.writeStallNanoseconds) == .stall)

    let quiet = serving()
    #expect(quiet.expired(now: limits.idleNanoseconds - 1) == nil)
    #expect(quiet.expired(now: limits.idleNanoseconds) == .idle)
    var busy = serving()
    busy.submitted(1)
    #expect(busy.expired(now: limits.idleNanoseconds) == nil)
  }
}
