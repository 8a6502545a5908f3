import GRPCCore
import Synchronization

/// Keeps strangers from guessing enrolment codes: so many wrong ones a minute from one address, and from all together.
final class EnrolmentGuard: Sendable {
  static let limitPerAddress = 10
  static let limit = 100
  private static let window = Duration.seconds(60)

  private struct State {
    var began = ContinuousClock.now
    var wrong = 0
    var wrongByAddress: [String: Int] = [:]
  }

  private let state = Mutex(State())

  /// Throws where too many wrong codes came already.
  func check(_ peer: String) throws(RPCError) {
    let isOver = state.withLock { state in
      if state.began.duration(to: .now) >= Self.window { state = State() }
      return state.wrong >= Self.limit || state.wrongByAddress[Self.address(peer), default: 0] >= Self.limitPerAddress
    }
    guard isOver else { return }
    throw .make(.resourceExhausted, "TOO_MANY_ATTEMPTS", "Too many wrong enrolment codes came; try again in a minute.")
  }

  func noteWrong(_ peer: String) {
    state.withLock { state in
      state.wrong += 1
      state.wrongByAddress[Self.address(peer), default: 0] += 1
    }
  }

  /// The address of `ipv4:127.0.0.1:50000`, without its port.
  private static func address(_ peer: String) -> String {
    peer.lastIndex(of: ":").map { String(peer[..<$0]) } ?? peer
  }
}
