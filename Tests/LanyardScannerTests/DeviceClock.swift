import LanyardDomain
import Synchronization

@testable import LanyardScanner

/// The clocks of a device that stand still until a test moves them: a lane's patience ends when the test says so, however
/// slow the machine is. Each reading is a microsecond after the one before, so that nothing happens at the same time twice.
final class DeviceClock: Sendable {
  private let start: DeviceMoment
  private let elapsed = Mutex(Duration.zero)

  /// - Parameter ahead: How far the wall clock is wrong.
  init(ahead: Duration = .zero) {
    let now = LaneClock.system.now
    start = DeviceMoment(wall: now.wall + ahead, running: now.running, boot: now.boot)
  }

  var now: DeviceMoment {
    let elapsed = elapsed.withLock { elapsed in
      elapsed += .microseconds(1)
      return elapsed
    }
    return DeviceMoment(wall: start.wall + elapsed, running: start.running + elapsed, boot: start.boot)
  }

  /// The clocks as a lane takes them.
  var laneClock: LaneClock { LaneClock { self.now } }

  func advance(by duration: Duration) { elapsed.withLock { $0 += duration } }

  /// Lets the server have had its time for an answer.
  func endPatience() { advance(by: PaperLane.setup.patience) }
}
