/// A scan on record with its answer.
package struct RecordedScan: Hashable, Sendable {
  /// An admission against a refusal.
  package struct Overridden: Hashable, Sendable {
    package let reason: RefusalReason
    package let note: OverrideNote

    package init(reason: RefusalReason, note: OverrideNote) {
      self.reason = reason
      self.note = note
    }
  }

  /// A scan that was taken back.
  package struct Undo: Hashable, Sendable {
    package let at: Instant
    package let reporter: Reporter
    package let note: String

    package init(at: Instant, reporter: Reporter, note: String) {
      self.at = at
      self.reporter = reporter
      self.note = note
    }
  }

  /// A scan that a lane answered by itself.
  package struct Offline: Hashable, Sendable {
    /// When it happened, by the server's clock.
    package let happenedAt: Instant
    package let notInRoster: Bool

    package init(happenedAt: Instant, notInRoster: Bool) {
      self.happenedAt = happenedAt
      self.notInRoster = notInRoster
    }
  }

  /// An admission before that explains a refusal.
  package struct Earlier: Hashable, Sendable {
    /// Resource id of the checkpoint.
    package let checkpoint: String
    package let displayName: String
    package let admittedAt: Instant

    package init(checkpoint: String, displayName: String, admittedAt: Instant) {
      self.checkpoint = checkpoint
      self.displayName = displayName
      self.admittedAt = admittedAt
    }

    /// The moment up to which this admission can have been, of which an operator says that the person went out since: what
    /// a lane admitted by itself is on the server's record by the server's clock, a little before or after.
    package func missedExitAfter(isOffline: Bool) -> Instant {
      isOffline ? admittedAt + Self.clockTolerance : admittedAt
    }

    private static let clockTolerance = Duration.seconds(1)
  }

  /// The answer without what explains it.
  package typealias Answer = ScanAnswer<RefusalReason>

  package let id: UUIDBytes
  package let checkpoint: CheckpointAddress
  /// IANA identifier of the checkpoint's zone.
  package let timeZone: ZoneID
  package let answer: Answer
  package let direction: Direction
  package let attendee: Attendee?
  /// Resource id of the session, at a session's door.
  package let session: String?
  package let scannedAt: Instant
  package let receivedAt: Instant
  package let earlier: Earlier?
  package let opensAt: Instant?
  /// Ids of the groups and roles that the checkpoint was for, where the person was refused for being of none.
  package let admittedHere: [String]
  /// The ways of taking part that it was for, where the person was refused for theirs.
  package let admittedParticipations: [Participation]
  /// What the event calls its groups and roles.
  package let terms: EventTerms
  /// Nil where a lane decided it and has not handed it in.
  package let reporter: Reporter?
  package var overridden: Overridden?
  /// LEFT: who said that the person was outside, whom nobody scanned out.
  package var missedExit: OverrideNote?
  package var offline: Offline?
  /// When it was decided, where the clock had been set back so that it is recorded as of a later moment; nil where both are one.
  package var decidedAt: Instant?
  package var undo: Undo?
  /// Whether a turnstile read the badge again: the answer is the one before, and it counts for nothing.
  package var isDoubleReading = false
  /// Why an organiser put the person outside, where nobody scanned a badge; nil where somebody did.
  package var sentOutNote: String?
  /// What is kept of the code, where it is no recorded badge's.
  package var trace: CodeTrace?
  /// What else explains a refusal.
  package var explanation = Explanation.none
  /// Its place in the event's feed; 0 where it is not on record.
  package var sequence: Int64 = 0

  package init(
    id: UUIDBytes,
    checkpoint: CheckpointAddress,
    timeZone: ZoneID,
    answer: Answer,
    direction: Direction,
    attendee: Attendee?,
    session: String?,
    scannedAt: Instant,
    receivedAt: Instant,
    earlier: Earlier?,
    opensAt: Instant?,
    admittedHere: [String],
    admittedParticipations: [Participation] = [],
    terms: EventTerms = .none,
    reporter: Reporter?,
    overridden: Overridden? = nil,
    offline: Offline? = nil,
    undo: Undo? = nil,
    isDoubleReading: Bool = false
  ) {
    self.id = id
    self.checkpoint = checkpoint
    self.timeZone = timeZone
    self.answer = answer
    self.direction = direction
    self.attendee = attendee
    self.session = session
    self.scannedAt = scannedAt
    self.receivedAt = receivedAt
    self.earlier = earlier
    self.opensAt = opensAt
    self.admittedHere = admittedHere
    self.admittedParticipations = admittedParticipations
    self.terms = terms
    self.reporter = reporter
    self.overridden = overridden
    self.offline = offline
    self.undo = undo
    self.isDoubleReading = isDoubleReading
  }
}
