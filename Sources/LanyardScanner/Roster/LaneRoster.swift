import BadgeCodes
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// What a lane knows of its event, and its own record of who went in: enough to decide with the server's own rules.
struct LaneRoster {
  private(set) var plan: VenuePlan?
  private(set) var isRehearsal: Bool
  /// The event's time zone, which a lane knows to the end.
  private(set) var zone: ZoneID?
  /// What this version does not understand of the plan; then there is none to decide by.
  private(set) var unknown: InvalidInput?
  /// What it does not understand of where somebody stands, by the checkpoints.
  private var unknownStands: [Key<Registration>: [Key<Checkpoint>: InvalidInput]] = [:]
  private var ring = VerificationKeyRing([])
  private var badges: [UInt64: Lanyard_V1_RosterEntry] = [:]
  /// Ids of the registrations whose people were erased.
  private(set) var erased: Set<String> = []
  private var presences: [Key<Registration>: [Presence]] = [:]
  /// Up to which entry of the feed it is known where people stand with a checkpoint: the roster and the server's answers come on
  /// ways of their own, and what is of before that is passed over. A server's clock may be set back, so that no time says it.
  private var known: [Key<Registration>: [Key<Checkpoint>: Int64]] = [:]
  /// Where people stood before what the lane did by itself and has not uploaded yet.
  private var bases: [Key<Registration>: OfflineDecision.Undo] = [:]
  /// The last passages that this lane saw, by which a turnstile knows a badge that it reads again.
  private var lastPassages: [Key<Registration>: LastPassage] = [:]
  private var occupancy: [AdmissionFold.OccupancyKey: Int] = [:]
  /// Keys that this device gave, by public id.
  private var doors: [String: Key<Checkpoint>] = [:]
  private var people: [String: Key<Registration>] = [:]
  private var sessionKeys: [String: Key<Session>] = [:]

  /// Nothing is known yet but whether the lane stands in a rehearsal, and where that is.
  init(isRehearsal: Bool = false, zone: ZoneID? = nil) {
    (self.isRehearsal, self.zone) = (isRehearsal, zone)
  }

  /// Whether there is enough to decide, or to know that this version cannot.
  var isReady: Bool { plan != nil || unknown != nil }
  var badgeCount: Int { badges.count }

  /// A time zone of the plan that this machine does not know: without it nobody can tell what day it is at a door.
  var missingTimeZone: String? {
    guard case .unknownTimeZone(let zone)? = unknown?.violations.first?.fault else { return nil }
    return zone
  }

  mutating func take(_ message: Lanyard_V1_RosterPlan) {
    let content: RosterPlan
    do throws(InvalidInput) {
      content = try RosterPlan(message)
      unknown = nil
    } catch {
      // By a plan of which a part is left out, or by the one before, somebody might be let in who may not.
      (plan, unknown) = (nil, error)
      return
    }
    let (checkpoints, sessions) = (content.checkpoints, content.sessions)
    ring = VerificationKeyRing(content.verificationKeys)
    (isRehearsal, zone) = (content.isRehearsal, content.event.timeZone)
    plan = VenuePlan(
      eventKey: Key(1),
      event: content.event,
      checkpoints: Dictionary(checkpoints.map { (key(ofCheckpoint: $0.id), $0) }, uniquingKeysWith: { $1 }),
      sessions: sessions.map { SessionRecord(key: key(ofSession: $0.id), session: $0) }
    )
  }

  mutating func take(_ entry: Lanyard_V1_RosterEntry) {
    badges[entry.serial] = entry
    if entry.erased { erased.insert(entry.registration) }
    // Until now the badge was all that was known of its bearer.
    guard let unknown = people[Self.unknownPerson(entry.serial)] else { return }
    for presence in presences[unknown] ?? [] { remove(presence.checkpoint, of: unknown) }
    bases[unknown] = nil
  }

  /// Who bears a badge, as presences name people.
  func person(ofBadge serial: UInt64) -> String { badges[serial]?.registration ?? Self.unknownPerson(serial) }

  /// What the bearer of a badge is called that the roster does not know.
  static func unknownPerson(_ serial: UInt64) -> String { "badge \(serial)" }

  /// - Parameter sequence: The entry of the feed after which it was read.
  mutating func take(_ stand: Lanyard_V1_RosterPresence, readAt sequence: Int64 = 0) {
    let person = key(ofPerson: stand.registration)
    let door = key(ofCheckpoint: stand.checkpoint)
    if let known = known[person]?[door], sequence < known { return }
    known[person, default: [:]][door] = sequence
    unknownStands[person]?[door] = nil
    // What the lane did by itself is followed again, from what the server says.
    restore(person)
    guard let plan, let checkpoint = plan.checkpoints[door] else { return remove(door, of: person) }
    do throws(InvalidInput) {
      let read = try RosterPresence(stand, at: door, in: checkpoint.area) { plan.day(at: checkpoint, now: $0).number }
      guard let presence = read.presence else { return remove(door, of: person) }
      set(presence, of: person)
    } catch {
      unknownStands[person, default: [:]][door] = error
    }
  }

