/// Names of one kind, read from a field of something that was sent; each throws `InvalidInput` where there is no such name.
extension ResourceName {
  /// The slug of an event's name.
  package static func eventSlug(_ name: String, field: String) throws(InvalidInput) -> String {
    guard case .event(let slug)? = ResourceName(name) else { throw refused(name, "events/{event}", field) }
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
      throw refused(name, "events/{event}/registrations/{registration}", field)
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
      throw refused(name, "events/{event}/badges/{0123456789abcdef}", field)
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

  /// The event's slug and the id of a session.
  package static func session(_ name: String, field: String) throws(InvalidInput) -> (event: String, id: String) {
    guard case .session(let id, let event)? = ResourceName(name) else {
      throw refused(name, "events/{event}/sessions/{session}", field)
    }
    return (event, id)
  }

  /// The address of a checkpoint.
  package static func checkpoint(_ name: String, field: String) throws(InvalidInput) -> CheckpointAddress {
    guard case .checkpoint(let id, let event)? = ResourceName(name) else {
      throw refused(name, "events/{event}/checkpoints/{checkpoint}", field)
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
      throw refused(name, "events/{event}/checkIns/{UUID}", field)
    }
    return (event, scan)
  }

  /// The event's slug and the id of a device.
  package static func device(_ name: String, field: String) throws(InvalidInput) -> (event: String, id: String) {
    guard case .device(let id, let event)? = ResourceName(name) else {
      throw refused(name, "events/{event}/devices/{device}", field)
    }
    return (event, id)
  }

  /// The event's slug and the id of an enrolment code.
  package static func enrolmentCode(
    _ name: String,
    field: String
  ) throws(InvalidInput) -> (event: String, id: String) {
    guard case .enrolmentCode(let id, let event)? = ResourceName(name) else {
      throw refused(name, "events/{event}/enrolmentCodes/{code}", field)
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

  /// The number of a key that verifies badges.
  package static func verificationKey(_ name: String, field: String) throws(InvalidInput) -> UInt32 {
    guard case .verificationKey(let id)? = ResourceName(name) else {
      throw refused(name, "verificationKeys/{number}", field)
    }
    return id
  }

  /// The name of the attendance of an event that is known by its name; the same name where that is no event's.
  package static func attendance(ofEventNamed name: String) -> String {
    ResourceName(name)?.event.map { ResourceName.attendance(of: $0).description } ?? name
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
