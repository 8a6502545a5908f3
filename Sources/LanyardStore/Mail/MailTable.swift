import LanyardDomain

/// The tables of the outbox.
enum MailTable {
  private static let columns = """
    mail.id, event.slug, registration.public_id, mail.kind, mail.state, mail.sequence, mail.created_at, mail.due_at,
      mail.attempts, mail.failing_since, mail.sent_at, mail.fault, mail.reply_code, mail.reply_status
    """
  private static let tables = """
    mail JOIN event ON event.id = mail.event_id JOIN registration ON registration.id = mail.registration_id
    """
  private static let waits = "mail.state = \(MailState.waiting.word)"
  private static let one = SQL("SELECT \(columns) FROM \(tables) WHERE mail.id = ? AND mail.event_id = ?")
  private static let pageOfMails = SQL(
    """
    SELECT \(columns), coalesce(person.display_name, ''), coalesce(person.email, '') FROM \(tables)
    LEFT JOIN person ON person.registration_id = mail.registration_id
    WHERE mail.event_id = ?1 AND mail.id < ?2 AND (?3 = '' OR mail.state = ?3)
      AND (?4 = '' OR registration.public_id = ?4)
    ORDER BY mail.id DESC LIMIT ?5
    """
  )
  private static let cursorOfEvent = SQL("SELECT sequence FROM mail_cursor WHERE event_id = ?")
  private static let cursorChange = SQL(
    """
    INSERT INTO mail_cursor (event_id, sequence) VALUES (?, ?)
      ON CONFLICT (event_id) DO UPDATE SET sequence = excluded.sequence
    """
  )
  private static let reminded = SQL("SELECT 1 FROM mail_cursor WHERE event_id = ? AND reminded_at = ?")
  private static let reminding = SQL(
    """
    INSERT INTO mail_cursor (event_id, sequence, reminded_at) VALUES (?, 0, ?)
      ON CONFLICT (event_id) DO UPDATE SET reminded_at = excluded.reminded_at
    """
  )
  private static let asked = SQL("SELECT 1 FROM mail_audience WHERE registration_id = ?")
  private static let asking = SQL(
    "INSERT INTO mail_audience (registration_id) VALUES (?) ON CONFLICT (registration_id) DO NOTHING"
  )
  /// One that somebody is sending may have been composed already.
  private static let waitingKinds = SQL(
    "SELECT kind FROM mail WHERE registration_id = ? AND \(waits) AND claimed_until IS NULL"
  )
  private static let addition = SQL(
    """
    INSERT INTO mail (event_id, registration_id, kind, sequence, state, created_at, due_at)
    VALUES (?1, ?2, ?3, ?4, \(MailState.waiting.word), ?5, ?5)
      ON CONFLICT (registration_id, sequence, kind) DO NOTHING
    """
  )
  private static let additionForAll = SQL(
    """
    INSERT INTO mail (event_id, registration_id, kind, sequence, state, created_at, due_at)
    SELECT registration.event_id, registration.id, \(MailKind.reminder.word), CAST(?2 AS BIGINT),
      \(MailState.waiting.word), CAST(?3 AS BIGINT), CAST(?3 AS BIGINT)
    FROM registration WHERE registration.event_id = ?1 AND registration.state = \(RegistrationState.confirmed.word)
      AND (CAST(?4 AS BIGINT) = 1
        OR EXISTS (SELECT 1 FROM mail_audience WHERE mail_audience.registration_id = registration.id))
    ORDER BY registration.id
      ON CONFLICT (registration_id, sequence, kind) DO NOTHING
    """
  )
  private static let due = SQL(
    """
    SELECT event.slug, min(CASE WHEN mail.claimed_until > mail.due_at THEN mail.claimed_until ELSE mail.due_at END)
    FROM mail JOIN event ON event.id = mail.event_id WHERE \(waits) GROUP BY event.slug ORDER BY event.slug
    """
  )
  private static let claimable = SQL(
    """
    SELECT \(columns) FROM \(tables)
    WHERE mail.event_id = ?1 AND \(waits) AND mail.due_at <= ?2
      AND (mail.claimed_until IS NULL OR mail.claimed_until <= ?2)
    ORDER BY mail.due_at, mail.id LIMIT ?3
    """
  )
  private static let claiming = SQL("UPDATE mail SET claimed_until = ?, attempts = attempts + 1 WHERE id = ?")
  private static let releasing = SQL(
    "UPDATE mail SET claimed_until = NULL WHERE event_id = ? AND \(waits) AND claimed_until IS NOT NULL"
  )
  private static let settling = SQL(
    """
    UPDATE mail SET state = ?, due_at = ?, claimed_until = NULL, failing_since = ?, sent_at = ?, fault = ?,
      reply_code = ?, reply_status = ? WHERE id = ? AND \(waits)
    """
  )
  private static let retrying = SQL(
    """
    UPDATE mail SET state = \(MailState.waiting.word), due_at = ?1, claimed_until = NULL, attempts = 0,
      failing_since = NULL, fault = NULL, reply_code = NULL, reply_status = '' WHERE id = ?2
    """
  )
  private static let oblivion = [
    SQL(
      """
      UPDATE mail SET state = \(MailState.dropped.word), claimed_until = NULL
      WHERE registration_id = ? AND \(waits)
      """
    ),
    SQL("DELETE FROM mail_audience WHERE registration_id = ?"),
  ]
  private static let waitingOfEvent = SQL(
    "SELECT count(*), min(mail.created_at) FROM mail WHERE mail.event_id = ? AND \(waits)"
  )
  private static let failedOfEvent = SQL(
    """
    SELECT count(*) FROM mail WHERE event_id = ?
      AND state IN (\(MailState.bounced.word), \(MailState.givenUp.word))
    """
  )
  private static let placeOfWaiting = SQL(
    """
    SELECT count(*) FROM registration AS earlier JOIN registration AS own ON own.event_id = earlier.event_id
    WHERE own.id = ? AND earlier.state = \(RegistrationState.waitlisted.word)
      AND earlier.waitlisted_sequence <= own.waitlisted_sequence
    """
  )

