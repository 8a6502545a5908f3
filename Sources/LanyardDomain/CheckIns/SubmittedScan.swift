/// What not everybody may do who may scan.
package enum ScanRight: Hashable, Sendable, CaseIterable {
  /// Letting people in whatever stands against it.
  case overriding
  /// Finding people by name.
  case searching
}

/// A scan as a device reported it, checked for form.
package struct SubmittedScan: Hashable, Sendable {
  package let id: UUIDBytes
  package let checkpoint: CheckpointAddress
  /// What was read: a code in its canonical form, or anything else that can be printed; empty where it cannot, or nothing was.
  package let code: String
  /// What is kept of a text that cannot be printed as codes are, in place of which `code` is empty.
  package let trace: CodeTrace?
  /// A badge that was found by name, in place of a code.
  package let badge: BadgeSerial?
  /// Nil leaves it to the checkpoint.
  package let direction: Direction?
  /// By the device's clock.
  package let scannedAt: Instant
  /// 64 bits of a digest of all of it: the same id with another one is another scan.
  package let fingerprint: Int64
  package let reporter: Reporter
  /// Lets the person in whatever stands against it.
  package let override: OverrideNote?
  /// Says that the person is outside, whom nobody scanned out.
  package let missedExit: OverrideNote?
  /// When the person was admitted before that, where it is said of this admission alone.
  package let missedExitAfter: Instant?

  package init(
    id: UUIDBytes,
    checkpoint: CheckpointAddress,
    code: String,
    trace: CodeTrace? = nil,
    badge: BadgeSerial? = nil,
    direction: Direction?,
    scannedAt: Instant,
    fingerprint: Int64,
    reporter: Reporter,
    override: OverrideNote? = nil,
    missedExit: OverrideNote? = nil,
    missedExitAfter: Instant? = nil
  ) {
    self.id = id
    self.checkpoint = checkpoint
    self.code = code
    self.trace = trace
    self.badge = badge
    self.direction = direction
    self.scannedAt = scannedAt
    self.fingerprint = fingerprint
    self.reporter = reporter
    self.override = override
    self.missedExit = missedExit
    self.missedExitAfter = missedExitAfter
  }

  /// What it takes beyond scanning.
  package var rights: Set<ScanRight> {
    var rights: Set<ScanRight> = []
    if override != nil { rights.insert(.overriding) }
    if badge != nil { rights.insert(.searching) }
    return rights
  }
}
