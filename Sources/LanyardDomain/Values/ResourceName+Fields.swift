/// Names of one kind, read from a field of something that was sent; each throws `InvalidInput` where there is no such name.
extension ResourceName {
  /// The slug of an event's name.
  package static func eventSlug(_ name: String, field: String) throws(InvalidInput) -> String {
    guard case .event(let slug)? = ResourceName(name) else { throw refused(name, Collection.events.form, field) }
    return slug
  }

  /// The slug of an event's name; nil where it stands for all events.
  package static func eventOrEvery(_ name: String, field: String) throws(InvalidInput) -> String? {
    if case .everyEvent? = ResourceName(name) { return nil }
    return try eventSlug(name, field: field)
  }

  /// The event's slug in the name of its attendance.
  package static func attendance(_ name: String, field: String) throws(InvalidInput) -> String {
    guard case .attendance(let event)? = ResourceName(name) else {
      throw refused(name, "events/{event}/attendance", field)
    }
    return event
  }

  /// The event's slug and the id of a registration.
  package static func registration(
    _ name: String,
    field: String
  ) throws(InvalidInput) -> (event: String, id: String) {
    guard case .registration(let id, let event)? = ResourceName(name) else {
      throw refused(name, Collection.registrations.form, field)
    }
    return (event, id)
  }

  /// The id of a registration of this event.
  package static func registration(_ name: String, of event: String, field: String) throws(InvalidInput) -> String {
    let named = try registration(name, field: field)
    try require(named.event, is: event, field)
    return named.id
  }

  /// The ids of registrations of one event.
  package static func registrations(
    _ names: [String],
    of event: String,
    field: String
  ) throws(InvalidInput) -> [String] {
    var ids: [String] = []
    for (index, name) in names.enumerated() {
      ids.append(try registration(name, of: event, field: "\(field)[\(index)]"))
    }
    return ids
  }

  /// The event's slug and the serial of a badge.
  package static func badge(
    _ name: String,
    field: String
  ) throws(InvalidInput) -> (event: String, serial: BadgeSerial) {
    guard case .badge(let serial, let event)? = ResourceName(name) else {
      throw refused(name, Collection.badges.form, field)
    }
    return (event, serial)
  }

  /// The serial of a badge of the event of a checkpoint.
  package static func badge(
    _ name: String,
    at checkpoint: CheckpointAddress,
    field: String
  ) throws(InvalidInput) -> BadgeSerial {
    let named = try badge(name, field: field)
    try require(named.event, is: checkpoint.event, field, else: .otherEventThanCheckpoint)
    return named.serial
  }

  /// The serial of a badge of an event.
  package static func badge(
    _ name: String,
    of event: String,
    field: String
  ) throws(InvalidInput) -> BadgeSerial {
    let named = try badge(name, field: field)
    try require(named.event, is: event, field, else: .otherEvent)
    return named.serial
  }

  /// The event's slug and the id of a session.
  package static func session(_ name: String, field: String) throws(InvalidInput) -> (event: String, id: String) {
    guard case .session(let id, let event)? = ResourceName(name) else {
      throw refused(name, Collection.sessions.form, field)
    }
    return (event, id)
  }

  /// The event's slug and the id of a question.
  package static func question(_ name: String, field: String) throws(InvalidInput) -> (event: String, id: String) {
    guard case .question(let id, let event)? = ResourceName(name) else {
      throw refused(name, Collection.questions.form, field)
    }
    return (event, id)
  }

  /// The address of a checkpoint.
  package static func checkpoint(_ name: String, field: String) throws(InvalidInput) -> CheckpointAddress {
    guard case .checkpoint(let id, let event)? = ResourceName(name) else {
      throw refused(name, Collection.checkpoints.form, field)
    }
    return CheckpointAddress(event: event, checkpoint: id)
  }

  /// The id of a checkpoint of this event.
  package static func checkpoint(_ name: String, of event: String, field: String) throws(InvalidInput) -> String {
    let address = try checkpoint(name, field: field)
    try require(address.event, is: event, field)
    return address.checkpoint
  }

  /// The ids of checkpoints of one event, as often as they are named.
  ///
  /// - Parameter limit: The most names.
  package static func checkpoints(
    _ names: [String],
    of event: String,
    limit: Int,
    field: String
  ) throws(InvalidInput) -> [String] {
    guard names.count <= limit else { throw InvalidInput(field: field, .tooManyCheckpoints(limit: limit)) }
    var ids: [String] = []
    for (index, name) in names.enumerated() {
      ids.append(try checkpoint(name, of: event, field: "\(field)[\(index)]"))
    }
    return ids
  }

  /// The event's slug and the id of a check-in's scan.
  package static func checkIn(
    _ name: String,
    field: String
  ) throws(InvalidInput) -> (event: String, scan: UUIDBytes) {
    guard case .checkIn(let scan, let event)? = ResourceName(name) else {
      throw refused(name, Collection.checkIns.form, field)
    }
    return (event, scan)
  }

  /// The event's slug and the number of a conflict.
  package static func conflict(
    _ name: String,
    field: String
  ) throws(InvalidInput) -> (event: String, number: Int64) {
    guard case .conflict(let number, let event)? = ResourceName(name) else {
      throw refused(name, Collection.conflicts.form, field)
    }
    return (event, number)
  }

