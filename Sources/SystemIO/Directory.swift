// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import Glibc

/// What is done with directories and the names in them.
package enum Directory {
  /// `name` in `directory`.
  package static func path(_ directory: String, _ name: String) -> String {
    directory.hasSuffix("/") ? directory + name : directory + "/" + name
  }

  /// Makes the directory, mode 0700, and makes its name durable; one that is there is kept.
  package static func create(_ path: String) throws(SystemError) {
    let (_, error) = SystemCall.result { unsafe mkdir(path, 0o700) }
    if error == EEXIST { return }
    if error != 0 { throw SystemError("mkdir", error, path: path) }
    try sync(parent(of: path))
  }

  /// The directory that holds `path`.
  package static func parent(of path: String) -> String {
    var name = path[...]
    while name.count > 1, name.last == "/" { name = name.dropLast() }
    guard let slash = name.lastIndex(of: "/") else { return "." }
    return slash == name.startIndex ? "/" : String(name[..<slash])
  }

  /// The names in it, sorted bytewise, without `.` and `..`. opendir(3).
  package static func names(_ path: String) throws(SystemError) -> [String] {
    guard let directory = unsafe opendir(path) else {
      throw SystemError("opendir", errno, path: path)
    }
    defer { _ = unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// access(2).
  package static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// rename(2); `sync` makes it durable.
  package static func rename(_ path: String, to other: String) throws(SystemError) {
    try SystemCall.run("rename", path: path) { unsafe Glibc.rename(path, other) }
  }

  /// unlink(2); a file that is not there is no error.
  package static func remove(_ path: String) throws(SystemError) {
    let (_, error) = SystemCall.result { unsafe unlink(path) }
    if error != 0, error != ENOENT { throw SystemError("unlink", error, path: path) }
  }

  /// Makes the names in a directory durable. fsync(2).
  package static func sync(_ path: String) throws(SystemError) {
    let directory = FileDescriptor(
      adopting: try SystemCall.run("open", path: path) {
        unsafe holdfast_open(path, O_RDONLY | O_DIRECTORY, 0, 0)
      })
    try SystemCall.run("fsync", path: path) { fsync(directory.rawValue) }
  }

  /// Free bytes for an ordinary process. statfs(2).
  package static func freeBytes(_ path: String) throws(SystemError) -> Int64 {
    try SystemCall.run("statfs", path: path) { unsafe holdfast_free_bytes(path) }
  }

  /// Writes a small file so that it is there whole or not at all: aside, synced, renamed, directory synced.
  package static func writeFileDurably(_ path: String, _ bytes: [UInt8]) throws(SystemError) {
    let temporary = path + ".tmp"
    let file = FileDescriptor(
      adopting: try SystemCall.run("open", path: temporary) {
        unsafe holdfast_open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o600, 0)
      })
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = try SystemCall.run("write", path: temporary) {
        unsafe rest.withUnsafeBytes { unsafe write(file.rawValue, $0.baseAddress, $0.count) }
      }
      rest = rest.dropFirst(count)
    }
    try SystemCall.run("fsync", path: temporary) { fsync(file.rawValue) }
    try rename(temporary, to: path)
    try sync(parent(of: path))
  }
}

/// What a directory lies on, as far as it matters for durability. statfs(2).
package enum FileSystemKind: String, Sendable, CustomStringConvertible {
  case local = "a local file system"
  case memory = "tmpfs"
  case network = "a network file system"
  case overlay = "overlayfs"

  package var description: String { rawValue }

  /// Whether a synced write may be believed.
  package var keepsPromises: Bool { self == .local }

  /// What `path` lies on.
  package init(of path: String) throws(SystemError) {
    let magic = try SystemCall.run("statfs", path: path) {
      unsafe holdfast_file_system(path)
    }
    switch magic {
    case 0x0102_1994, 0x8584_58F6: self = .memory
    case 0x6969, 0xFF53_4D42, 0xFE53_4D42, 0x517B, 0x0102_1997: self = .network
    case 0x794C_7630: self = .overlay
    default: self = .local
    }
  }
}
