// SPDX-License-Identifier: Apache-2.0

internal import Dispatch
internal import Glibc

/// This process.
package enum Process {
  /// getpid(2).
  package static var id: Int32 { getpid() }

  /// Ends the process.
  package static func exit(_ code: Int32) -> Never { Glibc.exit(code) }

  /// A peer that is gone and a file size limit are errors of calls, not deaths of the process.
  package static func ignoreSignals() {
    _ = signal(SIGPIPE, SIG_IGN)
    _ = signal(SIGXFSZ, SIG_IGN)
  }

  /// Raises the limit on descriptors to the hard limit. getrlimit(2), setrlimit(2).
  ///
  /// - Returns: the limit in force.
  @discardableResult
  package static func raiseFileDescriptorLimit() -> Int {
    var limit = rlimit()
    _ = unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    _ = unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return Int(clamping: limit.rlim_cur)
  }

  /// Processor time used so far, user and system, in nanoseconds. getrusage(2).
  package static var cpuNanoseconds: Int64 {
    var usage = rusage()
    _ = unsafe getrusage(__rusage_who_t(0), &usage)
    func nanoseconds(_ time: timeval) -> Int64 {
      Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_usec) * 1_000
    }
    return nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime)
  }

  /// Most memory ever resident, in bytes. getrusage(2).
  package static var peakResidentBytes: Int {
    var usage = rusage()
    _ = unsafe getrusage(__rusage_who_t(0), &usage)
    return usage.ru_maxrss * 1_024
  }
}

/// Whole texts to standard output and standard error, past Glibc's streams. write(2).
package enum Console {
  package static func out(_ text: String) { write(text, to: 1) }
  package static func error(_ text: String) { write(text, to: 2) }
  /// Whether standard error is a terminal. isatty(3).
  package static var errorIsTerminal: Bool { isatty(2) == 1 }

  private static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let (count, error) = SystemCall.result {
        unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      }
      if error != 0 { return }
      rest = rest.dropFirst(count)
    }
  }
}

/// Signals as events on a lane. They no longer end the process.
package final class SignalSource {
  /// The signals a server is stopped with.
  package enum Name: Sendable {
    case terminate
    case interrupt

    var number: Int32 { self == .terminate ? SIGTERM : SIGINT }
  }

  private let sources: [any DispatchSourceSignal]

  /// Calls `handler` on `lane` at each of the signals.
  package init(_ names: [Name], lane: LaneQueue, handler: @escaping @Sendable () -> Void) {
    sources = names.map { name in
      _ = signal(name.number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: name.number, queue: lane.dispatchQueue)
      source.setEventHandler(handler: handler)
      source.activate()
      return source
    }
  }

  package func cancel() { for source in sources { source.cancel() } }
}
