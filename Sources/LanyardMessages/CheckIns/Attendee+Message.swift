package import LanyardAPI
package import LanyardDomain

extension Lanyard_V1_CheckIn.Attendee {
  package init(_ person: RecordedScan.Attendee, of event: String) {
    self.init()
    registration = ResourceName.registration(person.registration, of: event).description
    displayName = person.displayName
    organisation = person.organisation
    stakeholderGroup = person.group
    guestRole = person.role
    attention = person.mark.attention.wire
    attentionNote = person.mark.note
  }
}

extension Lanyard_V1_SearchAttendeesResponse.Match {
  package init(_ match: AttendeeMatch, of event: String) {
    self.init()
    attendee.registration = ResourceName.registration(match.registration, of: event).description
    attendee.displayName = match.displayName
    attendee.organisation = match.organisation
    attendee.stakeholderGroup = match.group
    attendee.guestRole = match.role
    attendee.attention = match.mark.attention.wire
    attendee.attentionNote = match.mark.note
    if let serial = match.badge { badge = ResourceName.badge(serial, of: event).description }
  }
}
