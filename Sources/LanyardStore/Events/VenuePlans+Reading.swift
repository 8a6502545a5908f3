import LanyardDomain

extension VenuePlans {
  /// The plans as a session sees them.
  package init(_ session: any SQLSession) throws {
    self.init()
    for (key, slug) in try EventRow.keys(session) {
      do {
        add(try Self.plan(of: key, slug, session), of: slug)
      } catch let fault as StoreError where fault.isOfOneRow {
        add(fault, instead: Key(key), of: slug)
      }
    }
  }

  private static func plan(of key: Int64, _ slug: String, _ session: any SQLSession) throws -> VenuePlan {
    let event = try EventRow.find(slug, session).event
    let checkpoints = try CheckpointRow.all(of: key, session)
    let sessions = try SessionRow.all(of: key, session).filter { !$0.entry.isWithdrawn }
    return VenuePlan(
      eventKey: Key(key),
      event: event,
      checkpoints: Dictionary(uniqueKeysWithValues: checkpoints.map { (Key($0.key), $0.checkpoint) }),
      sessions: sessions.map { SessionRecord(key: Key($0.key), session: $0.session) }
    )
  }
}
