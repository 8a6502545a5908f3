package import LanyardDomain

extension SQLEngine {
  package func rosterHead(of event: String) async throws(StoreError) -> RosterHead {
    try await read { session in try RosterReader(session, of: event, plans(session)).head() }
  }

  package func rosterBadges(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<RosterBadge> {
    try await survey { session in try RosterReader(session, of: event, plans(session)).badges(page) }
  }

  package func changedRosterBadges(of event: String, since sequence: Int64) async throws(StoreError) -> [Int64] {
    try await survey { session in
      try RosterReader(session, of: event, plans(session)).changedBadges(after: sequence)
    }
  }

  package func rosterPresences(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<RosterPresence> {
    try await survey { session in try RosterReader(session, of: event, plans(session)).presences(page) }
  }

  package func rosterChanges(
    of event: String,
    since cursor: RosterCursor,
    upTo limit: Int64?
  ) async throws(StoreError) -> RosterChanges? {
    try await survey { session in
      try RosterReader(session, of: event, plans(session)).changes(since: cursor, upTo: limit)
    }
  }
}
