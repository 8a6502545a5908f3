package import LanyardDomain

extension SQLEngine {
  package func quietMailFeed(
    of event: String,
    after sequence: Int64?,
    limit: Int
  ) async throws(StoreError) -> MailsMade? {
    try await survey { session in
      let key = try EventKey.find(event, session)
      let start = try max(sequence ?? 0, MailTable.cursor(of: key, session))
      let found = try MailFeed(session, event: key).news(after: start, limit: limit)
      guard found.news.isEmpty else { return nil }
      return MailsMade(count: 0, sequence: found.end, isLast: found.isLast)
    }
  }

  package func followForMails(_ act: Act, of event: String, limit: Int) async throws(StoreError) -> MailsMade {
    try await keepMails(act, of: event) { session, trail in
      let key = try trail.feed.key(of: event)
      let settings = try EventRow.find(event, session).event.mail
      let start = try MailTable.cursor(of: key, session)
      let found = try MailFeed(session, event: key).news(after: start, limit: limit)
      var count = 0
      for (sequence, news) in found.news {
        count += try Self.make(news, sequence, settings, of: (event, key), at: trail.recordedAt(), session)
      }
      if found.end > start { try MailTable.move(key, to: found.end, session) }
      return MailsMade(count: count, sequence: found.end, isLast: found.isLast)
    }
  }

  /// Makes the mails that one change asks for; returns how many.
  private static func make(
    _ news: MailNews,
    _ sequence: Int64,
    _ settings: EventMail,
    of event: (slug: String, key: Int64),
    at now: Instant,
    _ session: any SQLSession
  ) throws -> Int {
    guard case .registration(let id) = news.audience else {
      let isForAll = settings.reaches(news.kind, isAsked: false)
      guard settings.reaches(news.kind, isAsked: true) else { return 0 }
      let isAny = try MailTable.addReminders(
        of: event.key,
        sequence: sequence,
        isForAll: isForAll,
        at: now,
        session
      )
      return isAny ? 1 : 0
    }
    let row = try RegistrationRow.find(id, of: event, session)
    guard row.registration.erasedAt == nil else { return 0 }
    if news.kind == .verifyAddress, let other = try Self.known(row.registration, of: event, session) {
      guard !MailKind.alreadyRegistered.isSaid(by: try MailTable.waiting(for: other, session)) else { return 0 }
      let kind = MailKind.alreadyRegistered
      return try MailTable.add(kind, for: other, of: event.key, sequence: sequence, at: now, session) ? 1 : 0
    }
    if news.begins { try MailTable.ask(row.key, session) }
    guard settings.reaches(news.kind, isAsked: try MailTable.isAsked(row.key, session)) else { return 0 }
    guard !news.kind.isSaid(by: try MailTable.waiting(for: row.key, session)) else { return 0 }
    return try MailTable.add(news.kind, for: row.key, of: event.key, sequence: sequence, at: now, session) ? 1 : 0
  }

  /// The store's key of the registration that keeps the address of a pending one from being registered anew; nil where none does.
  private static func known(
    _ pending: Registration,
    of event: (slug: String, key: Int64),
    _ session: any SQLSession
  ) throws -> Int64? {
    let last = try RegistrationRow.last(of: pending.details.email, event: event, session)
    return last.flatMap { $0.registration.state.keepsOut(.request) ? $0.key : nil }
  }

  package func remindOfEvent(_ act: Act, _ event: String) async throws(StoreError) -> Bool {
    try await write(act, of: .event(event)) { session, trail in
      let found = try EventRow.find(event, session).event
      guard let moment = found.mail.remindsAt, try trail.now() >= moment,
        try found.span.map({ try trail.now() < $0.upperBound }) ?? true,
        try MailTable.remind(trail.feed.key(of: event), of: moment, session)
      else { return false }
      try trail.record(.reminded(event, at: moment))
      return true
    }
  }

  package func mailsDue() async throws(StoreError) -> [(event: String, due: Instant)] {
    try await read { session in try MailTable.due(session) }
  }

  package func claimMails(
    _ act: Act,
    of event: String,
    limit: Int,
    until end: Instant
  ) async throws(StoreError) -> [Mail] {
    try await keepMails(act, of: event) { session, trail in
      try MailTable.claim(
        of: trail.feed.key(of: event),
        limit: limit,
        at: try trail.now(),
        until: end,
        session
      )
    }
  }

