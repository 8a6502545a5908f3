/// A moment by the clocks of a device.
package struct DeviceMoment: Hashable, Sendable {
  /// By the clock on the device's wall, which may be wrong and may be set.
  package let wall: Instant
  /// By a clock that runs from the device's start and that nobody sets.
  package let running: Instant
  /// Names the run of the device from one start to the next.
  package let boot: String

  package init(wall: Instant, running: Instant, boot: String) {
    self.wall = wall
    self.running = running
    self.boot = boot
  }
}
