import LanyardDomain

/// A name in a request, of what the request is about.
package struct RequestedName: Sendable {
  /// What it has to be the name of.
  package enum Kind: Sendable, Hashable {
    case event
    /// An event or all of them; a caller who is bound to one event gets of all what is of that one.
    case eventOrEvery
    /// An event or the whole installation, which is for nobody who is bound to one event.
    case eventOrInstallation
    case attendance
    case registration
    /// The registration of a participant who asks for something; whomever else asks, the service looks at it.
    case ownRegistration
    case badge
    case session
    case checkpoint
    /// A checkpoint at which the caller scans.
    case door
    /// What registrations are booked for: a checkpoint or a session.
    case bookingPlace
    case checkIn
    /// A device; one that calls may name itself alone.
    case device
    case enrolmentCode
    case printRun
    case mail
    case question
  }

  let kind: Kind
  let text: String
  /// The field that it stands in.
  let field: String

  init(_ kind: Kind, _ text: String, field: String) {
    self.kind = kind
    self.text = text
    self.field = field
  }

  /// What it names.
  ///
  /// - Throws: `InvalidInput` where it names nothing of its kind.
  func resource() throws(InvalidInput) -> ResourceName {
    switch kind {
    case .event: return .event(try ResourceName.eventSlug(text, field: field))
    case .eventOrEvery, .eventOrInstallation:
      return try ResourceName.eventOrEvery(text, field: field).map { .event($0) } ?? .everyEvent
    case .attendance: return .attendance(of: try ResourceName.attendance(text, field: field))
    case .registration, .ownRegistration:
      let (event, id) = try ResourceName.registration(text, field: field)
      return .registration(id, of: event)
    case .badge:
      let (event, serial) = try ResourceName.badge(text, field: field)
      return .badge(serial, of: event)
    case .session:
      let (event, id) = try ResourceName.session(text, field: field)
      return .session(id, of: event)
    case .checkpoint, .door: return try ResourceName.checkpoint(text, field: field).name
    case .bookingPlace: return try BookingPlace(text, field: field).name
    case .checkIn:
      let (event, scan) = try ResourceName.checkIn(text, field: field)
      return .checkIn(scan, of: event)
    case .device:
      return try ResourceName.device(text, field: field).name
    case .enrolmentCode:
      let (event, id) = try ResourceName.enrolmentCode(text, field: field)
      return .enrolmentCode(id, of: event)
    case .printRun:
      let (event, number) = try ResourceName.printRun(text, field: field)
      return .printRun(number, of: event)
    case .question:
      let (event, id) = try ResourceName.question(text, field: field)
      return .question(id, of: event)
    case .mail:
      let (event, number) = try ResourceName.mail(text, field: field)
      return .mail(number, of: event)
    }
  }
}
