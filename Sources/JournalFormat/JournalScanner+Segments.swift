// SPDX-License-Identifier: Apache-2.0

/// Files and their headers.
extension JournalScanner {
  /// Numbers run without gap from the first wanted segment.
  func checkNumbers() throws(JournalCorruption) {
    var expected = checkpoint?.segment ?? 1
    if files.isEmpty, checkpoint != nil {
      throw damage(.missingSegment, segment: expected, offset: 0)
    }
    for file in files {
      if file.number < expected {
        throw damage(.duplicateSegment, segment: file.number, offset: 0)
      }
      if file.number > expected { throw damage(.missingSegment, segment: expected, offset: 0) }
      expected += 1
    }
  }

  /// The header of the file at `place`, which must belong there; `nil` when neither copy is valid
  /// or there is no such file.
  mutating func readHeader(_ place: Int) throws(JournalCorruption) -> SegmentHeader? {
    guard place < files.count else { return nil }
    let file = files[place]
    let wrongSize = damage(
      .wrongSize(expected: chain.segmentBytes, found: file.byteCount), segment: file.number,
      offset: 0)
    guard file.byteCount >= JournalLimits.segmentHeaderBytes,
      file.byteCount.isMultiple(of: JournalLimits.pageBytes)
    else { throw wrongSize }
    window.open(file)
    let first = try readHeaderCopy(0, of: file)
    let second = try readHeaderCopy(1, of: file)
    let header: SegmentHeader
    switch (first, second) {
    case (.newer(let major, let minor), _), (_, .newer(let major, let minor)):
      throw damage(.newerFormat(major: major, minor: minor), segment: file.number, offset: 0)
    case (.damaged, .damaged):
      guard JournalLimits.allowsSegment(bytes: file.byteCount) else { throw wrongSize }
      return nil
    case (.valid(let copy), .damaged):
      header = copy
      blemishes.note(.headerCopy, segment: file.number, offset: JournalLimits.pageBytes)
    case (.damaged, .valid(let copy)):
      header = copy
      blemishes.note(.headerCopy, segment: file.number, offset: 0)
    case (.valid(let copy), .valid(let other)):
      guard copy == other else {
        throw damage(.headersDisagree, segment: file.number, offset: 0)
      }
      header = copy
    }
    try check(header, of: file)
    return header
  }

  private mutating func readHeaderCopy(
    _ copy: Int, of file: JournalSegmentFile
  ) throws(JournalCorruption) -> SegmentHeader.Reading {
    do throws(JournalDamage) {
      guard
        let page = unsafe try window.bytes(
          copy * JournalLimits.pageBytes, JournalLimits.pageBytes)
      else { return .damaged }
      return unsafe SegmentHeader.read(page)
    } catch {
      throw damage(error, segment: file.number, offset: copy * JournalLimits.pageBytes)
    }
  }

  private func check(
    _ header: SegmentHeader, of file: JournalSegmentFile
  ) throws(JournalCorruption) {
    let known = store ?? (chain.segment > 0 ? chain.store : nil)
    if let known, header.store != known {
      throw damage(.otherStore(found: header.store), segment: file.number, offset: 0)
    }
    if header.segment != file.number {
      throw damage(.otherSegment(found: header.segment), segment: file.number, offset: 0)
    }
    if header.segmentBytes != file.byteCount {
      throw damage(
        .wrongSize(expected: header.segmentBytes, found: file.byteCount), segment: file.number,
        offset: 0)
    }
  }

  /// From `place` on no segment was ever used: no header, and nothing that was a batch.
  mutating func checkBlank(from place: Int) throws(JournalCorruption) {
    for next in place..<max(place, files.count) {
      if try readHeader(next) != nil {
        throw damage(.headerDamaged, segment: files[place].number, offset: 0)
      }
      do throws(JournalDamage) {
        try checkBlankContent(of: files[next])
      } catch {
        throw damage(error, segment: files[next].number, offset: 0)
      }
    }
  }

  private mutating func checkBlankContent(of file: JournalSegmentFile) throws(JournalDamage) {
    var offset = 0
    var stain: Int?
    while offset < file.byteCount {
      let piece = unsafe try window.piece(offset)
      if unsafe !piece.isAllZero {
        stain = stain ?? offset
        for start in stride(from: 0, to: piece.count, by: JournalLimits.sectorBytes)
        where unsafe BatchHeader.hasMagic(piece.part(start, JournalLimits.sectorBytes)) {
          throw .headerDamaged
        }
      }
      offset += piece.count
    }
    if let stain { blemishes.note(.blankSegment, segment: file.number, offset: stain) }
  }
}
