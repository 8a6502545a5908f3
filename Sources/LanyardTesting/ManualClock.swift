package import LanyardDomain
package import LanyardServer
import Synchronization

/// A clock that stands still until a test moves it.
package final class ManualClock: Sendable {
  private let moment: Mutex<Instant>

  package init(_ start: Instant) {
    moment = Mutex(start)
  }

  package var now: Instant { moment.withLock { $0 } }

  package func advance(by duration: Duration) { moment.withLock { $0 = $0 + duration } }

  package func set(_ instant: Instant) { moment.withLock { $0 = instant } }

  /// The clock as a server takes it.
  package var serverClock: ServerClock { ServerClock(isRehearsal: true) { self.now } }
}
