package import LanyardDomain

/// A scan as a device reported it, checked for form.
package struct SubmittedScan: Hashable, Sendable {
  package let id: UUIDBytes
  package let checkpoint: CheckpointAddress
  /// What was read: a code in its canonical form, or anything else.
  package let code: String
  /// A badge that was found by name, in place of a code.
  package let badge: BadgeSerial?
  /// Nil leaves it to the checkpoint.
  package let direction: Direction?
  /// By the device's clock.
  package let scannedAt: Instant
  /// 64 bits of a digest of all of it: the same id with another one is another scan.
  package let fingerprint: Int64
  /// Who reported it: the id of a token or a device.
  package let reporter: String
  /// Lets the person in whatever stands against it.
  package let override: OverrideNote?

  package init(
    id: UUIDBytes,
    checkpoint: CheckpointAddress,
    code: String,
    badge: BadgeSerial? = nil,
    direction: Direction?,
    scannedAt: Instant,
    fingerprint: Int64,
    reporter: String,
    override: OverrideNote? = nil
  ) {
    self.id = id
    self.checkpoint = checkpoint
    self.code = code
    self.badge = badge
    self.direction = direction
    self.scannedAt = scannedAt
    self.fingerprint = fingerprint
    self.reporter = reporter
    self.override = override
  }
}

/// What became of a submitted scan.
package enum ScanOutcome: Hashable, Sendable {
  case recorded(RecordedScan)
  case failed(ScanFailure)
}

/// Why a scan could not be decided; nothing is recorded of it.
package enum ScanFailure: Error, Hashable, Sendable {
  /// The id stands for another scan.
  case idReused
  /// It was taken back before it was on record, because its answer came too late.
  case takenBack
  /// It may not be taken back by who asked: it is another device's, or too old.
  case undoRefused(isOwn: Bool)
  case unknownCheckpoint(CheckpointAddress)
  /// Its code is not on record, and nobody has said yet what it is.
  case unread
  /// The store refused this one: its result code, and what it is about for the log; no content of rows.
  case notRecorded(code: Int32, about: String)
}

/// A scan on record with its answer.
package struct RecordedScan: Hashable, Sendable {
  /// The person as the operator's screen shows them.
  package struct Attendee: Hashable, Sendable {
    /// Resource id of the registration.
    package let registration: String
    package let displayName: String
    package let organisation: String
    package let group: String
    package let role: String
    package let badge: BadgeSerial
    package let mark: AttentionMark
  }

  /// An admission against a refusal.
  package struct Overridden: Hashable, Sendable {
    package let reason: RefusalReason
    package let note: OverrideNote
  }

  /// A scan that was taken back.
  package struct Undo: Hashable, Sendable {
    package let at: Instant
    /// Id of the device or token.
    package let reporter: String
    package let note: String
  }

  /// A scan that a lane answered by itself.
  package struct Offline: Hashable, Sendable {
    /// When it happened, by the server's clock.
    package let happenedAt: Instant
    package let notInRoster: Bool
  }

  /// An admission before that explains a refusal.
  package struct Earlier: Hashable, Sendable {
    /// Resource id of the checkpoint.
    package let checkpoint: String
    package let displayName: String
    package let admittedAt: Instant
  }

  /// The answer without what explains it.
  package enum Answer: Hashable, Sendable {
    case admitted
    case left(wasInside: Bool)
    case refused(RefusalReason)
  }

  package let id: UUIDBytes
  package let checkpoint: CheckpointAddress
  /// IANA identifier of the checkpoint's zone.
  package let timeZone: String
  package let answer: Answer
  package let direction: Direction
  package let attendee: Attendee?
  /// Resource id of the session, at a session's door.
  package let session: String?
  package let scannedAt: Instant
  package let receivedAt: Instant
  package let earlier: Earlier?
  package let opensAt: Instant?
  package let admittedHere: [String]
  /// Id of the device or token that reported it.
  package let reporter: String
  package var overridden: Overridden?
  package var offline: Offline?
  package var undo: Undo?
  /// Whether a turnstile read the badge again: the answer is the one before, and it counts for nothing.
  package var isDoubleReading = false
}

/// Headcounts of an event at one moment; they count people, not scans.
package struct AttendanceCounts: Hashable, Sendable {
  /// Headcounts of one checkpoint today.
  package struct Checkpoint: Hashable, Sendable {
    package let id: String
    package let displayName: String
    package let capacity: Int?
    /// People inside now who came in here.
    package var inside = 0
    /// People inside its area now, through whichever checkpoint they came.
    package var areaInside = 0
    /// People admitted today, each once.
    package var admitted = 0
    /// Times that people left today.
    package var left = 0
    package var refused: [RefusalReason: Int] = [:]
  }

  /// IANA identifier of the event's zone.
  package let timeZone: String
  /// Entrances first.
  package var checkpoints: [Checkpoint]
  /// People inside anywhere, each once.
  package var peopleInside: Int
}
