// SPDX-License-Identifier: Apache-2.0

package import InventoryModel

/// Messages to bytes and back. Every encoding is canonical: bytes that decode encode to the same bytes, so a
/// digest of the bytes stands for the content. Protocol/Messages.md gives the layouts.
package enum MessageCodec {
  /// Writes a command's body: the id, then the fields.
  package static func encode(_ command: Command, id: CommandID, into writer: inout ByteWriter) {
    writer.append(id.low)
    writer.append(id.high)
    switch command {
    case .setStore(let change): writer.append(change)
    case .setProduct(let change): writer.append(change)
    case .setSource(let change): writer.append(change)
    case .setStock(let change): writer.append(change)
    case .deleteStock(let stock): writer.append(stock.rawValue)
    case .setChannel(let change): writer.append(change)
    case .linkSource(let link): writer.append(link)
    case .unlinkSource(let stock, let source):
      writer.append(stock.rawValue)
      writer.append(source.text)
    case .setSourceItems(let items): writer.append(list: items) { $0.append($1) }
    case .removeSourceItems(let keys): writer.append(list: keys) { $0.append($1) }
    case .hold(let hold):
      writer.append(hold.id.text)
      writer.append(hold.seconds)
      writer.append(hold.request)
    case .extend(let hold, let seconds):
      writer.append(hold.text)
      writer.append(seconds)
    case .place(let place): writer.append(place)
    case .release(let hold, let lines):
      writer.append(hold.text)
      writer.append(lines)
    case .cancel(let cancel):
      writer.append(cancel.order.text)
      writer.append(cancel.document.text)
      writer.append(cancel.lines)
    case .invoice(let invoice):
      writer.append(invoice.order.text)
      writer.append(invoice.document.text)
      writer.append(invoice.lines)
    case .deduct(let deduct): writer.append(deduct)
    case .refund(let refund): writer.append(refund)
    case .receive(let receive):
      writer.append(receive.document.text)
      writer.append(receive.source.text)
      writer.append(receive.lines)
      writer.append(optional: receive.supply?.text)
    case .adjust(let adjust): writer.append(adjust)
    case .transfer(let transfer): writer.append(transfer)
    case .deleteProduct, .renameProduct, .assignSources, .unassignSources, .importSourceItems,
      .importPlaces, .setCustomerLimit, .removeCustomerLimit, .setChannelPolicy,
      .removeChannelPolicy, .setSupply:
      encodeCatalogue(command, into: &writer)
    case .changeHold, .failOrder, .processOrder, .recordOrder, .setOrderState, .reopen,
      .notifyPickup, .appendEntries, .compensate, .cleanUp:
      encodeLedger(command, into: &writer)
    case .pulse: break
    case .digest(let digest): writer.append(digest)
    case .setCapacities(let capacities):
      writer.append(capacities.retentionSeconds)
      writer.append(capacities.rememberedIDsMax)
      writer.append(capacities.skusMax)
      writer.append(capacities.reservationsMax)
    }
  }

  /// Reads a command's body. The server's own commands have no id, all others have one.
  package static func decodeCommand(
    opcode: UInt16, body: UnsafeRawBufferPointer
  ) throws(WireFault) -> (CommandID, Command) {
    guard let opcode = Opcode(rawValue: opcode) else { throw .unknownOpcode(opcode) }
    var reader = unsafe ByteReader(body)
    let id = CommandID(low: try reader.integer(), high: try reader.integer())
    guard (id == .none) == (opcode.family == .serverOnly) else { throw .commandID }
    let command = try decode(opcode, &reader)
    try reader.end()
    return (id, command)
  }

  private static func decode(
    _ opcode: Opcode, _ reader: inout ByteReader
  ) throws(WireFault) -> Command {
    switch opcode {
    case .setStore: return .setStore(try reader.storeChange())
    case .setProduct: return .setProduct(try reader.productChange())
    case .setSource: return .setSource(try reader.sourceChange())
    case .setStock: return .setStock(try reader.stockChange())
    case .deleteStock: return .deleteStock(StockID(try reader.integer()))
    case .setChannel: return .setChannel(try reader.channelChange())
    case .linkSource: return .linkSource(try reader.link())
    case .unlinkSource:
      return .unlinkSource(
        stock: StockID(try reader.integer()), source: SourceCode(try reader.text()))
    case .setSourceItems: return .setSourceItems(try reader.sourceItemChanges())
    case .removeSourceItems: return .removeSourceItems(try reader.sourceItemKeys())
    case .hold:
      let id = DocumentID(try reader.text())
      let seconds: Int64 = try reader.integer()
      return .hold(Hold(id, try reader.request(), seconds: seconds))
    case .extend:
      return .extend(hold: DocumentID(try reader.text()), seconds: try reader.integer())
    case .place: return .place(try reader.place())
    case .release:
      return .release(hold: DocumentID(try reader.text()), lines: try reader.lines())
    case .cancel:
      return .cancel(
        Cancel(
          DocumentID(try reader.text()), document: DocumentID(try reader.text()),
          lines: try reader.lines()))
    case .invoice:
      return .invoice(
        Invoice(
          DocumentID(try reader.text()), document: DocumentID(try reader.text()),
          lines: try reader.lines()))
    case .deduct: return .deduct(try reader.deduct())
    case .refund: return .refund(try reader.refund())
    case .receive:
      return .receive(
        Receive(
          DocumentID(try reader.text()), source: SourceCode(try reader.text()),
          lines: try reader.lines(), supply: try reader.optionalText().map { DocumentID($0) }))
    case .adjust: return .adjust(try reader.adjust())
    case .transfer: return .transfer(try reader.transfer())
    case .pulse: return .pulse
    case .digest: return .digest(try reader.integer())
    case .setCapacities:
      return .setCapacities(
        Capacities(
          retentionSeconds: try reader.integer(), rememberedIDsMax: try reader.integer(),
          skusMax: try reader.integer(), reservationsMax: try reader.integer()))
    default:
      if let command = try decodeCatalogue(opcode, &reader) { return command }
      if let command = try decodeLedger(opcode, &reader) { return command }
      throw .unknownOpcode(opcode.rawValue)
    }
  }
}
