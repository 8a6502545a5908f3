import Foundation
import Glibc

/// What the keyboard sends, on a thread of its own since reading waits.
enum KeyboardInput {
  enum Chunk: Sendable {
    case bytes([UInt8])
    /// Nothing came for a while.
    case silence
  }

  /// Ends with the input.
  static func chunks(silence: Duration) -> AsyncStream<Chunk> {
    AsyncStream { continuation in
      Thread.detachNewThread {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var isQuiet = true
        while true {
          var poll = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
          let wait = isQuiet ? -1 : Int32(silence / .milliseconds(1))
          let ready = Glibc.poll(&poll, 1, wait)
          if ready < 0 && errno == EINTR { continue }
          if ready == 0 {
            isQuiet = true
            continuation.yield(.silence)
            continue
          }
          let count = read(STDIN_FILENO, &buffer, buffer.count)
          if count < 0 && errno == EINTR { continue }
          guard count > 0 else { break }
          isQuiet = false
          continuation.yield(.bytes(Array(buffer[..<count])))
        }
        continuation.finish()
      }
    }
  }
}
