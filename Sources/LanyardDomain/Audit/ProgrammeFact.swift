/// What changes say of a kind of resource: each fact by its name, and how it follows from the resource.
protocol ResourceFact: RawRepresentable<String>, CaseIterable {
  associatedtype Resource
  /// Nil where the change does not carry it.
  func fact(of resource: Resource) -> Fact?
}

extension ResourceFact {
  static var names: Set<String> { Set(allCases.map(\.rawValue)) }

  /// All that a change says of a resource.
  static func all(of resource: Resource) -> [String: Fact] {
    Dictionary(allCases.compactMap { name in name.fact(of: resource).map { (name.rawValue, $0) } }) { $1 }
  }
}

extension Fact {
  /// Nil where there is nothing to say.
  static func given(_ words: [String]) -> Fact? { words.isEmpty ? nil : .words(words) }
  static func limit(_ number: Int?) -> Fact? { number.map { .number(Int64($0)) } }
}

enum EventFact: String, ResourceFact {
  case title, titles, language, city, country, organisers, deadlines, tracks
  case startDate = "start_date"
  case endDate = "end_date"
  case timeZone = "time_zone"
  case onsiteCapacity = "onsite_capacity"
  case allowsRemote = "allows_remote"
  case stakeholderGroups = "stakeholder_groups"
  case guestRoles = "guest_roles"
  case retentionDays = "retention_days"
  case stakeholderGroupQuotas = "stakeholder_group_quotas"
  case reviewedStakeholderGroups = "reviewed_stakeholder_groups"
  case reviewedGuestRoles = "reviewed_guest_roles"
  case trackLabels = "track_labels"
  case stakeholderGroupLabels = "stakeholder_group_labels"
  case guestRoleLabels = "guest_role_labels"
  case listedNeeds = "listed_needs"
  case activatesBadges = "activates_badges"
  case activatedStakeholderGroups = "activated_stakeholder_groups"
  case movesUp = "moves_up"
  case movingUpEnds = "moving_up_ends"
  case allowsMissedExits = "allows_missed_exits"
  case mailReach = "mail_reach"
  case mailContact = "mail_contact"
  case remindsAt = "reminds_at"
  case registrationOpens = "registration_opens"
  case registrationCloses = "registration_closes"

  func fact(of event: Event) -> Fact? {
    switch self {
    case .title: .word(event.title.plain)
    case .titles: .given(event.title.facts)
    case .language: .word(event.language.tag)
    case .city: .word(event.city)
    case .country: .word(event.country)
    case .organisers: .word(event.organisers)
    case .deadlines: .words(event.deadlines.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
    case .tracks: .words(event.tracks.choices.ids)
    case .startDate: .word("\(event.startDate)")
    case .endDate: .word("\(event.endDate)")
    case .timeZone: .word(event.timeZone.rawValue)
    case .onsiteCapacity: .limit(event.onsiteCapacity)
    case .allowsRemote: .flag(event.allowsRemote)
    case .stakeholderGroups: .words(event.stakeholderGroups.choices.ids)
    case .guestRoles: .words(event.guestRoles.choices.ids)
    case .retentionDays: .limit(event.retentionDays)
    case .stakeholderGroupQuotas:
      .given(event.stakeholderGroups.quotas.sorted { $0.key < $1.key }.map { "\($0) \($1)" })
    case .reviewedStakeholderGroups: .words(event.reviewedStakeholderGroups)
    case .reviewedGuestRoles: .words(event.reviewedGuestRoles)
    case .trackLabels: .given(event.tracks.choices.labelFacts)
    case .stakeholderGroupLabels: .given(event.stakeholderGroups.choices.labelFacts)
    case .guestRoleLabels: .given(event.guestRoles.choices.labelFacts)
    case .listedNeeds: .given(event.listedNeeds)
    case .activatesBadges: event.activatesBadges ? .flag(true) : nil
    case .activatedStakeholderGroups: .given(event.activatedStakeholderGroups)
    case .movesUp: event.movingUp.isOn ? nil : .flag(false)
    case .movingUpEnds: event.movingUp.ends.map { .moment($0) }
    case .mailReach: event.mail.reach == .asked ? nil : .word(event.mail.reach.rawValue)
    case .mailContact: event.mail.contact.isEmpty ? nil : .word(event.mail.contact)
    case .remindsAt: event.mail.remindsAt.map { .moment($0) }
    case .registrationOpens: event.inPublic.opens.map { .moment($0) }
    case .registrationCloses: event.inPublic.closes.map { .moment($0) }
    case .allowsMissedExits: event.allowsMissedExits ? .flag(true) : nil
    }
  }
}

enum SessionFact: String, ResourceFact {
  case code, title, titles, track, venue, room, city, country, capacity, checkpoint
  case startsAt = "starts_at"
  case endsAt = "ends_at"
  case timeZone = "time_zone"
  case allowsRemote = "allows_remote"
  case admittedGroups = "admitted_groups"
  case requiresBooking = "requires_booking"
  case isSample = "is_sample"
  case hasStream = "has_stream"

