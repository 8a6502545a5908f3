import LanyardDomain

/// Reads one event's roster as one transaction sees it.
struct RosterReader {
  private static let badgeKeys = SQL("SELECT id FROM badge WHERE event_id = ? AND id > ? ORDER BY id LIMIT ?")
  private static let badgesOfRegistration = SQL(
    """
    SELECT badge.id FROM registration JOIN badge ON badge.registration_id = registration.id
    WHERE registration.public_id = ?
    """
  )
  private static let badgeOfSerial = SQL("SELECT id FROM badge WHERE serial = ?")
  private static let presencePage = SQL(
    """
    SELECT registration.public_id, \(PresenceRow.selection)
    FROM presence JOIN registration ON registration.id = presence.registration_id
    WHERE presence.registration_id > ? AND presence.checkpoint_id IN (SELECT id FROM checkpoint WHERE event_id = ?)
    ORDER BY presence.registration_id, presence.checkpoint_id LIMIT ?
    """
  )
  private static let presencesOfRegistration = SQL(
    """
    SELECT registration.public_id, \(PresenceRow.selection)
    FROM registration JOIN presence ON presence.registration_id = registration.id
    WHERE registration.public_id = ? ORDER BY presence.checkpoint_id
    """
  )
  private static let passage = SQL(
    """
    SELECT registration.public_id, scan.checkpoint_id, presence.registration_id
    FROM scan JOIN badge ON badge.id = scan.badge_id JOIN registration ON registration.id = badge.registration_id
    LEFT JOIN presence ON presence.registration_id = registration.id AND presence.checkpoint_id = scan.checkpoint_id
    WHERE scan.id_high = ? AND scan.id_low = ? AND \(PassageSQL.letPass) AND scan.event_id = ?
    """
  )

  private let session: any SQLSession
  private let event: Int64
  private let feed: FeedReader
  private let plan: VenuePlan

  init(_ session: any SQLSession, of slug: String, _ plans: VenuePlans) throws {
    self.session = session
    event = try EventKey.find(slug, session)
    feed = FeedReader(session, event: event)
    plan = try plans.plan(of: slug)
  }

  func head() throws -> RosterHead {
    RosterHead(plan: plan, cursor: try feed.head())
  }

  /// What has changed since a cursor, as far as it is told at once; nil where it needs a snapshot.
  func changes(since cursor: RosterCursor, upTo limit: Int64?) throws -> RosterChanges? {
    let now = try head().cursor
    guard let span = RosterSpan(after: cursor, to: now, upTo: limit) else { return nil }
    var changes = RosterChanges(
      plan: plan,
      isPlanNew: cursor.plan != now.plan,
      sequence: now.sequence,
      cursor: RosterCursor(feed: now.feed.moved(to: span.last), plan: now.plan),
      isLast: span.isLast
    )
    guard span.last > cursor.sequence else { return changes }
    let entries = try feed.entries(after: cursor.sequence, upTo: span.last, limit: Int(RosterSpan.limit)).entries
    changes.badges = try badges(of: entries).compactMap(badge)
    changes.presences = try presences(of: entries)
    changes.undone = entries.compactMap(\.undoneScan)
    return changes
  }

  /// Badges by their keys.
  func badges(_ page: PageRequest) throws -> Page<RosterBadge> {
    let keys = try session.all(Self.badgeKeys, [event, page.number(), page.size + 1]) { try $0.integer(0) }
    let shown = page.cut(keys) { PageCursor(.number($0)) }
    return Page(items: try shown.items.compactMap(badge), next: shown.next)
  }

  private func badge(_ key: Int64) throws -> RosterBadge? { try RosterBadge.find(key, plan, session) }

  /// Keys of badges that have changed, or whose registrations have, in order.
  func changedBadges(after first: Int64) throws -> [Int64] {
    try badges(of: feed.changes(after: first, upTo: feed.head().sequence, limit: .max))
  }