  /// Takes in what the server answered to this lane, where the roster does not tell of it yet.
  mutating func follow(_ checkIn: Lanyard_V1_CheckIn) {
    let passage: AnsweredPassage
    do throws(InvalidInput) {
      guard let read = try AnsweredPassage(checkIn) else { return }
      passage = read
    } catch {
      return doubt(checkIn, error)
    }
    guard let plan, let door = plan.door(key(ofCheckpoint: passage.checkpoint), now: passage.moment) else { return }
    let person = key(ofPerson: passage.registration)
    guard !isKnown(passage, of: person, at: door) else { return }
    var fold = loaded(person, door)
    if passage.isDoubleReading {
      fold.readAgain(passage.way, of: person, at: door.key, passage.moment)
    } else {
      know(passage.sequence, passage.way, of: person, at: door)
      _ = fold.follow(passage.way, of: person, door: door, plan: plan, at: passage.moment)
    }
    take(fold, person)
  }

  /// Whether the lane has been told of a passage, or of what the person did since. A server of before does not say its place.
  private func isKnown(_ passage: AnsweredPassage, of person: Key<Registration>, at door: Door) -> Bool {
    guard passage.sequence > 0, let known = known[person] else { return false }
    return Self.doors(of: passage.way, at: door).compactMap { known[$0] }.contains { $0 >= passage.sequence }
  }

  /// What the roster tells of the person from before a passage has been overtaken.
  private mutating func know(_ sequence: Int64, _ way: Direction, of person: Key<Registration>, at door: Door) {
    for door in Self.doors(of: way, at: door) { known[person, default: [:]][door] = sequence }
  }

  /// The checkpoints that a passage says something of.
  private static func doors(of way: Direction, at door: Door) -> [Key<Checkpoint>] {
    way == .into ? [door.key] : door.area
  }

  /// The server has recorded what the lane itself did, at this place in the feed.
  mutating func know(_ sequence: Int64, _ passage: UnsentPassages.Entry, of person: String, at moment: Instant) {
    guard let plan, let door = plan.door(key(ofCheckpoint: passage.checkpoint), now: moment) else { return }
    know(sequence, passage.way, of: key(ofPerson: person), at: door)
  }

  /// Until the roster tells it, nobody knows where the person of an answer stands that cannot be read.
  private mutating func doubt(_ checkIn: Lanyard_V1_CheckIn, _ unknown: InvalidInput) {
    guard let person = checkIn.attendee.registrationID,
      case .checkpoint(let door, _)? = ResourceName(checkIn.checkpoint)
    else { return }
    unknownStands[key(ofPerson: person), default: [:]][key(ofCheckpoint: door)] = unknown
  }

  /// Takes in what the lane itself let in or out.
  mutating func follow(_ passage: UnsentPassages.Entry, of person: String, at moment: Instant) {
    guard let plan, let door = plan.door(key(ofCheckpoint: passage.checkpoint), now: moment) else { return }
    let person = key(ofPerson: person)
    var fold = loaded(person, door)
    fold.followReading(passage.way, of: person, door: door, plan: plan, at: moment)
    take(fold, person)
  }

  /// Whether an operator may say of somebody that they went out without a scan; nil where there is no plan.
  func allowsMissedExits(at checkpoint: String) -> Bool? {
    guard let plan, let checkpoint = doors[checkpoint].flatMap({ plan.checkpoints[$0] }) else { return nil }
    return plan.allowsMissedExits(at: checkpoint)
  }

  /// What this version does not understand of the plan, or of the entry of a badge, in words for the operator; nil where it
  /// understands all that a reading needs. Nobody may be let in by what is left.
  mutating func needsUpdate(for code: String) -> Sentence? {
    if let unknown { return Self.needsUpdate(.lanePlanNeedsUpdate, unknown) }
    // What is no badge, and who is not in the roster, is nothing unknown.
    guard let badge = try? UnverifiedBadgeCode(reading: code), let entry = badges[badge.claimedSerial] else {
      return nil
    }
    do throws(InvalidInput) {
      _ = try holder(entry)
      if let plan { _ = try bookings(entry, plan) }
      _ = try Attendee(entry, RosterSeal(badge).person(entry))
      if let unknown = unknownStands[key(ofPerson: entry.registration)]?.values.first { throw unknown }
      return nil
    } catch {
      return Self.needsUpdate(.laneBadgeNeedsUpdate, error)
    }
  }

