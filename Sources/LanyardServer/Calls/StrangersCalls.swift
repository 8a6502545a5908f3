package import Logging
import Synchronization

/// Counts the failed calls of strangers, who may make as many as they like: the first of a kind is logged at once, and then a
/// line a minute says how many there were.
package final class StrangersCalls: Sendable {
  /// Method and status; neither is the stranger's own word, so there are no more kinds than the contract has.
  package struct Kind: Hashable, Comparable, Sendable {
    let method: String
    let status: String

    package init(method: String, status: String) { (self.method, self.status) = (method, status) }

    package static func < (one: Kind, other: Kind) -> Bool { (one.method, one.status) < (other.method, other.status) }
  }

  package static let interval = Duration.seconds(60)

  private struct State {
    var began: ContinuousClock.Instant?
    var counts: [Kind: Int] = [:]
  }

  private let logger: Logger
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())

  package init(logger: Logger, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
    (self.logger, self.now) = (logger, now)
  }

  /// Counts one.
  package func add(_ kind: Kind, peer: String) {
    tellIfDue()
    let moment = now()
    let isFirst = state.withLock { state in
      if state.began == nil { state.began = moment }
      defer { state.counts[kind, default: 0] += 1 }
      return state.counts[kind] == nil
    }
    guard isFirst else { return }
    logger.info(
      "a call of a stranger failed; more like it are counted",
      metadata: ["method": "\(kind.method)", "status": "\(kind.status)", "peer": "\(peer)"]
    )
  }

  /// Logs the counts of a minute that is over; every call asks.
  package func tellIfDue() {
    let moment = now()
    let counts = state.withLock { state -> [Kind: Int] in
      guard let began = state.began, began.duration(to: moment) >= Self.interval else { return [:] }
      defer { state = State() }
      return state.counts
    }
    for (kind, count) in counts.sorted(by: { $0.key < $1.key }) where count > 1 {
      logger.info(
        "calls of strangers failed",
        metadata: ["method": "\(kind.method)", "status": "\(kind.status)", "calls": "\(count)"]
      )
    }
  }
}
