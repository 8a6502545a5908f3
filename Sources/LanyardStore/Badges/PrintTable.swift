import LanyardDomain

/// The tables of what was printed.
enum PrintTable {
  private static let columns = """
    event.slug, print_run.number, print_run.made_at, print_run.printed_at, print_run.badges, print_run.actor_kind,
      print_run.actor, print_run.design, print_run.design_digest, print_run.sheet
    """
  private static let selection = "SELECT \(columns) FROM print_run JOIN event ON event.id = print_run.event_id"
  private static let one = SQL("\(selection) WHERE print_run.event_id = ? AND print_run.number = ?")
  private static let pageOfRuns = SQL(
    "\(selection) WHERE print_run.event_id = ? AND print_run.number < ? ORDER BY print_run.number DESC LIMIT ?"
  )
  private static let last = SQL("SELECT coalesce(max(number), 0) FROM print_run WHERE event_id = ?")
  private static let addition = SQL(
    """
    INSERT INTO print_run (event_id, number, made_at, badges, actor_kind, actor, design, design_digest, sheet)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
    """
  )
  private static let badgeAddition = SQL(
    "INSERT INTO print (run_id, number, badge_id, face) VALUES (?, ?, ?, ?)"
  )
  private static let printable = SQL(
    """
    SELECT badge.id, registration.erased_at FROM badge JOIN registration ON registration.id = badge.registration_id
    WHERE badge.serial = ? AND badge.event_id = ?
    """
  )
  private static let confirmation = SQL(
    "UPDATE print_run SET printed_at = ? WHERE event_id = ? AND number = ? AND printed_at IS NULL"
  )
  private static let withdrawal = SQL(
    "UPDATE print_run SET printed_at = NULL WHERE event_id = ? AND number = ? AND printed_at IS NOT NULL"
  )
  private static let countPrintedBefore = SQL(
    """
    SELECT count(*) FROM print_run JOIN print ON print.run_id = print_run.id
    WHERE print_run.event_id = ? AND print_run.number = ? AND EXISTS (
      SELECT 1 FROM print AS other JOIN print_run AS other_run ON other_run.id = other.run_id
      WHERE other.badge_id = print.badge_id AND other.run_id <> print.run_id AND other_run.printed_at IS NOT NULL)
    """
  )
  private static let badgesOfRun = SQL(
    """
    SELECT badge.serial, print.face FROM print_run JOIN print ON print.run_id = print_run.id
    JOIN badge ON badge.id = print.badge_id
    WHERE print_run.event_id = ? AND print_run.number = ? AND print.number >= ? ORDER BY print.number
    """
  )
  /// The later print of a badge comes later.
  private static let printed = SQL(
    """
    SELECT badge.serial, print.face FROM print_run JOIN print ON print.run_id = print_run.id
    JOIN badge ON badge.id = print.badge_id
    WHERE print_run.event_id = ? AND print_run.printed_at IS NOT NULL ORDER BY print_run.number, print.number
    """
  )
  private static let lastOfBadge = SQL(
    """
    \(selection) JOIN print ON print.run_id = print_run.id
    WHERE print.badge_id = ? AND print_run.printed_at IS NOT NULL ORDER BY print_run.number DESC LIMIT 1
    """
  )
  private static let oblivion = SQL(
    "UPDATE print SET face = NULL WHERE badge_id IN (SELECT id FROM badge WHERE registration_id = ?)"
  )
  /// When a badge was last printed, in a query that has its row.
  static let timeOfBadge = """
    (SELECT max(print_run.printed_at) FROM print JOIN print_run ON print_run.id = print.run_id
      WHERE print.badge_id = badge.id)
    """

  /// The run of a number.
  ///
  /// - Parameter event: Slug of the event.
  /// - Throws: `StoreError.notFound`.
  static func find(_ number: Int64, of event: String, _ session: any SQLSession) throws -> PrintRun {
    guard let run = try session.first(one, [EventKey.find(event, session), number], run) else {
      throw StoreError.notFound(.printRun(number, of: event))
    }
    return run
  }

