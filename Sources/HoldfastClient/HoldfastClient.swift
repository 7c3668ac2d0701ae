// SPDX-License-Identifier: Apache-2.0

public import InventoryModel
public import Logging
internal import SystemIO
internal import WireCodec

/// A client of one Holdfast store, to be shared by all tasks of a service.
///
/// Calls of many tasks are pipelined over few connections and written together by themselves. A lost
/// connection is made again with backoff, and what was in flight is sent again under the same command ids,
/// which makes that harmless. Choose and store the id of a command before you execute it: after a crash of
/// your own you can then repeat it, or `lookup` what became of it.
///
/// ```swift
/// let client = try HoldfastClient()
/// let id = CommandID.make()  // store it first
/// let reply = try await client.execute(
///   .hold(Hold("cart-17", ReserveRequest(.channel("base"), [OrderLine("ABC", 2)]))), id: id)
/// if let refusal = reply.outcome.refusal { print("no: \(refusal)") }
/// ```
public final class HoldfastClient: Sendable {
  private let lane: ClientLane
  private let configuration: ClientConfiguration

  /// Makes a client; it connects at the first call.
  ///
  /// - Throws: `ClientError.misuse` for a configuration without endpoints, `notSent` when the system has no
  ///   descriptors left.
  public init(
    _ configuration: ClientConfiguration = ClientConfiguration(), logger: Logger? = nil
  ) throws(ClientError) {
    if configuration.endpoints.isEmpty { throw .misuse("there is no endpoint") }
    self.configuration = configuration
    let silent = Logger(label: "holdfast.client") { _ in SwiftLogNoOpLogHandler() }
    do {
      lane = try ClientLane(configuration, log: logger ?? silent)
    } catch {
      throw .notSent(reason: "\(error)")
    }
  }

  /// What the server says of itself. Connects if need be.
  public func greeting() async throws(ClientError) -> ServerGreeting {
    let ticket = CallTicket()
    let deadline = SystemClock.monotonicNanoseconds() + configuration.deadline.inNanoseconds
    let result: Result<Welcome, ClientError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let lane = lane
        lane.lane.async {
          lane.assumeIsolated {
            $0.awaitGreeting(ticket, deadline: deadline) { continuation.resume(returning: $0) }
          }
        }
      }
    } onCancel: {
      cancel(ticket)
    }
    return ServerGreeting(try result.get())
  }

  /// Executes one command and waits for its durable outcome.
  ///
  /// - Parameters:
  ///   - id: chosen and stored before the call; the same id with the same command gives the same answer.
  ///   - deadline: for this call with all retries; `nil` is the configuration's.
  /// - Returns: the answer, which may be a refusal.
  /// - Throws: `outcomeUnknown` with the id when the deadline passed after the command was sent.
  public func execute(
    _ command: Command, id: CommandID, deadline: Duration? = nil
  ) async throws(ClientError) -> Reply {
    if id == .none { throw .misuse("the command id is all zero") }
    var writer = ByteWriter(capacity: 256)
    MessageCodec.encode(command, id: id, into: &writer)
    let result = try await call(
      Opcode(command).rawValue, writer.array(), commandID: id, weight: 1, deadline)
    guard case .reply(let reply) = result else { throw .misuse("not a reply") }
    return reply
  }

  /// Executes many commands with one frame. Each is a command of its own, decided one after the other; the
  /// replies come in their order.
  public func execute(
    batch: [(id: CommandID, command: Command)], deadline: Duration? = nil
  ) async throws(ClientError) -> [Reply] {
    guard let first = batch.first else { return [] }
    if batch.count > Limits.batchCommandsMax {
      throw .misuse("a batch holds at most \(Limits.batchCommandsMax) commands")
    }
    if batch.contains(where: { $0.id == .none }) { throw .misuse("a command id is all zero") }
    var writer = ByteWriter(capacity: 4_096)
    MessageCodec.encode(batch: batch, into: &writer)
    let result = try await call(
      Opcode.batch.rawValue, writer.array(), commandID: first.id, weight: batch.count, deadline)
    guard case .replies(let replies) = result else { throw .misuse("not a batch reply") }
    return replies
  }

  /// Asks a question. The answer sees everything acknowledged before it was asked.
  public func ask(_ query: Query, deadline: Duration? = nil) async throws(ClientError) -> Answer {
    var writer = ByteWriter(capacity: 256)
    MessageCodec.encode(query, into: &writer)
    let result = try await call(
      Opcode(query).rawValue, writer.array(), commandID: nil, weight: 1, deadline)
    switch result {
    case .answer(let answer): return answer
    case .reply, .replies, .pong: throw .misuse("not an answer")
    }
  }

  /// What became of a command; `nil` when the server does not know the id (any more).
  public func lookup(_ id: CommandID) async throws(ClientError) -> StoredOutcome? {
    guard case .outcome(let stored) = try await ask(.outcome(id)) else { return nil }
    return stored
  }

  /// Sends nothing and waits for it to come back: the time of a round trip.
  public func ping() async throws(ClientError) -> Duration {
    let start = SystemClock.monotonicNanoseconds()
    _ = try await call(Opcode.ping.rawValue, [], commandID: nil, weight: 1, nil)
    return .nanoseconds(SystemClock.monotonicNanoseconds() - start)
  }

  /// Closes all connections; calls without an answer fail. Later calls are not sent.
  public func close() async { await lane.close() }

  private func call(
    _ opcode: UInt16, _ body: [UInt8], commandID: CommandID?, weight: Int, _ deadline: Duration?
  ) async throws(ClientError) -> CallResult {
    if body.count + FrameHeader.byteCount > Limits.frameBytesMax {
      throw .misuse("the request is larger than a frame (\(Limits.frameBytesMax) bytes)")
    }
    let ticket = CallTicket()
    let patience = (deadline ?? configuration.deadline).inNanoseconds
    let (moment, tooFar) = SystemClock.monotonicNanoseconds().addingReportingOverflow(patience)
    let result: Result<CallResult, ClientError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let call = ClientCall(
          ticket: ticket, opcode: opcode, body: body, commandID: commandID, weight: weight,
          deadline: tooFar ? .max : moment, resume: { continuation.resume(returning: $0) })
        let lane = lane
        lane.lane.async { lane.assumeIsolated { $0.submit(call) } }
      }
    } onCancel: {
      cancel(ticket)
    }
    return try result.get()
  }

  private func cancel(_ ticket: CallTicket) {
    let lane = lane
    lane.lane.async { lane.assumeIsolated { $0.cancel(ticket) } }
  }

  deinit {
    let lane = lane
    lane.lane.async { lane.assumeIsolated { $0.close() } }
  }
}

extension ServerGreeting {
  init(_ welcome: Welcome) {
    self.init(
      protocolVersion: "\(welcome.version.major).\(welcome.version.minor)",
      serverName: welcome.serverName,
      store: hexadecimal(welcome.storeHigh) + hexadecimal(welcome.storeLow), epoch: welcome.epoch,
      position: welcome.position, retentionSeconds: Int(welcome.retentionSeconds),
      inFlightMax: Int(welcome.inFlightMax), batchCommandsMax: Int(welcome.batchCommandsMax),
      frameBytesMax: Int(welcome.frameBytesMax))
  }
}
