extension ProgrammeEvent {
  private static let keys = [
    "slug", "title", "start_date", "end_date", "time_zone", "deadlines", "stakeholder_groups", "guest_roles",
    "reviewed_stakeholder_groups", "reviewed_guest_roles", "city", "country", "organisers", "onsite_capacity",
    "remote_participation", "tracks", "rooms", "entrances", "zones", "sessions", "language",
    "listed_needs", "missed_exits", "mail", "mail_contact", "reminder", "moving_up", "moving_up_ends",
    "badge_activation", "activated_stakeholder_groups", "registration_opens", "registration_closes",
    "questions", "retention_days",
  ]
  private static let sessionLimit = 2000
  /// The most entrances, zones and rooms of an event.
  package static let checkpointLimit = 500
  private static let dayLimit = 400
  private static let listLimit = 50
  private static let trackLimit = 200

  /// Reads one event; where faults were noted the result is a makeshift that is never used.
  static func read(_ value: JSONValue, path: String, _ check: inout FieldCheck) -> ProgrammeEvent {
    let fields = JSONFields(value, path: path, known: keys, &check)
    let zone = fields.zone("time_zone", required: true, &check)
    var event = event(fields, in: zone ?? .utc, &check)
    let sessions = fields.entries("sessions", limit: sessionLimit, &check).map { path, value in
      SessionReader.read(value, path: path, event: event, zone: zone, &check)
    }
    SessionReader.noteDoubledCodes(sessions, &check)
    event.allowsRemote =
      fields.flag("remote_participation", &check) ?? sessions.contains { $0.session.allowsRemote }
    let entrances = fields.entries("entrances", limit: checkpointLimit, &check).enumerated().compactMap {
      CheckpointReader.guarded(.entrance, $1.value, path: $1.path, event: event, &check)
    }
    let areas = fields.entries("zones", limit: checkpointLimit, &check).enumerated().compactMap {
      CheckpointReader.guarded(.zone, $1.value, path: $1.path, event: event, &check)
    }
    let listed = fields.entries("rooms", limit: checkpointLimit, &check).enumerated().compactMap {
      CheckpointReader.room($1.value, path: $1.path, event: event, &check)
    }
    var plan = RoomPlan(listed: listed, of: event)
    plan.place(sessions, &check)
    CheckpointReader.noteDoubled(outer: entrances + areas, rooms: plan.rooms, &check)
    CheckpointReader.noteWithin(areas + plan.rooms, &check)
    if entrances.count + areas.count + plan.rooms.count > checkpointLimit {
      check.add(path, .tooManyPlaces(limit: checkpointLimit))
    }
    return ProgrammeEvent(
      event: event,
      sessions: plan.placed,
      checkpoints: (entrances + areas + plan.rooms).map(\.checkpoint),
      questions: QuestionReader.read(fields, of: event, &check)
    )
  }

  private static func event(
    _ fields: JSONFields,
    in timeZone: ZoneID,
    _ check: inout FieldCheck
  ) -> Event {
    let slug = fields.text("slug", limit: 200, required: true, &check)
    if !slug.isEmpty && !ResourceID.isValid(slug) { check.add(fields.path("slug"), .noID(limit: ResourceID.limit)) }
    let language = language(fields, &check)
    let title = fields.localizedText("title", limit: 200, required: true, of: language, &check)
    let days = days(fields, &check)
    var event = Event(
      slug: slug,
      title: title,
      startDate: days.lowerBound,
      endDate: days.upperBound,
      timeZone: timeZone
    )
    event.city = fields.text("city", limit: 100, &check)
    event.country = check.country(fields.text("country", limit: 20, &check), field: fields.path("country"))
    event.organisers = fields.text("organisers", limit: 500, &check)
    event.onsiteCapacity = fields.whole("onsite_capacity", in: Capacity.range, &check)
    event.tracks = fields.terms("tracks", limit: trackLimit, &check)
    event.stakeholderGroups = groups(fields, &check)
    event.guestRoles = fields.terms("guest_roles", limit: listLimit, &check)
    event.reviewedStakeholderGroups = fields.ids(
      "reviewed_stakeholder_groups",
      limit: listLimit,
      of: event.stakeholderGroups,
      &check
    )
    event.reviewedGuestRoles = fields.ids("reviewed_guest_roles", limit: listLimit, of: event.guestRoles, &check)
    event.activatesBadges = fields.flag("badge_activation", &check) ?? false
    event.activatedStakeholderGroups = fields.ids(
      "activated_stakeholder_groups",
      limit: listLimit,
      of: event.stakeholderGroups,
      &check
    )
    event.deadlines = deadlines(fields, &check)
    event.listedNeeds = fields.texts("listed_needs", limit: listLimit, &check)
    event.language = language
    event.allowsMissedExits = fields.flag("missed_exits", &check) ?? false
    event.mail = mail(fields, of: event, &check)
    event.movingUp = movingUp(fields, of: event, &check)
    event.inPublic = inPublic(fields, of: event, &check)
    event.retentionDays = fields.whole("retention_days", in: Retention.days, &check)
    return event
  }

