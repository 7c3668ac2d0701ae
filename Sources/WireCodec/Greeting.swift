// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// The first message of a connection, from the client.
package struct Hello: Sendable, Equatable {
  /// Versions the client speaks, as major and lowest to highest minor.
  package var major: UInt8
  package var minorMin: UInt8
  package var minorMax: UInt8
  /// Bits the server may ignore; none are defined.
  package var features: UInt32
  /// Bits the server must know to go on; none are defined.
  package var required: UInt32
  /// Proof of identity; empty where none is asked for.
  package var token: String
  /// Name of the client, for logs.
  package var clientName: String

  package init(
    clientName: String, token: String = "", minorMin: UInt8 = 0,
    minorMax: UInt8 = ProtocolVersion.current.minor
  ) {
    major = ProtocolVersion.current.major
    self.minorMin = minorMin
    self.minorMax = minorMax
    features = 0
    required = 0
    self.token = token
    self.clientName = clientName
  }

  /// The version both speak, the highest there is; `nil` when there is none.
  package func common(with version: ProtocolVersion) -> ProtocolVersion? {
    guard major == version.major, minorMin <= version.minor, minorMin <= minorMax, required == 0
    else { return nil }
    return ProtocolVersion(major: major, minor: min(minorMax, version.minor))
  }
}

/// The answer to `Hello`: who serves, under which limits.
package struct Welcome: Sendable, Equatable {
  package var version: ProtocolVersion
  package var frameBytesMax: UInt32
  package var inFlightMax: UInt32
  package var batchCommandsMax: UInt32
  /// Seconds, in log time, for which command ids are remembered.
  package var retentionSeconds: UInt32
  /// The store's 128-bit identity.
  package var storeLow: UInt64
  package var storeHigh: UInt64
  /// Counts the server's starts.
  package var epoch: UInt64
  /// The last position decided.
  package var position: Position
  package var serverName: String

  package init(
    version: ProtocolVersion, frameBytesMax: UInt32, inFlightMax: UInt32, batchCommandsMax: UInt32,
    retentionSeconds: UInt32, storeLow: UInt64, storeHigh: UInt64, epoch: UInt64,
    position: Position, serverName: String
  ) {
    self.version = version
    self.frameBytesMax = frameBytesMax
    self.inFlightMax = inFlightMax
    self.batchCommandsMax = batchCommandsMax
    self.retentionSeconds = retentionSeconds
    self.storeLow = storeLow
    self.storeHigh = storeHigh
    self.epoch = epoch
    self.position = position
    self.serverName = serverName
  }
}

/// The one frame before a close: what the peer did wrong.
package struct Fault: Sendable, Equatable {
  package var code: RefusalCode
  package var text: String

  package init(_ code: RefusalCode, _ text: String) {
    self.code = code
    self.text = text
  }
}

extension MessageCodec {
  package static func encode(_ hello: Hello, into writer: inout ByteWriter) {
    writer.append(hello.major)
    writer.append(hello.minorMin)
    writer.append(hello.minorMax)
    writer.append(0 as UInt8)
    writer.append(hello.features)
    writer.append(hello.required)
    writer.append(hello.token)
    writer.append(hello.clientName)
  }

  package static func decodeHello(_ body: UnsafeRawBufferPointer) throws(WireFault) -> Hello {
    var reader = unsafe ByteReader(body)
    var hello = Hello(clientName: "")
    hello.major = try reader.integer()
    hello.minorMin = try reader.integer()
    hello.minorMax = try reader.integer()
    let reserved: UInt8 = try reader.integer()
    if reserved != 0 { throw .unknownValue(Int(reserved)) }
    hello.features = try reader.integer()
    hello.required = try reader.integer()
    hello.token = try reader.text()
    hello.clientName = try reader.text()
    try reader.end()
    return hello
  }

  package static func encode(_ welcome: Welcome, into writer: inout ByteWriter) {
    writer.append(welcome.version.major)
    writer.append(welcome.version.minor)
    writer.append(0 as UInt16)
    writer.append(welcome.frameBytesMax)
    writer.append(welcome.inFlightMax)
    writer.append(welcome.batchCommandsMax)
    writer.append(welcome.retentionSeconds)
    writer.append(welcome.storeLow)
    writer.append(welcome.storeHigh)
    writer.append(welcome.epoch)
    writer.append(welcome.position)
    writer.append(welcome.serverName)
  }

  package static func decodeWelcome(_ body: UnsafeRawBufferPointer) throws(WireFault) -> Welcome {
    var reader = unsafe ByteReader(body)
    let version = ProtocolVersion(major: try reader.integer(), minor: try reader.integer())
    let reserved: UInt16 = try reader.integer()
    if reserved != 0 { throw .unknownValue(Int(reserved)) }
    let welcome = Welcome(
      version: version, frameBytesMax: try reader.integer(), inFlightMax: try reader.integer(),
      batchCommandsMax: try reader.integer(), retentionSeconds: try reader.integer(),
      storeLow: try reader.integer(), storeHigh: try reader.integer(), epoch: try reader.integer(),
      position: try reader.integer(), serverName: try reader.text())
    try reader.end()
    return welcome
  }

  package static func encode(_ fault: Fault, into writer: inout ByteWriter) {
    writer.append(fault.code.rawValue)
    writer.append(fault.text)
  }

  package static func decodeFault(_ body: UnsafeRawBufferPointer) throws(WireFault) -> Fault {
    var reader = unsafe ByteReader(body)
    let code = try reader.refusalCode()
    let text = try reader.text()
    try reader.end()
    return Fault(code, text)
  }
}
