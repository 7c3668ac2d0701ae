// SPDX-License-Identifier: Apache-2.0

internal import SystemIO
internal import WireCodec

/// Drives some connections from one queue: a private epoll set, one Dispatch source on it, frames
/// encoded straight into each connection's output, one write for many of them.
///
/// A lost connection is opened again; what was in flight on it goes back to the feed.
actor LoadLane<Feed: RequestFeed> {
  nonisolated let lane: LaneQueue
  nonisolated var unownedExecutor: UnownedSerialExecutor {
    unsafe lane.asUnownedSerialExecutor()
  }

  /// Between two attempts to open a connection.
  static var retryNanoseconds: Int64 { 100_000_000 }
  /// Requests one connection takes from the feed before it is the next one's turn.
  static var fillQuota: Int { 32 }

  let address: SocketAddress
  var feed: Feed
  var welcome: Welcome?
  /// What went wrong, in words: the first few, and how often.
  private(set) var errorCount = 0
  private(set) var errors: [String] = []

  var epoll: EpollSet
  var connections: [LoadConnection<Feed.Request>] = []
  private var source: ReadinessSource?
  var alarm: LaneTimer?
  private var ticker: LaneTimer?
  var isDone = false
  var isFeeding = false
  var opening: CheckedContinuation<String?, Never>?
  var finishing: CheckedContinuation<Feed, Never>?
  /// How long answers may take once the feed is done, in nanoseconds.
  let patience: Int64
  var doneAt: Int64?
  /// Since when no connection is open, in nanoseconds.
  var outageSince: Int64?
  var openBy: Int64 = 0

  init(
    label: String, address: SocketAddress, feed: Feed, connections count: Int, inFlight: Int,
    patience: Int64 = 10_000_000_000
  ) throws(SystemError) {
    lane = LaneQueue(label: label)
    self.address = address
    self.feed = feed
    self.patience = patience
    epoll = try EpollSet()
    connections = (0..<count).map { LoadConnection(number: $0, inFlight: inFlight) }
  }

  /// Opens and greets all connections.
  ///
  /// - Returns: why that did not come about within `seconds`, or `nil`.
  func open(within seconds: Int64) async -> String? {
    let source = ReadinessSource(descriptor: epoll.descriptor, lane: lane) { [weak self] in
      self?.assumeIsolated { $0.turn() }
    }
    source.resume()
    self.source = source
    alarm = LaneTimer(lane: lane) { [weak self] in self?.assumeIsolated { $0.turn() } }
    let ticker = LaneTimer(lane: lane) { [weak self] in self?.assumeIsolated { $0.tick() } }
    ticker.repeatEvery(nanoseconds: LoadLane.retryNanoseconds)
    self.ticker = ticker
    openBy = SystemClock.monotonicNanoseconds() + seconds * 1_000_000_000
    return await withCheckedContinuation { continuation in
      opening = continuation
      for connection in connections { begin(connection) }
    }
  }

  /// Sends what the feed gives until it is done and everything is answered or given up.
  func run() async -> Feed {
    await withCheckedContinuation { continuation in
      finishing = continuation
      isFeeding = true
      fill()
    }
  }

  /// Lets the feed be looked at, or changed, while it runs.
  func withFeed<Value: Sendable>(_ body: @Sendable (inout Feed) -> Value) -> Value { body(&feed) }

  /// Closes everything; the lane is of no more use.
  func close() {
    for connection in connections where connection.state != .closed {
      epoll.remove(connection.descriptor)
      _ = connection.close()
    }
    ticker?.cancel()
    alarm?.cancel()
    source?.cancel()
    (ticker, alarm, source) = (nil, nil, nil)
    isDone = true
  }

  /// Notes what went wrong.
  func report(_ text: String) {
    errorCount += 1
    if errors.count < 5 { errors.append(text) }
  }
}
