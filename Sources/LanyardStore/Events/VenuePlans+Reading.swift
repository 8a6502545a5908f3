import LanyardDomain

extension VenuePlans {
  /// The plans as a session sees them.
  ///
  /// - Throws: `StoreError.unknownValue`.
  package init(_ session: any SQLSession) throws {
    self.init()
    for row in try EventRow.all(session) {
      let key = Key<Event>(row.key)
      let checkpoints = try CheckpointRow.all(of: row.key, session)
      let sessions = try SessionRow.all(of: row.key, session).filter { !$0.entry.isWithdrawn }
      byEvent[key] = VenuePlan(
        eventKey: key,
        event: row.event,
        checkpoints: Dictionary(uniqueKeysWithValues: checkpoints.map { (Key($0.key), $0.checkpoint) }),
        sessions: sessions.map { SessionRecord(key: Key($0.key), session: $0.session) }
      )
      for row in checkpoints {
        let address = CheckpointAddress(event: row.event, checkpoint: row.checkpoint.id)
        self.checkpoints[address] = (key, Key(row.key))
      }
    }
  }
}
