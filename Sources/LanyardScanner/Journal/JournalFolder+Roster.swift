import Foundation
import GRDB
import LanyardAPI
import LanyardDomain
import SwiftProtobuf

/// What one journal knows of its event, but for its badges and for where people stand.
struct HeardRoster {
  let path: String
  let cursor: RosterCursor
  let plan: Data
  /// Of a lane that scanned there: it followed where people stand with the checkpoints of that area, and with no others.
  let followed: Set<String>
  let isRehearsal: Bool
  let heard: Instant?
  let serverTime: ServerTime?

  /// When it was heard, to compare; one that does not say is older than all that do.
  var heardAt: Int64 { heard?.microseconds ?? .min }

  /// Whether both are of the same feed, so that the greater number is the newer.
  func isOfFeed(of other: RosterCursor) -> Bool {
    cursor.feed.moved(to: other.sequence) == other.feed
  }
}

/// What a device has heard of its event is for all its lanes: each followed the roster by itself, and one that begins without
/// the server goes by the newest of what the folder has. It goes on from its own cursor all the same, so that the server
/// tells it whatever its own file did not get.
extension JournalFolder {
  /// What a journal knows, with what the others of the folder heard since. One that cannot be read is left out.
  ///
  /// - Parameters:
  ///   - own: What the lane's own journal knows.
  ///   - checkpoint: Id of the checkpoint at which the lane scans.
  func completed(_ own: StoredRoster, at checkpoint: String) -> StoredRoster {
    let mine = HeardRoster(own, at: checkpoint)
    // What follows a later version's rules, or none, is compared with nothing.
    guard mine != nil || own.cursor.isEmpty else { return own }
    // Where nothing of its own says of which data it is, one that does not say for whom it is may be of another server.
    let known = heardElsewhere(onlyNamed: mine == nil)
    guard let feed = mine ?? known.max(by: { $0.heardAt < $1.heardAt }) else { return own }
    let others = known.filter { $0.isOfFeed(of: feed.cursor) && $0.isRehearsal == feed.isRehearsal }
    return others.isEmpty ? own : Self.merged(own, mine, others)
  }

  private static func merged(_ own: StoredRoster, _ mine: HeardRoster?, _ others: [HeardRoster]) -> StoredRoster {
    var whole = own
    let newest = others.max { $0.cursor.sequence < $1.cursor.sequence }
    if let newest, newest.cursor.sequence > mine?.cursor.sequence ?? -1, let badges = badges(in: newest) {
      whole.badges = badges
    } else if mine == nil {
      return own
    }
    let planned = others.max { $0.cursor.plan < $1.cursor.plan }
    if let planned, planned.cursor.plan > mine?.cursor.plan ?? -1 { whole.plan = planned.plan }
    let latest = others.max { $0.heardAt < $1.heardAt }
    if let latest, let heard = latest.heard, latest.heardAt > own.heard?.microseconds ?? .min {
      (whole.heard, whole.serverTime) = (heard, latest.serverTime)
    }
    // The newest comes last, and takes the place of those before it.
    var teller: [String: HeardRoster] = [:]
    let inOrder = (others + [mine].compactMap(\.self)).sorted { $0.cursor.sequence < $1.cursor.sequence }
    for roster in inOrder { for checkpoint in roster.followed { teller[checkpoint] = roster } }
    for (path, told) in Dictionary(grouping: teller, by: \.value.path) where path != mine?.path {
      let checkpoints = Set(told.map(\.key))
      guard let stands = stands(in: path, with: checkpoints) else { continue }
      whole.presences.removeAll { Self.isStand($0, with: checkpoints) }
      whole.presences += stands
    }
    return whole
  }

  private static func isStand(_ content: Data, with checkpoints: Set<String>) -> Bool {
    // What cannot be read stays, so that the lane asks for all anew.
    (try? Lanyard_V1_RosterPresence(serializedBytes: content)).map { checkpoints.contains($0.checkpoint) } ?? false
  }

  /// What the folder's other journals know, where that is of this server and event.
  ///
  /// - Parameter onlyNamed: Leaves out those that do not say for which server and event they are.
  private func heardElsewhere(onlyNamed: Bool) -> [HeardRoster] {
    // What cannot be read is named to the operator, and does not keep the lane from scanning.
    let kept = (try? Self.journals(in: path)) ?? []
    let others = kept.filter { $0.path != own && $0.fault == nil && $0.isFor(origin) }
    return others.filter { !onlyNamed || $0.origin != nil }.compactMap { try? LaneJournal.heard(at: $0.path) }
  }

  private static func badges(in roster: HeardRoster) -> [Data]? {
    // Another process may just have erased it; then the lane goes by its own.
    let read = try? LaneJournal.reading(roster.path) { db -> [Data]? in
      guard try !LaneJournal.heading(db).cursor.isEmpty else { return nil }
      return try Data.fetchAll(db, sql: "SELECT content FROM badge")
    }
    return read ?? nil
  }

  private static func stands(in path: String, with checkpoints: Set<String>) -> [Data]? {
    // As with badges.
    try? LaneJournal.reading(path) { db in
      try checkpoints.flatMap {
        try Data.fetchAll(db, sql: "SELECT content FROM presence WHERE checkpoint = ?", arguments: [$0])
      }
    }
  }
}

extension HeardRoster {
  /// Nil where it has no plan, or comes of a version that was not told every rule.
  fileprivate init?(
    _ stored: StoredRoster,
    at checkpoint: String?,
    in path: String = "",
    _ serverTime: ServerTime? = nil
  ) {
    // By a plan that cannot be read nothing is known.
    guard let cursor = RosterCursor(stored.cursor), let content = stored.plan,
      let plan = try? Lanyard_V1_RosterPlan(serializedBytes: content)
    else { return nil }
    let areas = Dictionary(
      plan.checkpoints.compactMap { known in ResourceName(known.name)?.checkpointID.map { ($0, known.area) } },
      uniquingKeysWith: { $1 }
    )
    let area = checkpoint.flatMap { areas[$0] }
    self.init(
      path: path,
      cursor: cursor,
      plan: content,
      followed: Set(areas.filter { $0.value == area }.keys),
      isRehearsal: plan.rehearsal,
      heard: stored.heard,
      serverTime: serverTime
    )
  }
}

extension ResourceName {
  fileprivate var checkpointID: String? { if case .checkpoint(let id, _) = self { id } else { nil } }
}

extension LaneJournal {
  private static let placeNote = "checkpoint"

  /// Keeps at which checkpoint the lane of this journal scans.
  func keepPlace(_ checkpoint: String) throws(JournalError) {
    let content = Data(checkpoint.utf8)
    if try note(Self.placeNote) != content { try keep(content, as: Self.placeNote) }
  }

  /// What a file knows of its event, whoever is writing to it now; nil where that is nothing.
  fileprivate static func heard(at path: String) throws(JournalError) -> HeardRoster? {
    try reading(path) { db in
      guard try db.tableExists("note") else { return nil }
      let place = try note(placeNote, db).map { String(decoding: $0, as: UTF8.self) }
      return HeardRoster(try heading(db), at: place, in: path, try serverTime(db))
    }
  }
}
