package import LanyardDomain
import LanyardMessages

/// One scan that the driver made, and what came of it. Times are from the start of the run, by a clock that nobody sets.
package struct Observation: Sendable, Hashable {
  /// What was scanned.
  package enum Subject: Sendable, Hashable {
    /// The badge of this index.
    case badge(Int)
    /// A code that no signature holds for.
    case forged
    /// Something that is no badge.
    case unreadable
  }

  /// How it ended.
  package enum Outcome: Sendable, Hashable {
    case answered(Answer, offline: Bool)
    /// There was an error of this kind. Where the server answered with it the one time that it was sent the scan, the scan is not
    /// recorded, as the contract says; else it may be on record or not.
    case failed(String, byServer: Bool)
    /// Nothing ever came; it may be on record or not.
    case silent
  }

  /// The id under which it was answered, or sent last.
  package var id: UUIDBytes
  /// The id under which it was first sent, where a lane took that back and answered under another.
  package var replacedID: UUIDBytes?
  /// Whether a lane that shows only the last id may have taken a first try back.
  package var mayHaveReplaced = false
  /// Index of the door.
  package var door: Int
  /// Index of the lane, which knows what it did itself; as the door, where each has one.
  package var lane: Int
  package var subject: Subject
  package var isOut: Bool
  /// The answers that were right when the run was planned.
  package var expected: Set<Answer>
  package var due: Duration
  /// When the person is through the lane, as planned; later where the answer is late.
  package var through: Duration
  /// When it was first sent; nil where it never was.
  package var sent: Duration?
  /// How long the driver itself kept it from its line after that, its own tasks waiting for a processor.
  package var heldUp = Duration.zero
  /// When it was read, by the driver's clock, as it was sent to be kept; nil where a lane in a process of its own reads.
  package var readAt: Instant?
  package var answered: Duration?
  package var outcome: Outcome
  /// What else the answer told; nil where there was none.
  package var facts: ScanFacts?

  package init(
    id: UUIDBytes,
    door: Int,
    lane: Int? = nil,
    subject: Subject,
    isOut: Bool,
    expected: Set<Answer>,
    due: Duration,
    through: Duration? = nil,
    sent: Duration? = nil,
    answered: Duration? = nil,
    outcome: Outcome = .silent
  ) {
    self.id = id
    self.door = door
    self.lane = lane ?? door
    self.subject = subject
    self.isOut = isOut
    self.expected = expected
    self.due = due
    self.through = through ?? due
    self.sent = sent
    self.answered = answered
    self.outcome = outcome
  }
}

extension Observation.Outcome {
  /// An answer that is none which the contract has, and none at all.
  static let unknownAnswer = "UNKNOWN_ANSWER"
  static let noOutcome = "NO_OUTCOME"
  /// What stands for an answer that came and cannot be read, by the driver or by a lane, which says `NEEDS_UPDATE`: all are of one
  /// version.
  static let unreadKinds: Set<String> = [unknownAnswer, noOutcome, "NEEDS_UPDATE"]
  /// What a lane says of a scan that the server alone could answer, and was not there for.
  static let needsServer = "OFFLINE"
  /// What it says of all scans once the server does not let it in.
  private static let shutOut: Set<String> = ["NOT_LET_IN", ErrorReason.deviceRevoked.rawValue]

  /// Whether a lane failed by itself, so that it is no call of the server's.
  var isOfLane: Bool {
    if case .failed(let kind, byServer: false) = self {
      kind == Self.needsServer || Self.shutOut.contains(kind)
    } else {
      false
    }
  }
}

extension Observation {
  /// The earliest that anybody can have had it.
  var leftAt: Duration { sent ?? due }

  /// How much later than due the driver let it go; nil where it never did.
  var lateness: Duration? { sent.map { $0 + heldUp - due } }

  /// Whether it was answered, by whomever.
  var isAnswered: Bool {
    if case .answered = outcome { true } else { false }
  }

  /// Whether the server answered it.
  var isLive: Bool {
    if case .answered(_, offline: false) = outcome { true } else { false }
  }
}
