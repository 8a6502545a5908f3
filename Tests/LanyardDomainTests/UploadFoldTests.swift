import LanyardDomain
import LanyardTesting
import Testing

@Suite("What a lane did while it was offline")
struct UploadFoldTests {
  private static let now = at("2024-05-27T09:00:00+02:00")

  private static func entry(
    _ answer: RecordedScan.Answer,
    direction: Direction? = .into,
    overriding: Bool = false,
    badge: BadgeSerial? = nil,
    missing: Set<ScanRight> = [],
    at moment: Instant = now
  ) -> OfflineScan.Answered {
    let scan = SubmittedScan(
      id: UUIDBytes(high: 1, low: 2),
      checkpoint: CheckpointAddress(event: "forum", checkpoint: "lane-1"),
      code: badge == nil ? "CODE" : "",
      badge: badge,
      direction: direction,
      scannedAt: moment,
      fingerprint: 1,
      reporter: "device",
      override: overriding ? OverrideNote(note: "known by face", operatorName: "AB") : nil
    )
    return OfflineScan.Answered(
      scan: scan,
      answer: answer,
      happenedAt: moment,
      notInRoster: false,
      missingRights: missing
    )
  }

  private static func facts(
    _ door: Door,
    isBooked: Bool = false,
    standing: Standing? = nil,
    inside: Int = 0
  ) -> UploadFold.Facts {
    facts(Venue.badge(), door, isBooked: isBooked, standing: standing, inside: inside)
  }

  private static func facts(
    _ reading: BadgeReading,
    _ door: Door,
    isBooked: Bool = false,
    standing: Standing? = nil,
    inside: Int = 0
  ) -> UploadFold.Facts {
    let counts = door.area.map { (AdmissionFold.OccupancyKey(checkpoint: $0, period: door.period), inside) }
    return UploadFold.Facts(
      reading: reading,
      door: door,
      isBooked: isBooked,
      standing: standing,
      inside: Dictionary(uniqueKeysWithValues: counts)
    )
  }

  private static func lane(_ change: (inout Checkpoint) -> Void = { _ in }) -> Door {
    var venue = Venue()
    if var lane = venue.checkpoints[Venue.lane1] {
      change(&lane)
      venue.checkpoints[Venue.lane1] = lane
    }
    return venue.door(Venue.lane1, now)
  }

  private func effects(
    _ entry: OfflineScan.Answered,
    _ facts: UploadFold.Facts
  ) -> UploadFold.Effects {
    var fold = UploadFold()
    return fold.take(entry, as: 7, facts)
  }

  @Test("Is a conflict for the reason that stands against whom it let in, but for another admission of theirs")
  func conflicts() {
    let door = Self.lane()
    let revoked = Venue.badge { $0.badgeState = .revoked }
    let remote = Venue.badge { $0.participation = .remote }
    let expected: [(UploadFold.Facts, RefusalReason?)] = [
      (Self.facts(door), nil), (Self.facts(.forged, door), .forged),
      (Self.facts(.unrecorded(event: "forum"), door), .unknownBadge), (Self.facts(revoked, door), .revoked),
      (Self.facts(remote, door), .remoteOnly), (Self.facts(Self.lane { $0.isClosed = true }), .checkpointClosed),
      (Self.facts(Self.lane { $0.requiresBooking = true }), .notBooked),
      (Self.facts(Self.lane { $0.requiresBooking = true }, isBooked: true), nil),
      (
        Self.facts(door, standing: Standing(presences: [Venue().presence(Venue.lane2, "2024-05-27T08:30:00+02:00")])),
        nil
      ),
    ]
    for (facts, reason) in expected {
      let came = effects(Self.entry(.admitted), facts)
      #expect(came.conflict == reason && came.verdict.decision == .admitted && came.tally == nil)
      let left = effects(Self.entry(.left(wasInside: true), direction: .out), facts)
      #expect(left.conflict == nil, "nobody is kept in")
      let refused = effects(Self.entry(.refused(.full)), facts)
      #expect(refused.conflict == nil && refused.passage == nil)
      #expect(refused.tally?.counted == .refused(.full) && refused.verdict.decision.reason == .full)
    }
  }

