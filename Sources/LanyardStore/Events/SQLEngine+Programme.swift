package import LanyardDomain

extension SQLEngine {
  package func importProgramme(_ act: Act, _ programme: Programme) async throws(StoreError) -> [ImportedEvent] {
    try await write(act, of: .programme(programme.events.map(\.event.slug))) { session, trail in
      let imported = try programme.events.enumerated().map { index, event in
        try ProgrammeImport(session: session, trail: trail).run(event, path: "events[\(index)]")
      }
      for event in imported where event.isChanged {
        try trail.feed.planChanged(of: trail.feed.key(of: event.slug))
      }
      return imported
    }
  }

  package func event(_ slug: String) async throws(StoreError) -> StoredEvent {
    try await read { session in try EventRow.find(slug, session).stored }
  }

  package func events(_ page: PageRequest) async throws(StoreError) -> Page<StoredEvent> {
    try await read { session in try EventRow.page(page, session).map(\.stored) }
  }

  package func session(_ id: String, of event: String) async throws(StoreError) -> Session {
    try await read { session in try SessionRow.find(id, of: event, session).session }
  }

  package func sessions(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<Session> {
    try await read { session in try SessionRow.page(of: event, page, session).map(\.session) }
  }

  package func checkpoint(_ address: CheckpointAddress) async throws(StoreError) -> Checkpoint {
    try await read { session in try CheckpointRow.find(address, session).checkpoint }
  }

  package func checkpoints(
    of event: String?,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<StoredCheckpoint> {
    try await read { session in
      let key = try event.map { try EventKey.find($0, session) }
      return try CheckpointRow.page(of: key, page, session).map { row in
        StoredCheckpoint(event: row.event, checkpoint: row.checkpoint)
      }
    }
  }

  package func change(
    _ act: Act,
    _ address: CheckpointAddress,
    _ change: CheckpointChange
  ) async throws(StoreError) -> Checkpoint {
    try await write(act, of: .event(address.event)) { session, trail in
      let row = try CheckpointRow.find(address, session)
      let after = PlacedCheckpoint(change.applied(to: row.checkpoint), at: row.placed.position)
      if after != row.placed {
        try CheckpointRow.change(row.key, to: after, session)
        try trail.feed.planChanged(of: row.eventKey)
        try trail.record(ProgrammeUpdate.Step.update(after, from: row.placed).change(of: address.event))
      }
      return after.checkpoint
    }
  }
}
