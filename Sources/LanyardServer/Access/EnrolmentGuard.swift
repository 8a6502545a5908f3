import GRPCCore
import Synchronization

/// Keeps strangers from guessing enrolment codes: so many attempts a minute from one address, and from all together. An
/// attempt counts from when it begins, so that many at once are no way round; one that succeeds is given back.
final class EnrolmentGuard: Sendable {
  static let limitPerAddress = 10
  static let limit = 100
  private static let window = Duration.seconds(60)

  private struct State {
    var began = ContinuousClock.now
    var attempts = 0
    var attemptsByAddress: [String: Int] = [:]
  }

  private let state = Mutex(State())

  /// Counts an attempt; throws where there were too many already.
  func begin(_ peer: String) throws(RPCError) {
    let address = Self.address(peer)
    let isOver = state.withLock { state in
      if state.began.duration(to: .now) >= Self.window { state = State() }
      let count = state.attemptsByAddress[address, default: 0]
      guard state.attempts < Self.limit, count < Self.limitPerAddress else { return true }
      state.attempts += 1
      state.attemptsByAddress[address] = count + 1
      return false
    }
    guard isOver else { return }
    throw .make(.resourceExhausted, "TOO_MANY_ATTEMPTS", "Too many wrong enrolment codes came; try again in a minute.")
  }

  /// The attempt was none at guessing.
  func giveBack(_ peer: String) {
    state.withLock { state in
      guard let count = state.attemptsByAddress[Self.address(peer)], count > 0 else { return }
      state.attempts -= 1
      state.attemptsByAddress[Self.address(peer)] = count - 1
    }
  }

  /// The address of `ipv4:127.0.0.1:50000`, without its port.
  private static func address(_ peer: String) -> String {
    peer.lastIndex(of: ":").map { String(peer[..<$0]) } ?? peer
  }
}
