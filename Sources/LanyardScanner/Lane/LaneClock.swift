import CoreFoundation
import Foundation
import Glibc
package import LanyardDomain

/// The clocks of a device.
package struct LaneClock: Sendable {
  private let read: @Sendable () -> DeviceMoment

  package init(_ read: @escaping @Sendable () -> DeviceMoment) {
    self.read = read
  }

  package var now: DeviceMoment { read() }

  /// The machine's own: its wall clock, and one that runs on from its start, through sleep too.
  package static let system = LaneClock {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    let running = Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    return DeviceMoment(wall: Instant(Date()), running: running, boot: boot)
  }

  /// Where the machine does not name its run, each process is one of its own: then the wall clock tells what is old.
  private static let boot =
    // Not every machine names it.
    (try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8))
    .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) } ?? UUID().uuidString
}

/// What a device knows of its server's clock: how far it was ahead of the device's own when they last spoke.
struct ServerTime: Codable, Sendable {
  private var boot: String
  /// Microseconds that the server is ahead of the clock that nobody sets; good until the device starts anew.
  private var aheadOfRunning: Int64
  /// Microseconds that the server is ahead of the wall clock.
  private var aheadOfWall: Int64

  init(server: Instant, at moment: DeviceMoment) {
    boot = moment.boot
    aheadOfRunning = (server - moment.running).wholeMicroseconds
    aheadOfWall = (server - moment.wall).wholeMicroseconds
  }

  /// Whether another reading says the same to a tenth of a second, which a network may take.
  func isNear(_ other: ServerTime) -> Bool {
    boot == other.boot && abs(aheadOfRunning - other.aheadOfRunning) < 100_000
      && abs(aheadOfWall - other.aheadOfWall) < 100_000
  }

  /// The server's time at a moment of the device.
  func time(at moment: DeviceMoment) -> Instant {
    moment.boot == boot
      ? moment.running + .microseconds(aheadOfRunning) : moment.wall + .microseconds(aheadOfWall)
  }
}

extension DeviceMoment {
  /// How long ago another moment was: exact within one run of the device, else by its wall clock.
  func age(of earlier: DeviceMoment) -> Duration {
    max(.zero, boot == earlier.boot ? running - earlier.running : wall - earlier.wall)
  }
}

extension Duration {
  fileprivate var wholeMicroseconds: Int64 { Int64(self / .microseconds(1)) }
}
