// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import InventoryEngine
import InventoryModel
import JournalFormat
import Testing
import WireCodec

@testable import holdfast

@Suite struct JournalToolTests {
  private let id = CommandID(low: 2, high: 1)
  private let receipt = Command.receive(
    Receive("r-1", source: .default, lines: [OrderLine("LAMP", Quantity(10))]))

  private func filled() throws -> TestDirectory {
    let directory = try TestDirectory()
    directory.append([(id, receipt)], at: 1_000)
    let change = Command.setProduct(ProductChange("LAMP"))
    directory.append([(CommandID(low: 3, high: 1), change), (.none, .pulse)], at: 2_000)
    return directory
  }

  @Test func `a sealed journal is sound and its replay is proven`() throws {
    let directory = try filled()
    directory.append([(.none, .digest(directory.engine.digest()))], at: 3_000)
    directory.seal(at: 4_000)
    try directory.save()
    let report = try directory.verify()
    #expect(report.status == .done)
    #expect(report.lines[0].hasPrefix("clean sealed"))
    #expect(
      report.lines[1]
        == "4 batches, 4 commands up to position 4, log time 1970-01-01T00:00:00.000003Z")
    #expect(report.lines[2].hasSuffix("1 digest on the way agreed, 0 violated invariants"))
    let text = report.values.map(\.description).joined()
    #expect(text.contains("\"digest\":\"\(hexadecimal(directory.engine.digest()))\""))
  }

  @Test func `a digest that replay does not give is damage`() throws {
    let directory = try filled()
    directory.append([(.none, .digest(1))], at: 3_000)
    try directory.save()
    let report = try directory.verify()
    #expect(report.status == .damaged)
    #expect(report.lines[2].contains("position 4 states the digest 0000000000000001"))
  }

  @Test func `half of the last batch is a torn tail`() throws {
    let directory = try filled()
    let last = directory.lastOffset
    try directory.save { bytes in
      for index in last..<last + 64 { bytes[index] = 0 }
    }
    let report = try directory.verify()
    #expect(report.status == .torn)
    #expect(report.lines[1].contains("up to position 1,"))
    #expect(report.lines[0].contains("offset=\(last)"))
  }

  @Test func `damage before the end names the file and the place`() throws {
    let directory = try filled()
    try directory.save { $0[JournalLimits.segmentHeaderBytes + 100] ^= 1 }
    let report = try directory.verify()
    #expect(report.status == .damaged)
    #expect(report.lines[0].hasPrefix("corrupt file=journal-0000000001.hfj offset=8192"))
    #expect(report.lines.last?.contains("do not start a server") == true)
  }

  @Test func `a directory without a journal is not readable`() throws {
    let parsed = try Holdfast.parseAsRoot(["journal", "verify", "Package.swift"])
    #expect((parsed as? VerifyJournal)?.report().status == .damaged)
    let directory = try TestDirectory()
    #expect(try directory.verify().lines.first?.contains("holds no journal") == true)
  }

  @Test func `a dumped record shows who, when and what`() throws {
    let directory = try filled()
    try directory.save()
    var scanner = JournalScanner(files: try JournalDirectory(path: directory.url.path).files)
    guard case .batch(var batch) = scanner.next(), let record = batch.next() else {
      Issue.record("the journal holds a batch")
      return
    }
    #expect(
      record.json.description
        == #"{"position":1,"time":"1970-01-01T00:00:00.000001Z","id":"\#(id)","command":"receive","#
        + #""document":"r-1","source":"default","lines":[{"sku":"LAMP","quantity":"10"}],"supply":null}"#
    )
    #expect(record.line.hasPrefix("1  1970-01-01T00:00:00.000001Z  \(id)  receive  {\"document\""))
  }
}

@Suite struct CommandPartsTests {
  @Test(arguments: [
    (Command.pulse, "{}"), (.digest(10), #"{"digest":"000000000000000a"}"#),
    (.deleteStock(2), #"{"stock":2}"#),
    (
      .setChannel(.rename(from: "a", to: "b")), #"{"change":"rename","channel":"a","to":"b"}"#
    ),
    (
      .setProduct(ProductChange("A", settings: [SettingChange(.backorders, nil)])),
      #"{"sku":"A","type":null,"enabled":null,"in_stock":null,"settings":{"backorders":null},"#
        + #""children":null,"options":null,"ships_together":null,"tags":null}"#
    ),
    (
      .place(Place("o", .hold("h", lines: [], reacquires: true))),
      #"{"order":"o","hold":"h","lines":[],"reacquires":true}"#
    ),
    (
      .deduct(Deduct(order: nil, document: "d", parts: [Deduct.Part(source: "s")])),
      #"{"order":null,"document":"d","parts":[{"source":"s","lines":[],"#
        + #""automatic":false}],"manner":"usual"}"#
    ),
    (
      .adjust(Adjust(source: "s", sku: "A", .by(Quantity(-1)), expectedVersion: 4)),
      #"{"source":"s","sku":"A","by":"-1","expected_version":4}"#
    ),
    (
      .transfer(Transfer("t", from: "a", to: "b", .everything(["A"], unassigns: true))),
      #"{"document":"t","from":"a","to":"b","skus":["A"],"unassigns":true}"#
    ),
  ])
  func `commands are shown with stable keys`(command: Command, text: String) {
    #expect(command.parts.description == text)
  }
}
