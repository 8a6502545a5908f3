package import LanyardDomain
import LanyardStore

/// Names of resources (AIP-122): made here, and read here with the field that they came in.
package enum ResourceName {
  package static func event(_ slug: String) -> String { "events/\(slug)" }
  package static func session(_ id: String, of event: String) -> String { "events/\(event)/sessions/\(id)" }
  package static func checkpoint(_ id: String, of event: String) -> String { "events/\(event)/checkpoints/\(id)" }
  package static func registration(_ id: String, of event: String) -> String {
    "events/\(event)/registrations/\(id)"
  }
  package static func badge(_ serial: BadgeSerial, of event: String) -> String { "events/\(event)/badges/\(serial)" }
  package static func checkIn(_ id: String, of event: String) -> String { "events/\(event)/checkIns/\(id)" }
  package static func conflict(_ id: Int64, of event: String) -> String { "events/\(event)/conflicts/\(id)" }
  package static func device(_ id: String, of event: String) -> String { "events/\(event)/devices/\(id)" }
  package static func attendance(of event: String) -> String { "events/\(event)/attendance" }
  package static func verificationKey(_ id: UInt32) -> String { "verificationKeys/\(id)" }

  /// The ids of a name, in order.
  ///
  /// - Parameters:
  ///   - pattern: The name's form, such as `events/{event}/badges/{badge}`; each part in braces is an id.
  ///   - field: Name of the field for the fault.
  /// - Throws: `InvalidInput` where the name has another form.
  static func parse(_ name: String, as pattern: String, field: String) throws(InvalidInput) -> [String] {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let expected = pattern.split(separator: "/")
    var ids: [String] = []
    var matches = parts.count == expected.count
    for (part, form) in zip(parts, expected) where matches {
      if form.hasPrefix("{") {
        matches = ResourceID.isValid(String(part))
        ids.append(String(part))
      } else {
        matches = part == form
      }
    }
    guard matches else {
      let state = name.isEmpty ? "is empty" : "is not a resource name of this kind"
      throw InvalidInput(field: field, reason: "\(state); it has the form \(pattern)")
    }
    return ids
  }

  /// The slug of an event's name.
  static func eventSlug(_ name: String, field: String) throws(InvalidInput) -> String {
    try parse(name, as: "events/{event}", field: field)[0]
  }

  /// The address of a checkpoint's name.
  static func checkpointAddress(_ name: String, field: String) throws(InvalidInput) -> CheckpointAddress {
    let ids = try parse(name, as: "events/{event}/checkpoints/{checkpoint}", field: field)
    return CheckpointAddress(event: ids[0], checkpoint: ids[1])
  }

  /// The event's slug and the id of a check-in's name.
  static func checkInID(_ name: String, field: String) throws(InvalidInput) -> (event: String, scan: UUIDBytes) {
    let ids = try parse(name, as: "events/{event}/checkIns/{scan_id}", field: field)
    guard let scan = UUIDBytes(ids[1]) else {
      throw InvalidInput(field: field, reason: "ends in \(ids[1]), which is not a scan's UUID")
    }
    return (ids[0], scan)
  }

  /// The place of a checkpoint's or a session's name, for bookings.
  static func bookingPlace(_ name: String, field: String) throws(InvalidInput) -> BookingPlace {
    if name.contains("/sessions/") {
      let ids = try parse(name, as: "events/{event}/sessions/{session}", field: field)
      return .session(ids[1], event: ids[0])
    }
    return .checkpoint(try checkpointAddress(name, field: field))
  }

  /// The name of a place that registrations are booked for.
  static func bookingPlace(_ place: BookingPlace) -> String {
    switch place {
    case .checkpoint(let address): checkpoint(address.checkpoint, of: address.event)
    case .session(let id, let event): session(id, of: event)
    }
  }

  /// The ids of registrations of one event.
  static func registrationIDs(
    _ names: [String],
    of event: String,
    field: String
  ) throws(InvalidInput) -> [String] {
    var ids: [String] = []
    for (index, name) in names.enumerated() {
      let (parent, id) = try registrationIDs(name, field: "\(field)[\(index)]")
      guard parent == event else {
        throw InvalidInput(field: "\(field)[\(index)]", reason: "is of another event than parent")
      }
      ids.append(id)
    }
    return ids
  }

  /// The event's slug and the id of a registration's name.
  static func registrationIDs(_ name: String, field: String) throws(InvalidInput) -> (event: String, id: String) {
    let ids = try parse(name, as: "events/{event}/registrations/{registration}", field: field)
    return (ids[0], ids[1])
  }

  /// The event's slug and the serial of a badge's name.
  static func badgeSerial(_ name: String, field: String) throws(InvalidInput) -> (event: String, serial: BadgeSerial) {
    let ids = try parse(name, as: "events/{event}/badges/{badge}", field: field)
    guard let serial = BadgeSerial(ids[1]) else {
      throw InvalidInput(field: field, reason: "ends in \(ids[1]), and a badge's serial has 16 digits of 0-9 and a-f")
    }
    return (ids[0], serial)
  }
}
