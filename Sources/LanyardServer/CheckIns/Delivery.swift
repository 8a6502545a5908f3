import GRPCCore
import LanyardMessages
import LanyardTexts
import Synchronization

/// Hands messages to one client, and notices where it takes none: then the stream does not take a message either.
final class Delivery<Message: Sendable>: Sendable {
  private let responses: RPCWriter<Message>
  /// When the message that is not taken yet was handed over.
  private let handedAt = Mutex<ContinuousClock.Instant?>(nil)

  init(responses: RPCWriter<Message>) {
    self.responses = responses
  }

  func write(_ message: Message) async throws {
    handedAt.withLock { $0 = .now }
    try await responses.write(message)
    handedAt.withLock { $0 = nil }
  }

  /// Throws once a message is not taken for so long; runs until it is cancelled otherwise.
  func watch(_ patience: Duration) async throws {
    while true {
      let waiting = handedAt.withLock { $0 }
      try await Task.sleep(until: (waiting ?? .now) + patience, clock: .continuous)
      if let waiting, handedAt.withLock({ $0 }) == waiting { throw Self.tooSlow(patience) }
    }
  }

  /// Says that a client took too little for so long.
  static func tooSlow(_ time: Duration) -> RPCError {
    .make(
      .readerTooSlow,
      Sentence(.errorReaderTooSlow, ["seconds": .count(Int(time.components.seconds))])
    )
  }
}