  /// The address of a device.
  package static func device(_ name: String, field: String) throws(InvalidInput) -> DeviceAddress {
    guard case .device(let id, let event)? = ResourceName(name) else {
      throw refused(name, Collection.devices.form, field)
    }
    return DeviceAddress(event: event, id: id)
  }

  /// The event's slug and the id of an enrolment code.
  package static func enrolmentCode(
    _ name: String,
    field: String
  ) throws(InvalidInput) -> (event: String, id: String) {
    guard case .enrolmentCode(let id, let event)? = ResourceName(name) else {
      throw refused(name, Collection.enrolmentCodes.form, field)
    }
    return (event, id)
  }

  /// A checkpoint or session of this event, for which people are booked.
  package static func bookingPlace(
    _ name: String,
    of event: String,
    field: String
  ) throws(InvalidInput) -> BookingPlace {
    let place = try BookingPlace(name, field: field)
    try require(place.event, is: event, field)
    return place
  }

  /// The event's slug and the number of a run of printing.
  package static func printRun(
    _ name: String,
    field: String
  ) throws(InvalidInput) -> (event: String, number: Int64) {
    guard case .printRun(let number, let event)? = ResourceName(name) else {
      throw refused(name, Collection.printRuns.form, field)
    }
    return (event, number)
  }

  /// The event's slug and the number of a mail.
  package static func mail(_ name: String, field: String) throws(InvalidInput) -> (event: String, number: Int64) {
    guard case .mail(let number, let event)? = ResourceName(name) else {
      throw refused(name, Collection.mails.form, field)
    }
    return (event, number)
  }

  /// The number of a run of printing of this event.
  package static func printRun(_ name: String, of event: String, field: String) throws(InvalidInput) -> Int64 {
    let run = try printRun(name, field: field)
    try require(run.event, is: event, field)
    return run.number
  }

  /// The id of a sign-in and that of its token; nil where the name stands for that of who calls.
  package static func signIn(_ name: String, field: String) throws(InvalidInput) -> (token: String, id: String)? {
    if name == ownSignIn { return nil }
    guard case .signIn(let id, let token)? = ResourceName(name) else {
      throw refused(name, Collection.signIns.form, field)
    }
    return (token, id)
  }

  /// Stands for the sign-in that calls.
  package static let ownSignIn = "tokens/-/signIns/-"

  /// The number of a key that verifies badges.
  package static func verificationKey(_ name: String, field: String) throws(InvalidInput) -> UInt32 {
    guard case .verificationKey(let id)? = ResourceName(name) else {
      throw refused(name, Collection.verificationKeys.form, field)
    }
    return id
  }

  /// The name of the attendance of an event that is known by its name.
  package static func attendance(ofEvent name: String, field: String) throws(InvalidInput) -> String {
    ResourceName.attendance(of: try eventSlug(name, field: field)).description
  }

  /// What a person means by a text: the resource name of something of a kind, or its id with the slug of its event beside it.
  ///
  /// - Parameters:
  ///   - event: Slug of the event; nil where it is not said, which a resource name does not need.
  ///   - field: As the person knows it.
  package static func meant(
    _ text: String,
    kind: Collection,
    event: String?,
    field: String
  ) throws(InvalidInput) -> ResourceName {
    // No id has one.
    if text.contains(separator) {
      guard let name = ResourceName(text), name.collection == kind else { throw refused(text, kind.form, field) }
      if let event, let named = name.event { try require(named, is: event, field) }
      return name
    }
    // Whether it is an id does not depend on the event.
    guard let name = ResourceName(text, in: kind, of: event ?? "") else { throw refused(text, kind.form, field) }
    guard event != nil else { throw InvalidInput(field: field, .eventNotSaid) }
    return name
  }

  /// Throws where what a field names belongs to another event than the rest of the request.
  private static func require(
    _ named: String,
    is event: String,
    _ field: String,
    else fault: Fault = .otherEvent
  ) throws(InvalidInput) {
    guard named == event else { throw InvalidInput(field: field, fault) }
  }

  private static func refused(_ name: String, _ form: String, _ field: String) -> InvalidInput {
    InvalidInput(field: field, name.isEmpty ? .emptyResourceName(form: form) : .otherResourceName(form: form))
  }
}

extension ResourceName.Collection {
  /// How the names of its resources look.
  fileprivate var form: String {
    let id =
      switch self {
      case .events: "event"
      case .registrations: "registration"
      case .badges: "0123456789abcdef"
      case .sessions: "session"
      case .checkpoints: "checkpoint"
      case .questions: "question"
      case .checkIns: "UUID"
      case .conflicts, .printRuns, .mails, .verificationKeys: "number"
      case .devices: "device"
      case .enrolmentCodes: "code"
      case .tokens: "token"
      case .signIns: "sign_in"
      }
    return switch self {
    case .events, .verificationKeys, .tokens: "\(rawValue)/{\(id)}"
    case .signIns: "\(Self.tokens.form)/\(rawValue)/{\(id)}"
    case .registrations, .badges, .sessions, .checkpoints, .questions, .checkIns, .conflicts, .devices,
      .enrolmentCodes, .printRuns, .mails:
      "\(Self.events.form)/\(rawValue)/{\(id)}"
    }
  }
}
