// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Reads a file or standard input from its beginning to its end, a piece at a time.
package struct ByteFileReader: ~Copyable {
  private let descriptor: FileDescriptor
  private let path: String

  /// Bytes asked for at a time.
  package static let pieceBytes = 64 << 10

  /// Opens the file; `-` is standard input. open(2).
  package init(_ path: String) throws(SystemError) {
    self.path = path
    descriptor = FileDescriptor(
      adopting: try SystemCall.run("open", path: path) {
        path == "-" ? fcntl(0, F_DUPFD_CLOEXEC, 0) : unsafe open(path, O_RDONLY | O_CLOEXEC)
      })
  }

  /// The next bytes, at least one; none at the end. Waits for a pipe. read(2).
  package func next() throws(SystemError) -> [UInt8] {
    var piece = [UInt8](repeating: 0, count: ByteFileReader.pieceBytes)
    let raw = descriptor.rawValue
    let (count, error) = SystemCall.result {
      unsafe piece.withUnsafeMutableBytes { unsafe read(raw, $0.baseAddress, $0.count) }
    }
    if error != 0 { throw SystemError("read", error, path: path) }
    piece.removeLast(ByteFileReader.pieceBytes - count)
    return piece
  }
}
