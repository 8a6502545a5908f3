package import LanyardDomain

extension SQLEngine {
  package func joinSession(
    _ act: Act,
    _ id: String,
    by registration: String,
    of event: String
  ) async throws(StoreError) -> RemoteVisit {
    // Whoever is in it is heard of every half minute: that is no change.
    if let visit = try await stay(act, in: id, registration, event) { return visit }
    return try await write(act, of: .event(event)) { session, trail in
      let place = (slug: event, key: try trail.feed.key(of: event))
      let found = try SessionRow.find(id, of: event, session)
      let row = try RegistrationRow.find(registration, of: place, session)
      let (table, now) = (RemoteTable(session), try trail.now())
      let isBooked = try PlaceBookings.all(of: row.key, event: event, session).contains(.session(id, event: event))
      try RemotePresence.require(found.session, for: row.registration, isBooked: isBooked, at: now)
      let moment = try trail.recordedAt()
      if let before = try table.now(of: row.key) {
        let isOn = RemotePresence.isOn(heardAt: before.heardAt, at: now)
        if isOn, before.session == id { return RemoteVisit(session: found.session, joinedAt: before.joinedAt) }
        let end = isOn ? moment : before.heardAt
        try table.end(before, at: end)
        try trail.record(.leftSession(before.session, by: registration, of: event, at: end))
      }
      try table.add(row.key, to: found.key, at: moment)
      try trail.record(.joinedSession(id, by: registration, of: event))
      return RemoteVisit(session: found.session, joinedAt: moment)
    }
  }

  /// Notes that somebody still follows a session; nil where they are not in it.
  private func stay(
    _ act: Act,
    in id: String,
    _ registration: String,
    _ event: String
  ) async throws(StoreError) -> RemoteVisit? {
    let moment = act.asked.moments(notBefore: nil).decided
    @Sendable func presence(_ session: any SQLSession) throws -> (RemoteTable.Row, Session)? {
      let place = (slug: event, key: try EventKey.find(event, session))
      let found = try SessionRow.find(id, of: event, session).session
      let row = try RegistrationRow.find(registration, of: place, session)
      guard row.registration.state == .confirmed, moment < found.span.upperBound,
        let now = try RemoteTable(session).now(of: row.key), now.session == id,
        RemotePresence.isOn(heardAt: now.heardAt, at: moment)
      else { return nil }
      return (now, found)
    }
    guard let (row, _) = try await read({ session in try presence(session) }) else { return nil }
    // Several pages of one person need no more than one of them.
    if moment - row.heardAt < RemotePresence.heartbeat / 2 {
      return try await read { session in
        try presence(session).map { RemoteVisit(session: $1, joinedAt: $0.joinedAt) }
      }
    }
    return try await hear(act, of: event) { session, _ in
      guard let (row, found) = try presence(session) else { return nil }
      try RemoteTable(session).hear(row, at: moment)
      return RemoteVisit(session: found, joinedAt: row.joinedAt)
    }
  }

  package func leaveSession(
    _ act: Act,
    _ id: String,
    by registration: String,
    of event: String
  ) async throws(StoreError) {
    try await write(act, of: .event(event)) { session, trail in
      let place = (slug: event, key: try trail.feed.key(of: event))
      let key = try RegistrationRow.key(of: registration, of: place, session)
      let table = RemoteTable(session)
      guard let row = try table.now(of: key), row.session == id else { return }
      let isOn = RemotePresence.isOn(heardAt: row.heardAt, at: try trail.now())
      let end = isOn ? try trail.recordedAt() : row.heardAt
      try table.end(row, at: end)
      try trail.record(.leftSession(id, by: registration, of: event, at: end))
    }
  }

  package func endSilent(_ act: Act, of event: String) async throws(StoreError) -> Int {
    let moment = act.asked.moments(notBefore: nil).decided - RemotePresence.silence
    let isAny = try await read { session in
      try !RemoteTable(session).silent(since: moment, of: EventKey.find(event, session), limit: 1).isEmpty
    }
    guard isAny else { return 0 }
    return try await write(act, of: .event(event)) { session, trail in
      let table = RemoteTable(session)
      let key = try trail.feed.key(of: event)
      let rows = try table.silent(since: moment, of: key, limit: RemotePresence.part)
      for row in rows {
        try table.end(row, at: row.heardAt)
        try trail.record(.leftSession(row.session, by: row.person, of: event, at: row.heardAt))
      }
      return rows.count
    }
  }

  package func remoteCounts(of event: String, at now: Instant) async throws(StoreError) -> [String: RemoteCount] {
    try await survey { session in
      let key = try EventKey.find(event, session)
      return try RemoteTable(session).counts(of: key, silentSince: now - RemotePresence.silence)
    }
  }
}
