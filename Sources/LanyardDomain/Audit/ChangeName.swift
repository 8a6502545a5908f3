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
  case sessionCreated = "session.created"
  case sessionUpdated = "session.updated"
  /// The programme no longer has it.
  case sessionWithdrawn = "session.withdrawn"
  /// The programme has it again.
  case sessionRestored = "session.restored"
  case checkpointCreated = "checkpoint.created"
  case checkpointUpdated = "checkpoint.updated"

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
  /// The data was made for real use or for rehearsals.
  case storeMarked = "store.marked"
  /// The data was named anew after some of it was lost.
  case storeRenamed = "store.renamed"
  /// A copy was made for a rehearsal; this stands in the copy.
  case storeCopied = "store.copied"

  /// Those by which somebody who called may call no more, or may do other things than before.
  package static let callerEndings: [ChangeName] = [
    .tokenRevoked, .deviceRevoked, .deviceChanged, .registrationUnlinked,
  ]

  /// Those that hold what is in the ledger, and are no changes by themselves.
  package static let scanLinks: [ChangeName] = [.scansRecorded, .scansTakenOver]

  package var version: Int { 1 }

  /// The facts that it may carry.
  package var facts: Set<String> {
    switch self {
    case .eventCreated, .eventUpdated, .eventDeleted: Self.eventFacts
    case .eventArchived: ["is_archived"]
    case .sessionCreated, .sessionUpdated, .sessionWithdrawn, .sessionRestored: Self.sessionFacts
    case .checkpointCreated, .checkpointUpdated: Self.checkpointFacts
    case .registrationCreated: ["state", "participation", "stakeholder_group", "guest_role", "days", "over_capacity"]
    case .registrationUpdated:
      ["changed", "state", "participation", "stakeholder_group", "guest_role", "days", "over_capacity"]
    case .registrationConfirmed, .registrationRestored: ["state", "over_capacity"]
    case .registrationMovedUp: ["state", "over_capacity", "out_of_turn"]
    case .registrationWaitlisted, .registrationRejected, .registrationCancelled, .registrationErased: ["state"]
    case .registrationLinked: ["link", "expires_at"]
    case .registrationUnlinked: ["links"]
    case .registrationNeedsListed: ["changed"]
    case .bookingMade, .bookingRemoved: ["place"]
    case .badgeIssued: ["registration", "state", "key", "valid_from", "valid_until"]
    case .badgeReplaced: ["state", "badge"]
    case .badgeRenewed: ["valid_from", "valid_until"]
    case .badgeRevoked, .badgeActivated, .badgeHeld, .badgeReleased: ["state"]
    case .badgeMarked: ["attention", "changed"]
    case .printRunCreated: ["badges", "design"]
    case .printRunConfirmed: ["is_printed"]
    case .signingKeyAdded: []
    case .signingKeySealed: ["is_sealed"]
    case .signingKeyRetired: ["is_retired"]
    case .checkInUndone, .checkInUndoConfirmed, .checkInWithdrawn: ["undone_at"]
    case .conflictRecorded, .conflictTakenOver, .conflictSettled:
      ["cause", "check_in", "earlier_check_in", "recorded_at"]
    case .scansRecorded, .scansTakenOver: ["count", "first", "last", "digest"]
    case .enrolmentCodeCreated: ["code", "profile", "checkpoints", "is_supervisor", "expires_at"]
    case .enrolmentCodeWithdrawn: ["is_withdrawn"]
    case .devicePromised, .deviceEnrolled: ["profile", "checkpoints", "is_supervisor"]
    case .deviceCertified: ["certificate_ends_at"]
    case .deviceUpdated: ["version"]
    case .deviceChanged: ["changed", "checkpoints", "is_supervisor"]
    case .deviceRevoked, .tokenRevoked: ["is_revoked"]
    case .tokenCreated: ["role", "event"]
    case .storeMarked: ["mode"]
    case .storeRenamed: []
    case .storeCopied: ["tokens_removed"]
    }
  }

  private static let eventFacts: Set = [
    "title", "start_date", "end_date", "time_zone", "city", "country", "organisers", "onsite_capacity", "allows_remote",
    "tracks", "stakeholder_groups", "guest_roles", "reviewed_stakeholder_groups", "reviewed_guest_roles", "deadlines",
    "language", "titles", "allows_missed_exits", "track_labels", "stakeholder_group_labels", "guest_role_labels",
    "listed_needs", "moves_up", "moving_up_ends", "activates_badges", "activated_stakeholder_groups",
  ]
  private static let sessionFacts: Set = [
    "code", "title", "track", "starts_at", "ends_at", "time_zone", "venue", "room", "city", "country", "capacity",
    "allows_remote", "admitted_groups", "requires_booking", "is_sample", "checkpoint", "titles",
  ]
  private static let checkpointFacts: Set = [
    "position", "display_name", "kind", "area", "within", "capacity", "admitted_groups", "admitted_roles",
    "admitted_participations", "directions", "allows_reentry", "early_entry_seconds", "is_closed", "opens", "closes",
    "days", "requires_booking", "time_zone", "reentry", "pause_seconds", "grace_seconds", "most_entries", "most_days",
  ]
}
