package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_Checkpoint {
  package init(_ checkpoint: Checkpoint, of event: String) {
    self.init()
    name = ResourceName.checkpoint(checkpoint.id, of: event).description
    displayName = checkpoint.displayName
    kind = checkpoint.kind.wire
    area = checkpoint.area
    within = checkpoint.within
    if let limit = checkpoint.capacity { capacity = Int32(clamping: limit) }
    admittedStakeholderGroups = checkpoint.admits.groups
    admittedGuestRoles = checkpoint.admits.roles
    directions = checkpoint.directions.wire
    reEntryAllowed = checkpoint.allowsReentry
    earlyEntry.seconds = checkpoint.earlyEntry.components.seconds
    closed = checkpoint.isClosed
    admittedParticipations = checkpoint.admits.participations.map(\.wire)
    bookedOnly = checkpoint.requiresBooking
    days = checkpoint.days.map { "\($0)" }
    opensMinute = Int32(clamping: checkpoint.hours.opens)
    closesMinute = Int32(clamping: checkpoint.hours.closes)
    timeZone = checkpoint.timeZone.rawValue
  }
}

extension Checkpoint {
  /// - Throws: `InvalidInput` where a rule is not stated, or not known to this version or machine: a checkpoint without it might
  ///   admit whom it is not for.
  package init(_ message: Lanyard_V1_Checkpoint, under prefix: String) throws(InvalidInput) {
    self.init(
      id: try ResourceName.checkpoint(message.name, field: "\(prefix)name").checkpoint,
      displayName: message.displayName,
      kind: try Kind(message.kind, field: "\(prefix)kind"),
      area: message.area,
      timeZone: try ZoneID(message.timeZone, field: "\(prefix)time_zone")
    )
    within = message.within
    capacity = try message.hasCapacity ? Capacity.limit(message.capacity, field: "\(prefix)capacity") : nil
    admits = AdmissionList(
      groups: message.admittedStakeholderGroups,
      roles: message.admittedGuestRoles,
      participations: []
    )
    for (index, participation) in message.admittedParticipations.enumerated() {
      let field = "\(prefix)admitted_participations[\(index)]"
      admits.participations.append(try Participation(participation, field: field))
    }
    directions = try Directions(message.directions, field: "\(prefix)directions")
    allowsReentry = message.reEntryAllowed
    let seconds = message.earlyEntry.seconds
    guard let earlyEntry = Self.earlyEntry(seconds: seconds) else {
      let known = "0 … \(Self.earlyEntryMinutes.upperBound * 60)"
      throw InvalidInput(field: "\(prefix)early_entry", .unknownNumber(number: Int(seconds), known: known))
    }
    self.earlyEntry = earlyEntry
    isClosed = message.closed
    requiresBooking = message.bookedOnly
    for (index, day) in message.days.enumerated() {
      days.append(try LocalDate(day, field: "\(prefix)days[\(index)]"))
    }
    hours = try DailyHours(message, under: prefix)
  }
}

extension DailyHours {
  fileprivate init(_ message: Lanyard_V1_Checkpoint, under prefix: String) throws(InvalidInput) {
    guard let hours = DailyHours(opens: Int(message.opensMinute), closes: Int(message.closesMinute)) else {
      throw InvalidInput(field: "\(prefix)opens_minute", .noMinutesOfDay)
    }
    self = hours
  }
}

extension Checkpoint.Kind: WireValue {
  package static let wirePrefix = "KIND_"

  package var wire: Lanyard_V1_Checkpoint.Kind {
    switch self {
    case .entrance: .entrance
    case .zone: .zone
    case .sessionDoor: .sessionDoor
    }
  }
}

extension Lanyard_V1_Checkpoint.Kind: WireEnum {
  package typealias Value = Checkpoint.Kind
}

extension Checkpoint.Directions: WireValue {
  package static let wirePrefix = "DIRECTIONS_"

  package var wire: Lanyard_V1_Checkpoint.Directions {
    switch self {
    case .inOnly: .in
    case .outOnly: .out
    case .both: .both
    case .byTurns: .byTurns
    }
  }
}

extension Lanyard_V1_Checkpoint.Directions: WireEnum {
  package typealias Value = Checkpoint.Directions
}
