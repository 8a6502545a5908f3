package import LanyardDomain

/// The statements of the trail's pages.
private enum AuditSQL {
  /// - Parameter condition: Which of an event's entries, by ?4 on.
  private static func page(_ condition: String) -> String {
    """
    SELECT \(TrailEntry.columns), hash FROM change WHERE event_id = ?1 AND sequence > ?2\(condition) ORDER BY sequence LIMIT ?3
    """
  }
  private static let noScans = " AND \(ChangeName.noScanLink)"
  private static let oneResource = " AND resource = ?4"

  static let all = SQL(page(""))
  static let changes = SQL(page(noScans))
  static let allOfResource = SQL(page(oneResource))
  static let changesOfResource = SQL(page(noScans + oneResource))
}

extension SQLEngine {
  package func auditEntries(_ filter: AuditFilter, _ page: PageRequest) async throws(StoreError) -> Page<AuditEntry> {
    try await survey { session in
      let event = try filter.event.map { try EventKey.find($0, session) } ?? FeedNumber.installation
      let first: [any SQLValue] = [event, FeedNumber(event, try page.number()).key, page.size + 1]
      let items =
        if let resource = filter.resource {
          try session.all(
            filter.includesScans ? AuditSQL.allOfResource : AuditSQL.changesOfResource,
            first + [resource.description],
            AuditEntry.init
          )
        } else {
          try session.all(filter.includesScans ? AuditSQL.all : AuditSQL.changes, first, AuditEntry.init)
        }
      return page.cut(items) { PageCursor(.number($0.sequence)) }
    }
  }

  package func verifyTrail(
    progress: @escaping @Sendable (AuditVerdict) throws -> Void
  ) async throws(StoreError) -> AuditVerdict {
    try await survey { session in try TrailCheck.run(session, progress: progress) }
  }
}

extension AuditEntry {
  /// From a row of the selection.
  ///
  /// - Throws: `StoreError.unknownValue`.
  fileprivate init(_ row: any SQLRow) throws {
    let entry = try TrailEntry(row)
    let actor = Act.Actor(try known(entry.actorKind, "change", "actor_kind"), id: entry.actor)
    self.init(
      sequence: entry.number.value,
      act: Act(actor, at: Instant(microseconds: entry.madeAt), from: entry.address, request: entry.requestID),
      name: entry.name,
      version: Int(entry.version),
      resource: ChangedResource(recorded: entry.resource),
      before: entry.before,
      after: entry.after,
      hash: try row[13],
      previousHash: entry.previous
    )
  }
}
