/// What an import of one event's programme changes.
package struct ProgrammeUpdate: Sendable {
  /// What becomes of the event or of a checkpoint.
  package enum Step<Value: Hashable & Sendable>: Hashable, Sendable {
    case create(Value)
    case update(Value, from: Value)
  }

  /// What becomes of a session.
  package enum SessionStep: Hashable, Sendable {
    case create(Session)
    case update(Session, from: Session)
    /// The programme has it again.
    case restore(Session, from: Session)
    /// The programme no longer has it; it stays on record.
    case withdraw(Session)
  }

  /// Who is inside a session that begins at another time now stays inside: presences at its door count from its start.
  package struct Move: Hashable, Sendable {
    /// Id of the checkpoint.
    package let door: String
    /// The new start of each session by the one before; all are made at once, since a session may take the place of another
    /// that moves too.
    package let starts: [Instant: Instant]

    /// What it changes of where people stand with the door and of how many are inside.
    package func effects(on presences: [(person: Key<Registration>, presence: Presence)]) -> PresenceChanges {
      var changes = PresenceChanges()
      for (person, before) in presences {
        guard let start = starts[before.period] else { continue }
        var presence = before
        presence.period = start
        changes.change(before, to: presence, of: person)
      }
      return changes
    }
  }

  /// Slug of the event.
  package let slug: String
  /// Nil where the event stays as it is.
  package let event: Step<Event>?
  package let checkpoints: [Step<PlacedCheckpoint>]
  package let sessions: [SessionStep]
  package let questions: [QuestionStep]
  package let moves: [Move]
  /// Whether it may be other hours by which people are inside now.
  package var mayChangePeriods: Bool { event != nil || !checkpoints.isEmpty }
  /// How many checkpoints the event has then: those that the programme no longer has stay.
  package let checkpointCount: Int

  /// Whether anything changes.
  package var isChanged: Bool { event != nil || !checkpoints.isEmpty || !sessions.isEmpty || !questions.isEmpty }

  /// Sessions that are held behind another door than before: who is booked for them is booked there.
  package var rehoused: [Session] {
    sessions.compactMap { step in
      switch step {
      case .update(let new, let old), .restore(let new, let old): new.checkpoint == old.checkpoint ? nil : new
      case .create, .withdraw: nil
      }
    }
  }

  /// - Parameters:
  ///   - programme: What the event is to be.
  ///   - record: The event as it is; nil where there is none of its slug.
  ///   - path: Path of the event in the programme, for faults.
  /// - Throws: `InvalidInput` where it would take away what others rely on already.
  package init(_ programme: ProgrammeEvent, on record: ProgrammeRecord?, path: String) throws(InvalidInput) {
    slug = programme.event.slug
    event = try Self.step(programme.event, on: record, path: path)
    checkpoints = Self.steps(programme.checkpoints, on: record?.checkpoints ?? [])
    let doors = Set(programme.checkpoints.map(\.id)).union((record?.checkpoints ?? []).map(\.checkpoint.id))
    for session in programme.sessions where !doors.contains(session.checkpoint) {
      throw InvalidInput(field: "\(path).sessions", .roomWithoutCheckpoint(session: session.code))
    }
    checkpointCount = doors.count
    sessions = Self.steps(programme.sessions, on: record?.sessions ?? [])
    questions =
      try programme.questions.map { (planned) throws(InvalidInput) in
        try QuestionStep.steps(
          to: planned,
          from: record?.event.questions ?? [],
          answered: record?.answered ?? [:],
          path: { "\(path).questions[\($0)]" }
        )
      } ?? []
    moves = Self.moves(sessions, on: record?.sessions ?? [])
  }

  private static func step(
    _ event: Event,
    on record: ProgrammeRecord?,
    path: String
  ) throws(InvalidInput) -> Step<Event>? {
    var event = event
    // Terms keep their numbers, which badge codes carry, whatever the programme says now.
    event.tracks = event.tracks.numbered(after: record?.event.tracks ?? [])
    event.stakeholderGroups = event.stakeholderGroups.numbered(after: record?.event.stakeholderGroups ?? [])
    event.guestRoles = event.guestRoles.numbered(after: record?.event.guestRoles ?? [])
    // Questions are told of by themselves.
    event.questions = record?.event.questions ?? []
    guard let record else { return .create(event) }
    guard event != record.event else { return nil }
    try check(event, against: record, path: path)
    return .update(event, from: record.event)
  }

  /// What others rely on already: the days of badges, and places that were given; and that numbers stay few.
  private static func check(_ event: Event, against record: ProgrammeRecord, path: String) throws(InvalidInput) {
    let found = record.event
    for (name, terms) in [
      ("tracks", event.tracks), ("stakeholder_groups", event.stakeholderGroups), ("guest_roles", event.guestRoles),
    ] where terms.count > Term.limit {
      throw InvalidInput(field: "\(path).\(name)", .tooManyTerms(limit: Term.limit))
    }
    // Days that are added take nothing from those of the badges.
    let hasAllDays =
      event.timeZone == found.timeZone && event.startDate <= found.startDate && event.endDate >= found.endDate
    if !hasAllDays, record.hasBadges {
      throw InvalidInput(
        field: "\(path).start_date",
        .daysOfBadges(start: "\(found.startDate)", end: "\(found.endDate)", zone: found.timeZone.rawValue)
      )
    }
    for (group, quota) in event.stakeholderGroups.quotas.sorted(by: { $0.key < $1.key }) {
      let isLess = quota < found.stakeholderGroups.quotas[group] ?? .max
      if isLess, let count = record.confirmedOfGroups[group], quota < count {
        throw InvalidInput(field: "\(path).stakeholder_groups", .belowConfirmed(count: count))
      }
    }
    // Where an organiser let people in past the capacity, a programme that says the same as before takes nothing away.
    let isLess = event.onsiteCapacity ?? .max < found.onsiteCapacity ?? .max
    if let capacity = event.onsiteCapacity, isLess, capacity < record.onsiteConfirmed {
      throw InvalidInput(
        field: "\(path).onsite_capacity",
        .belowConfirmed(count: record.onsiteConfirmed)
      )
    }
  }

  /// A checkpoint that was closed on the day stays closed.
  private static func steps(
    _ checkpoints: [Checkpoint],
    on record: [PlacedCheckpoint]
  ) -> [Step<PlacedCheckpoint>] {
    let found = Dictionary(uniqueKeysWithValues: record.map { ($0.checkpoint.id, $0) })
    return checkpoints.enumerated().compactMap { position, checkpoint in
      var planned = PlacedCheckpoint(checkpoint, at: position)
      guard let before = found[checkpoint.id] else { return .create(planned) }
      planned.checkpoint.isClosed = before.checkpoint.isClosed
      return planned == before ? nil : .update(planned, from: before)
    }
  }

  private static func steps(_ sessions: [Session], on record: [ProgrammeRecord.Entry]) -> [SessionStep] {
    let found = Dictionary(uniqueKeysWithValues: record.map { ($0.session.id, $0) })
    let planned: [SessionStep] = sessions.compactMap { session in
      guard let before = found[session.id] else { return .create(session) }
      if before.isWithdrawn { return .restore(session, from: before.session) }
      return session == before.session ? nil : .update(session, from: before.session)
    }
    let kept = Set(sessions.map(\.id))
    return planned
      + record.filter { !$0.isWithdrawn && !kept.contains($0.session.id) }.map { .withdraw($0.session) }
  }

  private static func moves(_ steps: [SessionStep], on record: [ProgrammeRecord.Entry]) -> [Move] {
    var starts: [String: [Instant: Instant]] = [:]
    func move(_ new: Session, _ old: Session) {
      let start = old.span.lowerBound
      guard starts[old.checkpoint]?[start] == nil else { return }
      // Who is inside when a session goes to another room stays where they are.
      starts[old.checkpoint, default: [:]][start] = new.checkpoint == old.checkpoint ? new.span.lowerBound : start
    }
    var changed: Set<String> = []
    for case .update(let new, let old) in steps {
      move(new, old)
      changed.insert(new.id)
    }
    // Who is inside a session that stays where it is stays with it, whatever else began at that time once.
    for entry in record where !entry.isWithdrawn && !changed.contains(entry.session.id) {
      move(entry.session, entry.session)
    }
    for case .restore(let new, let old) in steps { move(new, old) }
    return starts.sorted { $0.key < $1.key }.compactMap { door, starts in
      let moved = starts.filter { $0.key != $0.value }
      return moved.isEmpty ? nil : Move(door: door, starts: moved)
    }
  }
}

extension ProgrammeUpdate.Step<Event> {
  /// What is put on record of it.
  package var change: Change {
    switch self {
    case .create(let event): .created(event)
    case .update(let event, let before): .updated(event, from: before)
    }
  }
}

extension ProgrammeUpdate.Step<PlacedCheckpoint> {
  /// What is put on record of it.
  package func change(of event: String) -> Change {
    switch self {
    case .create(let placed): .created(placed.checkpoint, position: placed.position, of: event)
    case .update(let placed, let before):
      .updated(
        placed.checkpoint,
        position: placed.position,
        from: (before.checkpoint, before.position),
        of: event
      )
    }
  }
}

extension ProgrammeUpdate.SessionStep {
  /// What is put on record of it.
  package func change(of event: String) -> Change {
    switch self {
    case .create(let session): .created(session, of: event)
    case .update(let session, let before): .updated(session, from: before, of: event)
    case .restore(let session, _): .restored(session, of: event)
    case .withdraw(let session): .withdrawn(session, of: event)
    }
  }
}