  package func settleMail(
    _ act: Act,
    _ mail: Mail,
    _ outcome: MailOutcome,
    delay: Duration
  ) async throws(StoreError) {
    try await keepMails(act, of: mail.event) { session, trail in
      let now = try trail.now()
      let standing = MailRetry.standing(after: outcome, failingSince: mail.failingSince, at: now, delay: delay)
      let fault: MailFault? =
        switch outcome {
        case .sent, .dropped: nil
        case .again(let fault), .bounced(let fault), .unreachable(let fault): fault
        }
      var start = mail.failingSince
      if case .again = outcome, start == nil { start = now }
      try MailTable.settle(mail.number, as: standing, fault, failingSince: start, at: now, session)
    }
  }

  package func forgetMailClaims(_ act: Act, of event: String) async throws(StoreError) {
    try await keepMails(act, of: event) { session, trail in try MailTable.release(trail.feed.key(of: event), session) }
  }

  package func mail(_ number: Int64, of event: String) async throws(StoreError) -> Mail {
    try await read { session in
      try MailTable.find(number, of: (event, EventKey.find(event, session)), session)
    }
  }

  package func mailMatter(_ number: Int64, of slug: String) async throws(StoreError) -> MailMatter {
    try await read { session in
      let event = try EventRow.find(slug, session)
      let mail = try MailTable.find(number, of: (slug, event.key), session)
      let row = try RegistrationRow.find(mail.registration, of: (slug, event.key), session)
      let state = row.registration.state
      let sessions = try PlaceBookings.all(of: row.key, event: slug, session).compactMap { place -> Session? in
        guard case .session(let id, _) = place else { return nil }
        return try SessionRow.find(id, of: slug, session).session
      }
      return MailMatter(
        mail: mail,
        event: event.event,
        registration: row.registration,
        place: try state == .waitlisted ? MailTable.place(of: row.key, session) : nil,
        reason: try state == .rejected ? NoteTable(session).text(as: .rejected, of: row.key) : "",
        badge: try BadgeRow.all(of: row.key, session).map(\.badge).last { $0.state.isPrinted },
        sessions: sessions.sorted { ($0.span.lowerBound, $0.id) < ($1.span.lowerBound, $1.id) }
      )
    }
  }

  package func mails(
    of event: String,
    state: MailState?,
    registration: String?,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<ListedMail> {
    try await survey { session in
      let key = try EventKey.find(event, session)
      return try MailTable.page(of: key, state: state, registration: registration, page, session)
    }
  }

  package func mailStanding(of event: String) async throws(StoreError) -> MailStanding {
    try await survey { session in try MailTable.standing(of: EventKey.find(event, session), session) }
  }

  package func retryMail(_ act: Act, _ number: Int64, of event: String) async throws(StoreError) -> Mail {
    try await write(act, of: .event(event)) { session, trail in
      let key = try trail.feed.key(of: event)
      let mail = try MailTable.find(number, of: (event, key), session)
      let row = try RegistrationRow.find(mail.registration, of: (event, key), session)
      guard mail.state.isRetried, row.registration.erasedAt == nil else { throw StoreError.mailEnded(mail.name) }
      try MailTable.retry(number, at: try trail.now(), session)
      try trail.record(.retried(mail))
      return try MailTable.find(number, of: (event, key), session)
    }
  }
}

/// What the feed of one event tells participants.
private struct MailFeed {
  let session: any SQLSession
  let event: Int64

  init(_ session: any SQLSession, event: Int64) { (self.session, self.event) = (session, event) }

  /// What changes after a number tell, and how far that was looked for.
  func news(
    after start: Int64,
    limit: Int
  ) throws -> (news: [(sequence: Int64, MailNews)], end: Int64, isLast: Bool) {
    let reader = FeedReader(session, event: event)
    let head = try reader.head().feed.sequence
    let changes = try reader.changes(after: start, upTo: head, limit: limit)
    let isLast = changes.count < limit
    let news = changes.compactMap { entry -> (sequence: Int64, MailNews)? in
      guard case .change(let change) = entry.content, let news = MailNews(change) else { return nil }
      return (entry.sequence, news)
    }
    return (news, isLast ? max(head, start) : changes.last?.sequence ?? start, isLast)
  }
}
