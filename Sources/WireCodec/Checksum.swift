// SPDX-License-Identifier: Apache-2.0

internal import CChecksum

/// The two checksums of every format: CRC32C guards single headers and bodies against damage,
/// XXH3 (64 bits, seeded) chains journal batches and names the content of a command body.
package enum Checksum {
  /// CRC32C of `bytes`. Check value: "123456789" gives 0xE306_9283. O(count).
  package static func crc32c(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    unsafe holdfast_crc32c(bytes.baseAddress, bytes.count)
  }

  /// XXH3 of `bytes` under `seed`, 64 bits. O(count).
  package static func xxh3(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
    unsafe holdfast_xxh3(bytes.baseAddress, bytes.count, seed)
  }
}
