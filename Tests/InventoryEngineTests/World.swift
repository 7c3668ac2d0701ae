// SPDX-License-Identifier: Apache-2.0

import InventoryEngine
import InventoryModel
import Testing

/// An engine with a clock that the test turns, which keeps what it was told so that a second engine
/// can be told the same.
final class World {
  /// A command as the log would hold it.
  struct Logged {
    var command: Command
    var id: CommandID
    var digest: UInt64
    var position: Position
    var timestamp: Timestamp
  }

  let options: EngineOptions
  var engine: Engine
  var log: [Logged] = []
  private(set) var seconds: Int64 = 1_000
  private var position: Position = 0

  init(_ options: EngineOptions = EngineOptions()) {
    self.options = options
    engine = Engine(options)
  }

  var now: Timestamp { Timestamp(nanoseconds: 0).adding(seconds: seconds) }

  func wait(_ seconds: Int64) { self.seconds += seconds }

  /// Applies a command under a fresh id, or the one given, and answers the whole reply.
  @discardableResult
  func send(_ command: Command, id: CommandID? = nil, digest: UInt64? = nil) -> Reply {
    position += 1
    let logged = Logged(
      command: command, id: id ?? CommandID(low: position, high: 7),
      digest: digest ?? World.digest(of: command), position: position, timestamp: now)
    log.append(logged)
    return World.apply(logged, to: &engine)
  }

  /// Applies a command and answers its outcome.
  @discardableResult
  func run(_ command: Command) -> Outcome { send(command).outcome }

  /// Applies a command and answers the code of its refusal, or `nil`.
  @discardableResult
  func code(_ command: Command) -> RefusalCode? { send(command).outcome.refusal?.code }

  func ask(_ query: Query) -> Answer { engine.answer(query) }

  /// What is wrong with the engine's state.
  func violations() -> [String] { engine.violations() }

  /// Whether an engine that is told the same comes to the same state.
  var replayAgrees: Bool { replayedDigest() == engine.digest() }

  /// An engine that was told the same.
  func replayedDigest() -> UInt64 {
    var other = Engine(options)
    for logged in log { _ = World.apply(logged, to: &other) }
    return other.digest()
  }

  static func apply(_ logged: Logged, to engine: inout Engine) -> Reply {
    engine.apply(
      logged.command, id: logged.id, bodyDigest: logged.digest, position: logged.position,
      timestamp: logged.timestamp)
  }

  /// Stands for the digest of the encoded body: equal for equal commands.
  static func digest(of command: Command) -> UInt64 {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in String(describing: command).utf8 {
      value = (value ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    return value
  }
}

// Short forms of what the tests say all the time.
extension World {
  /// Registers a product with settings.
  func product(
    _ sku: SKU, _ settings: [SettingChange] = [], type: ProductType = .simple
  ) {
    run(.setProduct(ProductChange(sku, type: type, settings: settings)))
  }

  /// Creates a source and links it to a stock, which is made when it is missing.
  func source(
    _ code: SourceCode, stock: StockID? = nil, priority: Int32 = 1, isEnabled: Bool = true
  ) {
    run(
      .setSource(
        SourceChange(
          code, isEnabled: isEnabled,
          texts: [
            SourceText(.name, "Source"), SourceText(.country, "FR"), SourceText(.postcode, "75"),
          ])))
    guard let stock else { return }
    run(.setStock(StockChange(stock, name: "Stock \(stock)")))
    run(.linkSource(StockSourceLink(stock: stock, source: code, priority: priority)))
  }

  /// Sets one source item.
  func item(_ source: SourceCode, _ sku: SKU, _ quantity: Quantity, isInStock: Bool = true) {
    run(
      .setSourceItems([
        SourceItemChange(source: source, sku: sku, quantity: quantity, isInStock: isInStock)
      ]))
  }

  /// What `Query.salable` says of one SKU.
  func salable(_ sku: SKU, _ stock: StockID = 1) -> Quantity? {
    guard case .salable(let rows) = ask(.salable(.stock(stock), [sku])) else { return nil }
    return rows.first?.quantity
  }

  func isSalable(_ sku: SKU, _ stock: StockID = 1) -> Bool {
    guard case .salable(let rows) = ask(.salable(.stock(stock), [sku])) else { return false }
    return rows.first?.isSalable ?? false
  }

  /// On hand, reserved and threshold of one SKU in one stock.
  func explanation(_ sku: SKU, _ stock: StockID = 1) -> Explanation? {
    guard case .explanation(let all) = ask(.explain(sku, stock: stock)) else { return nil }
    return all.first
  }

  func reserved(_ sku: SKU, _ stock: StockID = 1) -> Quantity? {
    explanation(sku, stock)?.reserved
  }

  /// The quantity of a source item.
  func onHand(_ source: SourceCode, _ sku: SKU) -> Quantity? {
    guard case .sourceItems(let rows, _) = ask(.sourceItems(sku)) else { return nil }
    return rows.first { $0.source == source }?.quantity
  }

  func isInStock(_ source: SourceCode, _ sku: SKU) -> Bool? {
    guard case .sourceItems(let rows, _) = ask(.sourceItems(sku)) else { return nil }
    return rows.first { $0.source == source }?.isInStock
  }

  func order(_ id: DocumentID) -> ReservationView? {
    guard case .reservation(let view) = ask(.order(id)) else { return nil }
    return view
  }

  func hold(_ id: DocumentID) -> ReservationView? {
    guard case .reservation(let view) = ask(.hold(id)) else { return nil }
    return view
  }

  /// The entries of an order as (event, quantity).
  func entries(_ filter: EntryFilter) -> [String] {
    guard case .entries(let rows, _) = ask(.entries(filter, after: 0, limit: 100)) else {
      return []
    }
    return rows.map { "\($0.event.name) \($0.quantity)" }
  }
}

/// A quantity from its decimal text; a text that is none fails the test.
func q(_ text: String) -> Quantity {
  do {
    return try Quantity(text)
  } catch {
    Issue.record("not a quantity: \(text)")
    return .zero
  }
}

/// A request for one SKU.
func request(
  _ sku: SKU, _ quantity: String, stock: StockID = 1, group: Int32? = nil,
  mode: ReserveMode = .all, allowsBackorder: Bool = true, quantityChecksOnly: Bool = false
) -> ReserveRequest {
  ReserveRequest(
    .stock(stock), [OrderLine(sku, q(quantity))], group: group, mode: mode,
    quantityChecksOnly: quantityChecksOnly, allowsBackorder: allowsBackorder)
}

func place(_ order: DocumentID, _ sku: SKU, _ quantity: String, stock: StockID = 1) -> Command {
  .place(Place(order, .request(request(sku, quantity, stock: stock))))
}

func hold(
  _ id: DocumentID, _ sku: SKU, _ quantity: String, stock: StockID = 1, seconds: Int64 = 900
) -> Command {
  .hold(Hold(id, request(sku, quantity, stock: stock), seconds: seconds))
}

func ship(
  _ order: DocumentID, _ document: DocumentID, from source: SourceCode?, _ lines: OrderLines = []
) -> Command {
  .deduct(
    Deduct(order: order, document: document, parts: [Deduct.Part(source: source, lines: lines)]))
}

/// `#expect` for values of types that cannot be copied: the macro would take them apart.
func expect(
  _ isTrue: Bool, _ comment: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(isTrue, Comment(rawValue: comment), sourceLocation: sourceLocation)
}
