import LanyardDomain

/// Goes through the trail and the ledger side by side, in the order in which they were written, and stops at the first entry
/// that does not hold. It keeps one hash for each event, however long they are.
package struct TrailCheck {
  /// How often the progress is told.
  private static let interval: Int64 = 10_000

  /// One event's chain so far.
  private struct Chain {
    var last = TrailEntry.origin
    var entries: Int64 = 0
    /// Scans since its last link, and the number of the first of them.
    var scans = ScanDigest()
    var firstScan: Int64 = 0
    /// Scans that the ledger has as taken back and no entry has told of yet, with the numbers of that; few at a time.
    var undos: [UUIDBytes: Int64] = [:]
    /// Scans of which it is told that they were taken back.
    var undone: Set<UUIDBytes> = []

    /// Takes an entry of a scan that was taken back; false where the ledger does not have it so.
    ///
    /// A second entry is no fault: earlier versions said with the same name that somebody with the right had confirmed it.
    mutating func tells(of scan: UUIDBytes, isConfirmed: Bool) -> Bool {
      if undone.contains(scan) { return true }
      guard !isConfirmed, undos.removeValue(forKey: scan) != nil else { return false }
      undone.insert(scan)
      return true
    }

    /// What was taken back before the trail began is told by nothing.
    mutating func takeOverUndos() {
      undone.formUnion(undos.keys)
      undos = [:]
    }
  }

  private static let entries = SQL(
    "SELECT \(TrailEntry.columns), hash FROM change WHERE sequence > ? ORDER BY sequence LIMIT ?"
  )
  private static let undos = SQL(
    "SELECT sequence, id_high, id_low FROM scan_undo WHERE sequence > ? ORDER BY sequence LIMIT ?"
  )
  private static let ends = SQL("SELECT event_id, entries, last_sequence, hash FROM chain ORDER BY last_sequence")
  private static let events = SQL("SELECT id, slug FROM event")

  /// An entry with the hash that is on record of it.
  private struct Linked {
    let entry: TrailEntry
    let hash: [UInt8]
  }

  /// That a scan was taken back, as the ledger has it.
  private struct Undo {
    let number: FeedNumber
    let scan: UUIDBytes
  }

  /// What is known of the end of an event's chain.
  private struct End {
    let event: Int64
    let entries: Int64
    let last: FeedNumber
    let hash: [UInt8]
  }

  private let slugs: [Int64: String]
  private let ends: [End]
  private let progress: (AuditVerdict) throws -> Void
  private var entries: OrderedRows<Linked>
  private var ledger: OrderedRows<LedgerRow>
  private var undos: OrderedRows<Undo>
  private var scan: LedgerRow?
  private var undo: Undo?
  private var chains: [Int64: Chain] = [:]
  private var conflicts: ConflictCheck
  private var verdict = AuditVerdict()

  private init(
    _ session: any SQLSession,
    without missing: Set<LedgerColumn>,
    conflictsAreSigned: Bool,
    progress: @escaping (AuditVerdict) throws -> Void
  ) throws {
    slugs = Dictionary(uniqueKeysWithValues: try session.all(Self.events) { (try $0.integer(0), try $0.text(1)) })
    ends = try session.all(Self.ends) { row in
      End(event: try row[0], entries: try row[1], last: FeedNumber(key: try row[2]), hash: try row[3])
    }
    entries = OrderedRows(Self.entries, session, key: \.entry.number.key) { row in
      Linked(entry: try TrailEntry(row), hash: try row[13])
    }
    ledger = LedgerRow.all(session, without: missing)
    undos = OrderedRows(Self.undos, session, key: \.number.key) { row in
      Undo(number: FeedNumber(key: try row[0]), scan: try UUIDBytes(row, from: 1))
    }
    conflicts = ConflictCheck(session, slugs: slugs, areSigned: conflictsAreSigned)
    self.progress = progress
  }

  /// Checks what a session sees.
  ///
  /// - Parameters:
  ///   - missing: Columns that a file of an earlier version does not have.
  ///   - conflictsAreSigned: Whether conflicts were told from the beginning or are taken over; those of a file of an
  ///     earlier version are proved by nothing.
  ///   - progress: Told now and then how far it is; may throw to stop.
  package static func run(
    _ session: any SQLSession,
    without missing: Set<LedgerColumn> = [],
    conflictsAreSigned: Bool = true,
    progress: @escaping (AuditVerdict) throws -> Void
  ) throws -> AuditVerdict {
    var check = try TrailCheck(
      session,
      without: missing,
      conflictsAreSigned: conflictsAreSigned,
      progress: progress
    )
    return try check.run()
  }

  private mutating func run() throws -> AuditVerdict {
    scan = try ledger.next()
    undo = try undos.next()
    while let next = try entries.next() {
      let entry = next.entry
      try takeScans(before: entry.number.key)
      try takeUndos(before: entry.number.key)
      if let fault = try check(entry, hash: next.hash) { return broken(entry.number, fault, resource: entry.resource) }
    }
    try takeScans(before: .max)
    try takeUndos(before: .max)
    let verdict = checkEnds()
    if verdict.broken == nil, let conflict = try conflicts.differing() {
      return broken(conflict, .conflictsDiffer, resource: conflicts.name(of: conflict))
    }
    return verdict
  }

  /// Takes the scans that were recorded before an entry.
  private mutating func takeScans(before key: Int64) throws {
    while let next = scan, next.number.key < key {
      var chain = chains[next.number.event] ?? Chain()
      if chain.scans.count == 0 { chain.firstScan = next.number.value }
      chain.scans.add(next)
      chains[next.number.event] = chain
      scan = try ledger.next()
    }
  }

  /// Takes what was taken back before an entry.
  private mutating func takeUndos(before key: Int64) throws {
    while let next = undo, next.number.key < key {
      chains[next.number.event, default: Chain()].undos[next.scan] = next.number.value
      undo = try undos.next()
    }
  }

  private mutating func check(_ entry: TrailEntry, hash: [UInt8]) throws -> AuditVerdict.Fault? {
    var chain = chains[entry.number.event] ?? Chain()
    guard entry.previous == chain.last else { return .cutOff }
    guard entry.hash == hash else { return .changed }
    switch ChangeName(rawValue: entry.name)?.proof {
    case .scans(let areTakenOver):
      guard chain.scans.count > 0, chain.scans.facts == entry.after else { return .scansDiffer }
      verdict.scans += chain.scans.count
      chain.scans = ScanDigest()
      if areTakenOver { chain.takeOverUndos() }
    case .undo(let isConfirmed):
      guard case .checkIn(let scan, _) = ResourceName(entry.resource), chain.tells(of: scan, isConfirmed: isConfirmed)
      else { return .undosDiffer }
    // Of a name of a later version the chain is all that can be checked.
    case .conflict, .chain, nil: break
    }
    guard conflicts.take(entry) else { return .conflictsDiffer }
    chain.last = hash
    chain.entries += 1
    chains[entry.number.event] = chain
    verdict.entries += 1
    if verdict.entries.isMultiple(of: Self.interval) { try progress(verdict) }
    return nil
  }

  /// Compares the ends of the chains with what is known of them.
  private func checkEnds() -> AuditVerdict {
    let untold = chains.filter { $0.value.scans.count > 0 }.min { $0.key < $1.key }
    if let untold { return broken(FeedNumber(untold.key, untold.value.firstScan), .scansUntold, resource: "") }
    let untoldUndo = chains.flatMap { event, chain in chain.undos.values.map { FeedNumber(event, $0) } }
      .min { $0.key < $1.key }
    if let untoldUndo { return broken(untoldUndo, .undosDiffer, resource: "") }
    for end in ends {
      let chain = chains[end.event] ?? Chain()
      guard chain.entries == end.entries, chain.last == end.hash else {
        return broken(end.last, .endMissing, resource: "")
      }
    }
    let known = Set(ends.map(\.event))
    for event in chains.keys.sorted() where !known.contains(event) && chains[event]?.entries != 0 {
      return broken(FeedNumber(event, 0), .endMissing, resource: "")
    }
    return verdict
  }

  private func broken(_ number: FeedNumber, _ fault: AuditVerdict.Fault, resource: String) -> AuditVerdict {
    var verdict = verdict
    verdict.broken = AuditVerdict.Broken(
      sequence: number.value,
      fault: fault,
      event: slugs[number.event],
      resource: resource
    )
    return verdict
  }
}
