import BadgeCodes
import LanyardAPI
import LanyardClient
import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_Event {
  /// The event; nil where its days cannot be read.
  var event: Event? {
    guard let start = LocalDate(startDate), let end = LocalDate(endDate) else { return nil }
    var event = Event(
      slug: ResourcePart.last(of: name),
      title: title,
      startDate: start,
      endDate: end,
      timeZone: timeZone
    )
    event.stakeholderGroups = stakeholderGroups
    event.guestRoles = guestRoles
    return event
  }
}

extension Lanyard_V1_Checkpoint {
  /// The checkpoint with its rules.
  var checkpoint: Checkpoint {
    var checkpoint = Checkpoint(
      id: ResourcePart.last(of: name),
      displayName: displayName,
      kind: Checkpoint.Kind(rawValue: kind.shortName) ?? .entrance,
      area: area,
      timeZone: timeZone
    )
    checkpoint.capacity = hasCapacity ? Int(capacity) : nil
    checkpoint.admits = AdmissionList(
      groups: admittedStakeholderGroups,
      roles: admittedGuestRoles,
      participations: admittedParticipations.compactMap { Participation(rawValue: $0.shortName) }
    )
    checkpoint.directions = Checkpoint.Directions(rawValue: directions.shortName) ?? .both
    checkpoint.allowsReentry = reEntryAllowed
    checkpoint.earlyEntry = .seconds(earlyEntry.seconds)
    checkpoint.isClosed = closed
    checkpoint.requiresBooking = bookedOnly
    checkpoint.days = days.compactMap(LocalDate.init)
    checkpoint.hours = DailyHours(opens: Int(opensMinute), closes: Int(closesMinute)) ?? .wholeDay
    return checkpoint
  }
}

extension Lanyard_V1_Session {
  /// The session, as far as a door needs it; nil where its times are not in order.
  var session: Session? {
    let (start, end) = (Instant(startTime), Instant(endTime))
    guard start < end else { return nil }
    var session = Session(
      code: code,
      title: title,
      span: start..<end,
      timeZone: timeZone,
      room: room,
      checkpoint: ResourcePart.last(of: checkpoint)
    )
    session.capacity = hasCapacity ? Int(capacity) : nil
    session.admittedGroups = admittedStakeholderGroups
    session.requiresBooking = bookedOnly
    return session
  }
}

extension VerificationKeyRing {
  /// The keys of a plan; one that cannot be loaded is left out.
  init(_ plan: Lanyard_V1_RosterPlan) {
    self.init(
      plan.verificationKeys.compactMap { key in
        guard let id = UInt32(ResourcePart.last(of: key.name)) else { return nil }
        return try? VerificationKey(id: id, rawRepresentation: Array(key.publicKey))
      }
    )
  }
}

/// Parts of resource names.
package enum ResourcePart {
  /// The last part, the resource's own id.
  package static func last(of name: String) -> String {
    name.lastIndex(of: "/").map { String(name[name.index(after: $0)...]) } ?? name
  }

  /// The event's slug in a name that begins with `events/{event}`.
  package static func event(of name: String) -> String {
    let parts = name.split(separator: "/", maxSplits: 2)
    return parts.count > 1 ? String(parts[1]) : ""
  }
}