  private static func needsUpdate(_ key: Sentence.Key, _ unknown: InvalidInput) -> Sentence {
    Sentence(key, ["fault": .sentence(unknown.sentence)])
  }

  /// Decides a reading as the server would, and remembers what follows; nil where the lane has no roster yet, or where
  /// `needsUpdate` says why it cannot decide.
  mutating func decide(_ reading: LaneSession.Reading, at checkpoint: String, now: Instant) -> OfflineDecision? {
    guard let plan, let door = plan.door(key(ofCheckpoint: checkpoint), now: now) else { return nil }
    let badge: ReadBadge
    do throws(InvalidInput) {
      badge = try read(reading.code, plan)
    } catch {
      return nil
    }
    var person: Key<Registration>?
    if case .recorded(let holder) = badge.reading { person = holder.registration }
    var fold = loaded(person, door)
    let verdict = fold.admit(
      badge.reading,
      direction: reading.direction,
      isBooked: { badge.isBooked(at: $0) },
      overriding: reading.override != nil,
      isMissedExit: reading.missedExit != nil,
      missedExitAfter: reading.missedExitAfter,
      door: door,
      plan: plan,
      now: now
    )
    let undo = person.map { self.undo(of: $0) }
    take(fold, person)
    return OfflineDecision(
      verdict: verdict,
      door: door,
      plan: plan,
      badge: badge,
      moment: now,
      undo: undo
    )
  }

  /// What the lane does by itself with a person is followed from where they stood before it did the first of it.
  mutating func keepBase(_ before: OfflineDecision.Undo) {
    if bases[before.person] == nil { bases[before.person] = before }
  }

  /// Takes out of where a person stands what the lane did by itself; whether it did anything.
  @discardableResult
  mutating func restoreBase(of person: String) -> Bool { restore(key(ofPerson: person)) }

  /// The same with everybody.
  mutating func restoreBases() {
    for person in Array(bases.keys) { restore(person) }
  }

  @discardableResult
  private mutating func restore(_ person: Key<Registration>) -> Bool {
    guard let base = bases.removeValue(forKey: person) else { return false }
    revert(base)
    return true
  }

  /// Where a person stood before a scan of the server's record that is taken back, with whom the lane has done something by
  /// itself since; false where it has not.
  mutating func replaceBase(_ before: OfflineDecision.Undo) -> Bool {
    guard bases[before.person] != nil else { return false }
    bases[before.person] = before
    return true
  }

  /// Puts a person back where they stood before a scan that is taken back.
  mutating func revert(_ undo: OfflineDecision.Undo) {
    for presence in presences[undo.person] ?? [] { remove(presence.checkpoint, of: undo.person) }
    for presence in undo.before { set(presence, of: undo.person) }
    lastPassages[undo.person] = undo.last
  }

  /// Where the person of a badge stands that is read now; nil where the roster does not know it.
  mutating func stand(ofReading text: String) -> OfflineDecision.Undo? {
    // What is no badge is nobody's.
    guard let code = try? UnverifiedBadgeCode(reading: text), let entry = badges[code.claimedSerial] else { return nil }
    return undo(of: key(ofPerson: entry.registration))
  }

  /// Puts a person back where they stood when a scan was sent that is taken back, if the roster has told of a passage at its
  /// checkpoint since: of the few seconds in between it is that scan's own.
  mutating func takeBack(to before: OfflineDecision.Undo, at checkpoint: String) {
    let door = key(ofCheckpoint: checkpoint)
    let (now, then) = (presences[before.person] ?? [], before.before)
    if now.first(where: { $0.checkpoint == door }) != then.first(where: { $0.checkpoint == door }) { revert(before) }
  }

  /// Where the person of an answer stood before it, as far as this lane knows.
  mutating func undo(of checkIn: Lanyard_V1_CheckIn) -> OfflineDecision.Undo? {
    guard let person = checkIn.attendee.registrationID else { return nil }
    return undo(of: key(ofPerson: person))
  }

  /// Where a person stands.
  mutating func stand(of person: String) -> OfflineDecision.Undo { undo(of: key(ofPerson: person)) }

  private func undo(of person: Key<Registration>) -> OfflineDecision.Undo {
    OfflineDecision.Undo(person: person, before: presences[person] ?? [], last: lastPassages[person])
  }

  /// People inside the area of a checkpoint, and the limit; nil where there is no plan.
  func headcount(at checkpoint: String, now: Instant) -> (inside: Int, capacity: Int?)? {
    guard let door = doors[checkpoint].flatMap({ plan?.door($0, now: now) }) else { return nil }
    return (loaded(nil, door).inside(door), door.capacity)
  }

