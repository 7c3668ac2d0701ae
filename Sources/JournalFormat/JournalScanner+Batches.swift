// SPDX-License-Identifier: Apache-2.0

internal import WireCodec

/// One batch at the end of what is verified.
extension JournalScanner {
  /// The batch there, `nil` when none is valid. Throws where a sound header or a sound payload
  /// breaks the rules: a power cut cannot have made that.
  mutating func nextBatch() throws(JournalCorruption) -> JournalBatch? {
    guard chain.segmentBytes - chain.offset >= JournalLimits.pageBytes else { return nil }
    guard let header = try headerAtEnd() else { return nil }
    guard let bytes = unsafe try bytesAtEnd(header.byteCount) else { throw damage(.malformedBatch) }
    let payload = unsafe bytes.part(JournalLimits.batchHeaderBytes, header.payloadBytes)
    guard unsafe Checksum.xxh3(payload, seed: chain.seed) == header.payloadHash else { return nil }
    let batch = unsafe JournalBatch(header: header, offset: chain.offset, payload: payload)
    if let index = batch.firstUnsoundRecord { throw damage(.malformedRecord(index: index)) }
    switch header.kind {
    case .seal:
      unsafe noteSealSectors(of: bytes, header)
    case .commands:
      let used = JournalLimits.batchHeaderBytes + header.payloadBytes
      if unsafe !bytes.part(used, bytes.count - used).isAllZero {
        blemishes.note(.padding, segment: chain.segment, offset: chain.offset)
      }
    }
    return batch
  }

  /// The header of the batch at the end of the chain, checked field by field against it.
  private mutating func headerAtEnd() throws(JournalCorruption) -> BatchHeader? {
    guard let page = unsafe try bytesAtEnd(JournalLimits.pageBytes) else { return nil }
    if unsafe BatchHeader.isVerifiable(page, seed: chain.seed) {
      guard let header = unsafe BatchHeader.read(page) else { throw damage(.malformedBatch) }
      try check(header)
      return header
    }
    // The first sector of a seal may be lost; each of the other seven says the same.
    for start in Self.sectors.dropFirst() {
      let sector = unsafe page.part(start, JournalLimits.sectorBytes)
      if unsafe BatchHeader.isVerifiable(sector, seed: chain.seed),
        let header = unsafe BatchHeader.read(sector), case .seal = header.kind,
        header.sequence == chain.nextSequence
      {
        try check(header)
        return header
      }
    }
    return nil
  }

  private func check(_ header: BatchHeader) throws(JournalCorruption) {
    if header.sequence != chain.nextSequence {
      throw damage(.batchMisplaced(found: header.sequence))
    }
    if header.previousHash != chain.hash || header.firstPosition != chain.nextPosition {
      throw damage(.chainBroken)
    }
    guard header.hasSoundCounts, header.segment == chain.segment, header.epoch == chain.epoch,
      header.durableUpTo == chain.durableUpTo, header.timestamp >= chain.timestamp,
      header.byteCount <= chain.segmentBytes - chain.offset
    else { throw damage(.malformedBatch) }
  }

  private mutating func bytesAtEnd(
    _ count: Int
  ) throws(JournalCorruption) -> UnsafeRawBufferPointer? {
    do throws(JournalDamage) {
      return unsafe try window.bytes(chain.offset, count)
    } catch {
      throw damage(error)
    }
  }

  private mutating func noteSealSectors(of page: UnsafeRawBufferPointer, _ header: BatchHeader) {
    let used = JournalLimits.batchHeaderBytes
    let areEqual = Self.sectors.allSatisfy { start in
      unsafe BatchHeader.isVerifiable(page.part(start, used), seed: chain.seed)
        && BatchHeader.read(page.part(start, used)) == header
        && page.part(start + used, JournalLimits.sectorBytes - used).isAllZero
    }
    if !areEqual { blemishes.note(.sealSector, segment: chain.segment, offset: chain.offset) }
  }

  /// Where the sectors of a page begin.
  private static var sectors: StrideTo<Int> {
    stride(from: 0, to: JournalLimits.pageBytes, by: JournalLimits.sectorBytes)
  }

  /// Looks for evidence after the end of the chain, sector by sector to the end of the segment: a
  /// verifiable header there proves that the batch missing here was durable. Without evidence,
  /// gives the end of the last sector that is not zero (the end of the chain when all are).
  mutating func remainsAfterEnd() throws(JournalCorruption) -> Int {
    var last = chain.offset
    var offset = chain.offset
    while offset < chain.segmentBytes {
      do throws(JournalDamage) {
        let piece = unsafe try window.piece(offset)
        if unsafe piece.isEmpty { break }
        if let end = unsafe try remains(in: piece, at: offset) { last = end }
        offset += piece.count
      } catch {
        throw damage(error)
      }
    }
    return last
  }

  private func remains(
    in piece: UnsafeRawBufferPointer, at offset: Int
  ) throws(JournalDamage) -> Int? {
    if unsafe piece.isAllZero { return nil }
    var last: Int?
    for start in stride(from: 0, to: piece.count, by: JournalLimits.sectorBytes) {
      let sector = unsafe piece.part(start, JournalLimits.sectorBytes)
      if unsafe sector.isAllZero { continue }
      let place = offset + start
      if place > chain.offset, unsafe BatchHeader.isVerifiable(sector, seed: chain.seed) {
        let found = unsafe BatchHeader.sequence(of: sector)
        throw found > chain.nextSequence
          ? .batchDamaged(laterSequence: found, at: place) : .batchMisplaced(found: found)
      }
      last = place + JournalLimits.sectorBytes
    }
    return last
  }
}
