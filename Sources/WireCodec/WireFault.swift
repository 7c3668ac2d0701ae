// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// What is wrong with bytes from outside.
package enum WireFault: Error, Sendable, Equatable, CustomStringConvertible {
  // Damage to framing: one fault frame, then the close.

  /// The length is below a header or above the limit.
  case frameLength(UInt32)
  /// The magic is not "HF".
  case magic(UInt16)
  case headerChecksum
  case bodyChecksum
  /// The major version is not ours.
  case majorVersion(UInt8)

  // Damage to one message: an ordinary refusal.

  /// The opcode is not known.
  case unknownOpcode(UInt16)
  /// A field goes past the end of its message.
  case truncated
  /// Bytes follow the last field.
  case trailingBytes(Int)
  /// A text is not UTF-8.
  case notUTF8
  /// A text or list is longer than allowed.
  case tooLong(Int)
  /// A choice, flag or reserved field has a value without a meaning.
  case unknownValue(Int)
  /// A command without an id, or one of the server's own with one.
  case commandID
  /// A text states something else than it must (greeting).
  case inconsistent

  /// The refusal it is answered with.
  package var code: RefusalCode {
    switch self {
    case .majorVersion, .unknownOpcode: .unsupported
    default: .malformed
    }
  }

  /// The fault in words.
  package var description: String {
    switch self {
    case .frameLength(let length): "a frame cannot be \(length) bytes long"
    case .magic(let magic): "not a frame: magic is 0x\(String(magic, radix: 16))"
    case .headerChecksum: "the header checksum is wrong"
    case .bodyChecksum: "the body checksum is wrong"
    case .majorVersion(let major): "protocol version \(major) is not spoken here"
    case .unknownOpcode(let opcode): "opcode 0x\(String(opcode, radix: 16)) is not known"
    case .truncated: "the message ends inside a field"
    case .trailingBytes(let count): "\(count) bytes follow the last field"
    case .notUTF8: "a text is not UTF-8"
    case .tooLong(let count): "a text or list of \(count) is too long"
    case .unknownValue(let value): "\(value) has no meaning in its field"
    case .commandID: "the command id is missing"
    case .inconsistent: "the message contradicts itself"
    }
  }
}