  /// Keys of the badges that entries of the feed are about, in order.
  private func badges(of entries: [FeedEntry]) throws -> [Int64] {
    var names: Set<ChangedResource> = []
    var keys: Set<Int64> = []
    for case .change(let change) in entries.map(\.content) where names.insert(change.resource).inserted {
      switch change.resource.name {
      case .registration(let id, _):
        keys.formUnion(try session.all(Self.badgesOfRegistration, [id]) { try $0.integer(0) })
      case .badge(let serial, _): keys.formUnion(try session.all(Self.badgeOfSerial, [serial]) { try $0.integer(0) })
      case .event, .everyEvent, .session, .checkpoint, .question, .checkIn, .conflict, .device, .enrolmentCode,
        .printRun, .mail, .attendance, .verificationKey, .token, .signIn, nil:
        break
      }
    }
    return keys.sorted()
  }

  /// All presences by the keys of their registrations.
  func presences(_ page: PageRequest) throws -> Page<RosterPresence> {
    var found: [RosterPresence] = []
    var registration = Key<Registration>(0)
    var end: PageCursor?
    // Nobody stands at a checkpoint twice, so that behind a full page there is another registration, or nothing.
    let limit = page.size + plan.checkpoints.count + 1
    try session.rows(Self.presencePage, [page.number(), event, limit]) { row in
      let next = try PresenceRow(row, from: 1)
      // A page ends between two registrations, since the next one begins after a registration.
      if found.count >= page.size, next.registration != registration {
        end = PageCursor(.number(registration.rawValue))
        return false
      }
      registration = next.registration
      if let presence = rosterPresence(next, of: try row[0]) { found.append(presence) }
      return true
    }
    return Page(items: found, next: end)
  }

  /// Presences of those who passed by entries of the feed, or whose passage was taken back; those that are gone with that are
  /// told as such.
  private func presences(of entries: [FeedEntry]) throws -> [RosterPresence] {
    var moved: [String] = []
    var gone: [RosterPresence] = []
    for entry in entries {
      switch entry.content {
      case .scan(let scan):
        if scan.answer.kind != .refused, let registration = scan.registration { moved.append(registration) }
      case .change(let change):
        guard let scan = change.undoneScan, let passage = try passage(scan) else { continue }
        moved.append(passage.registration)
        if !passage.hasPresence, let checkpoint = plan.checkpoints[passage.checkpoint] {
          gone.append(
            RosterPresence(
              registration: passage.registration,
              checkpoint: checkpoint.id,
              area: checkpoint.area,
              presence: nil
            )
          )
        }
      }
    }
    return try presences(of: moved) + gone
  }

  /// Where people stand, each told once.
  private func presences(of registrations: [String]) throws -> [RosterPresence] {
    var told: Set<String> = []
    return try registrations.filter { told.insert($0).inserted }.flatMap { registration in
      try session.all(Self.presencesOfRegistration, [registration]) { row in
        rosterPresence(try PresenceRow(row, from: 1), of: try row[0])
      }.compactMap(\.self)
    }
  }

  /// Whose passage a scan was, and whether a presence at its checkpoint is left; nil where it was none.
  private func passage(
    _ scan: UUIDBytes
  ) throws -> (registration: String, checkpoint: Key<Checkpoint>, hasPresence: Bool)? {
    try session.first(Self.passage, [scan.halves.high, scan.halves.low, event]) { row in
      (try row[0], Key(try row[1]), !row.isNull(2))
    }
  }

  /// Nil where the checkpoint is none of the plan any more.
  private func rosterPresence(_ row: PresenceRow, of registration: String) -> RosterPresence? {
    plan.checkpoints[row.presence.checkpoint].map { checkpoint in
      RosterPresence(
        registration: registration,
        checkpoint: checkpoint.id,
        area: checkpoint.area,
        presence: row.presence
      )
    }
  }
}

extension FeedEntry {
  /// The scan of which it says that it was taken back.
  fileprivate var undoneScan: UUIDBytes? {
    if case .change(let change) = content { change.undoneScan } else { nil }
  }
}

extension FeedChange {
  /// The same.
  fileprivate var undoneScan: UUIDBytes? {
    guard name == ChangeName.checkInUndone.rawValue, case .checkIn(let scan, _)? = resource.name else {
      return nil
    }
    return scan
  }
}
