package import LanyardDomain

extension SQLEngine {
  package func issue(
    _ act: Act,
    _ drafts: [BadgeDraft],
    of event: String,
    renewingRevoked: Bool
  ) async throws(StoreError) -> [IssuedBadge] {
    try await write(act, of: .event(event)) { session, trail in
      try Self.check(drafts, session)
      let found = try EventRow.find(event, session)
      let key = found.key
      return try drafts.map { draft in
        let bearer = try Bearer(of: draft, in: event, key, session)
        if case .kept(let badge) = try bearer.history.issue(renewingRevoked: renewingRevoked) {
          return IssuedBadge(badge: badge, isNew: false)
        }
        var badge = try draft.badge(
          of: event,
          issuedAt: trail.recordedAt(),
          state: found.event.firstBadgeState(group: bearer.group),
          revision: trail.feed.next(of: key).value
        )
        badge.listedNeeds = bearer.needs
        try BadgeRow.add(badge, of: key, registration: bearer.key, session)
        try trail.record(.issued(badge))
        return IssuedBadge(badge: badge, isNew: true)
      }
    }
  }

  package func badge(_ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge {
    try await read { session in try BadgeRow.find(serial, of: event, session).badge }
  }

  package func badges(
    of event: String,
    registration: String?,
    withAttention: Bool,
    in state: BadgeState?,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<Badge> {
    try await survey { session in
      let key = try EventKey.find(event, session)
      let registration = try registration.map { try RegistrationRow.key(of: $0, of: (event, key), session) }
      let rows = try BadgeRow.page(
        of: key,
        registration: registration,
        withAttention: withAttention,
        in: state,
        page,
        session
      )
      return rows.map(\.badge)
    }
  }

  package func mark(
    _ act: Act,
    _ serial: BadgeSerial,
    of event: String,
    _ change: AttentionChange,
    etag: String?
  ) async throws(StoreError) -> Badge {
    try await write(act, of: .event(event)) { session, trail in
      var row = try BadgeRow.find(serial, of: event, session)
      let before = row.badge
      let mark = try before.mark(after: change, isErased: row.isErased, etag: etag)
      guard mark != before.mark else { return before }
      let revision = try trail.feed.next(of: trail.feed.key(of: event)).value
      try row.change(to: before.state, mark, revision: revision, session)
      try trail.record(.marked(before, mark))
      return row.badge
    }
  }

  package func replace(
    _ act: Act,
    _ serial: BadgeSerial,
    of event: String,
    with draft: BadgeDraft
  ) async throws(StoreError) -> Badge {
    try await write(act, of: .event(event)) { session, trail in
      try Self.check([draft], session)
      let row = try BadgeRow.find(serial, of: event, session)
      return try Self.replace(row, of: event, trail.feed.key(of: event), with: draft, trail, session)
    }
  }

  /// Puts a badge in place of another.
  ///
  /// - Parameters:
  ///   - key: The store's key of the event.
  ///   - state: Where the new one begins; nil where somebody is handed it.
  static func replace(
    _ row: BadgeRow,
    of event: String,
    _ key: Int64,
    with draft: BadgeDraft,
    beginning state: BadgeState? = nil,
    _ trail: Trail,
    _ session: any SQLSession
  ) throws -> Badge {
    var row = row
    let bearer = try Bearer(of: draft, in: event, key, session)
    let old = try bearer.history.replace(row.badge)
    try row.change(to: .replaced, old.mark, revision: trail.feed.next(of: key).value, session)
    try trail.record(.replaced(old, by: draft.serial))
    var new = draft.badge(
      of: event,
      issuedAt: try trail.recordedAt(),
      state: state ?? old.stateOfSuccessor,
      mark: old.mark,
      revision: try trail.feed.next(of: key).value
    )
    new.listedNeeds = bearer.needs
    try BadgeRow.add(new, of: key, registration: bearer.key, session)
    try trail.record(.issued(new))
    return new
  }

  package func activate(_ act: Act, _ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge {
    try await move(act, serial, of: event, to: { try $0.stateAfterActivating() }, Change.activated)
  }

  package func hold(_ act: Act, _ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge {
    try await move(act, serial, of: event, to: { try $0.stateAfterHolding() }, Change.held)
  }

  package func release(_ act: Act, _ serial: BadgeSerial, of event: String) async throws(StoreError) -> Badge {
    try await move(act, serial, of: event, to: { try $0.stateAfterReleasing() }, Change.released)
  }

  package func revoke(
    _ act: Act,
    _ serial: BadgeSerial,
    of event: String,
    note: String
  ) async throws(StoreError) -> Badge {
    try await write(act, of: .event(event)) { session, trail in
      var row = try BadgeRow.find(serial, of: event, session)
      let before = row.badge
      guard before.state.afterRevoking != before.state else { return before }
      try trail.record(.revoked(before))
      try row.change(to: before.state.afterRevoking, before.mark, revision: trail.nextRevision(of: event), session)
      try row.note(revocation: note, session)
      return row.badge
    }
  }

  /// Moves a badge to the state that follows from it, which is recorded with the badge as it was; one that is in it already stays.
  private func move(
    _ act: Act,
    _ serial: BadgeSerial,
    of event: String,
    to state: @escaping @Sendable (Badge) throws -> BadgeState,
    _ change: @escaping @Sendable (Badge) -> Change
  ) async throws(StoreError) -> Badge {
    try await write(act, of: .event(event)) { session, trail in
      var row = try BadgeRow.find(serial, of: event, session)
      let before = row.badge
      let next = try state(before)
      guard next != before.state else { return before }
      try trail.record(change(before))
      return try row.change(to: next, before.mark, revision: trail.nextRevision(of: event), session)
    }
  }
}

extension Trail {
  /// A new number of an event's feed for what changes.
  fileprivate func nextRevision(of event: String) throws -> Int64 { try feed.next(of: feed.key(of: event)).value }
}

/// The registration that a badge is for.
private struct Bearer {
  private static let selection = SQL(
    """
    SELECT registration.id, registration.state, coalesce(person.listed_needs, ''), registration.stakeholder_group
    FROM registration
    LEFT JOIN person ON person.registration_id = registration.id
    WHERE registration.public_id = ? AND registration.event_id = ?
    """
  )

  /// The store's key.
  let key: Int64
  /// Which of the event's listed needs they named.
  let needs: String
  /// Id of their stakeholder group.
  let group: String
  let history: BadgeHistory

  /// - Parameters:
  ///   - event: Slug of the event.
  ///   - eventKey: The store's key of it.
  /// - Throws: `StoreError.notFound`, `unknownValue`.
  init(of draft: BadgeDraft, in event: String, _ eventKey: Int64, _ session: any SQLSession) throws {
    let name = ResourceName.registration(draft.registration, of: event)
    let found = try session.first(Self.selection, [draft.registration, eventKey]) { row in
      try (
        key: row.integer(0), state: known(row.text(1), "registration", "state") as RegistrationState,
        needs: row.text(2),
        group: row.text(3)
      )
    }
    guard let found else { throw StoreError.notFound(name) }
    (key, needs, group) = (found.key, found.needs, found.group)
    history = BadgeHistory(of: name, found.state, try BadgeRow.all(of: key, session).map(\.badge))
  }
}

extension BadgeDraft {
  /// The badge that is recorded of it.
  fileprivate func badge(
    of event: String,
    issuedAt: Instant,
    state: BadgeState,
    mark: AttentionMark = .none,
    revision: Int64
  ) -> Badge {
    Badge(
      serial: serial,
      event: event,
      registration: registration,
      code: code,
      state: state,
      keyID: keyID,
      issuedAt: issuedAt,
      validity: validity,
      mark: mark,
      revision: revision
    )
  }
}