  private mutating func read(_ text: String, _ plan: VenuePlan) throws(InvalidInput) -> ReadBadge {
    let code: UnverifiedBadgeCode
    let payload: BadgePayload
    do throws(BadgeCodeError) {
      code = try UnverifiedBadgeCode(reading: text)
      payload = try ring.verify(code).payload
    } catch {
      return ReadBadge(BadgeReading(error))
    }
    guard payload.event == plan.event.slug else { return ReadBadge(.unrecorded(event: payload.event)) }
    guard let entry = badges[payload.serial] else {
      // Genuine, and issued since this lane last heard: its code is all that is known of it.
      return ReadBadge(.recorded(holder(payload, plan)), isUnknown: true)
    }
    let person = RosterSeal(code).person(entry)
    return ReadBadge(
      .recorded(try holder(entry)),
      attendee: try Attendee(entry, person),
      bookings: try bookings(entry, plan),
      isUnread: person == nil && !entry.erased
    )
  }

  private mutating func bookings(
    _ entry: Lanyard_V1_RosterEntry,
    _ plan: VenuePlan
  ) throws(InvalidInput) -> [Booking] {
    var bookings: [Booking] = []
    for (index, name) in entry.bookings.enumerated() {
      switch try ResourceName.bookingPlace(name, of: plan.event.slug, field: "bookings[\(index)]") {
      case .checkpoint(let address): bookings.append(.checkpoint(key(ofCheckpoint: address.checkpoint)))
      case .session(let id, _): bookings.append(.session(key(ofSession: id)))
      }
    }
    return bookings
  }

  private mutating func holder(_ entry: Lanyard_V1_RosterEntry) throws(InvalidInput) -> BadgeHolder {
    try BadgeHolder(entry, registration: key(ofPerson: entry.registration), event: Key(1))
  }

  private mutating func holder(_ payload: BadgePayload, _ plan: VenuePlan) -> BadgeHolder {
    let group = plan.event.stakeholderGroups.term(numbered: payload.stakeholderGroup)?.id ?? ""
    return BadgeHolder(
      registration: key(ofPerson: Self.unknownPerson(payload.serial)),
      event: Key(1),
      badgeState: plan.event.firstBadgeState(group: group),
      validity: Instant(seconds: payload.validFrom)..<Instant(seconds: payload.validUntil + 1),
      registrationState: .confirmed,
      participation: payload.participation,
      group: group,
      role: ""
    )
  }

  private func loaded(_ person: Key<Registration>?, _ door: Door) -> AdmissionFold {
    var fold = AdmissionFold()
    if let person {
      fold.load(presences[person] ?? [], of: person)
      fold.load(lastPassages[person], of: person)
    }
    for checkpoint in door.area {
      let key = AdmissionFold.OccupancyKey(checkpoint: checkpoint, period: door.period)
      fold.load(occupancy[key, default: 0], at: key)
    }
    return fold
  }

  private mutating func take(_ fold: AdmissionFold, _ person: Key<Registration>?) {
    if let person { lastPassages[person] = fold.lastPassage(of: person) }
    for (key, presence) in fold.changedPresences { set(presence, of: key.registration) }
  }

  private mutating func set(_ presence: Presence, of person: Key<Registration>) {
    remove(presence.checkpoint, of: person)
    presences[person, default: []].append(presence)
    if presence.isInside { occupancy[.init(checkpoint: presence.checkpoint, period: presence.period), default: 0] += 1 }
  }

  private mutating func remove(_ door: Key<Checkpoint>, of person: Key<Registration>) {
    guard let index = presences[person]?.firstIndex(where: { $0.checkpoint == door }),
      let old = presences[person]?.remove(at: index), old.isInside
    else { return }
    occupancy[.init(checkpoint: old.checkpoint, period: old.period), default: 0] -= 1
  }

  private mutating func key(ofCheckpoint id: String) -> Key<Checkpoint> { Self.key(id, in: &doors) }
  private mutating func key(ofPerson id: String) -> Key<Registration> { Self.key(id, in: &people) }
  private mutating func key(ofSession id: String) -> Key<Session> { Self.key(id, in: &sessionKeys) }

  private static func key<Record>(_ id: String, in keys: inout [String: Key<Record>]) -> Key<Record> {
    if let key = keys[id] { return key }
    let key = Key<Record>(Int64(keys.count + 1))
    keys[id] = key
    return key
  }
}

extension RosterSeal {
  /// What is sealed of a person; nil where it was sealed for another badge, or cannot be read.
  fileprivate func person(_ entry: Lanyard_V1_RosterEntry) -> Lanyard_V1_SealedAttendee? {
    // The rest decides without it, and the operator is told.
    open(Array(entry.sealed)).flatMap { try? Lanyard_V1_SealedAttendee(serializedBytes: $0) }
  }
}
