import LanyardAPI
import LanyardDomain
import LanyardMessages

/// What a lane decided by itself.
struct OfflineDecision {
  /// Where a person stood before the scan, so that it can be taken back.
  struct Undo: Sendable {
    let person: Key<Registration>
    let before: [Presence]
    let last: LastPassage?
  }

  let verdict: Verdict
  let door: Door
  let plan: VenuePlan
  let badge: ReadBadge
  /// By the server's clock, as far as the lane knows it.
  let moment: Instant
  let undo: Undo?

  /// Whether a genuine badge was admitted that the roster does not have.
  var isMarked: Bool { badge.isUnknown && verdict.decision == .admitted }

  /// The decision as the server would answer it, without the words, which the lane finds in the operators' language.
  func message(_ reading: LaneSession.Reading) -> Lanyard_V1_CheckIn {
    Lanyard_V1_CheckIn(recorded(reading))
  }

  /// What the operator is shown.
  func answer(_ reading: LaneSession.Reading) -> LaneAnswer {
    var shown = LaneAnswer(reading: reading, outcome: .decided(message(reading)), isOffline: true)
    shown.isPersonUnread = badge.isUnread
    return shown
  }

  private func recorded(_ reading: LaneSession.Reading) -> RecordedScan {
    var scan = RecordedScan(
      verdict,
      id: reading.id,
      door: door,
      plan: plan,
      attendee: badge.attendee,
      scannedAt: reading.readAt,
      receivedAt: moment,
      reporter: nil,
      override: reading.override,
      missedExit: reading.missedExit
    )
    scan.offline = RecordedScan.Offline(happenedAt: moment, notInRoster: isMarked)
    return scan
  }
}
