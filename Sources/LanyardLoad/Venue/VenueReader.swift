import GRPCCore
import LanyardAPI
package import LanyardClient
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

/// Reads the event that a load test plays on from its server.
package struct VenueReader: Sendable {
  private let client: ServerClient
  /// Resource name of the event.
  private let event: String

  package init(_ client: ServerClient, event: String) {
    self.client = client
    self.event = event
  }

  /// Doors, people and badges as they are now.
  ///
  /// - Throws: `LoadFailure` where nobody could be scanned there, and `RPCError`.
  package func venue(for scenario: Scenario) async throws -> Venue {
    let place = scenario.place
    let attendance = try await Lanyard_V1_AttendanceService.Client(wrapping: client).getAttendance(
      .with { $0.name = try ResourceName.attendance(ofEvent: event, field: "event") }
    )
    let now = try attendance.readTime.instant(field: "read_time")
    let span = scenario.span(from: now)
    let (checkpoints, sessions) = (try await checkpoints(place), try await sessions(place))
    let doors = Self.doors(checkpoints, sessions, scenario, from: now)
    guard doors.contains(where: { $0.isPlayed && $0.admits == nil }) else {
      throw Self.noDoor(event, Self.kind(place), during: Self.open(scenario, now), among: checkpoints, sessions)
    }
    let played = Set(doors.lazy.filter(\.isPlayed).map(\.name))
    let dates = Set(
      checkpoints.filter { played.contains($0.name) }.compactMap { AuditDay(now, timeZone: $0.timeZone)?.date }
    )
    var areForOtherDays = false
    var (people, byRegistration): ([Venue.Person], [String: Int]) = ([], [:])
    for try await page in Pages.registrations(client, of: event) {
      for registration in page {
        let state = try RegistrationState(registration.state, field: "state")
        let participation = try Participation(registration.participation, field: "participation")
        guard state.takesPlace(participation) else { continue }
        guard Self.mayCome(registration, on: dates) else {
          areForOtherDays = true
          continue
        }
        byRegistration[registration.name] = people.count
        people.append(Venue.Person(registration))
      }
    }
    var badges: [Venue.Badge] = []
    var outdated = BadgeDays()
    for try await page in Pages.badges(client, of: event) {
      for badge in page {
        let state = try Venue.BadgeState.played(badge)
        guard let person = byRegistration[badge.registration], let state else { continue }
        // What another took the place of, or was revoked, is refused for that, whenever it was valid.
        if state == .active, case let days = try BadgeDays(badge), !days.cover(span) {
          outdated.add(days)
          continue
        }
        badges.append(Venue.Badge(badge, state, person: person))
      }
    }
    if let failure = outdated.failure(event, span), !badges.contains(where: { $0.state == .active }) { throw failure }
    guard !badges.isEmpty else {
      throw LoadFailure(
        areForOtherDays
          ? "\(event) has nobody on site with a badge whose registration is for the day that is played"
          : "\(event) has nobody on site with a badge; import registrations and issue badges first",
        .wrongUse
      )
    }
    return Venue(event: event, doors: doors, people: people, badges: badges)
  }

  /// All doors that people may be on record at; sessions end when they end, so their doors count only where they are
  /// what is played.
  ///
  /// - Parameter moment: When the scenario begins, by the server's clock.
  func doors(for scenario: Scenario, from moment: Instant) async throws -> [Venue.Door] {
    let place = scenario.place
    return Self.doors(try await checkpoints(place), try await sessions(place), scenario, from: moment)
  }

  /// When the doors that are played have to be open: a session also until the headcounts of its room are read back, at its end
  /// everybody is out.
  private static func open(_ scenario: Scenario, _ moment: Instant) -> Range<Instant> {
    scenario.place == .rooms ? scenario.span(from: moment) : moment..<moment + scenario.length
  }

  private func sessions(_ place: Scenario.Place) async throws -> RoomSessions {
    guard place == .rooms else { return .none }
    var found: [Lanyard_V1_Session] = []
    for try await page in Pages.sessions(client, of: event) { found += page }
    return try RoomSessions(found)
  }

  private func checkpoints(_ place: Scenario.Place) async throws -> [Lanyard_V1_Checkpoint] {
    var found: [Lanyard_V1_Checkpoint] = []
    for try await page in Pages.checkpoints(client, of: event) {
      for checkpoint in page {
        try Self.requireKnown(checkpoint)
        if checkpoint.kind != .sessionDoor || place == .rooms { found.append(checkpoint) }
      }
    }
    return found
  }

  static func doors(
    _ checkpoints: [Lanyard_V1_Checkpoint],
    _ sessions: RoomSessions,
    _ scenario: Scenario,
    from moment: Instant
  ) -> [Venue.Door] {
    let span = open(scenario, moment)
    return checkpoints.map { checkpoint in
      let session = checkpoint.kind == .sessionDoor ? sessions.session(at: checkpoint, during: span) : nil
      let ofDoor = checkpoint.admittedStakeholderGroups
      let groups = [ofDoor.isEmpty ? nil : Set(ofDoor), session?.admits].compactMap(\.self)
      let limits = [checkpoint.hasCapacity ? Int(checkpoint.capacity) : nil, session?.capacity].compactMap(\.self)
      let isKnown = unknownRule(checkpoint, of: session, among: checkpoints) == nil
      return Venue.Door(
        name: checkpoint.name,
        displayName: checkpoint.displayName,
        area: checkpoint.area,
        within: checkpoint.within,
        isRoom: checkpoint.kind == .sessionDoor,
        isEntrance: checkpoint.kind == .entrance,
        // A session's door admits whom both admit.
        admits: groups.dropFirst().reduce(groups.first) { $0?.intersection($1) },
        capacity: limits.min(),
        isPlayed: isKnown && isUsable(checkpoint, scenario.place) && isOpen(checkpoint, during: span, sessions)
      )
    }
  }

  private static func kind(_ place: Scenario.Place) -> Lanyard_V1_Checkpoint.Kind {
    place == .rooms ? .sessionDoor : .entrance
  }

  /// Whether people are scanned there both ways.
  private static func isUsable(_ checkpoint: Lanyard_V1_Checkpoint, _ place: Scenario.Place) -> Bool {
    checkpoint.kind == kind(place) && !checkpoint.closed && checkpoint.directions == .both && admitsOnsite(checkpoint)
  }

  /// Makes sure that what a checkpoint is by is known here: taken for something else, right answers would be called wrong.
  ///
  /// - Throws: `InvalidInput` of the first that is not.
  static func requireKnown(_ checkpoint: Lanyard_V1_Checkpoint) throws(InvalidInput) {
    _ = try Checkpoint.Kind(checkpoint.kind, field: "kind")
    _ = try Checkpoint.Directions(checkpoint.directions, field: "directions")
    // A server of before says it in `re_entry_allowed` alone.
    _ = try Checkpoint.Reentry.stated(checkpoint.reEntry, field: "re_entry")
    for (index, participation) in checkpoint.admittedParticipations.enumerated() {
      _ = try Participation(participation, field: "admitted_participations[\(index)]")
    }
  }

  static func admitsOnsite(_ checkpoint: Lanyard_V1_Checkpoint) -> Bool {
    checkpoint.admittedParticipations.isEmpty || checkpoint.admittedParticipations.contains(.onsite)
  }

  /// From when to when a door is open, in minutes after midnight; a closing at minute 0 is the midnight at which the day ends.
  static func hours(of checkpoint: Lanyard_V1_Checkpoint) -> (opens: Int, closes: Int) {
    (Int(checkpoint.opensMinute), checkpoint.closesMinute == 0 ? 1440 : Int(checkpoint.closesMinute))
  }

  /// Whether a door is open all the time: an entrance by its hours, of which those that go past midnight are not played, a
  /// session's door where it leads to one and the same session.
  static func isOpen(
    _ checkpoint: Lanyard_V1_Checkpoint,
    during span: Range<Instant>,
    _ sessions: RoomSessions = .none
  ) -> Bool {
    if checkpoint.kind == .sessionDoor { return sessions.session(at: checkpoint, during: span) != nil }
    let (opens, closes) = hours(of: checkpoint)
    if (opens, closes) == (0, 1440) { return true }
    guard 0 <= opens, opens < closes, closes <= 1440,
      let day = AuditDay(span.lowerBound, timeZone: checkpoint.timeZone),
      let opening = day.moment(minute: opens), let closing = day.moment(minute: closes), opening < closing
    else { return false }
    let open = opening..<closing
    return open.contains(span.lowerBound) && span.upperBound <= open.upperBound
  }
}

extension Venue.BadgeState {
  /// Nil for states that a load test does not play.
  ///
  /// - Throws: `LoadFailure` for one that is not known here.
  static func played(_ badge: Lanyard_V1_Badge) throws(LoadFailure) -> Self? {
    switch badge.state {
    case .active: .active
    case .replaced: .replaced
    case .revoked: .revoked
    case .notActivated, .held: nil
    case .unspecified, .UNRECOGNIZED:
      throw LoadFailure(
        "the badge \(badge.name) is in a state (\(badge.state.rawValue)) that is not known here; are both of one version?"
      )
    }
  }
}
