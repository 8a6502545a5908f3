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
    earlyEntry = Google_Protobuf_Duration(checkpoint.earlyEntry)
    closed = checkpoint.isClosed
    admittedParticipations = checkpoint.admits.participations.map(\.wire)
    bookedOnly = checkpoint.requiresBooking
    days = checkpoint.days.map { "\($0)" }
    opensMinute = Int32(clamping: checkpoint.hours.opens)
    closesMinute = Int32(clamping: checkpoint.hours.closes)
    timeZone = checkpoint.timeZone.rawValue
    reEntry = checkpoint.reentry.wire
    if checkpoint.pause > .zero { entryPause = Google_Protobuf_Duration(checkpoint.pause) }
    if let limit = checkpoint.mostEntries { mostEntries = Int32(clamping: limit) }
    if let limit = checkpoint.mostDays { mostDays = Int32(clamping: limit) }
    if checkpoint.grace > .zero { grace = Google_Protobuf_Duration(checkpoint.grace) }
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
    let reEntry = try Reentry.stated(message.reEntry, field: "\(prefix)re_entry")
    reentry = reEntry ?? (message.reEntryAllowed ? .afterLeaving : .never)
    earlyEntry = try Self.length(message.earlyEntry, Self.earlyEntryMinutes, field: "\(prefix)early_entry")
    isClosed = message.closed
    requiresBooking = message.bookedOnly
    for (index, day) in message.days.enumerated() {
      days.append(try LocalDate(day, field: "\(prefix)days[\(index)]"))
    }
    hours = try DailyHours(message, under: prefix)
    pause = try Self.length(message.entryPause, Self.pauseMinutes, field: "\(prefix)entry_pause")
    grace = try Self.length(message.grace, Self.graceMinutes, field: "\(prefix)grace")
    if message.hasMostEntries {
      mostEntries = try Self.limit(message.mostEntries, in: Self.entryRange, field: "\(prefix)most_entries")
    }
    if message.hasMostDays {
      mostDays = try Self.limit(message.mostDays, in: Self.dayRange, field: "\(prefix)most_days")
    }
  }

  private static func length(
    _ message: Google_Protobuf_Duration,
    _ minutes: ClosedRange<Int>,
    field: String
  ) throws(InvalidInput) -> Duration {
    try message.length(in: .seconds(minutes.lowerBound * 60) ... .seconds(minutes.upperBound * 60), field: field)
  }

  private static func limit(
    _ number: some BinaryInteger,
    in range: ClosedRange<Int>,
    field: String
  ) throws(InvalidInput) -> Int {
    guard range.contains(Int(number)) else {
      throw InvalidInput(
        field: field,
        .unknownNumber(number: Int(number), known: "\(range.lowerBound) … \(range.upperBound)")
      )
    }
    return Int(number)
  }
}

extension Checkpoint.Reentry: WireValue {
  package static let wirePrefix = "RE_ENTRY_"

  package var wire: Lanyard_V1_Checkpoint.ReEntry {
    switch self {
    case .never: .never
    case .afterLeaving: .afterLeaving
    case .unscanned: .unscanned
    }
  }
}

extension Lanyard_V1_Checkpoint.ReEntry: WireEnum {
  package typealias Value = Checkpoint.Reentry
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
