package import GRPCCore
import GRPCProtobuf
import LanyardDomain
import LanyardMessages
import LanyardTexts
import Synchronization

/// Keeps strangers from guessing enrolment codes, and the tokens that people sign in with. From one address come so many attempts a minute; of short codes, which
/// people type, so many from all addresses together, whatever comes of the codes in links. An attempt counts from when it
/// begins, so that many at once are no way round; one that succeeds is given back.
package final class EnrolmentGuard: Sendable {
  static let limitPerAddress = 10
  /// The most attempts with short codes, from all addresses.
  static let typedLimit = 100
  /// The most addresses that are counted.
  private static let addressLimit = 50_000
  private static let window = Duration.seconds(60)

  private struct State {
    var began: Instant
    var typed = 0
    var attemptsByAddress: [String: Int] = [:]
  }

  /// An attempt that was counted.
  package struct Attempt: Sendable {
    fileprivate let address: String
    fileprivate let isTyped: Bool
    fileprivate let minute: Instant
  }

  private let clock: ServerClock
  private let state: Mutex<State>

  package init(clock: ServerClock) {
    self.clock = clock
    state = Mutex(State(began: clock.now))
  }

  /// Counts an attempt.
  ///
  /// - Parameter form: Of the code that was sent; nil where it is none, which counts as a short one.
  /// - Throws: `RPCError` RESOURCE_EXHAUSTED where there were too many already; it says when they are taken again.
  package func begin(_ peer: String, form: EnrolmentCode.Form?) throws(RPCError) -> Attempt {
    let (address, now) = (PeerAddress.of(peer), clock.now)
    let isTyped = form != .link
    let outcome = state.withLock { state -> Result<Attempt, RPCError> in
      // A clock that was set back begins anew too.
      if now < state.began || now - state.began >= Self.window { state = State(began: now) }
      let wait = max(1, (state.began + Self.window - now).components.seconds)
      let count = state.attemptsByAddress[address, default: 0]
      let isFull = state.attemptsByAddress.count >= Self.addressLimit && count == 0
      guard count < Self.limitPerAddress, !isFull else { return .failure(Self.tooManyFromHere(wait)) }
      guard !isTyped || state.typed < Self.typedLimit else { return .failure(Self.tooManyTyped(wait)) }
      if isTyped { state.typed += 1 }
      state.attemptsByAddress[address] = count + 1
      return .success(Attempt(address: address, isTyped: isTyped, minute: state.began))
    }
    return try outcome.get()
  }

  /// The attempt was none at guessing.
  package func giveBack(_ attempt: Attempt) {
    state.withLock { state in
      guard state.began == attempt.minute, let count = state.attemptsByAddress[attempt.address] else { return }
      state.attemptsByAddress[attempt.address] = count > 1 ? count - 1 : nil
      if attempt.isTyped { state.typed -= 1 }
    }
  }

  private static func tooManyFromHere(_ seconds: Int64) -> RPCError {
    refusal(.errorTooManyAttemptsHere, seconds)
  }

  private static func tooManyTyped(_ seconds: Int64) -> RPCError {
    refusal(.errorTooManyAttempts, seconds)
  }

  private static func refusal(_ key: Sentence.Key, _ seconds: Int64) -> RPCError {
    .make(
      .tooManyAttempts,
      Sentence(key, ["count": .count(Int(seconds))]),
      retryAfter: .seconds(seconds),
      metadata: ["retry_seconds": "\(seconds)"]
    )
  }
}
