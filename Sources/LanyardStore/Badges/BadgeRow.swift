package import LanyardDomain

/// One row of `badge`, with the public id of its registration.
package struct BadgeRow: Sendable {
  /// What every query of badges selects, in the order of `init`, to which conditions are added.
  private static let selection = """
    SELECT badge.id, badge.serial, registration.public_id, badge.code, badge.state, badge.key_id, badge.issued_at,
      badge.valid_from, badge.valid_until, badge.attention, \(NoteTable.ofBadge), badge.sequence, event.slug,
      badge.registration_id, registration.erased_at, coalesce(person.listed_needs, ''), badge.is_renewed, \(PrintTable.timeOfBadge),
      \(NoteTable.ofRevocation)
    FROM badge JOIN registration ON registration.id = badge.registration_id JOIN event ON event.id = badge.event_id
    LEFT JOIN person ON person.registration_id = badge.registration_id
    """
  /// Whether a badge is the one that its registration has; the text is that of the index `badge_active`, of which each
  /// registration has one at most.
  static let isCurrent = "badge.state IN (\(BadgeState.words(where: \.isCurrent)))"
  /// `Badge.counts(of:)`, in what has its registration too.
  static let counts = """
    \(isCurrent) AND registration.state IN (\(RegistrationState.words(where: \.hasBadge)))
    """
  /// Whether a badge has not run out at a moment and its event is not archived, in what has its event too.
  static let lasts = "badge.valid_until > ? AND event.is_archived = 0"
  private static let bySerial = SQL("\(selection) WHERE badge.serial = ? AND badge.event_id = ?")
  private static let ofRegistration = SQL("\(selection) WHERE badge.registration_id = ? ORDER BY badge.id")
  /// Those of which operators are shown something to see to, as `Badge.showsAttention` has it, so that a page has only those: not of
  /// one that another took the place of, or that has ended, or whose bearer is let in nowhere.
  private static let attention = """
    \(counts)
      AND (badge.attention <> \(Attention.none.word) OR badge.has_note <> 0 OR coalesce(person.listed_needs, '') <> '')
    """
  private static let pageOfEvent = SQL(
    """
    \(selection) WHERE badge.event_id = ?1 AND badge.id > ?2 AND (?3 = 0 OR (\(attention))) AND (?4 = '' OR badge.state = ?4)
    ORDER BY badge.id LIMIT ?5
    """
  )
  private static let pageOfRegistration = SQL(
    """
    \(selection) WHERE badge.registration_id = ?1 AND badge.id > ?2 AND (?3 = 0 OR (\(attention))) AND (?4 = '' OR badge.state = ?4)
    ORDER BY badge.id LIMIT ?5
    """
  )
  private static let currentOfRegistration = SQL(
    "SELECT 1 FROM badge WHERE badge.registration_id = ? AND \(isCurrent) LIMIT 1"
  )
  private static let addition = SQL(
    """
    INSERT INTO badge (serial, event_id, registration_id, code, state, key_id, issued_at, valid_from, valid_until,
      attention, has_note, sequence)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
    """
  )
  private static let change = SQL("UPDATE badge SET state = ?, attention = ?, has_note = ?, sequence = ? WHERE id = ?")
  private static let renewal = SQL(
    "UPDATE badge SET valid_from = ?, valid_until = ?, is_renewed = 1, sequence = ? WHERE id = ?"
  )
  /// Badges that are outdated, as `Badge.isOutdated(for:of:)` has it, so that many are counted; where ?4 is 1, those too whose codes do
  /// not last, as `Badge.codeLasts(for:)` has it; where it is 2, those that the key ?5 signed instead.
  private static let outdated = """
    badge.event_id = ?1 AND (?4 = 2 AND badge.key_id = ?5 OR ?4 <> 2
        AND (badge.valid_from > ?2 OR badge.valid_until < ?3 OR badge.is_renewed = 1 AND ?4 = 1))
      AND \(counts)
    """
  private static let outdatedPart = SQL("\(selection) WHERE \(outdated) ORDER BY badge.id LIMIT ?6")
  private static let outdatedCount = SQL(
    "SELECT count(*) FROM badge JOIN registration ON registration.id = badge.registration_id WHERE \(outdated)"
  )
  private static let currentOfKey = SQL(
    """
    \(selection) WHERE badge.key_id = ? AND \(isCurrent) AND \(lasts)
    ORDER BY badge.id
    """
  )
  private static let counting = SQL(
    """
    SELECT 1 FROM badge JOIN registration ON registration.id = badge.registration_id
    WHERE badge.event_id = ? AND \(counts) LIMIT 1
    """
  )

  /// The store's key.
  package let key: Int64
  /// The store's key of the registration.
  package let registration: Int64
  package private(set) var badge: Badge
  /// Whether its bearer was erased.
  package let isErased: Bool

  /// - Throws: `StoreError.unknownValue`.
  private init(_ row: any SQLRow) throws {
    key = try row[0]
    registration = try row[13]
    isErased = !row.isNull(14)
    badge = Badge(
      serial: try row[1],
      event: try row[12],
      registration: try row[2],
      code: try row[3],
      state: try known(row[4], "badge", "state"),
      keyID: try known(number: row.integer(5), "badge", "key_id"),
      issuedAt: try row[6],
      validity: try known(from: row[7], until: row[8], "badge", "valid_until"),
      mark: AttentionMark(attention: try known(row[9], "badge", "attention"), note: try row[10]),
      revision: try row[11]
    )
    badge.listedNeeds = try row[15]
    badge.isRenewed = try row[16]
    badge.printedAt = try row[17]
    badge.revocationNote = try row[18]
  }

  /// The row of a serial.
  ///
  /// - Parameter event: Slug of the event.
  /// - Throws: `StoreError.notFound`.
  package static func find(_ serial: BadgeSerial, of event: String, _ session: any SQLSession) throws -> BadgeRow {
    guard let row = try session.first(bySerial, [serial, EventKey.find(event, session)], BadgeRow.init) else {
      throw StoreError.notFound(.badge(serial, of: event))
    }
    return row
  }

  /// The badges that a registration has had, in the order of issue.
  ///
  /// - Parameter registration: The store's key.
  package static func all(of registration: Int64, _ session: any SQLSession) throws -> [BadgeRow] {
    try session.all(ofRegistration, [registration], BadgeRow.init)
  }

  /// Badges in the order of issue, of one registration where given.
  ///
  /// - Parameters:
  ///   - event: The store's key.
  ///   - registration: The store's key.
  ///   - withAttention: Only those that show something to see to.
  ///   - state: Only those in it; all where it is nil.
  static func page(
    of event: Int64,
    registration: Int64?,
    withAttention: Bool,
    in state: BadgeState?,
    _ page: PageRequest,
    _ session: any SQLSession
  ) throws -> Page<BadgeRow> {
    let rows = try session.all(
      registration == nil ? pageOfEvent : pageOfRegistration,
      [registration ?? event, page.number(), withAttention ? 1 : 0, state?.rawValue ?? "", page.size + 1],
      BadgeRow.init
    )
    return page.cut(rows) { PageCursor(.number($0.key)) }
  }

  /// Whether confirmed registrations have badges that were neither replaced nor revoked.
  ///
  /// - Parameter event: The store's key.
  static func anyCounts(of event: Int64, _ session: any SQLSession) throws -> Bool {
    try session.has(counting, [event])
  }

  /// Whether a registration has a badge that was neither replaced nor revoked.
  ///
  /// - Parameter registration: The store's key.
  static func hasCurrent(of registration: Int64, _ session: any SQLSession) throws -> Bool {
    try session.has(currentOfRegistration, [registration])
  }

  /// How many badges count and are outdated in a way.
  static func countOutdated(
    of event: Int64,
    _ days: Range<Instant>,
    _ way: OutdatedBadges,
    _ session: any SQLSession
  ) throws -> Int {
    try session.first(outdatedCount, values(event, days, way)) { try $0[0] } ?? 0
  }

  private static func values(_ event: Int64, _ days: Range<Instant>, _ way: OutdatedBadges) -> [any SQLValue] {
    let (kind, key): (Int, UInt32) =
      switch way {
      case .byRecord: (0, 0)
      case .byCode: (1, 0)
      case .signed(by: let key): (2, key)
      }
    return [event, days.lowerBound, days.upperBound, kind, Int64(key)]
  }

  /// Badges that a key signed and that are the ones of their registrations, of events that are not archived and before they run
  /// out, whether their registrations have badges or not.
  static func current(signedBy key: UInt32, at now: Instant, _ session: any SQLSession) throws -> [BadgeRow] {
    try session.all(currentOfKey, [Int64(key), now], BadgeRow.init)
  }

  /// The first of those badges, in the order of issue.
  static func outdated(
    of event: Int64,
    _ days: Range<Instant>,
    _ way: OutdatedBadges,
    limit: Int,
    _ session: any SQLSession
  ) throws -> [BadgeRow] {
    try session.all(outdatedPart, values(event, days, way) + [limit], BadgeRow.init)
  }

  /// Adds a badge, with the note of its mark.
  ///
  /// - Parameters:
  ///   - event: The store's key.
  ///   - registration: The store's key.
  static func add(_ badge: Badge, of event: Int64, registration: Int64, _ session: any SQLSession) throws {
    let key = try session.key(
      of: addition,
      [
        badge.serial, event, registration, badge.code, badge.state.rawValue, Int64(badge.keyID), badge.issuedAt,
        badge.validity.lowerBound, badge.validity.upperBound, badge.mark.attention.rawValue, !badge.mark.note.isEmpty,
        badge.revision,
      ]
    )
    guard badge.mark != .none else { return }
    try NoteTable(session).keep(badge.mark.note, as: .attention, of: key, about: registration)
  }

  /// Changes the state and the mark.
  ///
  /// - Parameter revision: A new number of the feed.
  /// - Returns: The badge as it is then.
  @discardableResult
  package mutating func change(
    to state: BadgeState,
    _ mark: AttentionMark,
    revision: Int64,
    _ session: any SQLSession
  ) throws -> Badge {
    try session.run(Self.change, [state.rawValue, mark.attention.rawValue, !mark.note.isEmpty, revision, key])
    if mark != badge.mark {
      try NoteTable(session).keep(mark.note, as: .attention, of: key, about: registration)
    }
    (badge.state, badge.mark, badge.revision) = (state, mark, revision)
    return badge
  }

  /// Keeps why it was revoked.
  package mutating func note(revocation text: String, _ session: any SQLSession) throws {
    try NoteTable(session).keep(text, as: .revoked, of: key, about: registration)
    badge.revocationNote = text
  }

  /// Changes how long it is valid.
  ///
  /// - Parameter revision: A new number of the feed.
  mutating func renew(_ validity: Range<Instant>, revision: Int64, _ session: any SQLSession) throws {
    try session.run(Self.renewal, [validity.lowerBound, validity.upperBound, revision, key])
    (badge.validity, badge.isRenewed, badge.revision) = (validity, true, revision)
  }
}
