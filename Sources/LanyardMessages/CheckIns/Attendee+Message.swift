package import LanyardAPI
package import LanyardDomain

extension Lanyard_V1_CheckIn.Attendee {
  package init(_ person: LanyardDomain.Attendee, of event: String) {
    self.init()
    registration = ResourceName.registration(person.registration, of: event).description
    displayName = person.displayName
    organisation = person.organisation
    stakeholderGroup = person.group
    guestRole = person.role
    attention = person.mark.attention.wire
    attentionNote = person.mark.note
    language = person.language?.tag ?? ""
  }

  /// Says what a group and a role are called where that is not their ids.
  mutating func call(_ group: String, _ role: String, _ terms: EventTerms, in language: Language) {
    stakeholderGroupLabel = terms.groupLabel(group, in: language) ?? ""
    guestRoleLabel = terms.roleLabel(role, in: language) ?? ""
  }
}

extension LanyardDomain.Attendee {
  /// - Parameter badge: Which stands beside the person.
  /// - Throws: `InvalidInput` where any of it is not known to this version.
  init(
    _ message: Lanyard_V1_CheckIn.Attendee,
    badge: BadgeSerial?,
    under prefix: String
  ) throws(InvalidInput) {
    self.init(
      registration: try ResourceName.registration(message.registration, field: "\(prefix)registration").id,
      displayName: message.displayName,
      organisation: message.organisation,
      group: message.stakeholderGroup,
      role: message.guestRole,
      badge: badge,
      mark: AttentionMark(
        attention: try Attention.stated(message.attention, field: "\(prefix)attention") ?? Attention.none,
        note: message.attentionNote
      ),
      language: try LanguageTag.language(message.language, field: "\(prefix)language")
    )
  }
}

extension FoundAttendee {
  /// - Throws: `InvalidInput` where any of it is not known to this version.
  package init(_ match: Lanyard_V1_SearchAttendeesResponse.Match) throws(InvalidInput) {
    let badge = try match.badge.isEmpty ? nil : ResourceName.badge(match.badge, field: "badge").serial
    self.init(
      attendee: try LanyardDomain.Attendee(match.attendee, badge: badge, under: "attendee."),
      country: match.country,
      participation: try Participation(match.participation, field: "participation"),
      state: try RegistrationState(match.registrationState, field: "registration_state"),
      isInside: match.inside
    )
  }
}

extension Lanyard_V1_SearchAttendeesResponse.Match {
  /// - Parameter terms: What the event calls its groups and roles.
  package init(_ match: FoundAttendee, of event: String, _ terms: EventTerms, in language: Language) {
    self.init()
    let person = match.attendee
    attendee = Lanyard_V1_CheckIn.Attendee(person, of: event)
    attendee.call(person.group, person.role, terms, in: language)
    if let serial = person.badge {
      badge = ResourceName.badge(serial, of: event).description
      badgeEnding = serial.ending
    }
    country = match.country
    participation = match.participation.wire
    registrationState = match.state.wire
    inside = match.isInside
  }
}

extension Lanyard_V1_CheckIn.Attendee {
  /// Id of the registration; nil where none is known, as of a badge that is nobody's.
  package var registrationID: String? {
    guard case .registration(let id, _)? = ResourceName(registration) else { return nil }
    return id
  }
}
