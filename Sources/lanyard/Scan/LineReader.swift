import Foundation

/// Lines of standard input, as they come, on a thread of their own since reading waits.
enum LineReader {
  /// The most bytes of a line; a scanner gone wild is cut there.
  private static let limit = 4096
  /// The most lines that are read ahead.
  private static let ahead = 256

  /// Hands over each line that is not empty, one after the other; reading goes on as they are taken.
  static func forEachLine(_ body: (String) async throws -> Void) async rethrows {
    // From zero up, since a semaphore may not go with less than it began with, as when the body throws.
    let room = DispatchSemaphore(value: 0)
    for _ in 0..<ahead { room.signal() }
    let (lines, feed) = AsyncStream.makeStream(of: String.self)
    start { line in
      guard let line else { return feed.finish() }
      room.wait()
      feed.yield(line)
    }
    for await line in lines {
      try await body(line)
      room.signal()
    }
  }

  private static func start(_ handle: @escaping @Sendable (String?) -> Void) {
    Thread.detachNewThread {
      var line: [UInt8] = []
      var chunk = [UInt8](repeating: 0, count: 4096)
      func finishLine() {
        let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        line.removeAll(keepingCapacity: true)
        if !text.isEmpty { handle(text) }
      }
      while true {
        let count = read(STDIN_FILENO, &chunk, chunk.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { break }
        for byte in chunk[..<count] {
          if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
            finishLine()
          } else if line.count < limit {
            line.append(byte)
          }
        }
      }
      finishLine()
      handle(nil)
    }
  }
}
