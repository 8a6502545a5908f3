import LanyardDomain

/// Brings one event of the tables to what a programme says, within the caller's transaction.
struct ProgrammeImport {
  private static let rehousing = SQL("UPDATE booking SET checkpoint_id = ? WHERE session_id = ?")

  let session: any SQLSession
  let trail: Trail
  /// Slugs of the events that the programme does not have, and that are not archived.
  let others: [String]

  /// - Parameter path: Path of the event in the programme, for faults.
  func run(_ programme: ProgrammeEvent, path: String) throws -> ImportedEvent {
    let slug = programme.event.slug
    let found = try EventRow.existing(slug, session)
    let checkpoints = try found.map { try CheckpointRow.all(of: $0.key, session) } ?? []
    let sessions = try found.map { try SessionRow.all(of: $0.key, session) } ?? []
    let update = try ProgrammeUpdate(
      programme,
      on: found.map { try record(of: $0, checkpoints, sessions) },
      path: path
    )
    let before = update.mayChangePeriods ? try found.flatMap { try plan(of: $0.key) } : nil
    let event = try write(update.event, on: found)
    var doors = Dictionary(uniqueKeysWithValues: checkpoints.map { ($0.checkpoint.id, $0.key) })
    for step in update.checkpoints { try write(step, of: event, slug, &doors) }
    let keys = Dictionary(uniqueKeysWithValues: sessions.map { ($0.session.id, $0.key) })
    for step in update.sessions { try write(step, of: event, slug, doors, keys) }
    try QuestionTable(session).put(update.questions, of: (slug, event), trail)
    for move in update.moves { try carryOver(door: Self.key(move.door, in: doors), move.effects) }
    if let before, let after = try plan(of: event) {
      for (door, change) in try PeriodChange.all(from: before, to: after, now: trail.now()) {
        try carryOver(door: door.rawValue, change.effects)
      }
    }
    for moved in update.rehoused {
      try session.run(
        Self.rehousing,
        [Self.key(moved.checkpoint, in: doors), Self.key(moved.id, in: keys)]
      )
    }
    var imported = ImportedEvent(
      slug: slug,
      sessions: programme.sessions.count,
      checkpoints: update.checkpointCount,
      isChanged: update.isChanged,
      badgesEndingEarly: try programme.event.span.map {
        try BadgeRow.countOutdated(of: event, $0, .byRecord, session)
      } ?? 0
    )
    imported.questions = update.questions(
      Dictionary(uniqueKeysWithValues: checkpoints.map { ($0.checkpoint.id, $0.byHand) })
    )
    if found == nil, let near = NearestName.nearest(to: slug, among: others) {
      imported.questions.append(.resembles(slug: slug, other: near))
    }
    return imported
  }

  private func record(
    of event: EventRow,
    _ checkpoints: [CheckpointRow],
    _ sessions: [SessionRow]
  ) throws -> ProgrammeRecord {
    var record = ProgrammeRecord(
      event: event.event,
      onsiteConfirmed: event.onsiteConfirmed,
      hasBadges: try BadgeRow.anyCounts(of: event.key, session),
      checkpoints: checkpoints.map(\.placed),
      sessions: sessions.map(\.entry)
    )
    record.confirmedOfGroups = try GroupCounts(session).confirmed(of: event.key)
    if !event.event.questions.isEmpty { record.answered = try QuestionTable(session).answered(of: event.key) }
    return record
  }

  /// - Returns: The store's key of the event.
  private func write(_ step: ProgrammeUpdate.Step<Event>?, on found: EventRow?) throws -> Int64 {
    switch (step, found) {
    case (nil, let found?): return found.key
    case (.update(let event, let before)?, let found?):
      try found.change(to: event, session)
      try trail.record(.updated(event, from: before))
      if event.listedNeeds != before.listedNeeds {
        try ListedNeeds(session: session, trail: trail).find(of: event, key: found.key)
      }
      // More capacity gives places to those who wait.
      try RegistrationRun.run(event.slug, trail, session) { _ = try $0.moveUp() }
      return found.key
    case (.create(let event)?, _):
      let key = try EventRow.add(event, session)
      try trail.feed.begin(event.slug, key: key)
      try trail.record(.created(event))
      return key
    case (nil, nil), (.update?, nil): throw Self.missing("an event")
    }
  }

  private func write(
    _ step: ProgrammeUpdate.Step<PlacedCheckpoint>,
    of event: Int64,
    _ slug: String,
    _ doors: inout [String: Int64]
  ) throws {
    switch step {
    case .create(let placed): doors[placed.checkpoint.id] = try CheckpointRow.add(placed, to: event, session)
    case .update(let placed, _):
      try CheckpointRow.change(Self.key(placed.checkpoint.id, in: doors), to: placed, session)
    }
    try trail.record(step.change(of: slug))
  }

  private func write(
    _ step: ProgrammeUpdate.SessionStep,
    of event: Int64,
    _ slug: String,
    _ doors: [String: Int64],
    _ keys: [String: Int64]
  ) throws {
    switch step {
    case .create(let new):
      try SessionRow.add(new, to: event, at: Self.key(new.checkpoint, in: doors), session)
    case .update(let new, _), .restore(let new, _):
      let door = try Self.key(new.checkpoint, in: doors)
      try SessionRow.change(Self.key(new.id, in: keys), to: new, at: door, session)
    case .withdraw(let gone): try SessionRow.withdraw(Self.key(gone.id, in: keys), session)
    }
    try trail.record(step.change(of: slug))
  }

  private func plan(of event: Int64) throws -> VenuePlan? { try VenuePlans(session).plan(of: Key<Event>(event)) }

  /// Lets presences at a door count by the new starts of their sessions, or the new hours.
  private func carryOver(
    door: Int64,
    _ effects: ([(person: Key<Registration>, presence: Presence)]) -> PresenceChanges
  ) throws {
    let presences = try PresenceRow.all(at: door, session).map { (person: $0.registration, presence: $0.presence) }
    let changes = effects(presences)
    let tables = try session.admissionTables()
    try tables.set(changes.presences)
    try tables.change(occupancy: changes.occupancy)
  }

  private static func key(_ id: String, in keys: [String: Int64]) throws(StoreError) -> Int64 {
    guard let key = keys[id] else { throw missing("what has an id") }
    return key
  }

  /// An update asks only for what the record that it was made from has.
  private static func missing(_ what: String) -> StoreError {
    .failed(.programmer, about: "an import asks for \(what) that is not on record")
  }
}
