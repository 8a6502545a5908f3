import Foundation
import LanyardDomain
import LanyardScanner

/// Lines of standard input, as they come, on a thread of their own since reading waits. On a terminal, where a scanner types, a
/// silence ends a line as well; what is piped comes in blocks that end anywhere, and only a line break ends it.
enum LineReader {
  /// What comes.
  enum Input: Sendable {
    /// A line that is not blank.
    case line(String)
    /// The scanner sends no Enter; comes once.
    case noEnter
  }

  /// The most lines that are read ahead.
  private static let ahead = 256
  /// How often what is not over yet is looked at.
  private static let interval = Duration.milliseconds(40)

  /// Hands over what comes, one after the other; reading goes on as it is taken.
  ///
  /// - Parameter endings: Signals after which a terminal is given back and the process ends by them.
  static func forEachLine(
    endings: [Int32] = Terminal.endingSignals,
    _ body: (Input) async throws -> Void
  ) async rethrows {
    // From zero up, since a semaphore may not go with less than it began with, as when the body throws.
    let room = DispatchSemaphore(value: 0)
    for _ in 0..<ahead { room.signal() }
    let (inputs, feed) = AsyncStream.makeStream(of: Input.self)
    let terminal = isatty(STDIN_FILENO) == 1 ? LineTerminal(endings: endings) : nil
    defer { terminal?.close() }
    start(terminal) { input in
      guard let input else { return feed.finish() }
      room.wait()
      feed.yield(input)
    }
    for await input in inputs {
      try await body(input)
      room.signal()
    }
  }

  private static func start(_ terminal: LineTerminal?, _ handle: @escaping @Sendable (Input?) -> Void) {
    Thread.detachNewThread {
      var typed = Typed(terminal: terminal, handle: handle)
      var chunk = [UInt8](repeating: 0, count: 4096)
      reading: while true {
        var poll = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        let ready = Glibc.poll(&poll, 1, typed.lines.isWaiting ? Int32(interval / .milliseconds(1)) : -1)
        if ready < 0 && errno == EINTR { continue }
        typed.rest(isSilent: ready == 0)
        guard ready != 0 else { continue }
        let count = read(STDIN_FILENO, &chunk, chunk.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { break }
        for byte in chunk[..<count] { if typed.isEnd(byte) { break reading } }
      }
      if let line = typed.lines.end() { handle(.line(line)) }
      handle(nil)
    }
  }

  /// What was typed and is not over yet.
  private struct Typed {
    var lines: TypedLines
    let terminal: LineTerminal?
    let handle: (Input?) -> Void

    init(terminal: LineTerminal?, handle: @escaping (Input?) -> Void) {
      (self.terminal, self.handle) = (terminal, handle)
      lines = TypedLines(endInSilence: terminal != nil)
    }

    private var now: Instant { LaneClock.system.now.running }

    /// - Parameter isSilent: Whether nothing came meanwhile.
    mutating func rest(isSilent: Bool) {
      if isSilent, let line = lines.rest(at: now) {
        terminal?.showEnd()
        handle(.line(line))
      }
      if lines.lacksEnter(at: now) { handle(.noEnter) }
    }

    /// Takes in a byte; returns whether it ends the input.
    mutating func isEnd(_ byte: UInt8) -> Bool {
      if let terminal {
        switch byte {
        case LineTerminal.Key.end:
          if lines.isEmpty { return true }
          terminal.showEnd()
          if let line = lines.end() { handle(.line(line)) }
          return false
        case LineTerminal.Key.backspace, LineTerminal.Key.delete:
          terminal.erase(lines.erase() ?? 0)
          return false
        case LineTerminal.Key.eraseAll:
          terminal.erase(lines.eraseAll())
          return false
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
          if !lines.isEmpty { terminal.showEnd() }
        default: terminal.show(byte)
        }
      }
      if let line = lines.take(byte, at: now) { handle(.line(line)) }
      return false
    }
  }
}
