// SPDX-License-Identifier: Apache-2.0

/// What the bytes so far come to.
@safe package enum FrameStep {
  /// Not a whole frame yet: `needed` bytes in all are wanted for the next step.
  case incomplete(needed: Int)
  /// A frame with valid checksums; `body` is a part of the bytes that were looked at.
  case frame(FrameHeader, body: UnsafeRawBufferPointer)
  /// Framing is lost; nothing that follows can be trusted.
  case broken(WireFault)
}

/// Finds frames in bytes. It keeps nothing: the same bytes give the same frames, whether they arrive one
/// by one, all at once or with many frames behind them.
package enum FrameDecoder {
  /// Looks for a frame at the start of `bytes`. The length is compared with the limit before anything
  /// waits for bytes, the header is believed only after its checksum. O(frame).
  package static func next(
    in bytes: UnsafeRawBufferPointer, frameBytesMax: Int
  ) -> FrameStep {
    guard bytes.count >= 4 else { return .incomplete(needed: FrameHeader.byteCount) }
    let length: UInt32 = unsafe bytes.little(0)
    guard length >= FrameHeader.byteCount, length <= frameBytesMax else {
      return .broken(.frameLength(length))
    }
    guard bytes.count >= FrameHeader.byteCount else {
      return .incomplete(needed: FrameHeader.byteCount)
    }
    let magic: UInt16 = unsafe bytes.little(4)
    guard magic == FrameHeader.magic else { return .broken(.magic(magic)) }
    let checksum: UInt32 = unsafe bytes.little(28)
    guard unsafe Checksum.crc32c(UnsafeRawBufferPointer(rebasing: bytes[..<28])) == checksum else {
      return .broken(.headerChecksum)
    }
    let header = unsafe FrameHeader(checked: bytes)
    guard header.versionMajor == ProtocolVersion.current.major else {
      return .broken(.majorVersion(header.versionMajor))
    }
    guard bytes.count >= Int(length) else { return .incomplete(needed: Int(length)) }
    let body = unsafe UnsafeRawBufferPointer(
      rebasing: bytes[FrameHeader.byteCount..<Int(length)])
    guard unsafe Checksum.crc32c(body) == header.bodyChecksum else {
      return .broken(.bodyChecksum)
    }
    return unsafe .frame(header, body: body)
  }
}

/// Received bytes that are not used up yet: where a socket reads to and frames are found in.
@safe package struct FrameBuffer: ~Copyable {
  private var memory: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0
  /// Bytes of the frame that `next` gave last, which `consume` removes.
  private var frameBytes = 0

  package init(capacity: Int = 64 << 10) {
    unsafe memory = .allocate(byteCount: max(capacity, FrameHeader.byteCount), alignment: 16)
  }

  deinit { unsafe memory.deallocate() }

  /// Bytes received and not consumed.
  package var count: Int { end - start }

  /// Room for at least `least` more bytes, to be filled and then committed. Bytes not consumed are moved to
  /// the front, and the memory grows when even so there is too little room.
  package mutating func writable(atLeast least: Int) -> UnsafeMutableRawBufferPointer {
    if unsafe memory.count - end < least { makeRoom(least) }
    return unsafe UnsafeMutableRawBufferPointer(rebasing: memory[end...])
  }

  /// `count` bytes of the room were filled.
  package mutating func commit(_ count: Int) { end += count }

  /// Looks for the next frame. Its body is good until `consume` or `writable`.
  package mutating func next(frameBytesMax: Int) -> FrameStep {
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: memory[start..<end])
    let step = unsafe FrameDecoder.next(in: bytes, frameBytesMax: frameBytesMax)
    if case .frame(let header, _) = step { frameBytes = Int(header.frameBytes) }
    return step
  }

  /// The frame that `next` gave is done with.
  package mutating func consume() {
    start += frameBytes
    frameBytes = 0
    if start == end {
      start = 0
      end = 0
    }
  }

  private mutating func makeRoom(_ least: Int) {
    let count = end - start
    var capacity = unsafe memory.count
    while capacity - count < least { capacity *= 2 }
    if unsafe capacity == memory.count {
      unsafe memory.baseAddress?.copyMemory(
        from: UnsafeRawPointer(memory.baseAddress.unsafelyUnwrapped + start), byteCount: count)
    } else {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: capacity, alignment: 16)
      unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[start..<end]))
      unsafe memory.deallocate()
      unsafe memory = larger
    }
    start = 0
    end = count
  }
}
