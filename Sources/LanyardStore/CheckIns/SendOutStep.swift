package import LanyardDomain

/// Whom an organiser puts outside, and why.
package struct SendOutRequest: Hashable, Sendable {
  /// Slug of the event.
  package let event: String
  /// Id of the registration; nil for everybody who is inside.
  package let registration: String?
  /// Id of a checkpoint, out of whose area; nil for everything, of one person.
  package let checkpoint: String?
  package let note: String
  package let reporter: Reporter
  /// The most people of one transaction.
  package let step: Int

  package init(
    event: String,
    registration: String?,
    checkpoint: String?,
    note: String,
    reporter: Reporter,
    step: Int = SendingOut.step
  ) {
    self.event = event
    self.registration = registration
    self.checkpoint = checkpoint
    self.note = note
    self.reporter = reporter
    self.step = step
  }
}

/// Who was put outside.
package struct SentOut: Hashable, Sendable {
  /// Ids of the scans that are on record of it.
  package var scans: [UUIDBytes] = []
  package var people = 0
  /// How many are still inside the area.
  package var remaining = 0

  package init() {}
}

extension CheckInStore {
  /// Puts people outside step by step, as many as one call may. Where it is ended between two steps, those before are on
  /// record, and the same again goes on with who is still inside.
  ///
  /// - Parameter act: Asked before each step.
  package func sendOut(
    _ request: SendOutRequest,
    limit: Int = SendingOut.limit,
    act: () async throws -> Act
  ) async throws -> SentOut {
    var sent = SentOut()
    while true {
      let step = try await sendOut(try await act(), request)
      sent.people += step.people
      sent.scans += step.scans
      sent.remaining = step.remaining
      guard step.people > 0, step.remaining > 0, sent.people < limit else { return sent }
    }
  }
}

/// Puts people outside within the caller's transaction.
struct SendOutStep {
  private static let person = SQL("SELECT id FROM registration WHERE public_id = ? AND event_id = ?")
  private static let inside = SQL(
    """
    SELECT registration_id FROM presence WHERE checkpoint_id = ? AND period = ? AND is_inside <> 0
      AND registration_id > ? ORDER BY registration_id LIMIT ?
    """
  )
  /// The badge that a person has, else the last that they had: nobody is inside without one.
  private static let badge = SQL(
    """
    \(RecordedHolder.selection) WHERE badge.registration_id = ?
    ORDER BY CASE WHEN \(BadgeRow.isCurrent) THEN 0 ELSE 1 END, badge.id DESC LIMIT 1
    """
  )

  private let session: any SQLSession
  private let trail: Trail
  private let plan: VenuePlan
  private let tables: any AdmissionTables
  private let moments: ActMoments

  init(_ session: any SQLSession, _ trail: Trail, _ plan: VenuePlan, at moments: ActMoments) throws {
    (self.session, self.trail, self.plan, self.moments) = (session, trail, plan, moments)
    tables = try session.admissionTables()
  }

  private var now: Instant { moments.decided }

  /// - Throws: `StoreError.notFound` where the event has no such registration or checkpoint.
  func run(_ request: SendOutRequest) throws -> SentOut {
    let door = try request.checkpoint.map(door)
    let place: SendingOut.Place = door.map { .area(of: $0.key) } ?? .everything
    var passages = try PassageLedger(session, trail, now: moments.recorded)
    var sent = SentOut()
    for person in try people(request, door) {
      let doors = SendingOut.doors(try tables.presences(of: person), of: person, from: place, plan: plan, now: now)
      guard !doors.isEmpty, let holder = try holder(person) else { continue }
      for door in doors { sent.scans.append(try record(request, holder, of: person, at: door, &passages)) }
      sent.people += 1
    }
    try passages.finish()
    if request.registration == nil, let door { sent.remaining = try tables.inside(door.area, period: door.period) }
    return sent
  }

  private func door(_ checkpoint: String) throws -> Door {
    let found = plan.checkpoints.first { $0.value.id == checkpoint }
    guard let door = found.flatMap({ plan.door($0.key, now: now) }) else {
      throw StoreError.notFound(.checkpoint(checkpoint, of: plan.event.slug))
    }
    return door
  }

  private func people(_ request: SendOutRequest, _ door: Door?) throws -> [Key<Registration>] {
    if let id = request.registration {
      guard let key = try session.first(Self.person, [id, plan.eventKey.rawValue], { try $0.integer(0) }) else {
        throw StoreError.notFound(.registration(id, of: plan.event.slug))
      }
      return [Key(key)]
    }
    var people: [Key<Registration>] = []
    guard let door else { return people }
    for checkpoint in door.area where people.count < request.step {
      let values: [any SQLValue] = [checkpoint.rawValue, door.period, 0, request.step - people.count]
      people += try session.all(Self.inside, values) { Key(try $0.integer(0)) }
    }
    return people
  }

  private func holder(_ person: Key<Registration>) throws -> RecordedHolder? {
    try session.first(Self.badge, [person.rawValue]) { try RecordedHolder($0) }
  }

  private func record(
    _ request: SendOutRequest,
    _ holder: RecordedHolder,
    of person: Key<Registration>,
    at door: Door,
    _ passages: inout PassageLedger
  ) throws -> UUIDBytes {
    let scan = SubmittedScan(
      id: .timeOrdered(at: now),
      checkpoint: CheckpointAddress(event: plan.event.slug, checkpoint: door.checkpoint.id),
      code: "",
      direction: .out,
      scannedAt: now,
      fingerprint: 0,
      reporter: request.reporter
    )
    let verdict = Verdict(decision: .left(wasInside: true), direction: .out, overridden: nil)
    let attendee = holder.attendee(at: plan.eventKey)
    var recorded = RecordedScan(scan, verdict: verdict, door: door, plan: plan, attendee: attendee, at: moments)
    recorded.sentOutNote = request.note
    let number = try trail.feed.next(of: plan.eventKey.rawValue)
    recorded.sequence = number.value
    let row = LedgerRow(
      recorded,
      decision: verdict.decision,
      scan: scan,
      door: door,
      holder: holder,
      number: number
    )
    try LedgerRow.add([row], tables, trail, session)
    try NoteTable(session).keep(request.note, as: .sentOut, of: number.key, about: person.rawValue)
    let passage = Passage(
      scan: number.key,
      way: .out,
      checkpoint: door.key,
      session: door.session?.key,
      moment: now,
      isOverride: false
    )
    try passages.add(passage, of: person, plan: plan)
    return scan.id
  }
}

extension SQLEngine {
  package func sendOut(_ act: Act, _ request: SendOutRequest) async throws(StoreError) -> SentOut {
    try await recordScans(act, of: .event(request.event)) { session, trail in
      let plan = try plans(session).plan(of: request.event)
      return try SendOutStep(session, trail, plan, at: trail.moments()).run(request)
    }
  }
}
