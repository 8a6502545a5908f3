import LanyardDomain
import Testing

@Suite("A device that the organiser changes") struct DeviceChangeTests {
  private static let now = at("2024-05-27T08:00:00Z")
  private static let device = Device(
    id: "a",
    event: "forum",
    displayName: "Tablet",
    profile: .lane,
    checkpoints: ["lane-1", "lane-2"],
    isSupervisor: false,
    enrolledAt: now
  )

  @Test("Takes what the change names, and keeps the rest")
  func applied() throws {
    #expect(try DeviceChange().applied(to: Self.device) == Self.device)
    var change = DeviceChange()
    change.displayName = "Desk at the back"
    var changed = try change.applied(to: Self.device)
    #expect(changed.displayName == "Desk at the back" && changed.maySame(as: Self.device))
    change.checkpoints = []
    changed = try change.applied(to: Self.device)
    #expect(changed.mayScan(at: "lane-7") && !changed.maySame(as: Self.device) && !changed.isSupervisor)
    change = DeviceChange()
    change.isSupervisor = true
    changed = try change.applied(to: Self.device)
    #expect(changed.isSupervisor && changed.checkpoints == Self.device.checkpoints && !changed.maySame(as: Self.device))
    // In another order they are the same.
    change = DeviceChange()
    change.checkpoints = ["lane-2", "lane-1"]
    #expect(try change.applied(to: Self.device).maySame(as: Self.device))
  }

  @Test("Stays as it is once it is revoked")
  func revoked() {
    var change = DeviceChange()
    change.displayName = "Other"
    #expect(throws: DeviceRefused.ended(.device("a", of: "forum"))) {
      try change.applied(to: Self.device.revoked(at: Self.now))
    }
  }

  @Test("Gets no right of scanning alone where it is a kiosk")
  func kiosk() {
    for profile in DeviceProfile.allCases {
      var fields: [String] = []
      do throws(InvalidInput) {
        try profile.check(checkpoints: [], isSupervisor: false, under: "device.")
        try profile.check(checkpoints: ["lane-1"], isSupervisor: true, under: "device.")
      } catch {
        fields = error.violations.map(\.field)
      }
      #expect(fields == (profile == .kiosk ? ["device.checkpoints", "device.supervisor"] : []), "\(profile)")
    }
  }

  @Test("Is silent after two minutes where it is a lane or a door, which are heard of while they run")
  func silence() {
    for (profile, isHeard) in [(DeviceProfile.lane, true), (.door, true), (.desk, false), (.kiosk, false)] {
      #expect(profile.silence(since: Self.now, hasEnded: false, at: Self.now + .seconds(119)) == nil)
      let silence = profile.silence(since: Self.now, hasEnded: false, at: Self.now + .seconds(120))
      #expect(silence == (isHeard ? .seconds(120) : nil))
      #expect(profile.silence(since: Self.now, hasEnded: true, at: Self.now + .seconds(9000)) == nil)
    }
  }
}