  private static func inPublic(
    _ fields: JSONFields,
    of event: Event,
    _ check: inout FieldCheck
  ) -> PublicRegistration {
    func moment(_ name: String) -> Instant? {
      SessionReader.moment(name, fields, in: event.timeZone, required: false, &check)
    }
    let times = PublicRegistration(opens: moment("registration_opens"), closes: moment("registration_closes"))
    if let (end, fault) = times.fault { check.add(fields.path(end), fault) }
    return times
  }

  private static func mail(_ fields: JSONFields, of event: Event, _ check: inout FieldCheck) -> EventMail {
    var mail = EventMail()
    let reach = fields.text("mail", limit: 20, &check)
    if let known = EventMail.Reach(spelling: reach) {
      mail.reach = known
    } else if !reach.isEmpty {
      check.add(fields.path("mail"), .unknownWay(NearestName.advice(for: reach, known: EventMail.Reach.spellings)))
    }
    mail.contact = fields.text("mail_contact", limit: EmailAddress.limit, &check)
    if !mail.contact.isEmpty, let fault = EmailAddress.fault(of: mail.contact) {
      check.add(fields.path("mail_contact"), fault)
    }
    mail.remindsAt = SessionReader.moment("reminder", fields, in: event.timeZone, required: false, &check)
    if let moment = mail.remindsAt, let span = event.span, moment >= span.upperBound {
      check.add(fields.path("reminder"), .reminderAfterEnd(end: "\(event.endDate)"))
    }
    return mail
  }

  private static func movingUp(_ fields: JSONFields, of event: Event, _ check: inout FieldCheck) -> MovingUp {
    let name = "moving_up_ends"
    let ends = SessionReader.moment(name, fields, in: event.timeZone, required: false, &check)
    if let ends, let span = event.span, ends > span.lowerBound {
      check.add(fields.path(name), .movingUpAfterStart(start: "\(event.startDate)"))
    }
    return MovingUp(isOn: fields.flag("moving_up", &check) ?? true, ends: ends)
  }

  private static func language(_ fields: JSONFields, _ check: inout FieldCheck) -> Language {
    let tag = fields.text("language", limit: 35, &check)
    if tag.isEmpty { return .english }
    if let language = Language(tag: tag) { return language }
    check.add(fields.path("language"), .otherLanguage(known: Language.tags.joined(separator: ", ")))
    return .english
  }

  private static func days(_ fields: JSONFields, _ check: inout FieldCheck) -> ClosedRange<LocalDate> {
    let makeshift = LocalDate(daysSince1970: 0)
    let start = fields.date("start_date", required: true, &check)
    let end = fields.date("end_date", required: true, &check)
    guard let start, let end else { return (start ?? end ?? makeshift)...(start ?? end ?? makeshift) }
    guard start <= end else {
      check.add(fields.path("end_date"), .endsBeforeStart(start: "\(start)"))
      return start...start
    }
    if end.daysSince1970 - start.daysSince1970 >= dayLimit {
      check.add(fields.path("end_date"), .eventTooLong(limit: dayLimit))
    }
    return start...end
  }

  private static func groups(_ fields: JSONFields, _ check: inout FieldCheck) -> [Term] {
    let faults = check.count
    let groups = fields.terms("stakeholder_groups", limit: listLimit, required: true, haveQuotas: true, &check)
    if groups.isEmpty && check.count == faults {
      check.add(fields.path("stakeholder_groups"), .noGroups)
    }
    return groups
  }

  private static func deadlines(_ fields: JSONFields, _ check: inout FieldCheck) -> [String: LocalDate] {
    guard let value = fields.value("deadlines", &check) else { return [:] }
    guard case .object(let members) = value else {
      check.add(fields.path("deadlines"), .noDays(value.kind))
      return [:]
    }
    if members.count > listLimit {
      check.add(fields.path("deadlines"), .tooManyEntries(count: members.count, limit: listLimit))
    }
    let allowed = Array(members.prefix(listLimit))
    let names = allowed.map(\.name)
    let dates = JSONFields(.object(allowed), path: fields.path("deadlines"), known: names, &check)
    var deadlines: [String: LocalDate] = [:]
    for name in names {
      let checked = check.text(name, limit: 100, field: dates.path(name))
      deadlines[checked] = dates.date(name, required: true, &check)
    }
    return deadlines
  }
}