  func fact(of session: Session) -> Fact? {
    switch self {
    case .code: .word(session.code)
    case .title: .word(session.title.plain)
    case .titles: .given(session.title.facts)
    case .track: .word(session.track)
    case .venue: .word(session.venue)
    case .room: .word(session.room)
    case .city: .word(session.city)
    case .country: .word(session.country)
    case .capacity: .limit(session.capacity)
    case .checkpoint: .word(session.checkpoint)
    case .startsAt: .moment(session.span.lowerBound)
    case .endsAt: .moment(session.span.upperBound)
    case .timeZone: .word(session.timeZone.rawValue)
    case .allowsRemote: .flag(session.allowsRemote)
    case .admittedGroups: .words(session.admittedGroups)
    case .requiresBooking: .flag(session.requiresBooking)
    case .isSample: .flag(session.isSample)
    // The address is for those who join alone.
    case .hasStream: session.stream.isEmpty ? nil : .flag(true)
    }
  }
}

/// Of a checkpoint and its place among the others, from 0.
enum CheckpointFact: String, ResourceFact {
  case position, kind, area, within, capacity, directions, reentry, opens, closes, days
  case displayName = "display_name"
  case admittedGroups = "admitted_groups"
  case admittedRoles = "admitted_roles"
  case admittedParticipations = "admitted_participations"
  case allowsReentry = "allows_reentry"
  case pauseSeconds = "pause_seconds"
  case graceSeconds = "grace_seconds"
  case earlyEntrySeconds = "early_entry_seconds"
  case mostEntries = "most_entries"
  case mostDays = "most_days"
  case isClosed = "is_closed"
  case requiresBooking = "requires_booking"
  case timeZone = "time_zone"

  func fact(of resource: (checkpoint: Checkpoint, position: Int)) -> Fact? {
    let checkpoint = resource.checkpoint
    return switch self {
    case .position: .number(Int64(resource.position))
    case .kind: .word(checkpoint.kind.rawValue)
    case .area: .word(checkpoint.area)
    case .within: .word(checkpoint.within)
    case .capacity: .limit(checkpoint.capacity)
    case .directions: .word(checkpoint.directions.rawValue)
    case .reentry: .word(checkpoint.reentry.rawValue)
    case .opens: .word(DailyHours.text(checkpoint.hours.opens))
    case .closes: .word(DailyHours.text(checkpoint.hours.closes))
    case .days: .words(checkpoint.days.map { "\($0)" })
    case .displayName: .word(checkpoint.displayName)
    case .admittedGroups: .words(checkpoint.admits.groups)
    case .admittedRoles: .words(checkpoint.admits.roles)
    case .admittedParticipations: .words(checkpoint.admits.participations.map(\.rawValue))
    case .allowsReentry: .flag(checkpoint.allowsReentry)
    case .pauseSeconds: .number(checkpoint.pause.components.seconds)
    case .graceSeconds: .number(checkpoint.grace.components.seconds)
    case .earlyEntrySeconds: .number(checkpoint.earlyEntry.components.seconds)
    case .mostEntries: .limit(checkpoint.mostEntries)
    case .mostDays: .limit(checkpoint.mostDays)
    case .isClosed: .flag(checkpoint.isClosed)
    case .requiresBooking: .flag(checkpoint.requiresBooking)
    case .timeZone: .word(checkpoint.timeZone.rawValue)
    }
  }
}
