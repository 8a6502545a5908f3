import GRDB
package import LanyardDomain

extension SQLiteStore {
  package func importProgramme(_ programme: Programme) async throws(StoreError) -> [ImportedEvent] {
    try await write { db in
      let imported = try programme.events.enumerated().map { index, event in
        try ProgrammeImport(db: db, path: "events[\(index)]").run(event)
      }
      if imported.contains(where: \.isChanged) {
        try Self.planChanged(db)
      }
      return imported
    }
  }

  package func event(_ slug: String) async throws(StoreError) -> StoredEvent {
    try await read { db in try EventRow.find(slug, db).row.stored }
  }

  package func events(_ page: PageRequest) async throws(StoreError) -> Page<StoredEvent> {
    try await read { db in
      let rows = try EventRow.fetchAll(
        db,
        sql: "SELECT * FROM event ORDER BY start_date, id LIMIT ? OFFSET ?",
        arguments: [page.size + 1, page.after ?? 0]
      )
      return page.cut(rows.map(\.stored))
    }
  }

  package func session(_ id: String, of event: String) async throws(StoreError) -> Session {
    try await read { db in
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
    try await read { db in
      let eventID = try EventRow.find(event, db).id
      let rows = try SessionRow.fetchAll(
        db,
        sql: """
          SELECT * FROM session WHERE event_id = ? AND NOT is_withdrawn
          ORDER BY starts_at, public_id LIMIT ? OFFSET ?
          """,
        arguments: [eventID, page.size + 1, page.after ?? 0]
      )
      return page.cut(
        try rows.map { row in row.session(at: try Self.publicID(ofCheckpoint: row.checkpointId, db)) }
      )
    }
  }

  package func checkpoint(_ address: CheckpointAddress) async throws(StoreError) -> Checkpoint {
    try await read { db in
      try CheckpointRow.find(address.checkpoint, event: EventRow.find(address.event, db).row, db).checkpoint()
    }
  }

  package func checkpoints(
    of event: String?,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<StoredCheckpoint> {
    try await read { db in
      let eventID = try event.map { try EventRow.find($0, db).id }
      let rows = try CheckpointRow.fetchAll(
        db,
        sql: """
          SELECT * FROM checkpoint WHERE ?1 IS NULL OR event_id = ?1
          ORDER BY event_id, position, id LIMIT ?2 OFFSET ?3
          """,
        arguments: [eventID, page.size + 1, page.after ?? 0]
      )
      let slugs = try Dictionary(
        uniqueKeysWithValues: EventRow.fetchAll(db, sql: "SELECT * FROM event").compactMap { row in
          row.id.map { ($0, row.slug) }
        }
      )
      return page.cut(
        try rows.map { StoredCheckpoint(event: slugs[$0.eventId] ?? "", checkpoint: try $0.checkpoint()) }
      )
    }
  }

  package func change(
    _ address: CheckpointAddress,
    _ change: CheckpointChange
  ) async throws(StoreError) -> Checkpoint {
    try await write { db in
      var row = try CheckpointRow.find(address.checkpoint, event: EventRow.find(address.event, db).row, db)
      let before = row
      if let isClosed = change.isClosed { row.isClosed = isClosed }
      if let capacity = change.capacity { row.capacity = capacity }
      if let directions = change.directions { row.directions = directions.rawValue }
      if let allowsReentry = change.allowsReentry { row.allowsReentry = allowsReentry }
      if row != before {
        try row.update(db)
        try Self.planChanged(db)
      }
      return try row.checkpoint()
    }
  }

  private static func publicID(ofCheckpoint id: Int64, _ db: Database) throws -> String {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT public_id FROM checkpoint WHERE id = ?"),
      arguments: [id]
    ) ?? ""
  }
}

extension PageRequest {
  /// A page of rows that were fetched with one more than its size, from the offset `after` on.
  func cut<Item: Sendable>(_ rows: [Item]) -> Page<Item> {
    let next = rows.count > size ? (after ?? 0) + Int64(size) : nil
    return Page(items: Array(rows.prefix(size)), next: next)
  }
}
