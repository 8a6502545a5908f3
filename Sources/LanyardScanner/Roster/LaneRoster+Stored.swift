import BadgeCodes
import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

extension LaneRoster {
  /// What the device kept, and whether all of it could be read: where not, the lane has to ask for a snapshot.
  static func kept(_ stored: StoredRoster) -> (roster: LaneRoster, isWhole: Bool) {
    let zone = stored.zone.flatMap { ZoneID(rawValue: $0) }
    var roster = LaneRoster(isRehearsal: stored.wasRehearsal, zone: zone)
    var isWhole = stored.zone == nil || zone != nil
    func read<Value: SwiftProtobuf.Message>(_ bytes: Data) -> Value? {
      do {
        return try Value(serializedBytes: bytes)
      } catch {
        isWhole = false
        return nil
      }
    }
    if let plan: Lanyard_V1_RosterPlan = stored.plan.flatMap(read) { roster.take(plan) }
    for badge in stored.badges {
      if let entry: Lanyard_V1_RosterEntry = read(badge) { roster.take(entry) }
    }
    for presence in stored.presences {
      if let stand: Lanyard_V1_RosterPresence = read(presence) { roster.take(stand) }
    }
    return (roster, isWhole)
  }

  mutating func take(_ message: Lanyard_V1_WatchRosterResponse) {
    if message.hasPlan { take(message.plan) }
    for entry in message.entries { take(entry) }
    for stand in message.presences { take(stand, readAt: message.sequence) }
  }

  /// Takes in what the lane did by itself with everybody.
  mutating func follow(_ unsent: UnsentPassages, _ time: ServerTime?) {
    for person in unsent.all.keys { follow(unsent, of: person, time) }
  }

  /// Takes in what was done elsewhere with a person who stood so before, and what the lane did by itself, in the order in which
  /// all was.
  mutating func follow(
    _ elsewhere: [UnsentPassages.Entry],
    beside own: [UnsentPassages.Entry],
    of person: String,
    from before: OfflineDecision.Undo,
    _ time: ServerTime?
  ) {
    follow(elsewhere, of: person, time)
    guard !own.isEmpty else { return }
    let base = stand(of: person)
    revert(before)
    follow(own + elsewhere, of: person, time)
    keepBase(base)
  }

  /// Takes in what the lane did by itself with one person. Doing so twice changes nothing.
  mutating func follow(_ unsent: UnsentPassages, of person: String, _ time: ServerTime?) {
    restoreBase(of: person)
    let passages = unsent.passages(of: person)
    guard !passages.isEmpty else { return }
    keepBase(stand(of: person))
    follow(passages, of: person, time)
  }

  /// Takes in that the server has recorded some of what the lane did by itself with a person.
  ///
  /// - Parameters:
  ///   - sequences: Their places in the feed, by their numbers in the journal.
  ///   - unsent: What still waits.
  mutating func settle(
    _ recorded: [UnsentPassages.Entry],
    of person: String,
    at sequences: [Int64: Int64],
    before unsent: UnsentPassages,
    _ time: ServerTime?
  ) {
    if restoreBase(of: person) { follow(recorded, of: person, time) }
    for passage in recorded {
      if let sequence = sequences[passage.order] { know(sequence, passage, of: person, at: moment(passage, time)) }
    }
    follow(unsent, of: person, time)
  }

  private func moment(_ passage: UnsentPassages.Entry, _ time: ServerTime?) -> Instant {
    time?.time(at: passage.moment) ?? passage.moment.wall
  }

  private mutating func follow(_ passages: [UnsentPassages.Entry], of person: String, _ time: ServerTime?) {
    for passage in passages.sorted(by: { moment($0, time) < moment($1, time) }) {
      follow(passage, of: person, at: moment(passage, time))
    }
  }
}

extension UnsentPassages {
  /// What entries of journals say; one that cannot be read at all is set aside when it is to be sent.
  ///
  /// - Throws: `JournalError.unknownValue` where an entry has an answer that this version does not know, or is of no checkpoint: of
  ///   that person nobody here can say whether they are inside.
  init(_ entries: [JournalEntry], _ roster: LaneRoster) throws(JournalError) {
    self.init()
    _ = try take(entries, roster)
  }

  /// Takes in what further entries say.
  ///
  /// - Returns: Of whom they tell.
  /// - Throws: As above.
  mutating func take(_ entries: [JournalEntry], _ roster: LaneRoster) throws(JournalError) -> Set<String> {
    var people: Set<String> = []
    for entry in entries {
      guard let message = entry.checkIn else { continue }
      if let person = remove(scan: message.undoneScanID) { people.insert(person) }
      // Without an answer it is no fact, and lets nobody pass.
      guard message.hasScan, message.answer.isStated else { continue }
      guard let answer = message.answer.value else { throw .unknownValue(field: "answer") }
      guard case .checkpoint(let door, _)? = ResourceName(message.checkpoint) else {
        throw .unknownValue(field: "checkpoint")
      }
      if let person = add(message, answer.way, order: entry.order, at: entry.moment, door: door, roster) {
        people.insert(person)
      }
    }
    return people
  }

  /// Adds a scan where it let somebody in or out; the lane has verified the code then.
  ///
  /// - Parameter door: Id of the checkpoint.
  /// - Returns: Whose passage it is; nil where it is none.
  @discardableResult
  mutating func add(
    _ fact: Lanyard_V1_OfflineCheckIn,
    _ way: Direction?,
    order: Int64,
    at moment: DeviceMoment,
    door: String,
    _ roster: LaneRoster
  ) -> String? {
    guard let way, let serial = Self.serial(fact.scan.code) else { return nil }
    let passage = Entry(
      order: order,
      scan: fact.scan.scanID,
      serial: serial,
      way: way,
      checkpoint: door,
      moment: moment
    )
    let person = roster.person(ofBadge: serial)
    add(passage, of: person)
    return person
  }

  /// The serial that a badge's code claims; nil where the text is none.
  static func serial(_ code: String) -> UInt64? {
    do throws(BadgeCodeError) {
      return try UnverifiedBadgeCode(reading: code).claimedSerial
    } catch {
      return nil
    }
  }
}
