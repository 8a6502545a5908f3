import Foundation
package import LanyardDomain

/// The clock that decisions are made by: the machine's, or one that was set to another moment and runs on from there.
package struct ServerClock: Sendable {
  private let read: @Sendable () -> Instant
  package let isRehearsal: Bool

  /// The machine's own clock.
  package static let system = ServerClock(isRehearsal: false) { Instant(Date()) }

  /// A clock that shows `start` now and runs on from there.
  package static func rehearsing(from start: Instant) -> ServerClock {
    let began = ContinuousClock.now
    return ServerClock(isRehearsal: true) { start + began.duration(to: .now) }
  }

  /// In a rehearsal, a clock that does not begin before the last scan on record: it goes on from there.
  package func goingOn(from last: Instant?) -> ServerClock {
    guard isRehearsal, let last, last > now else { return self }
    return .rehearsing(from: last)
  }

  package init(isRehearsal: Bool, read: @escaping @Sendable () -> Instant) {
    self.isRehearsal = isRehearsal
    self.read = read
  }

  package var now: Instant { read() }
}
