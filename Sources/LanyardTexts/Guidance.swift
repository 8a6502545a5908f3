package import LanyardDomain

/// What to say about a refusal: a sentence each for the operator and the participant.
package struct Guidance: Hashable, Sendable {
  package let forOperator: Sentence
  package let forParticipant: Sentence
  /// What would help, where that is known.
  package let help: Sentence?

  /// What is known beside the reason.
  package struct Circumstances: Hashable, Sendable {
    /// The clock on the wall of the place.
    package var clock: VenueTime
    /// From when the person would be admitted.
    package var opensAt: Instant?
    /// What the groups and roles are called that the checkpoint is for.
    package var admittedHere: [String] = []
    /// The ways of taking part that it is for, where the person was refused for theirs.
    package var admittedParticipations: [Participation] = []
    /// The admission before.
    package var earlier: Earlier?
    /// How often, or on how many days, the person may be admitted, where that is used up.
    package var used: EntryLimit?
    /// A later session that is for the person.
    package var nextSession: NextSession?
    /// What other ways in are called that are open and for the person.
    package var doors: [String] = []

    package init(clock: VenueTime) {
      self.clock = clock
    }
  }

  /// An admission before: when, and through which checkpoint.
  package struct Earlier: Hashable, Sendable {
    package let moment: Instant
    package let place: String

    package init(at moment: Instant, through place: String) {
      self.moment = moment
      self.place = place
    }
  }

  /// A later session: what it is called, and from when the door leads to it.
  package struct NextSession: Hashable, Sendable {
    package let title: String
    package let opensAt: Instant

    package init(_ title: String, from opensAt: Instant) {
      (self.title, self.opensAt) = (title, opensAt)
    }
  }

  /// The guidance for a reason.
  package init(_ reason: RefusalReason, _ known: Circumstances) {
    (forOperator, forParticipant) = Self.sentences(for: reason, known)
    help = known.help
  }

  private static func sentences(for reason: RefusalReason, _ known: Circumstances) -> (Sentence, Sentence) {
    switch reason {
    case .unreadable: plain(.operatorUnreadable, .participantUnreadable)
    case .forged: plain(.operatorForged, .participantWait)
    case .unknownKey: plain(.operatorUnknownKey, .participantWait)
    case .otherEvent: plain(.operatorOtherEvent, .participantOtherEvent)
    case .unknownBadge: plain(.operatorUnknownBadge, .participantDesk)
    case .replaced: plain(.operatorReplaced, .participantReplaced)
    case .revoked: plain(.operatorRevoked, .participantWait)
    case .held: plain(.operatorHeld, .participantWait)
    case .notActivated: plain(.operatorNotActivated, .participantDesk)
    case .cancelled: plain(.operatorCancelled, .participantCancelled)
    case .notConfirmed: plain(.operatorNotConfirmed, .participantNotConfirmed)
    case .remoteOnly: plain(.operatorRemoteOnly, .participantRemoteOnly)
    case .notYetValid:
      known.opening.map { both(.operatorNotYetValidFrom, .participantNotYetValidFrom, $0) }
        ?? plain(.operatorNotYetValid, .participantNotYetValid)
    case .expired: plain(.operatorExpired, .participantExpired)
    case .otherDay:
      known.opening.map { both(.operatorOtherDayFrom, .participantOtherDayFrom, $0) }
        ?? plain(.operatorOtherDay, .participantOtherDay)
    case .outsideHours:
      known.opening.map { both(.operatorOutsideHoursFrom, .participantOutsideHoursFrom, $0) }
        ?? plain(.operatorOutsideHours, .participantOutsideHours)
    case .notAdmittedHere where known.admittedParticipations == [.remote]:
      plain(.operatorNotAdmittedHereRemote, .participantNotAdmittedHereRemote)
    case .notAdmittedHere where known.admittedHere.isEmpty:
      plain(.operatorNotAdmittedHere, .participantNotAdmittedHere)
    case .notAdmittedHere:
      both(.operatorNotAdmittedHereFor, .participantNotAdmittedHereFor, ["groups": .list(known.admittedHere)])
    case .notBooked: plain(.operatorNotBooked, .participantNotBooked)
    case .checkpointClosed: plain(.operatorCheckpointClosed, .participantCheckpointClosed)
    case .alreadyInside:
      (
        known.since.map { Sentence(.operatorAlreadyInsideSince, $0) } ?? Sentence(.operatorAlreadyInside),
        Sentence(.participantAlreadyInside)
      )
    case .tooSoon: known.tooSoon
    case .alreadyAdmitted where known.used != nil:
      (known.used.map(\.sentence) ?? Sentence(.operatorAlreadyAdmitted), Sentence(.participantAllEntriesUsed))
    case .alreadyAdmitted:
      (
        known.since.map { Sentence(.operatorAlreadyAdmittedSince, $0) } ?? Sentence(.operatorAlreadyAdmitted),
        Sentence(.participantAlreadyAdmitted)
      )
    case .full: plain(.operatorFull, .participantFull)
    }
  }

  private static func plain(_ toOperator: Sentence.Key, _ toParticipant: Sentence.Key) -> (Sentence, Sentence) {
    both(toOperator, toParticipant, [:])
  }

  private static func both(
    _ toOperator: Sentence.Key,
    _ toParticipant: Sentence.Key,
    _ facts: [String: Sentence.Fact]
  ) -> (Sentence, Sentence) {
    (Sentence(toOperator, facts), Sentence(toParticipant, facts))
  }
}

