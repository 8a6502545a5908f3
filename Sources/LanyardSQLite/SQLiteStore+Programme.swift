import GRDB
package import LanyardDomain
package import LanyardStore

extension SQLiteStore {
  package func importProgramme(_ act: Act, _ programme: Programme) async throws(StoreError) -> [ImportedEvent] {
    try await recording(act, of: .events(programme.events.map(\.event.slug))) { db, trail in
      let imported = try programme.events.enumerated().map { index, event in
        try ProgrammeImport(db: db, trail: trail, path: "events[\(index)]").run(event)
      }
      for event in imported where event.isChanged {
        try trail.feed.planChanged(of: trail.feed.take(event.slug))
      }
      return imported
    }
  }

  package func event(_ slug: String) async throws(StoreError) -> StoredEvent {
    try await reading { db in try EventRow.find(slug, db).row.stored }
  }

  package func events(_ page: PageRequest) async throws(StoreError) -> Page<StoredEvent> {
    try await reading { db in
      let rows = try EventRow.fetchAll(
        db,
        sql: "SELECT * FROM event WHERE (start_date, id) > (?, ?) ORDER BY start_date, id LIMIT ?",
        arguments: page.arguments(from: .text(""), .number(0)) + [page.size + 1]
      )
      return page.cut(rows) { PageCursor(.text("\($0.startDate)"), .number($0.id ?? 0)) }.map(\.stored)
    }
  }

  package func session(_ id: String, of event: String) async throws(StoreError) -> Session {
    try await reading { db in
      let eventID = try EventRow.find(event, db).id
      let row = try SessionRow.fetchOne(
        db,
        sql: "SELECT * FROM session WHERE event_id = ? AND public_id = ? AND NOT is_withdrawn",
        arguments: [eventID, id]
      )
      guard let row else { throw StoreError.notFound(.session(id, of: event)) }
      return row.session(at: try Self.publicID(ofCheckpoint: row.checkpointId, db))
    }
  }

  package func sessions(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<Session> {
    try await reading { db in
      let eventID = try EventRow.find(event, db).id
      let rows = try SessionRow.fetchAll(
        db,
        sql: """
          SELECT * FROM session WHERE event_id = ? AND NOT is_withdrawn AND (starts_at, public_id) > (?, ?)
          ORDER BY starts_at, public_id LIMIT ?
          """,
        arguments: ([eventID] as StatementArguments) + page.arguments(from: .number(.min), .text("")) + [page.size + 1]
      )
      return try page.cut(rows) { PageCursor(.number($0.startsAt), .text($0.publicId)) }
        .map { row in row.session(at: try Self.publicID(ofCheckpoint: row.checkpointId, db)) }
    }
  }

  package func checkpoint(_ address: CheckpointAddress) async throws(StoreError) -> Checkpoint {
    try await reading { db in
      try CheckpointRow.find(address.checkpoint, event: EventRow.find(address.event, db).row, db).checkpoint()
    }
  }

  package func checkpoints(
    of event: String?,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<StoredCheckpoint> {
    try await reading { db in
      let eventID = try event.map { try EventRow.find($0, db).id }
      // An import may give every checkpoint another position: the page begins where the last one shown is by now.
      let rows = try CheckpointRow.fetchAll(
        db,
        sql: """
          SELECT * FROM checkpoint WHERE (?1 IS NULL OR event_id = ?1) AND (event_id, position, id)
            > (?2, coalesce((SELECT position FROM checkpoint WHERE id = ?4), ?3), ?4)
          ORDER BY event_id, position, id LIMIT ?5
          """,
        arguments: ([eventID] as StatementArguments) + page.arguments(from: .number(0), .number(-1), .number(0))
          + [page.size + 1]
      )
      let slugs = try Dictionary(
        uniqueKeysWithValues: EventRow.fetchAll(db, sql: "SELECT * FROM event").compactMap { row in
          row.id.map { ($0, row.slug) }
        }
      )
      return try page.cut(rows) { PageCursor(.number($0.eventId), .number(Int64($0.position)), .number($0.id ?? 0)) }
        .map { StoredCheckpoint(event: slugs[$0.eventId] ?? "", checkpoint: try $0.checkpoint()) }
    }
  }

  package func change(
    _ act: Act,
    _ address: CheckpointAddress,
    _ change: CheckpointChange
  ) async throws(StoreError) -> Checkpoint {
    try await recording(act, of: .event(address.event)) { db, trail in
      var row = try CheckpointRow.find(address.checkpoint, event: EventRow.find(address.event, db).row, db)
      let before = PlacedCheckpoint(try row.checkpoint(), at: row.position)
      let after = PlacedCheckpoint(change.applied(to: before.checkpoint), at: row.position)
      if after != before {
        row = CheckpointRow(after, event: row.eventId, id: row.id)
        try row.update(db)
        try trail.feed.planChanged(of: row.eventId)
        try trail.record(ProgrammeUpdate.Step.update(after, from: before).change(of: address.event))
      }
      return after.checkpoint
    }
  }

  private static func publicID(ofCheckpoint id: Int64, _ db: Database) throws -> String {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT public_id FROM checkpoint WHERE id = ?"),
      arguments: [id]
    ) ?? ""
  }
}
