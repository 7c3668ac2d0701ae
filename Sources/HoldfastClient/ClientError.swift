// SPDX-License-Identifier: Apache-2.0

public import InventoryModel

/// Why a call has no answer. A refusal is an answer and not among these.
public enum ClientError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The request never left: nothing happened at the server.
  case notSent(reason: String)
  /// The command may or may not have been carried out. Ask `lookup` with the id, or send the same
  /// command under the same id again: either is safe.
  case outcomeUnknown(CommandID, reason: String)
  /// A question was sent and not answered; nothing changed.
  case notAnswered(reason: String)
  /// The server does not accept this client: version, identity.
  case refusedByServer(RefusalCode, reason: String)
  /// The endpoint now serves another store than before; nothing is sent to it.
  case otherStore
  /// The request cannot be sent as it is (too large, an id that is reserved).
  case misuse(String)

  /// The error in words.
  public var description: String {
    switch self {
    case .notSent(let reason): "not sent: \(reason)"
    case .outcomeUnknown(let id, let reason):
      "outcome of command \(id) unknown: \(reason); look it up, or repeat it under the same id"
    case .notAnswered(let reason): "not answered: \(reason)"
    case .refusedByServer(let code, let reason): "refused by the server: \(code.name): \(reason)"
    case .otherStore: "the endpoint serves another store than before"
    case .misuse(let reason): "cannot be sent: \(reason)"
    }
  }
}

/// What the server said of itself when the connection was made.
public struct ServerGreeting: Sendable, Equatable {
  /// Protocol version in use.
  public var protocolVersion: String
  /// The server's name.
  public var serverName: String
  /// The store's identity: 32 hexadecimal digits, the same for its life.
  public var store: String
  /// Counts the server's starts.
  public var epoch: UInt64
  /// The last position decided when the connection was made.
  public var position: Position
  /// How long command ids are remembered, in seconds of log time.
  public var retentionSeconds: Int
  /// Requests a connection may have in flight.
  public var inFlightMax: Int
  /// Commands a batch may hold.
  public var batchCommandsMax: Int
  /// Bytes a frame may have.
  public var frameBytesMax: Int
}