extension Guidance.Circumstances {
  fileprivate var opening: [String: Sentence.Fact]? {
    opensAt.map { ["moment": .moment($0, clock)] }
  }

  /// What would help, in one sentence.
  fileprivate var help: Sentence? {
    if !doors.isEmpty { return Sentence(.helpDoors, ["places": .list(doors)]) }
    return nextSession.map {
      Sentence(.helpNextSession, ["moment": .moment($0.opensAt, clock), "title": .text($0.title)])
    }
  }

  fileprivate var tooSoon: (Sentence, Sentence) {
    guard let opening else { return (Sentence(.operatorTooSoon), Sentence(.participantTooSoon)) }
    let whole = since.map { Sentence(.operatorTooSoonFrom, $0.merging(opening) { $1 }) }
    return (whole ?? Sentence(.operatorTooSoon), Sentence(.participantTooSoonFrom, opening))
  }

  fileprivate var since: [String: Sentence.Fact]? {
    earlier.map { ["time": .timeOfDay($0.moment, clock), "place": .text($0.place)] }
  }
}

extension RefusalReason {
  /// The name of the reason, for people.
  package var title: Sentence {
    let key: Sentence.Key =
      switch self {
      case .unreadable: .reasonUnreadable
      case .forged: .reasonForged
      case .unknownKey: .reasonUnknownKey
      case .otherEvent: .reasonOtherEvent
      case .unknownBadge: .reasonUnknownBadge
      case .replaced: .reasonReplaced
      case .revoked: .reasonRevoked
      case .held: .reasonHeld
      case .notActivated: .reasonNotActivated
      case .cancelled: .reasonCancelled
      case .notConfirmed: .reasonNotConfirmed
      case .remoteOnly: .reasonRemoteOnly
      case .notYetValid: .reasonNotYetValid
      case .expired: .reasonExpired
      case .otherDay: .reasonOtherDay
      case .outsideHours: .reasonOutsideHours
      case .notAdmittedHere: .reasonNotAdmittedHere
      case .notBooked: .reasonNotBooked
      case .checkpointClosed: .reasonCheckpointClosed
      case .alreadyInside: .reasonAlreadyInside
      case .tooSoon: .reasonTooSoon
      case .alreadyAdmitted: .reasonAlreadyAdmitted
      case .full: .reasonFull
      }
    return Sentence(key)
  }
}

extension EntryLimit {
  /// That it is used up, to the operator.
  fileprivate var sentence: Sentence {
    switch self {
    case .entries(let limit): Sentence(.operatorAllEntriesUsed, ["limit": .text("\(limit)")])
    case .days(let limit): Sentence(.operatorAllDaysUsed, ["limit": .text("\(limit)")])
    }
  }
}
