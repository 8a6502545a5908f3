import BadgeCodes
import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

extension LaneRoster {
  /// What the device kept, and whether all of it could be read: where not, the lane has to ask for a snapshot.
  static func kept(_ stored: StoredRoster) -> (roster: LaneRoster, isWhole: Bool) {
    var roster = LaneRoster()
    var isWhole = true
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
    for stand in message.presences { take(stand) }
  }

  /// Takes in what the lane did by itself with everybody.
  mutating func follow(_ unsent: UnsentPassages, _ time: ServerTime?) {
    for person in unsent.all.keys { follow(unsent, of: person, time) }
  }

  /// Takes in what was done at several checkpoints, in the order in which it was.
  mutating func follow(_ unsent: [UnsentPassages], _ time: ServerTime?) {
    func moment(_ passage: UnsentPassages.Entry) -> Instant { time?.time(at: passage.moment) ?? passage.moment.wall }
    for person in Set(unsent.flatMap { $0.all.keys }) {
      for passage in unsent.flatMap({ $0.passages(of: person) }).sorted(by: { moment($0) < moment($1) }) {
        follow(passage, of: person, at: moment(passage))
      }
    }
  }

  /// Takes in what the lane did by itself with one person.
  mutating func follow(_ unsent: UnsentPassages, of person: String, _ time: ServerTime?) {
    for passage in unsent.passages(of: person) {
      follow(passage, of: person, at: time?.time(at: passage.moment) ?? passage.moment.wall)
    }
  }
}

extension UnsentPassages {
  /// What waits in a journal.
  init(_ journal: LaneJournal, _ roster: LaneRoster) throws(JournalError) {
    self.init(try journal.waiting(limit: .max), roster)
  }

  /// What entries of journals say.
  init(_ entries: [JournalEntry], _ roster: LaneRoster) {
    self.init()
    for entry in entries {
      guard let message = entry.checkIn else { continue }
      remove(scan: message.undoneScanID)
      add(message, order: entry.order, at: entry.moment, roster)
    }
  }

  /// Adds a scan where it let somebody in or out; the lane has verified the code then.
  mutating func add(_ fact: Lanyard_V1_OfflineCheckIn, order: Int64, at moment: DeviceMoment, _ roster: LaneRoster) {
    guard let way = fact.answer.value?.way, let serial = Self.serial(fact.scan.code)
    else { return }
    let passage = Entry(
      order: order,
      scan: fact.scan.scanID,
      serial: serial,
      way: way,
      checkpoint: ResourcePart.last(of: fact.checkpoint),
      moment: moment
    )
    add(passage, of: roster.person(ofBadge: serial))
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
