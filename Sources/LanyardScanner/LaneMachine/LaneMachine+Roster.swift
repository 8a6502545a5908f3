import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

/// The roster that the lane follows.
extension LaneMachine {
  /// Takes in a message of the roster; the file is to follow.
  mutating func take(_ message: Lanyard_V1_WatchRosterResponse, at moment: DeviceMoment) throws -> [Action] {
    if case .revoked = standing { return [] }
    elsewhere.forget()
    tookBack(message.undoneScanIds)
    let changes = try RosterChange.all(of: message)
    let time =
      message.hasServerTime
      ? noteTime(
        try message.serverTime.instant(field: "server_time"),
        at: moment,
        inRehearsal: message.hasPlan ? message.plan.rehearsal : roster.isRehearsal
      ) : []
    if message.snapshot { snapshot = (LaneRoster(), [.begin]) }
    guard var incoming = snapshot else {
      roster.take(message)
      followUnsent(message)
      followed(message, at: moment)
      return time + [.keepRoster(changes, cursor: message.cursor)]
    }
    snapshot = nil
    incoming.roster.take(message)
    incoming.changes += changes
    guard !message.cursor.isEmpty else {
      snapshot = incoming
      return time
    }
    roster = incoming.roster
    forgetStands()
    followUnsent()
    followed(message, at: moment)
    return time + [.keepRoster(incoming.changes, cursor: message.cursor)]
  }

  /// After a message with a cursor the lane knows all that there is.
  private mutating func followed(_ message: Lanyard_V1_WatchRosterResponse, at moment: DeviceMoment) {
    if !message.cursor.isEmpty { (isFollowing, heard) = (true, time(at: moment)) }
  }

  /// Keeps every now and then that nothing was missed so far.
  mutating func keepFollowing(at moment: DeviceMoment) -> [Action] {
    let now = time(at: moment)
    guard isFollowing, heard.map({ now - $0 >= Self.heardInterval }) != false else { return [] }
    heard = now
    return [.keepRoster([.heard(now)], cursor: "")]
  }

  /// Changes of the roster are not told any more.
  mutating func endFollowing(at moment: DeviceMoment) -> [Action] {
    guard isFollowing else { return [] }
    isFollowing = false
    heard = time(at: moment)
    return [.keepRoster([.heard(time(at: moment))], cursor: "")]
  }

  private static let heardInterval = Duration.seconds(60)

  /// What the roster changed is on disk. The lane goes on from the cursor that is there, so that a change that could not be
  /// kept comes again.
  mutating func keptRoster(upTo cursor: String) {
    if !cursor.isEmpty { self.cursor = cursor }
    note(nil, of: .roster)
  }

  /// Whether nobody but the device itself knows now what its lanes do.
  var isAlone: Bool { if case .offline = standing { true } else { false } }

  /// The device's other lanes have written down these entries.
  ///
  /// - Throws: `JournalError` where one is of a newer version.
  mutating func heard(_ entries: [JournalEntry]) throws(JournalError) {
    guard isAlone else { return }
    let people = try elsewhere.take(entries, roster)
    roster.follow(&elsewhere, of: people, beside: unsent, serverTime)
  }

  /// Where people stood is told by keys that the roster before gave.
  private mutating func forgetStands() {
    recent.change { $0.undo = nil }
    guard case .online(var sent) = standing else { return }
    for index in sent.indices { sent[index].before = nil }
    standing = .online(sent: sent)
  }

  /// The server does not know yet what the lane did by itself.
  private mutating func followUnsent() {
    roster.restoreBases()
    unsent.regroup(roster.person)
    roster.follow(unsent, serverTime)
  }

  /// The same with those only of whom a message tells.
  private mutating func followUnsent(_ message: Lanyard_V1_WatchRosterResponse) {
    guard !message.hasPlan else { return followUnsent() }
    var people = Set(message.presences.map(\.registration))
    for entry in message.entries {
      let unknown = LaneRoster.unknownPerson(entry.serial)
      if unsent.move(from: unknown, to: entry.registration) { people.insert(entry.registration) }
    }
    for person in people { roster.follow(unsent, of: person, serverTime) }
  }
}