  @Test("Is a passage of whose badge it was, where that is of the event")
  func passages() {
    let door = Self.lane()
    let came = effects(Self.entry(.admitted), Self.facts(door))
    #expect(came.passenger == Key(1))
    #expect(
      came.passage
        == Passage(
          scan: 7,
          way: .into,
          checkpoint: Venue.lane1,
          session: nil,
          moment: Self.now,
          isOverride: false,
          isOffline: true
        )
    )
    for stranger in [Venue.badge { $0.event = Key(9) }, .forged, .unrecorded(event: "forum")] {
      let admitted = effects(Self.entry(.admitted), Self.facts(stranger, door))
      #expect(admitted.passage == nil && admitted.passenger == nil && admitted.conflict != nil)
      #expect(Self.entry(.admitted).asksStanding(stranger, at: door) == nil)
    }
    #expect(Self.entry(.admitted).asksStanding(Venue.badge(), at: door) == Key(1))
    #expect(Self.entry(.refused(.full)).asksStanding(Venue.badge(), at: door) == nil)
    #expect(
      Self.entry(.refused(.full)).asksStanding(Venue.badge(), at: Self.lane { $0.directions = .byTurns }) == Key(1)
    )
  }

  @Test("Says of who left whether they were inside, which the server knows better")
  func left() {
    let inside = Standing(presences: [Venue().presence(Venue.lane1, "2024-05-27T08:30:00+02:00")])
    for said in [true, false] {
      let entry = Self.entry(.left(wasInside: said), direction: .out)
      #expect(effects(entry, Self.facts(Self.lane(), standing: inside)).verdict.decision == .left(wasInside: true))
      #expect(effects(entry, Self.facts(Self.lane())).verdict.decision == .left(wasInside: false))
      #expect(effects(entry, Self.facts(.forged, Self.lane())).verdict.decision == .left(wasInside: false))
    }
  }

  @Test("Was an operator's to let in where that went against a refusal, and then it is no conflict")
  func overrides() {
    // Two lanes share the limit.
    let door = Self.lane { $0.capacity = 5 }
    let full = effects(Self.entry(.admitted, overriding: true), Self.facts(door, inside: 3))
    #expect(full.verdict.overridden == .full && full.conflict == nil && full.passage?.isOverride == true)
    let room = effects(Self.entry(.admitted, overriding: true), Self.facts(door, inside: 2))
    #expect(room.verdict.overridden == nil && room.passage?.isOverride == false)
    let revoked = Venue.badge { $0.badgeState = .revoked }
    let against = effects(Self.entry(.admitted, overriding: true), Self.facts(revoked, door))
    #expect(against.verdict.overridden == .revoked && against.conflict == nil)
    let unknown = effects(Self.entry(.admitted, overriding: true), Self.facts(.forged, door))
    #expect(unknown.verdict.overridden == nil && unknown.conflict == .forged)
  }

  @Test("Is in conflict where somebody passed by a right that is gone, and not where none was needed")
  func withoutRight() {
    let (door, revoked) = (Self.lane(), Venue.badge { $0.badgeState = .revoked })
    func came(_ entry: OfflineScan.Answered, _ reading: BadgeReading) -> Bool {
      effects(entry, Self.facts(reading, door)).isWithoutRight
    }
    let overridden = Self.entry(.admitted, overriding: true, missing: [.overriding])
    #expect(came(overridden, revoked) && came(overridden.inOrder(after: Self.now + .seconds(5)), revoked))
    #expect(!came(Self.entry(.admitted, overriding: true), revoked), "who reports it is a supervisor")
    #expect(!came(overridden, Venue.badge()), "the rules let in all the same")
    #expect(!came(Self.entry(.refused(.revoked), overriding: true, missing: [.overriding]), revoked), "nobody passed")
    let found = Self.entry(.admitted, badge: BadgeSerial(1), missing: [.searching])
    #expect(came(found, Venue.badge()) && !came(Self.entry(.admitted, badge: BadgeSerial(1)), Venue.badge()))
    let both = Self.entry(.admitted, overriding: true, badge: BadgeSerial(1), missing: [.overriding])
    #expect(!came(both, Venue.badge()), "who reports it may find people, and no override was needed")
  }

  @Test("Is in conflict with a limit where it let in the last of too many, but for those whom an operator let in")
  func overfull() {
    let door = Self.lane { $0.capacity = 3 }
    var fold = UploadFold()
    for number in 1...5 { _ = fold.take(Self.entry(.admitted), as: Int64(number), Self.facts(door)) }
    _ = fold.take(Self.entry(.left(wasInside: true), direction: .out), as: 6, Self.facts(door))
    _ = fold.take(Self.entry(.admitted, overriding: true), as: 7, Self.facts(door, inside: 3))
    _ = fold.take(Self.entry(.admitted), as: 8, Self.facts(Venue().door(Venue.terrace, Self.now)))
    #expect(fold.limitedAreas.map(\.checkpoints) == [door.area])
    let area = fold.limitedAreas[0]
    #expect(area.event == Venue.event && area.period == door.period)
    for (inside, late) in [(0, []), (3, []), (4, [5]), (5, [4, 5]), (8, [1, 2, 3, 4, 5]), (100, [1, 2, 3, 4, 5])] {
      #expect(fold.overfull(area, inside: inside) == late.map(Int64.init))
    }
  }

  @Test("Follows the way that it let somebody pass, and knows a turnstile's second reading")
  func turnstile() {
    let door = Self.lane { $0.directions = .byTurns }
    let before = Self.now - .seconds(2)
    let last = LastPassage(way: .into, wasInside: false, checkpoint: Venue.lane1, moment: before)
    let stand = Standing(presences: [Venue().presence(Venue.lane1, "2024-05-27T08:59:58+02:00")], last: last)
    let again = effects(Self.entry(.admitted, direction: nil), Self.facts(door, standing: stand))
    #expect(again.verdict.isDoubleReading && again.passage?.isDoubleReading == true && again.conflict == nil)
    let out = effects(Self.entry(.left(wasInside: true), direction: nil), Self.facts(door, standing: stand))
    #expect(!out.verdict.isDoubleReading && out.verdict.direction == .out && out.passage?.way == .out)
    let chosen = effects(Self.entry(.admitted), Self.facts(door, standing: stand))
    #expect(!chosen.verdict.isDoubleReading)
    let refused = effects(Self.entry(.refused(.full), direction: nil), Self.facts(door, standing: stand))
    #expect(!refused.verdict.isDoubleReading && refused.passage == nil)
  }

  @Test("Happened no earlier than what the device let the badge pass for before")
  func order() {
    let entry = Self.entry(.admitted)
    #expect(entry.inOrder(after: nil) == entry)
    #expect(entry.inOrder(after: Self.now - .seconds(1)) == entry)
    let later = Self.now + .seconds(50)
    #expect(entry.inOrder(after: later).happenedAt == later)
    #expect(entry.inOrder(after: later).scan == entry.scan && entry.inOrder(after: later).answer == entry.answer)
    let refused = Self.entry(.refused(.full))
    #expect(refused.inOrder(after: later) == refused)
  }

  @Test("Is recorded as the lane answered it, whatever it was", arguments: 0..<20)
  func anything(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var (fold, admitted, conflicts) = (UploadFold(), 0, 0)
    let doors = [
      Self.lane { $0.capacity = 2 }, Self.lane { $0.isClosed = true }, Self.lane { $0.directions = .byTurns },
    ]
    for number in 0..<200 {
      let reading: BadgeReading =
        [
          Venue.badge(.random(in: 1...5, using: &random)), Venue.badge { $0.event = Key(9) },
          Venue.badge { $0.badgeState = .replaced }, .unreadable, .unrecorded(event: "forum"),
        ].randomElement(using: &random) ?? .unreadable
      let answer: RecordedScan.Answer =
        [.admitted, .left(wasInside: false), .refused(.full)]
        .randomElement(using: &random) ?? .admitted
      let direction = [nil, Direction.into, .out].randomElement(using: &random) ?? nil
      let isOverride = Int.random(in: 0..<4, using: &random) == 0
      let entry = Self.entry(answer, direction: direction, overriding: isOverride)
      let facts = Self.facts(reading, doors.randomElement(using: &random) ?? doors[0], inside: number % 4)
      let came = fold.take(entry, as: Int64(number), facts)
      #expect(came.verdict.decision.kind == answer.kind)
      #expect(came.passage == nil || (came.passage?.scan == Int64(number) && came.passage?.moment == Self.now))
      #expect((came.tally == nil) == entry.isPassage)
      #expect(came.conflict == nil || (answer == .admitted && came.verdict.overridden == nil))
      #expect(came.passage == nil || entry.way == came.passage?.way)
      if let way = entry.way { #expect(came.verdict.direction == (way == .into ? .into : .out)) }
      let isOwn = entry.asksStanding(reading, at: facts.door) != nil
      #expect((came.passage != nil) == (isOwn && entry.isPassage))
      admitted += answer == .admitted ? 1 : 0
      conflicts += came.conflict == nil ? 0 : 1
    }
    for area in fold.limitedAreas {
      let all = fold.overfull(area, inside: .max / 2)
      #expect(all == all.sorted() && all.count <= admitted)
      #expect(fold.overfull(area, inside: 2).isEmpty)
    }
    #expect(conflicts > 10)
  }
}
