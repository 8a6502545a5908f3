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

  /// How far the device's wall clock may be off to bear a server's time out.
  private static let agreement = Duration.seconds(15 * 60)
  /// For how long a server has to tell a time that the device's wall clock contradicts until it is gone by.
  static let confirmation = Duration.seconds(10 * 60)

  /// Whether what was known at a moment is to be gone by rather than another time that the server tells then: the device's wall
  /// clock bears the first out, and not the other, as where the server's clock is ahead for a while.
  func isBorneOut(against other: ServerTime, at moment: DeviceMoment) -> Bool {
    agrees(with: moment) && !other.agrees(with: moment)
  }

  private func agrees(with moment: DeviceMoment) -> Bool {
    let off = time(at: moment) - moment.wall
    return off <= Self.agreement && off >= .zero - Self.agreement
  }

  /// Whether both say the same of a moment, but for as much as clocks run apart meanwhile.
  func isSame(as other: ServerTime, at moment: DeviceMoment) -> Bool {
    let apart = time(at: moment) - other.time(at: moment)
    return apart <= Self.agreement && apart >= .zero - Self.agreement
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
