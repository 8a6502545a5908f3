/// Every change that is recorded, with the facts that it carries before and after. Names and facts are read by programs
/// for years: a fact may be added; where one gets another meaning, the version grows.
///
/// No change carries what somebody wrote or who somebody is: of a person it says which fields changed, never what is in
/// them, so that a person can be erased and the trail still verifies.
package enum ChangeName: String, Sendable, CaseIterable {
  case eventCreated = "event.created"
  case eventUpdated = "event.updated"
  /// It is over and in no list any more, or is again.
  case eventArchived = "event.archived"
  /// Nobody had registered for it.
  case eventDeleted = "event.deleted"
  /// Those who are confirmed are to be reminded of it.
  case eventReminded = "event.reminded"
  /// Somebody asked for the way to a registration by an address that has none.
  case eventLinkRequested = "event.link_requested"
  case sessionCreated = "session.created"
  case sessionUpdated = "session.updated"
  /// The programme no longer has it.
  case sessionWithdrawn = "session.withdrawn"
  /// The programme has it again.
  case sessionRestored = "session.restored"
  /// Somebody joined it over the network.
  case sessionJoined = "session.joined"
  /// Somebody who had joined it over the network left, or was silent for too long.
  case sessionLeft = "session.left"
  case checkpointCreated = "checkpoint.created"
  case checkpointUpdated = "checkpoint.updated"
  /// The event asks it of those who register.
  case questionCreated = "question.created"
  case questionUpdated = "question.updated"
  /// It is asked no more.
  case questionWithdrawn = "question.withdrawn"
  /// All that was answered to it was erased, as the event says how long that is kept.
  case questionForgotten = "question.forgotten"

  case registrationCreated = "registration.created"
  /// Fields of it have other values.
  case registrationUpdated = "registration.updated"
  case registrationConfirmed = "registration.confirmed"
  case registrationWaitlisted = "registration.waitlisted"
  case registrationRejected = "registration.rejected"
  /// Its rejection was lifted: it waits for a decision again; or it was cancelled, and is not any more.
  case registrationRestored = "registration.restored"
  case registrationCancelled = "registration.cancelled"
  /// A place became free, and it was the next that waited; or somebody gave it one out of turn.
  case registrationMovedUp = "registration.moved_up"
  /// Its address was confirmed.
  case registrationVerified = "registration.verified"
  /// Nobody confirmed its address in time: it ended, and who it was of was erased.
  case registrationExpired = "registration.expired"
  /// Somebody asked for the way to it, which goes to its address.
  case registrationLinkRequested = "registration.link_requested"
  /// A personal link was made, with which the participant reads and changes the registration.
  case registrationLinked = "registration.linked"
  /// Personal links of it were ended.
  case registrationUnlinked = "registration.unlinked"
  /// What of its answer the event lists for the operators' attention has changed, as the event's list did.
  case registrationNeedsListed = "registration.needs_listed"
  /// Who it is of was erased.
  case registrationErased = "registration.erased"
  case bookingMade = "booking.made"
  case bookingRemoved = "booking.removed"

  case badgeIssued = "badge.issued"
  case badgeReplaced = "badge.replaced"
  /// It lasts for all days of its event again.
  case badgeRenewed = "badge.renewed"
  case badgeRevoked = "badge.revoked"
  /// Its bearer was seen at the desk: it works from then on.
  case badgeActivated = "badge.activated"
  /// It opens nothing for a time.
  case badgeHeld = "badge.held"
  /// It works again.
  case badgeReleased = "badge.released"
  /// The mark for the operators' attention.
  case badgeMarked = "badge.marked"
  /// Badges were drawn to be printed.
  case printRunCreated = "print_run.created"
  /// Somebody said that they were printed.
  case printRunConfirmed = "print_run.confirmed"
  /// It was not printed after all.
  case printRunWithdrawn = "print_run.withdrawn"
  /// Somebody had a mail tried again.
  case mailRetried = "mail.retried"
  case signingKeyAdded = "signing_key.added"
  /// Its private half is encrypted from then on.
  case signingKeySealed = "signing_key.sealed"
  /// It verifies nothing any more, and its private half was destroyed.
  case signingKeyRetired = "signing_key.retired"

  case checkInUndone = "check_in.undone"
  /// Somebody who has the right to says too that a scan is taken back.
  case checkInUndoConfirmed = "check_in.undo_confirmed"
  /// A scan was taken back that was not on record.
  case checkInWithdrawn = "check_in.withdrawn"
  /// What a lane did while it was offline contradicts the rules, another scan or its rights.
  case conflictRecorded = "conflict.recorded"
  /// It was on record when conflicts came to be told.
  case conflictTakenOver = "conflict.taken_over"
  /// It is one no more: what became known later explains it, or somebody who has the right to said the same.
  case conflictSettled = "conflict.settled"
  /// A batch of scans in the ledger; `digest` is SHA-256 over its rows.
  case scansRecorded = "scans.recorded"
  /// The ledger as it was when the trail began.
  case scansTakenOver = "scans.taken_over"

  case enrolmentCodeCreated = "enrolment_code.created"
  /// Nobody enrols with it any more.
  case enrolmentCodeWithdrawn = "enrolment_code.withdrawn"
  /// A device was promised to who showed a code; it comes onto the record with its first call.
  case devicePromised = "device.promised"
  case deviceEnrolled = "device.enrolled"
  case deviceCertified = "device.certified"
  /// It runs another version of the program.
  case deviceUpdated = "device.updated"
  /// The organiser changed what it is called or what it may do.
  case deviceChanged = "device.changed"
  case deviceRevoked = "device.revoked"

  case tokenCreated = "token.created"
  case tokenRevoked = "token.revoked"
  /// Somebody signed in with a token.
  case signInCreated = "sign_in.created"
  /// They signed out.
  case signInEnded = "sign_in.ended"
  /// The data was made for real use or for rehearsals.
  case storeMarked = "store.marked"
  /// The data was named anew after some of it was lost.
  case storeRenamed = "store.renamed"
  /// A copy was made for a rehearsal; this stands in the copy.
  case storeCopied = "store.copied"

  /// Those by which somebody who called may call no more, or may do other things than before.
  package static let callerEndings = allCases.filter(\.declared.endsCallers)

  /// Those that hold what is in the ledger, and are no changes by themselves.
  package static let scanLinks = allCases.filter { if case .scans = $0.proof { true } else { false } }

  package var version: Int { 1 }

  /// The facts that it may carry.
  package var facts: Set<String> { declared.facts }

  /// What of it the trail's check compares with what is on record, beside the chain itself.
  package enum Proof: Sendable {
    case chain
    case scans(areTakenOver: Bool)
    case undo(isConfirmed: Bool)
    case conflict(isSettled: Bool)
  }

  package var proof: Proof { declared.proof }

  /// All that is said of one, once.
  private struct Declaration {
    let facts: Set<String>
    let proof: Proof
    let endsCallers: Bool

    init(_ facts: Set<String>, _ proof: Proof = .chain, endsCallers: Bool = false) {
      (self.facts, self.proof, self.endsCallers) = (facts, proof, endsCallers)
    }
  }

  private var declared: Declaration { Self.declarations[self] ?? declaration }

  private static let declarations = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.declaration) })

  private var declaration: Declaration {
    switch self {
    case .eventCreated, .eventUpdated, .eventDeleted: Declaration(EventFact.names)
    case .eventArchived: Declaration(["is_archived"])
    case .eventReminded: Declaration(["reminds_at"])
    case .eventLinkRequested: Declaration([])
    case .sessionCreated, .sessionUpdated, .sessionWithdrawn, .sessionRestored: Declaration(SessionFact.names)
    case .sessionJoined: Declaration(["registration"])
    case .sessionLeft: Declaration(["registration", "left_at"])
    case .checkpointCreated, .checkpointUpdated: Declaration(CheckpointFact.names)
    case .questionCreated, .questionUpdated, .questionWithdrawn: Declaration(QuestionFact.names)
    case .questionForgotten: Declaration(["answers"])
    case .registrationCreated:
      Declaration([
        "state", "participation", "stakeholder_group", "guest_role", "days", "over_capacity", Change.mailFact,
      ])
    case .registrationUpdated:
      Declaration(["changed", "state", "participation", "stakeholder_group", "guest_role", "days", "over_capacity"])
    case .registrationConfirmed, .registrationRestored: Declaration(["state", "over_capacity"])
    case .registrationMovedUp: Declaration(["state", "over_capacity", "out_of_turn"])
    case .registrationWaitlisted, .registrationRejected, .registrationCancelled, .registrationErased,
      .registrationVerified, .registrationExpired, .registrationLinkRequested:
      Declaration(["state"])
    case .registrationLinked: Declaration(["link", "expires_at"])
    case .registrationUnlinked: Declaration(["links"], endsCallers: true)
    case .registrationNeedsListed: Declaration(["changed"])
    case .bookingMade, .bookingRemoved: Declaration(["place"])
    case .badgeIssued: Declaration(["registration", "state", "key", "valid_from", "valid_until"])
    case .badgeReplaced: Declaration(["state", "badge"])
    case .badgeRenewed: Declaration(["valid_from", "valid_until"])
    case .badgeRevoked, .badgeActivated, .badgeHeld, .badgeReleased: Declaration(["state"])
    case .badgeMarked: Declaration(["attention", "changed"])
    case .printRunCreated: Declaration(["badges", "design"])
    case .printRunConfirmed, .printRunWithdrawn: Declaration(["is_printed"])
    case .mailRetried: Declaration(["state", "kind"])
    case .signingKeyAdded: Declaration([])
    case .signingKeySealed: Declaration(["is_sealed"])
    case .signingKeyRetired: Declaration(["is_retired"])
    case .checkInUndone: Declaration(["undone_at"], .undo(isConfirmed: false))
    case .checkInUndoConfirmed: Declaration(["undone_at"], .undo(isConfirmed: true))
    case .checkInWithdrawn: Declaration(["undone_at"])
    case .conflictRecorded, .conflictTakenOver: Declaration(Self.conflictFacts, .conflict(isSettled: false))
    case .conflictSettled: Declaration(Self.conflictFacts, .conflict(isSettled: true))
    case .scansRecorded: Declaration(Self.scanFacts, .scans(areTakenOver: false))
    case .scansTakenOver: Declaration(Self.scanFacts, .scans(areTakenOver: true))
    case .enrolmentCodeCreated: Declaration(["code", "profile", "checkpoints", "is_supervisor", "expires_at"])
    case .enrolmentCodeWithdrawn: Declaration(["is_withdrawn"])
    case .devicePromised, .deviceEnrolled: Declaration(["profile", "checkpoints", "is_supervisor"])
    case .deviceCertified: Declaration(["certificate_ends_at"])
    case .deviceUpdated: Declaration(["version"])
    case .deviceChanged: Declaration(["changed", "checkpoints", "is_supervisor"], endsCallers: true)
    case .deviceRevoked, .tokenRevoked: Declaration(["is_revoked"], endsCallers: true)
    case .tokenCreated: Declaration(["role", "event"])
    case .signInCreated: Declaration(["expires_at"])
    case .signInEnded: Declaration(["is_ended"], endsCallers: true)
    case .storeMarked: Declaration(["mode"])
    case .storeRenamed: Declaration([])
    case .storeCopied: Declaration(["tokens_removed"])
    }
  }

  private static let conflictFacts: Set = ["cause", "check_in", "earlier_check_in", "recorded_at"]
  private static let scanFacts: Set = ["count", "first", "last", "digest"]
}
