import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// What happened with a person, in words: changes and scans, the newest first.
struct DeskHistory: Sendable {
  /// The most that is told.
  private static let limit = 40

  let house: HouseVisit
  let record: DeskRecord
  let checkpoints: [String: String]

  private var text: PageText { house.text }

  func entries() -> [DeskPerson.Entry] {
    let changes = record.changes.compactMap { change in
      ChangeName(rawValue: change.name).flatMap { Self.words[$0] }.map {
        (change.madeAt, text($0), text(change.act.actor.sentence))
      }
    }
    return (changes + record.scans.map(scan)).sorted { $0.0 > $1.0 }.prefix(Self.limit).map { moment, what, who in
      DeskPerson.Entry(moment: text(.deskMoment, ["moment": .moment(moment, house.clock)]), what: what, who: who)
    }
  }

  private func scan(_ scan: Lanyard_V1_CheckIn) -> (Instant, String, String) {
    let place = checkpoints[scan.checkpoint] ?? scan.checkpoint
    let facts: [String: Sentence.Fact] = ["place": .text(place)]
    let what =
      switch scan.answer {
      case .admitted: text(.deskAdmittedAt, facts)
      case .left: text(.deskLeftAt, facts)
      default: text(.deskRefusedAt, ["place": .text(place), "reason": .sentence(scan.reason.title)])
      }
    return (Instant(shown: scan.receiveTime), what, "")
  }

  /// Those that a desk is told.
  private static let words: [ChangeName: Sentence.Key] = [
    .registrationCreated: .deskRegistered, .registrationUpdated: .deskUpdated, .registrationConfirmed: .deskConfirmed,
    .registrationVerified: .deskVerified, .registrationWaitlisted: .deskWaitlisted,
    .registrationRejected: .deskRejected, .registrationRestored: .deskRestored,
    .registrationCancelled: .deskCancelled, .registrationMovedUp: .deskMovedUp, .registrationErased: .deskErased,
    .registrationLinked: .deskLinked, .badgeIssued: .deskBadgeIssued, .badgeReplaced: .deskBadgeReplaced,
    .badgeRenewed: .deskBadgeRenewed, .badgeRevoked: .deskBadgeRevoked, .badgeActivated: .deskBadgeActivated,
    .badgeHeld: .deskBadgeHeld, .badgeReleased: .deskBadgeReleased, .badgeMarked: .deskBadgeMarked,
  ]
}
