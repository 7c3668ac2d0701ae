// SPDX-License-Identifier: Apache-2.0

internal import InventoryModel

// Rows of reports and of the change stream (9, 11.8, 11.9, 18.8).

extension ByteWriter {
  mutating func append(_ row: StockSalableRow) {
    append(row.stock.rawValue)
    append(row.salable)
    append(row.isManaged)
    append(optional: row.onHand)
    append(row.reserved)
  }

  mutating func append(_ selection: Selection) {
    append(selection.isShippable)
    append(rows: selection.rows) { writer, row in
      writer.append(row.source.text)
      writer.append(row.sku.text)
      writer.append(row.quantity)
      writer.append(row.available)
    }
  }

  mutating func append(_ row: LowStockRow) {
    append(row.source.text)
    append(row.sku.text)
    append(row.quantity)
    append(row.notifyQuantity)
  }

  mutating func append(_ row: ChangeRow) {
    append(row.sequence)
    append(row.position)
    append(row.time.nanoseconds)
    append(row.stock.rawValue)
    append(row.sku.text)
    append(row.before)
    append(row.after)
  }

  private mutating func append(_ numbers: ChangeRow.Numbers) {
    append(numbers.onHand)
    append(numbers.reserved)
    append(optional: numbers.salable)
    append(numbers.isSalable)
    append(numbers.isOverpromised)
  }
}

extension ByteReader {
  mutating func stockSalableRow() throws(WireFault) -> StockSalableRow {
    StockSalableRow(
      stock: StockID(try integer()), salable: try salableRow(), isManaged: try flag(),
      onHand: try optionalQuantity(), reserved: try quantity())
  }

  mutating func selection() throws(WireFault) -> Selection {
    Selection(
      isShippable: try flag(),
      rows: try rows(20) { (r) throws(WireFault) in
        Selection.Row(
          source: SourceCode(try r.text()), sku: SKU(try r.text()), quantity: try r.quantity(),
          available: try r.quantity())
      })
  }

  mutating func lowStockRow() throws(WireFault) -> LowStockRow {
    LowStockRow(
      source: SourceCode(try text()), sku: SKU(try text()), quantity: try quantity(),
      notifyQuantity: try quantity())
  }

  mutating func changeRow() throws(WireFault) -> ChangeRow {
    ChangeRow(
      sequence: try integer(), position: try integer(),
      time: Timestamp(nanoseconds: try integer()), stock: StockID(try integer()),
      sku: SKU(try text()), before: try numbers(), after: try numbers())
  }

  private mutating func numbers() throws(WireFault) -> ChangeRow.Numbers {
    ChangeRow.Numbers(
      onHand: try quantity(), reserved: try quantity(), salable: try optionalQuantity(),
      isSalable: try flag(), isOverpromised: try flag())
  }
}
