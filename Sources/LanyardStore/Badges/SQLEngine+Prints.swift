package import LanyardDomain

extension SQLEngine {
  package func addPrintRun(
    _ act: Act,
    _ badges: [BadgePrinting],
    look: PrintLook,
    of event: String
  ) async throws(StoreError) -> PrintRun {
    try await write(act, of: .event(event)) { session, trail in
      let key = try trail.feed.key(of: event)
      let run = PrintRun(
        event: event,
        number: try PrintTable.nextNumber(of: key, session),
        createdAt: try trail.recordedAt(),
        count: badges.count,
        actor: act.actor,
        look: look
      )
      try PrintTable.add(run, badges, of: key, session)
      try trail.record(.printRunCreated(run))
      return run
    }
  }

  package func confirmPrintRun(_ act: Act, _ number: Int64, of event: String) async throws(StoreError) -> PrintRun {
    try await write(act, of: .event(event)) { session, trail in
      var run = try PrintTable.find(number, of: event, session)
      let key = try trail.feed.key(of: event)
      run.printedBefore = try PrintTable.printedBefore(run, of: key, session)
      guard run.printedAt == nil else { return run }
      let now = try trail.recordedAt()
      try PrintTable.confirm(run, at: now, of: key, session)
      try trail.record(.printRunConfirmed(run))
      run.printedAt = now
      return run
    }
  }

  package func withdrawPrintRun(
    _ act: Act,
    _ number: Int64,
    of event: String,
    isOwn: Bool
  ) async throws(StoreError) -> PrintRun {
    try await write(act, of: .event(event)) { session, trail in
      var run = try PrintTable.find(number, of: event, session)
      guard !isOwn || run.actor == act.actor else { throw StoreError.notFound(run.name) }
      guard run.printedAt != nil else { return run }
      try PrintTable.withdraw(run, of: trail.feed.key(of: event), session)
      try trail.record(.printRunWithdrawn(run))
      run.printedAt = nil
      return run
    }
  }

  package func printRun(_ number: Int64, of event: String) async throws(StoreError) -> PrintRun {
    try await read { session in try PrintTable.find(number, of: event, session) }
  }

  package func printRuns(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<PrintRun> {
    try await read { session in try PrintTable.runs(of: EventKey.find(event, session), page, session) }
  }

  package func badges(
    ofPrintRun number: Int64,
    of event: String,
    from first: Int
  ) async throws(StoreError) -> [BadgePrinting] {
    try await survey { session in
      let run = try PrintTable.find(number, of: event, session)
      return try PrintTable.badges(of: run.number, from: first, of: EventKey.find(event, session), session)
    }
  }

  package func printedBadges(of event: String) async throws(StoreError) -> [BadgeSerial: BadgePrinting] {
    try await survey { session in try PrintTable.printed(of: EventKey.find(event, session), session) }
  }

  package func claimPrint(
    _ act: Act,
    _ badge: BadgePrinting,
    look: PrintLook,
    of event: String
  ) async throws(StoreError) -> PrintClaim {
    try await write(act, of: .event(event)) { session, trail in
      let row = try BadgeRow.find(badge.serial, of: event, session)
      switch PrintClaim.decide(row.badge.state, last: try PrintTable.last(ofBadge: row.key, session)) {
      case .stands(let state): throw StoreError.badgeNotActive(.badge(badge.serial, of: event), state)
      case .before(let earlier): return .before(earlier)
      case .prints: break
      }
      let key = try trail.feed.key(of: event)
      var run = PrintRun(
        event: event,
        number: try PrintTable.nextNumber(of: key, session),
        createdAt: try trail.recordedAt(),
        count: 1,
        actor: act.actor,
        look: look
      )
      try PrintTable.add(run, [badge], of: key, session)
      try trail.record(.printRunCreated(run))
      try PrintTable.confirm(run, at: run.createdAt, of: key, session)
      try trail.record(.printRunConfirmed(run))
      run.printedAt = run.createdAt
      return .now(run)
    }
  }
}
