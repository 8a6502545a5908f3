import GRDB
import LanyardDomain

extension SQLiteStore {
  package func auditEntries(_ filter: AuditFilter, _ page: PageRequest) async throws(StoreError) -> Page<AuditEntry> {
    try await survey { db in
      let after = try page.number()
      let event = try filter.event.map { try EventRow.find($0, db).id } ?? 0
      let narrowing = filter.includesScans ? "" : " AND name <> 'scans.recorded'"
      let subject = filter.resource == nil ? "" : " AND resource = ?4"
      let rows = try HotStatement(
        """
        SELECT \(TrailEntry.columns), hash FROM change
        WHERE event_id = ?1 AND sequence > ?2\(narrowing)\(subject) ORDER BY sequence LIMIT ?3
        """,
        db
      )
      try rows.bind {
        $0.add(event)
        $0.add(FeedNumber(event, after).key)
        $0.add(Int64(page.size) + 1)
        if let resource = filter.resource { $0.add(resource) }
      }
      defer { rows.reset() }
      var items: [AuditEntry] = []
      while try rows.step() { items.append(try AuditEntry(TrailEntry(rows), hash: rows.data(13))) }
      return page.cut(items) { PageCursor(.number($0.sequence)) }
    }
  }
}

extension AuditEntry {
  fileprivate init(_ entry: TrailEntry, hash: [UInt8]) throws {
    guard let actor = Act.Actor(kind: entry.actorKind, id: entry.actor) else {
      throw StoreError.failed(code: -1, about: "change.actor_kind is not known")
    }
    self.init(
      sequence: entry.number.value,
      act: Act(actor, at: Instant(microseconds: entry.madeAt), from: entry.address, request: entry.requestID),
      name: entry.name,
      version: Int(entry.version),
      resource: entry.resource,
      before: entry.before,
      after: entry.after,
      hash: hash,
      previousHash: entry.previous
    )
  }
}
