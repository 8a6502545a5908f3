import BadgeCodes
import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardServer
import LanyardTesting

@testable import LanyardSQLite
@testable import LanyardStore

/// The record of a server that has the event and the badges of a roster: it decides by its own statements and fold.
struct PaperRecord {
  private let store: SQLiteStore
  private let signer: BadgeSigner

  /// - Parameter folder: A new one, where the record is kept.
  init(_ event: PaperEvent, _ badges: [PaperEvent.Badge], in folder: URL) async throws {
    let store = try SQLiteStore(path: folder.appending(path: "lanyard.sqlite").path)
    let (plan, keyID) = (try RosterPlan(event.plan), event.key.id)
    _ = try await store.addSigningKey(
      .test(PaperEvent.start),
      StoredSigningKey(
        id: keyID,
        .plain(event.key.rawRepresentation),
        publicKey: event.key.verificationKey.rawRepresentation,
        createdAt: PaperEvent.start
      )
    )
    signer = try await BadgeSigner.load(from: store, clock: .system)
    self.store = store
    try await store.write(.test(PaperEvent.start), of: .installation) { session, trail in
      let key = try EventRow.add(plan.event, session)
      try trail.feed.begin(plan.event.slug, key: key)
      try trail.feed.planChanged(of: key)
      try trail.record(.created(plan.event))
      var (doors, places): ([String: Int64], [String: (door: Int64, session: Int64)]) = ([:], [:])
      for (position, checkpoint) in plan.checkpoints.enumerated() {
        doors[checkpoint.id] = try CheckpointRow.add(PlacedCheckpoint(checkpoint, at: position), to: key, session)
        places[checkpoint.id] = doors[checkpoint.id].map { (door: $0, session: Booking.noSession) }
      }
      for one in plan.sessions {
        guard let door = doors[one.checkpoint] else { continue }
        try SessionRow.add(one, to: key, at: door, session)
      }
      for row in try SessionRow.all(of: key, session) {
        places[row.session.id] = doors[row.session.checkpoint].map { (door: $0, session: row.key) }
      }
      for badge in badges {
        let owner = try Self.add(badge, signedBy: keyID, to: (plan.event.slug, key), trail, session)
        for booking in badge.entry.bookings {
          guard let id = ResourceName(booking)?.id, let place = places[id] else { continue }
          try session.run(Self.booking, [owner, place.door, place.session])
        }
      }
    }
  }

  private static let booking = SQL(
    "INSERT INTO booking (registration_id, checkpoint_id, session_id) VALUES (?, ?, ?)"
  )

  /// - Returns: The store's key of the registration.
  private static func add(
    _ badge: PaperEvent.Badge,
    signedBy keyID: UInt32,
    to event: (slug: String, key: Int64),
    _ trail: Trail,
    _ session: any SQLSession
  ) throws -> Int64 {
    let holder = try BadgeHolder(badge.entry, registration: Key(0), event: Key(event.key))
    var person = Person()
    person.email = "\(badge.entry.registration)@example.org"
    var details = RegistrationDetails(
      person: person,
      stakeholderGroup: holder.group,
      guestRole: holder.role,
      participation: holder.participation,
      answers: Answers()
    )
    details.days = holder.days
    let made = try RegistrationRow.add(
      details,
      holder.registrationState,
      of: event,
      request: nil,
      needs: "",
      trail,
      session
    )
    let key = try RegistrationRow.key(of: made.id, of: event, session)
    let issued = Badge(
      serial: BadgeSerial(badge.entry.serial),
      event: event.slug,
      registration: made.id,
      code: badge.code,
      state: holder.badgeState,
      keyID: keyID,
      issuedAt: PaperEvent.start,
      validity: holder.validity,
      revision: try trail.feed.next(of: event.key).value
    )
    try BadgeRow.add(issued, of: event.key, registration: key, session)
    return key
  }

  /// What a step is answered.
  func answer(_ step: DecisionCase.Step) async throws -> RecordedScan? {
    var scan = step.scan
    scan.scanID = UUIDBytes.timeOrdered(at: step.now).description
    let submitted = try SubmittedScan(
      scan,
      at: CheckpointAddress(event: PaperEvent.slug, checkpoint: step.door),
      reporter: "paper",
      received: step.now,
      under: ""
    )
    let outcome = try await store.admit(.test(step.now), [submitted], reader: signer.read)[0]
    if case .recorded(let recorded) = outcome { return recorded }
    return nil
  }
}