  /// Runs of an event, the newest first.
  ///
  /// - Parameter event: The store's key.
  static func runs(of event: Int64, _ page: PageRequest, _ session: any SQLSession) throws -> Page<PrintRun> {
    let before = try page.keys(from: [.number(.max)])
    guard case .number(let number)? = before.first else { return Page(items: [], next: nil) }
    return page.cut(try session.all(pageOfRuns, [event, number, page.size + 1], run)) { PageCursor(.number($0.number)) }
  }

  /// The last run that printed a badge; nil where none did.
  ///
  /// - Parameter badge: The store's key.
  static func last(ofBadge badge: Int64, _ session: any SQLSession) throws -> PrintRun? {
    try session.first(lastOfBadge, [badge], run)
  }

  /// The number of an event's next run.
  static func nextNumber(of event: Int64, _ session: any SQLSession) throws -> Int64 {
    (try session.first(last, [event]) { try $0.integer(0) } ?? 0) + 1
  }

  /// Of who was erased while the badges were drawn no face is kept.
  ///
  /// - Parameter event: The store's key.
  /// - Throws: `StoreError.notFound` where the event has no such badge.
  static func add(
    _ run: PrintRun,
    _ badges: [BadgePrinting],
    of event: Int64,
    _ session: any SQLSession
  ) throws {
    let key = try session.key(
      of: addition,
      [
        event, run.number, run.createdAt, run.count, run.actor.kind.rawValue, run.actor.id,
        run.look.design.rawValue, run.look.fileDigest, run.look.sheet?.rawValue,
      ]
    )
    for (number, badge) in zip(1..., badges) {
      let found = try session.first(printable, [badge.serial, event]) { row in
        (key: try row.integer(0), isErased: !row.isNull(1))
      }
      guard let found else { throw StoreError.notFound(.badge(badge.serial, of: run.event)) }
      let kept = Erasure.kept(badge, isErased: found.isErased)
      try session.run(badgeAddition, [key, number, found.key, kept.face])
    }
  }

  static func confirm(_ run: PrintRun, at now: Instant, of event: Int64, _ session: any SQLSession) throws {
    try session.run(confirmation, [now, event, run.number])
  }

  static func withdraw(_ run: PrintRun, of event: Int64, _ session: any SQLSession) throws {
    try session.run(withdrawal, [event, run.number])
  }

  /// How many badges of a run others were said to have printed.
  static func printedBefore(_ run: PrintRun, of event: Int64, _ session: any SQLSession) throws -> Int {
    try session.first(countPrintedBefore, [event, run.number]) { try $0.integer(0) }.map(Int.init) ?? 0
  }

  /// The badges of a run from a number of it on, in its order.
  static func badges(
    of run: Int64,
    from number: Int,
    of event: Int64,
    _ session: any SQLSession
  ) throws -> [BadgePrinting] {
    try session.all(badgesOfRun, [event, run, number], badge)
  }

  /// What was said to be printed, by the badge: how it stood there last.
  static func printed(of event: Int64, _ session: any SQLSession) throws -> [BadgeSerial: BadgePrinting] {
    Dictionary(try session.all(printed, [event], badge).map { ($0.serial, $0) }) { $1 }
  }

  /// Forgets what stood on somebody's badges.
  ///
  /// - Parameter registration: The store's key.
  static func forget(_ registration: Int64, _ session: any SQLSession) throws {
    try session.run(oblivion, [registration])
  }

  private static func badge(_ row: any SQLRow) throws -> BadgePrinting {
    let face = row.isNull(1) ? nil : try known(digest: row[1], "print", "face")
    return BadgePrinting(serial: try row[0], face: face)
  }

  private static func run(_ row: any SQLRow) throws -> PrintRun {
    PrintRun(
      event: try row[0],
      number: try row[1],
      createdAt: try row[2],
      printedAt: try row[3],
      count: try known(row[4], in: 1..., "print_run", "badges"),
      actor: Act.Actor(try known(row[5], "print_run", "actor_kind"), id: try row[6]),
      look: PrintLook(
        try known(row[7], "print_run", "design"),
        fileDigest: row.isNull(8) ? nil : try known(digest: row[8], "print_run", "design_digest"),
        on: row.isNull(9) ? nil : try known(row[9], "print_run", "sheet") as BadgeSheet
      )
    )
  }
}
