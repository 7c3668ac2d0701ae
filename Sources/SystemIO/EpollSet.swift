// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import Glibc

/// A private epoll set of connections. Level-triggered: what is not read now is reported again.
package struct EpollSet: ~Copyable {
  private let epoll: FileDescriptor
  private var tokens = [UInt64](repeating: 0, count: EpollSet.eventsMax)
  private var flags = [UInt32](repeating: 0, count: EpollSet.eventsMax)
  /// Events of the last `wait`.
  package private(set) var readyCount = 0

  /// Events taken by one `wait`.
  package static let eventsMax = 256

  /// epoll_create1(2).
  package init() throws(SystemError) {
    epoll = FileDescriptor(
      adopting: try SystemCall.run("epoll_create1") { epoll_create1(Int32(EPOLL_CLOEXEC)) })
  }

  /// Readable while any of the connections is ready: what the lane's one Dispatch source watches.
  package var descriptor: Int32 { epoll.rawValue }

  /// Watches a descriptor; `token` comes back with its events. epoll_ctl(2).
  package func add(
    _ descriptor: Int32, token: UInt64, reads: Bool, writes: Bool
  ) throws(SystemError) {
    try control(EPOLL_CTL_ADD, descriptor, token, reads, writes)
  }

  /// Changes what is watched for.
  package func modify(
    _ descriptor: Int32, token: UInt64, reads: Bool, writes: Bool
  ) throws(SystemError) {
    try control(EPOLL_CTL_MOD, descriptor, token, reads, writes)
  }

  /// Watches no more. Before the descriptor is closed.
  package func remove(_ descriptor: Int32) {
    _ = holdfast_epoll_control(epoll.rawValue, EPOLL_CTL_DEL, descriptor, 0, 0)
  }

  private func control(
    _ operation: Int32, _ descriptor: Int32, _ token: UInt64, _ reads: Bool, _ writes: Bool
  ) throws(SystemError) {
    let events =
      (reads ? EPOLLIN.rawValue | EPOLLRDHUP.rawValue : 0) | (writes ? EPOLLOUT.rawValue : 0)
    try SystemCall.run("epoll_ctl") {
      holdfast_epoll_control(epoll.rawValue, operation, descriptor, events, token)
    }
  }

  /// Takes what is ready now, without waiting: at most `eventsMax`. epoll_wait(2).
  package mutating func wait() {
    let raw = epoll.rawValue
    let (count, _) = SystemCall.result {
      unsafe holdfast_epoll_poll(raw, &tokens, &flags, Int32(EpollSet.eventsMax))
    }
    readyCount = max(Int(count), 0)
  }

  /// The event at `index` of the last `wait`.
  package func ready(_ index: Int) -> Ready {
    let flags = flags[index]
    return Ready(
      token: tokens[index],
      isReadable: flags & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue) != 0,
      isWritable: flags & EPOLLOUT.rawValue != 0,
      isHangup: flags & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0)
  }

  /// What is ready at one descriptor.
  package struct Ready: Sendable, Equatable {
    package let token: UInt64
    /// A read would give bytes, or the end.
    package let isReadable: Bool
    package let isWritable: Bool
    /// Both directions are gone, or there is an error: a read says which.
    package let isHangup: Bool
  }
}
