import BadgeCodes
import Foundation
package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_RosterEntry {
  /// - Throws: `BadgeCodeError` where the code that is on record cannot be read, or what keeps it from being sealed.
  package init(_ badge: RosterBadge) throws {
    self.init()
    serial = badge.serial.rawValue
    registration = badge.registration
    // Without its states no device lets it pass by itself.
    guard let holder = badge.holder else { return }
    badgeState = holder.badgeState.wire
    validFromTime = Google_Protobuf_Timestamp(holder.validity.lowerBound)
    expireTime = Google_Protobuf_Timestamp(holder.validity.upperBound)
    registrationState = holder.registrationState.wire
    participation = holder.participation.wire
    stakeholderGroup = holder.group
    guestRole = holder.role
    bookings = badge.bookings.map(\.name.description)
    erased = badge.isErased
    days = holder.days.map(\.description)
    rules = holder.rules.map(\.wire)
    guard !badge.isErased else { return }
    let person = Lanyard_V1_SealedAttendee.with {
      $0.displayName = badge.displayName
      $0.organisation = badge.organisation
      $0.attention = badge.mark.attention.wire
      $0.attentionNote = badge.mark.note
      $0.language = badge.language?.tag ?? ""
    }
    let seal = RosterSeal(try UnverifiedBadgeCode(reading: badge.code))
    sealed = Data(try seal.seal([UInt8](try person.serializedBytes() as Data)))
  }
}

extension BadgeHolder {
  /// What a decision needs of an entry, under the keys that a device gave.
  ///
  /// - Throws: `InvalidInput` where a state is not stated, or a state or a rule is not known to this version, or its validity ends
  ///   before it begins.
  package init(
    _ entry: Lanyard_V1_RosterEntry,
    registration: Key<Registration>,
    event: Key<Event>
  ) throws(InvalidInput) {
    try RosterRule.check(entry.rules, field: "rules")
    var days: [LocalDate] = []
    for (index, day) in entry.days.enumerated() { days.append(try LocalDate(day, field: "days[\(index)]")) }
    let from = try entry.validFromTime.instant(field: "valid_from_time")
    let until = try entry.expireTime.instant(field: "expire_time")
    guard from < until else { throw InvalidInput(field: "expire_time", .endNotAfterStart) }
    self.init(
      registration: registration,
      event: event,
      badgeState: try BadgeState(entry.badgeState, field: "badge_state"),
      validity: from..<until,
      registrationState: try RegistrationState(entry.registrationState, field: "registration_state"),
      participation: try Participation(entry.participation, field: "participation"),
      group: entry.stakeholderGroup,
      role: entry.guestRole,
      days: days
    )
  }
}

extension Attendee {
  /// The person of an entry, with what is sealed of them where it could be opened.
  ///
  /// - Throws: `InvalidInput` where what is to be seen to is not known to this version, or the language is none.
  package init(_ entry: Lanyard_V1_RosterEntry, _ person: Lanyard_V1_SealedAttendee?) throws(InvalidInput) {
    self.init(
      registration: entry.registration,
      displayName: person?.displayName ?? "",
      organisation: person?.organisation ?? "",
      group: entry.stakeholderGroup,
      role: entry.guestRole,
      badge: BadgeSerial(entry.serial),
      mark: AttentionMark(
        attention: try Attention.stated(person?.attention ?? .unspecified, field: "attention") ?? .none,
        note: person?.attentionNote ?? ""
      ),
      language: try person.map { person throws(InvalidInput) in
        try LanguageTag.language(person.language, field: "language")
      } ?? nil
    )
  }
}