  /// - Parameter event: The store's key.
  static func find(_ number: Int64, of event: (slug: String, key: Int64), _ session: any SQLSession) throws -> Mail {
    guard let mail = try session.first(one, [number, event.key], mail) else {
      throw StoreError.notFound(.mail(number, of: event.slug))
    }
    return mail
  }

  /// Mails of an event, the newest first.
  static func page(
    of event: Int64,
    state: MailState?,
    registration: String?,
    _ page: PageRequest,
    _ session: any SQLSession
  ) throws -> Page<ListedMail> {
    let before = try page.number(from: .max)
    let values: [any SQLValue] = [event, before, state?.rawValue ?? "", registration ?? "", page.size + 1]
    let mails = try session.all(pageOfMails, values) { row in
      ListedMail(mail: try mail(row), name: try row.text(14), email: try row.text(15))
    }
    return page.cut(mails) { PageCursor(.number($0.mail.number)) }
  }

  /// How far an event's feed was followed.
  static func cursor(of event: Int64, _ session: any SQLSession) throws -> Int64 {
    try session.first(cursorOfEvent, [event]) { try $0.integer(0) } ?? 0
  }

  static func move(_ event: Int64, to sequence: Int64, _ session: any SQLSession) throws {
    try session.run(cursorChange, [event, sequence])
  }

  /// Notes that an event's reminder of a moment was asked for; false where that was noted before.
  static func remind(_ event: Int64, of moment: Instant, _ session: any SQLSession) throws -> Bool {
    guard try !session.has(reminded, [event, moment]) else { return false }
    try session.run(reminding, [event, moment])
    return true
  }

  /// Whether the person of a registration, by the store's key, registered by themselves, or was to be written to.
  static func isAsked(_ registration: Int64, _ session: any SQLSession) throws -> Bool {
    try session.has(asked, [registration])
  }

