// SPDX-License-Identifier: Apache-2.0

import InventoryModel
import Testing

@testable import ServerCore

@Suite struct CommitPipelineTests {
  func pipeline(isSealed: Bool = true) -> CommitPipeline {
    CommitPipeline(limits: ServerLimits(), isSealed: isSealed)
  }

  @Test func `work starts at once when nothing is under way`() {
    let pipeline = pipeline()
    #expect(pipeline.nextStep(hasQueued: true, isQuiet: false) == .buildBatch)
  }

  @Test func `a second batch waits until the first is durable`() {
    var pipeline = pipeline()
    pipeline.batchStarted()
    #expect(pipeline.nextStep(hasQueued: true, isQuiet: true) == .nothing)
    pipeline.journalSynced()
    #expect(pipeline.nextStep(hasQueued: true, isQuiet: false) == .buildBatch)
  }

  @Test func `a quiet log is sealed once`() {
    var pipeline = pipeline()
    #expect(pipeline.nextStep(hasQueued: false, isQuiet: true) == .nothing)
    pipeline.batchStarted()
    pipeline.journalSynced()
    #expect(pipeline.nextStep(hasQueued: false, isQuiet: false) == .nothing)
    #expect(pipeline.nextStep(hasQueued: false, isQuiet: true) == .writeSeal)
    pipeline.sealStarted()
    #expect(pipeline.nextStep(hasQueued: true, isQuiet: true) == .nothing)
    pipeline.journalSynced()
    #expect(pipeline.nextStep(hasQueued: false, isQuiet: true) == .nothing)
    #expect(pipeline.isSealed == true)
  }

  @Test func `stopping commits what waits, seals and finishes`() {
    var pipeline = pipeline()
    pipeline.batchStarted()
    pipeline.stopRequested()
    #expect(pipeline.admission(queuedCommands: 0, queuedBytes: 0) == .notLeader)
    pipeline.journalSynced()
    #expect(pipeline.nextStep(hasQueued: true, isQuiet: false) == .buildBatch)
    pipeline.batchStarted()
    pipeline.journalSynced()
    #expect(pipeline.nextStep(hasQueued: false, isQuiet: false) == .writeSeal)
    pipeline.sealStarted()
    pipeline.journalSynced()
    #expect(pipeline.nextStep(hasQueued: false, isQuiet: false) == .finish)
    pipeline.finished()
    #expect(pipeline.state == .stopped)
    #expect(pipeline.nextStep(hasQueued: true, isQuiet: true) == .nothing)
  }

  @Test func `stopping writes a seal of its own behind an idle one`() {
    var pipeline = pipeline(isSealed: true)
    pipeline.stopRequested()
    #expect(pipeline.nextStep(hasQueued: false, isQuiet: false) == .writeSeal)
    pipeline.sealStarted()
    pipeline.journalSynced()
    #expect(pipeline.nextStep(hasQueued: false, isQuiet: false) == .finish)
  }

  @Test func `an idle seal under way when the stop comes does not count as the closing one`() {
    var pipeline = pipeline()
    pipeline.batchStarted()
    pipeline.journalSynced()
    pipeline.sealStarted()
    pipeline.stopRequested()
    pipeline.journalSynced()
    #expect(pipeline.nextStep(hasQueued: false, isQuiet: false) == .writeSeal)
  }

  @Test func `a failed write is final`() {
    var pipeline = pipeline()
    pipeline.batchStarted()
    pipeline.writeFailed()
    pipeline.journalSynced()
    pipeline.segmentReady()
    #expect(pipeline.state == .failed)
    #expect(pipeline.isAccepting == false)
    #expect(pipeline.nextStep(hasQueued: true, isQuiet: true) == .nothing)
    #expect(pipeline.admission(queuedCommands: 0, queuedBytes: 0) == .notLeader)
  }

  @Test func `a full segment waits for the next one`() {
    var pipeline = pipeline()
    pipeline.segmentFull()
    #expect(pipeline.nextStep(hasQueued: true, isQuiet: true) == .nothing)
    #expect(pipeline.admission(queuedCommands: 0, queuedBytes: 0) == nil)
    pipeline.segmentReady()
    #expect(pipeline.nextStep(hasQueued: true, isQuiet: false) == .buildBatch)
  }

  @Test func `without space new commands are refused until there is some`() {
    var pipeline = pipeline()
    pipeline.storageFull()
    #expect(pipeline.admission(queuedCommands: 0, queuedBytes: 0) == .storageFull)
    #expect(pipeline.isAccepting == false)
    pipeline.segmentReady()
    #expect(pipeline.admission(queuedCommands: 0, queuedBytes: 0) == nil)
    #expect(pipeline.isAccepting == true)
  }

  @Test func `a full queue refuses`() {
    let limits = ServerLimits()
    let pipeline = pipeline()
    let most = limits.queuedCommandsMax
    #expect(pipeline.admission(queuedCommands: most - 1, queuedBytes: 0) == nil)
    #expect(pipeline.admission(queuedCommands: most, queuedBytes: 0) == .overloaded)
    #expect(
      pipeline.admission(queuedCommands: 0, queuedBytes: limits.queuedBytesMax) == .overloaded)
  }
}
