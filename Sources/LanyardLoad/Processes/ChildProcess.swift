package import Foundation
import Glibc
import Synchronization

/// A process that this one has started, with a pipe to its input, which ends with this process whatever that dies of, and
/// another from its output. Its methods that wait keep the thread: call them from `onThreadOfItsOwn` where others need it.
package final class ChildProcess: Sendable {
  /// This very program, even where its file was replaced meanwhile.
  package static let ownProgram = URL(filePath: "/proc/self/exe")

  private let process: Process
  private let input: FileHandle
  private let output: LineSource
  /// The signals that it was asked to end by, and got while it still ran.
  private let asked = Mutex<Set<Int32>>([])

  /// Starts it.
  ///
  /// - Parameters:
  ///   - environment: What is added to this process's own.
  ///   - errors: The file that what it says on standard error is added to; nil forgets it.
  package init(
    _ program: URL,
    _ arguments: [String],
    environment: [String: String] = [:],
    errors: URL? = nil
  ) throws {
    let (stdin, stdout) = (Pipe(), Pipe())
    process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = try errors.map(Self.appending) ?? FileHandle.nullDevice
    input = stdin.fileHandleForWriting
    output = LineSource(stdout.fileHandleForReading)
    // A child inherits both: the threads of Swift and Dispatch hold signals back, and then it would not hear SIGTERM; and
    // a write past a limit of the size of files should fail, and not end it.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    try Self.hearingAllSignals { try process.run() }
  }

  deinit { send(SIGKILL) }

  /// Its number in the system.
  package var id: Int32 { process.processIdentifier }
  package var isRunning: Bool { process.isRunning }

  /// Whether it has ended otherwise than it was asked to: by itself, or by somebody else's hand.
  package var hasEndedByItself: Bool {
    guard !process.isRunning else { return false }
    let asked = asked.withLock { $0 }
    switch process.terminationReason {
    case .exit: return !asked.contains(SIGTERM)
    default: return !asked.contains(process.terminationStatus)
    }
  }

  /// How it has ended, such as `killed by signal 9`; nil while it runs.
  package var endWords: String? {
    guard !process.isRunning else { return nil }
    let status = process.terminationStatus
    return process.terminationReason == .exit ? "it ended with status \(status)" : "it was killed by signal \(status)"
  }

  private static func appending(_ file: URL) throws -> FileHandle {
    let descriptor = open(file.path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: file.path]) }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  private static func hearingAllSignals(_ body: () throws -> Void) rethrows {
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try body()
  }

  /// Writes to its input; false where it does not read any more.
  package func write(_ text: String) -> Bool {
    do {
      try input.write(contentsOf: Data(text.utf8))
      return true
    } catch {
      return false
    }
  }

  /// Ends its input.
  package func closeInput() {
    // Where it is closed already, so be it.
    try? input.close()
  }

  /// The next line of its output; nil at the end, or where none has come by `limit`.
  package func nextLine(by limit: ContinuousClock.Instant? = nil) -> Data? { output.next(by: limit) }

  /// Stops it where it stands; it does not notice.
  package func freeze() { send(SIGSTOP) }

  /// Lets it go on.
  package func thaw() { send(SIGCONT) }

  /// Asks it to end, and does not wait.
  package func terminate() { send(SIGTERM) }

  /// Ends it as a power cut would; waits until it is gone.
  package func kill() {
    send(SIGKILL)
    process.waitUntilExit()
  }

  /// Waits until it has ended; returns its exit status.
  @discardableResult
  package func waitUntilExit() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Waits until it has ended, and kills it where it has not within a limit; returns its exit status, nil for one that was killed.
  package func end(within limit: Duration) -> Int32? {
    let end = ContinuousClock.now + limit
    while process.isRunning {
      guard .now < end else {
        kill()
        return nil
      }
      Thread.sleep(forTimeInterval: 0.01)
    }
    return process.terminationStatus
  }

  private func send(_ signal: Int32) {
    // Only of one that was not waited for yet is the number still its own.
    guard process.isRunning else { return }
    if signal == SIGKILL || signal == SIGTERM, !isGone { _ = asked.withLock { $0.insert(signal) } }
    _ = Glibc.kill(process.processIdentifier, signal)
  }

  /// Whether it has ended already, also where nobody has noticed yet.
  private var isGone: Bool {
    var information = siginfo_t()
    let result = waitid(P_PID, id_t(process.processIdentifier), &information, WEXITED | WNOHANG | WNOWAIT)
    return result != 0 || information.si_signo == SIGCHLD
  }
}

/// Lines of a pipe, one after the other.
package final class LineSource: Sendable {
  private let handle: FileHandle
  private let rest = Mutex(Data())

  package init(_ handle: FileHandle) {
    self.handle = handle
  }

  /// The next whole line; nil at the end, or where none has come by `limit`.
  package func next(by limit: ContinuousClock.Instant? = nil) -> Data? {
    rest.withLock { rest in
      while true {
        if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          let line = Data(rest[rest.startIndex..<end])
          rest = Data(rest[rest.index(after: end)...])
          return line
        }
        if let limit, !waitForMore(until: limit) { return nil }
        let more = handle.availableData
        if more.isEmpty { return nil }
        rest.append(more)
      }
    }
  }

  private func waitForMore(until limit: ContinuousClock.Instant) -> Bool {
    while true {
      let left = Int32(clamping: Int((ContinuousClock.now.duration(to: limit) / .milliseconds(1)).rounded(.up)))
      guard left > 0 else { return false }
      var watched = pollfd(fd: handle.fileDescriptor, events: Int16(POLLIN), revents: 0)
      let count = poll(&watched, 1, left)
      if count > 0 { return true }
      if count < 0 && errno != EINTR { return false }
    }
  }
}

/// Runs what waits for processes or disks without keeping one of the few threads that Swift's tasks share.
package func onThreadOfItsOwn<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
  }
}
