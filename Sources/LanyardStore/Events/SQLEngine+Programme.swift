package import LanyardDomain

extension SQLEngine {
  package func importProgramme(
    _ act: Act,
    _ programme: Programme,
    insisting: Bool
  ) async throws(StoreError) -> [ImportedEvent] {
    let slugs = programme.events.map(\.event.slug)
    return try await write(act, of: .programme(slugs)) { session, trail in
      let others = try EventRow.listedSlugs(session).filter { !slugs.contains($0) }
      let imported = try programme.events.enumerated().map { index, event in
        try ProgrammeImport(session: session, trail: trail, others: others).run(event, path: "events[\(index)]")
      }
      let questions = imported.flatMap(\.questions)
      guard insisting || questions.isEmpty else { throw StoreError.importQuestioned(questions) }
      for event in imported where event.isChanged {
        try trail.feed.planChanged(of: trail.feed.key(of: event.slug))
      }
      return imported
    }
  }

  package func event(_ slug: String) async throws(StoreError) -> StoredEvent {
    try await read { session in try EventRow.find(slug, session).stored }
  }

  package func events(
    _ page: PageRequest,
    includingArchived: Bool
  ) async throws(StoreError) -> Page<StoredEvent> {
    try await read { session in
      try EventRow.page(page, includingArchived: includingArchived, session).map(\.stored)
    }
  }

  package func change(_ act: Act, _ slug: String, _ change: EventChange) async throws(StoreError) -> StoredEvent {
    try await write(act, of: .event(slug)) { session, trail in
      let row = try EventRow.find(slug, session)
      if let isArchived = change.isArchived, isArchived != row.isArchived {
        try row.archive(isArchived, session)
        try trail.record(.archived(slug, isArchived))
      }
      let after = try change.applied(to: row.event)
      if after != row.event {
        try row.change(to: after, session)
        try trail.feed.planChanged(of: row.key)
        try trail.record(.updated(after, from: row.event))
      }
      return try EventRow.find(slug, session).stored
    }
  }

  package func deleteEvent(_ act: Act, _ slug: String) async throws(StoreError) {
    try await write(act, of: .ending(slug)) { session, trail in
      let row = try EventRow.find(slug, session)
      let use = try row.use(session)
      guard use.isNone else { throw StoreError.eventInUse(EventInUse(slug, use)) }
      try row.delete(session)
      try trail.feed.planChanged(of: row.key)
      try trail.record(.deleted(row.event))
    }
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
        let byHand = row.byHand.union(change.rules(changedOf: row.checkpoint))
        try CheckpointRow.change(row.key, to: after, byHand: byHand, session)
        try trail.feed.planChanged(of: row.eventKey)
        try trail.record(ProgrammeUpdate.Step.update(after, from: row.placed).change(of: address.event))
      }
      return after.checkpoint
    }
  }
}
