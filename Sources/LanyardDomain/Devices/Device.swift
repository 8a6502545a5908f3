/// A device that is enrolled for one event and known by its certificate.
package struct Device: Hashable, Sendable {
  /// The most characters of its display name.
  package static let nameLimit = 100

  /// Resource id, which is the common name of its certificates: 26 letters and digits.
  package var id: String
  /// Slug of the event.
  package var event: String
  package var displayName: String
  package var profile: DeviceProfile
  /// Ids of the checkpoints that it may scan at; empty means all of the event.
  package var checkpoints: [String]
  /// Whether its operators may override refusals and take back any scan.
  package var isSupervisor: Bool
  package var enrolledAt: Instant
  package var revokedAt: Instant?
  /// When its latest certificate runs out, by the true clock.
  package var certificateEndsAt: Instant?
  /// What it last said of itself.
  package var report: DeviceReport?

  package init(
    id: String,
    event: String,
    displayName: String,
    profile: DeviceProfile,
    checkpoints: [String],
    isSupervisor: Bool,
    enrolledAt: Instant
  ) {
    self.id = id
    self.event = event
    self.displayName = displayName
    self.profile = profile
    self.checkpoints = checkpoints
    self.isSupervisor = isSupervisor
    self.enrolledAt = enrolledAt
  }

  package var state: DeviceState { revokedAt == nil ? .active : .revoked }

  /// Whether it may scan at a checkpoint of its event.
  package func mayScan(at checkpoint: String) -> Bool { Self.mayScan(at: checkpoint, of: checkpoints) }

  /// Whether a device for these checkpoints may scan at one; those of a device that is for none by name are all of its event.
  package static func mayScan(at checkpoint: String, of checkpoints: some Collection<String>) -> Bool {
    checkpoints.isEmpty || checkpoints.contains(checkpoint)
  }
}

/// Where a device stands.
package enum DeviceState: String, Sendable, CaseIterable {
  /// It may call.
  case active = "ACTIVE"
  case revoked = "REVOKED"
}

/// What a device is for, and so which methods it may call.
package enum DeviceProfile: String, Sendable, CaseIterable {
  case lane = "LANE"
  case door = "DOOR"
  case desk = "DESK"
  case kiosk = "KIOSK"
}

extension DeviceProfile {
  /// Those that scan at checkpoints.
  package static let scanning = Set(allCases.filter(\.scans))

  /// Whether it scans at checkpoints.
  package var scans: Bool {
    switch self {
    case .lane, .door, .desk: true
    case .kiosk: false
    }
  }

  /// Makes sure that a device of this profile gets no right that is of scanning alone where it does not scan.
  ///
  /// - Parameter prefix: What stands before the names of fields in faults.
  package func check(checkpoints: [String], isSupervisor: Bool, under prefix: String) throws(InvalidInput) {
    guard !scans else { return }
    var check = FieldCheck()
    if !checkpoints.isEmpty { check.add("\(prefix)checkpoints", Fault.request(.nothingForKiosk)) }
    if isSupervisor { check.add("\(prefix)supervisor", Fault.request(.nothingForKiosk)) }
    try check.finish()
  }

  /// From how long a silence on a lane or door is taken to be off: one that runs is heard of every few seconds.
  private static let silence = Duration.seconds(120)

  /// For how long nothing was heard of a device that should be; nil where it was, or nothing is to be heard of it.
  ///
  /// - Parameters:
  ///   - last: When it was last heard of.
  ///   - hasEnded: Whether its operator ended it, so that it need not be there.
  package func silence(since last: Instant, hasEnded: Bool, at now: Instant) -> Duration? {
    switch self {
    case .lane, .door: !hasEnded && now - last >= Self.silence ? now - last : nil
    case .desk, .kiosk: nil
    }
  }
}

/// What a device says of itself, as it is kept.
package struct DeviceReport: Hashable, Sendable {
  /// The same as the device tells it.
  package struct Told: Hashable, Sendable {
    package let version: String
    package let scansWaiting: Int
    /// What its own clock shows; nil where it does not say.
    package let deviceTime: Instant?
    /// Whether its lane ends with this.
    package let isEnding: Bool

    package init(version: String, scansWaiting: Int, deviceTime: Instant?, isEnding: Bool) {
      (self.version, self.scansWaiting) = (version, scansWaiting)
      (self.deviceTime, self.isEnding) = (deviceTime, isEnding)
    }

    /// How late a report may come on one connection after a later one on another.
    private static let lateness = Duration.seconds(60)

    /// Whether another report, with which a lane ended, was made after this one and has come before it.
    package func isOvertaken(by other: Told) -> Bool {
      guard !isEnding, other.isEnding, let deviceTime, let end = other.deviceTime else { return false }
      return deviceTime <= end && end - deviceTime < Self.lateness
    }
  }

  /// The most characters of a version.
  package static let versionLimit = 40
  private static let clockTolerance = Duration.seconds(5)

  package let version: String
  package let scansWaiting: Int
  /// How far its clock is ahead of the true one; nil where it did not say.
  package let clockOffset: Duration?
  /// When it said so, by the server's clock.
  package let receivedAt: Instant
  /// When its lane was ended by the operator; nil while it runs, and where it ended without a word.
  package let endedAt: Instant?

  /// Whether a clock is so far off that it is worth a word.
  package static func isWrong(_ offset: Duration) -> Bool { offset > clockTolerance || offset < .zero - clockTolerance }

  package init(
    version: String,
    scansWaiting: Int,
    clockOffset: Duration?,
    receivedAt: Instant,
    endedAt: Instant? = nil
  ) {
    self.version = version
    self.scansWaiting = scansWaiting
    self.clockOffset = clockOffset
    self.receivedAt = receivedAt
    self.endedAt = endedAt
  }
}
