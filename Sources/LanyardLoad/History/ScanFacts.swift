import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

/// What a scan tells beside its answer, its door and its badge: whom the screen shows, and why. Texts are kept as numbers that
/// equal ones share, since there are millions; nil is what nobody saw.
package struct ScanFacts: Sendable, Hashable {
  /// The admission that a refusal names.
  struct Earlier: Sendable, Hashable {
    let admitted: Instant
    /// Of the checkpoint's resource name.
    let door: Int
  }

  /// Of the name that is shown.
  var name: Int?
  /// Of all that is shown of the person.
  var person: Int?
  /// Of the device or token that reported it.
  var reporter: Int?
  var earlier: Earlier?
  /// When the server recorded it.
  var received: Instant?
  var wasNotInside = false
  var isDoubleReading = false
  /// Whether a lane let in a badge that its roster had not.
  var isNotInRoster = false
  /// Whether the lane told that.
  var knowsRoster = false
  /// Of all else: the session, from when and who is admitted, how serious it is, and what was overridden.
  var circumstances: Int?

  /// Of a text, as it is compared.
  static func number(_ text: String) -> Int { text.hashValue }
}

extension ScanFacts {
  /// What an answer, or the record, tells; what is said in words, in whichever language, follows from it.
  ///
  /// - Throws: `InvalidInput` where a moment is none.
  init(_ checkIn: Lanyard_V1_CheckIn) throws(InvalidInput) {
    name = Self.number(checkIn.attendee.displayName)
    person = checkIn.attendee.hashValue
    reporter = Self.number(checkIn.reporter)
    if checkIn.hasEarlier {
      let admittedAt = try checkIn.earlier.admitTime.instant(field: "earlier.admit_time")
      earlier = Earlier(admitted: admittedAt, door: Self.number(checkIn.earlier.checkpoint))
    }
    received = try checkIn.receiveTime.instant(field: "receive_time")
    (wasNotInside, isDoubleReading) = (checkIn.wasNotInside, checkIn.doubleReading)
    isNotInRoster = checkIn.offline.notInRoster
    var rest = Hasher()
    rest.combine(checkIn.session)
    rest.combine(checkIn.opensTime)
    rest.combine(checkIn.admittedHere)
    rest.combine(checkIn.severity)
    rest.combine(checkIn.timeZone)
    rest.combine(checkIn.overriddenReason)
    rest.combine(checkIn.override)
    rest.combine(checkIn.earlier.checkpointDisplayName)
    circumstances = rest.finalize()
  }

  /// What a lane that decided by itself told: it knows neither when the server will record it nor who the reporter is there.
  init(offline checkIn: Lanyard_V1_CheckIn) {
    if checkIn.hasAttendee { name = Self.number(checkIn.attendee.displayName) }
    (isDoubleReading, isNotInRoster) = (checkIn.doubleReading, checkIn.offline.notInRoster)
    knowsRoster = true
  }

  /// What a lane's screen shows, where nothing else is seen.
  init(shown name: String) { if !name.isEmpty { self.name = Self.number(name) } }

  /// In what the record differs from an answer of the server, in words; nil where in nothing.
  func difference(from record: ScanFacts) -> String? {
    let parts: [(String, Bool)] = [
      ("person", person == record.person), ("earlier admission", earlier == record.earlier),
      ("reporter", reporter == record.reporter), ("moment of recording", received == record.received),
      ("word whether the person was inside", wasNotInside == record.wasNotInside),
      ("word of a second reading", isDoubleReading == record.isDoubleReading),
      ("explanation", circumstances == record.circumstances),
    ]
    return parts.first { !$0.1 }?.0
  }
}

extension Venue {
  /// What a lane is to show of a badge's bearer, as registered; nobody for an index that the venue has not.
  func attendee(of badge: Int) -> Lanyard_V1_CheckIn.Attendee {
    guard badges.indices.contains(badge) else { return Lanyard_V1_CheckIn.Attendee() }
    let (badge, person) = (badges[badge], people[badges[badge].person])
    return .with {
      ($0.registration, $0.displayName, $0.organisation) = (
        person.registration, person.displayName, person.organisation
      )
      ($0.stakeholderGroup, $0.guestRole) = (person.group, person.guestRole)
      ($0.attention, $0.attentionNote, $0.language) = (badge.attention, badge.attentionNote, person.language)
    }
  }
}