  static func ask(_ registration: Int64, _ session: any SQLSession) throws { try session.run(asking, [registration]) }

  /// What waits for the person of a registration, by the store's key.
  static func waiting(for registration: Int64, _ session: any SQLSession) throws -> Set<MailKind> {
    Set(try session.all(waitingKinds, [registration]) { try known($0.text(0), "mail", "kind") })
  }

  /// - Returns: Whether it is new.
  static func add(
    _ kind: MailKind,
    for registration: Int64,
    of event: Int64,
    sequence: Int64,
    at now: Instant,
    _ session: any SQLSession
  ) throws -> Bool {
    try session.run(addition, [event, registration, kind.rawValue, sequence, now])
  }

  /// Adds a reminder for each who is confirmed; returns whether there are any.
  ///
  /// - Parameter isForAll: Whether also for those who did not register by themselves.
  static func addReminders(
    of event: Int64,
    sequence: Int64,
    isForAll: Bool,
    at now: Instant,
    _ session: any SQLSession
  ) throws -> Bool {
    try session.run(additionForAll, [event, sequence, now, isForAll ? 1 : 0])
  }

  static func due(_ session: any SQLSession) throws -> [(event: String, due: Instant)] {
    try session.all(due, []) { (try $0.text(0), try $0[1]) }
  }

  static func claim(
    of event: Int64,
    limit: Int,
    at now: Instant,
    until end: Instant,
    _ session: any SQLSession
  ) throws -> [Mail] {
    let mails = try session.all(claimable, [event, now, limit], mail)
    for mail in mails { try session.run(claiming, [end, mail.number]) }
    return mails
  }

  static func release(_ event: Int64, _ session: any SQLSession) throws { try session.run(releasing, [event]) }

  static func settle(
    _ number: Int64,
    as standing: (state: MailState, dueAt: Instant),
    _ fault: MailFault?,
    failingSince start: Instant?,
    at now: Instant,
    _ session: any SQLSession
  ) throws {
    let sentAt = standing.state == .sent ? now : nil
    let values: [any SQLValue] = [
      standing.state.rawValue, standing.dueAt, start, sentAt, fault?.cause.rawValue, fault?.code, fault?.status ?? "",
      number,
    ]
    try session.run(settling, values)
  }

  static func retry(_ number: Int64, at now: Instant, _ session: any SQLSession) throws {
    try session.run(retrying, [now, number])
  }

  /// Sends somebody nothing any more who was erased, by the registration's key.
  static func forget(_ registration: Int64, _ session: any SQLSession) throws {
    for statement in oblivion { try session.run(statement, [registration]) }
  }

  static func standing(of event: Int64, _ session: any SQLSession) throws -> MailStanding {
    let waiting = try session.first(waitingOfEvent, [event]) { (try $0[0] as Int, try $0[1] as Instant?) } ?? (0, nil)
    let failed = try session.first(failedOfEvent, [event]) { try $0[0] as Int } ?? 0
    return MailStanding(waiting: waiting.0, waitingSince: waiting.1, failed: failed)
  }

  /// The place on the waiting list of somebody who waits, by the registration's key.
  static func place(of registration: Int64, _ session: any SQLSession) throws -> Int? {
    try session.first(placeOfWaiting, [registration]) { try $0[0] }
  }

  /// From a row of the columns.
  ///
  /// - Throws: `StoreError.unknownValue`.
  private static func mail(_ row: any SQLRow) throws -> Mail {
    var fault: MailFault?
    if !row.isNull(11) {
      fault = MailFault(try known(row.text(11), "mail", "fault"), code: try row[12], status: try row.text(13))
    }
    return Mail(
      number: try row[0],
      event: try row[1],
      registration: try row[2],
      kind: try known(row.text(3), "mail", "kind"),
      state: try known(row.text(4), "mail", "state"),
      sequence: try row[5],
      createdAt: try row[6],
      dueAt: try row[7],
      attempts: try row[8],
      failingSince: try row[9],
      sentAt: try row[10],
      fault: fault
    )
  }
}
