package import LanyardDomain

/// The note of the store's upkeep that says that traces of somebody who was erased are left; its value is of the last who was.
package enum Traces {
  package static let name = "traces"
  private static let left = SQL(
    "INSERT INTO upkeep (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
  )

  /// Says within a transaction that traces of somebody are left.
  static func note(_ session: any SQLSession) throws { try session.run(left, [name, RegistrationID.random()]) }
}

extension SQLEngine {
  package func erase(
    _ act: Act,
    _ id: String,
    of event: String,
    etag: String?
  ) async throws(StoreError) -> Registration {
    let registration = try await write(act, of: .event(event)) { session, trail in
      try RegistrationRun.run(event, trail, session) { run in
        var row = try RegistrationRow.find(id, of: run.event, session)
        let before = row.registration
        let badges = try BadgeRow.all(of: row.key, session)
        guard let erasure = try run.fold.erase(before, badges: badges.map(\.badge), etag: etag) else { return before }
        try row.move(to: erasure.state, of: run.event.key, trail, session)
        try PlaceBookings.end(of: row, event: event, trail, session)
        // Before their own notes go: what names them, and is not known to be about them.
        let notes = NoteTable(session)
        let traces = PersonTraces(of: before.details, notes: try notes.texts(about: row.key))
        try CodeBeginnings(session).erase(traces)
        try notes.erase(traces)
        try row.erase(at: trail.recordedAt(), session)
        try PrintTable.forget(row.key, session)
        try MailTable.forget(row.key, session)
        try trail.record(.erased(id, of: event, from: before.state, to: erasure.state))
        for (var badge, left) in zip(badges, erasure.badges) {
          let before = badge.badge
          try badge.change(to: left.state, left.mark, revision: trail.feed.next(of: run.event.key).value, session)
          if left.state != before.state { try trail.record(.revoked(before)) }
        }
        try PersonalLinkTable(session: session, trail: trail, event: event).endAll(of: id, row.key)
        try run.moveUp()
        try VerificationTable(session).remove(of: row.key)
        try Traces.note(session)
        return row.registration
      }
    }
    try await clearTraces()
    return registration
  }
}
