import LanyardDomain
import Testing

@testable import LanyardLoad

@Suite struct AuditTests {
  @Test func `A small history that is right has no faults`() {
    let report = AuditFixture().report
    #expect(report.isClean, "\(report.faults)")
    #expect(report.checked == 14)
    #expect(report.conflicts == ["ALREADY_INSIDE": 1] && report.notCompared == [])
  }

  @Test(arguments: PlantedFault.all)
  func `A planted fault is counted under its head and told with its scan's history`(_ fault: PlantedFault) throws {
    var fixture = AuditFixture()
    fault.plant(&fixture)
    let report = fixture.report
    var found: [String: Int] = [:]
    for (head, count) in [
      ("lost", report.lost), ("wrong", report.wrong), ("double", report.double), ("invented", report.invented),
      ("miscounted", report.miscounted),
    ] where count > 0 { found[head] = count }
    #expect(found == fault.found, "\(report.faults)")
    #expect(report.faults.count == found.values.reduce(0, +))
    for text in fault.told {
      #expect(report.faults.contains { $0.contains(text) }, "\(text) is not in \(report.faults)")
    }
    #expect(!report.faults.contains { $0.contains("secret") })
  }

  @Test
  func `Who shows nothing since their calls failed, which is told, is not told once more, and who shows all is right`()
  {
    var fixture = AuditFixture()
    fixture.told = [
      .init(checkpoint: fixture.venue.doors[0].name, isReported: true), .init(isReported: true),
      .init(view: .init(counts: fixture.after.counts, peopleInside: 3)),
      // Nobody ever was at the last door.
      .init(checkpoint: fixture.venue.doors[3].name, view: .init()),
    ]
    #expect(fixture.report.isClean, "\(fixture.report.faults)")
  }

  @Test func `A conflict of before the run that is as it was is right`() {
    var fixture = AuditFixture()
    fixture.scanBefore(badge: 5, fixture.venue.doors[0].name)
    fixture.count(0, inside: 1, admitted: 1)
    fixture.after.peopleInside += 1
    (fixture.before.conflicts, fixture.after.conflicts[AuditFixture.id(900)]) = (
      [AuditFixture.id(900): ["TOO_SOON"]], ["TOO_SOON"]
    )
    #expect(fixture.report.isClean, "\(fixture.report.faults)")
  }

  @Test func `Every fault is told, however many there are`() {
    var fixture = AuditFixture()
    for number in 0..<250 {
      fixture.scan(.forged, 0, at: 100 + Double(number), .refused(.forged))
      fixture.after.scans.removeLast()
    }
    #expect(fixture.report.lost == 250)
    #expect(fixture.report.faults.count == 250 && fixture.report.found == 250)
  }

  @Test func `A fault's text has times, answers, the place on record and what was right`() throws {
    var fixture = AuditFixture()
    fixture.answer(2, .admitted)
    fixture.after.scans[2].verdict = .admitted
    let text = try #require(fixture.report.faults.first)
    #expect(
      text == """
        By the rules ALREADY_INSIDE was right; scan \(AuditFixture.id(2)) in at Lane 2 of badge events/e/badges/ada: due 2.900 s, \
        sent 3.000 s, answered ADMITTED at 3.050 s, planned as ALREADY_INSIDE; on record as number 3: scan \
        \(AuditFixture.id(2)) at lane-2 of badge events/e/badges/ada, ADMITTED
        """
    )
  }

  @Test func `Scans that were never answered may be on record or not, and the model follows the record`() {
    for isRecorded in [true, false] {
      var fixture = AuditFixture()
      fixture.scan(.badge(5), 0, at: 20, .admitted)
      fixture.observations[fixture.observations.count - 1].outcome = .silent
      fixture.observations[fixture.observations.count - 1].answered = nil
      if !isRecorded { fixture.after.scans.removeLast() }
      let second: Answer = isRecorded ? .refused(.alreadyInside) : .admitted
      fixture.scan(.badge(5), 1, at: 21, second)
      fixture.count(isRecorded ? 0 : 1, inside: 1, admitted: 1)
      fixture.after.peopleInside += 1
      #expect(fixture.report.isClean, "\(fixture.report.faults)")
    }
  }

  @Test func `A scan that failed at the lane alone may be on record or not`() {
    for isRecorded in [true, false] {
      var fixture = AuditFixture()
      fixture.observations[7].outcome = .failed("OFFLINE", byServer: false)
      if !isRecorded { fixture.after.scans.remove(at: 7) }
      #expect(fixture.report.isClean, "\(fixture.report.faults)")
    }
  }

  @Test func `A lane need not know what it cannot have heard of`() {
    var few = AuditFixture()
    few.admitAfterHearing(4)
    #expect(few.report.isClean, "\(few.report.faults)")
    // A connection anew has to be told first what was before it.
    var anew = AuditFixture()
    anew.admitAfterHearing(5)
    anew.lineChanges[1] = [.seconds(22.5)]
    #expect(anew.report.isClean, "\(anew.report.faults)")
    anew.lineChanges[1] = [.seconds(1), .seconds(28)]
    #expect(anew.report.wrong == 1)
    // Who answers slowly tells slowly.
    var slow = AuditFixture()
    slow.admitAfterHearing(5)
    slow.observations[15].answered = .seconds(22.5)
    #expect(slow.report.isClean, "\(slow.report.faults)")
  }

  @Test func `A lane need not know a badge that was made in the run, where the server says what was right`() {
    var fixture = AuditFixture()
    fixture.badgesBefore = 2
    fixture.scan(.badge(2), 3, at: 20, .admitted, offline: true)
    fixture.count(3, inside: 1, admitted: 1)
    #expect(fixture.report.wrong == 1)
    fixture.after.conflicts[AuditFixture.id(14)] = ["NOT_ADMITTED_HERE"]
    #expect(fixture.report.isClean, "\(fixture.report.faults)")
  }

  @Test func `What a lane took back and answered under another id counts once`() {
    var fixture = AuditFixture()
    fixture.scan(.badge(5), 0, at: 20, .admitted)
    let first = fixture.after.scans.count - 1
    fixture.scan(.badge(5), 0, at: 22, .admitted, offline: true)
    fixture.observations.remove(at: fixture.observations.count - 2)
    fixture.observations[fixture.observations.count - 1].replacedID = fixture.after.scans[first].id
    fixture.count(0, inside: 1, admitted: 1)
    fixture.after.peopleInside += 1
    // It stands twice, and the person is inside twice.
    #expect(fixture.report.double == 2)
    fixture.after.scans[first].undone = AuditFixture.start + .seconds(30)
    #expect(fixture.report.isClean, "\(fixture.report.faults)")
  }

  @Test func `Scans of before the run prime the model`() {
    var fixture = AuditFixture()
    fixture.scanBefore(badge: 5, fixture.venue.doors[0].name)
    fixture.scan(.badge(5), 1, at: 20, .refused(.alreadyInside))
    fixture.count(0, inside: 1, admitted: 1)
    fixture.after.peopleInside += 1
    #expect(fixture.report.isClean, "\(fixture.report.faults)")
    fixture.after.scans.remove(at: 0)
    #expect(fixture.report.lost == 1)
  }

  @Test func `Who was inside on an earlier day is out, and counts at no door`() {
    var fixture = AuditFixture()
    fixture.scanBefore(badge: 5, fixture.venue.doors[0].name)
    #expect(fixture.report.miscounted > 0)
    fixture.before.dayStart = AuditFixture.start - .seconds(1)
    #expect(fixture.report.isClean, "\(fixture.report.faults)")
    #expect(Audit.peopleInside(fixture.venue, fixture.before).isEmpty)
    fixture.before.dayStart = AuditFixture.start - .seconds(3600)
    #expect(Audit.peopleInside(fixture.venue, fixture.before) == [5])
  }

  @Test func `People inside anywhere are compared only where every door that was passed is known`() {
    var fixture = AuditFixture()
    let elsewhere = "events/e/checkpoints/elsewhere"
    fixture.scanBefore(badge: 5, elsewhere)
    fixture.after.peopleInside += 1
    #expect(fixture.report.isClean, "\(fixture.report.faults)")
    // What is not compared is told.
    let counts = Record.Count(inside: 1, admitted: 1)
    (fixture.before.counts[elsewhere], fixture.after.counts[elsewhere]) = (counts, counts)
    #expect(
      fixture.report.notCompared == [
        "whether elsewhere, which the scenario leaves out, counts too few",
        "people inside anywhere, since some passed a door that the scenario leaves out",
      ]
    )
    fixture.after.counts[elsewhere] = nil
    fixture.venue.doors.append(
      Venue.Door(name: elsewhere, displayName: "Zone", area: "zone", isEntrance: false, isPlayed: false)
    )
    // Where it is known, its own counts are compared too.
    #expect(fixture.report.miscounted == 2)
    fixture.after.counts[elsewhere] = Record.Count(inside: 1, admitted: 1)
    #expect(fixture.report.isClean, "\(fixture.report.faults)")
    fixture.after.peopleInside -= 1
    #expect(fixture.report.miscounted == 1)
  }

  @Test func `A lane that was offline is placed by when it was, also when it tells late`() {
    var fixture = AuditFixture()
    // Fay goes in and out at lane 2 while it is offline; the server lets her in at lane 1 before it hears of either.
    fixture.scan(.badge(5), 0, at: 30, .admitted)
    fixture.scan(.badge(5), 1, at: 22, .admitted, offline: true)
    fixture.scan(.badge(5), 1, at: 24, .wentOut, isOut: true, offline: true)
    fixture.count(0, inside: 1, admitted: 1)
    fixture.count(1, inside: 0, admitted: 1)
    fixture.after.peopleInside += 1
    #expect(fixture.report.isClean, "\(fixture.report.faults)")
  }

  @Test func `A room is not full of people whom a passage that was taken back had out of it for a while`() {
    var fixture = AuditFixture()
    let fay = fixture.venue.people[5]
    fixture.venue.people[5] = Venue.Person(registration: fay.registration, displayName: "fay", group: "press")
    // Fay is in room 2 when her lane tells that she had been in room 1; so there is a place in it for Cy beside Ada.
    fixture.scan(.badge(5), 3, at: 30, .admitted)
    let first = fixture.after.scans.count - 1
    fixture.scan(.badge(5), 2, at: 20, .admitted, offline: true)
    fixture.scan(.badge(2), 2, at: 31, .admitted, offline: true)
    fixture.scan(.forged, 0, at: 33, .refused(.forged))
    // Her lane takes room 2 back, and answers again under another id.
    fixture.scan(.badge(5), 3, at: 32, .admitted, offline: true)
    fixture.takeBack(first, for: fixture.observations.count - 1, at: 61.5)
    fixture.count(2, inside: 1, admitted: 2)
    fixture.count(3, inside: 1, admitted: 1)
    fixture.after.peopleInside += 1
    #expect(fixture.report.isClean, "\(fixture.report.faults)")
    // Nothing taken back, the record is wrong.
    fixture.after.scans.remove(at: first)
    fixture.observations[fixture.observations.count - 1].replacedID = nil
    #expect(fixture.report.wrong == 1, "\(fixture.report.faults)")
  }

  @Test(arguments: [39, 41], [Answer.admitted, .refused(.full)])
  func `A passage that was taken back counts until then, and no longer`(_ second: Int, _ answer: Answer) {
    let report = Self.takenBack(at: 40) { fixture in
      fixture.scan(.badge(2), 2, at: Double(second), answer)
      if answer == .admitted { fixture.count(2, inside: 1, admitted: 1) }
    }
    // Ada and Fay fill a room for two; when Fay is taken out of it, Cy may go in.
    let isRight = (answer == .admitted) == (second > 40)
    #expect((report.wrong, report.lost, report.miscounted) == (isRight ? 0 : 1, 0, 0), "\(report.faults)")
  }

  @Test(arguments: [Answer.admitted, .refused(.full)])
  func `What was taken back at the moment of a scan may have been so before it or not, and is so at the next`(
    _ answer: Answer
  ) {
    func report(next: Answer) -> RunReport.Audit {
      // It is on record at 40, and so is the undo.
      Self.takenBack(at: 40) { fixture in
        for (badge, second, answer) in [(2, 39.98, answer), (3, 41, next)] {
          fixture.scan(.badge(badge), 2, at: second, answer)
          if answer == .admitted { fixture.count(2, inside: 1, admitted: 1) }
        }
      }
    }
    let right: Answer = answer == .admitted ? .refused(.full) : .admitted
    #expect(report(next: right).isClean, "\(report(next: right).faults)")
    #expect(report(next: answer).wrong == 1, "\(report(next: answer).faults)")
  }

  /// Ada is in a room for two. Fay was let in as well, of which nobody heard; her lane sent her away by itself, and takes the
  /// admission back.
  private static func takenBack(at second: Double, _ meanwhile: (inout AuditFixture) -> Void) -> RunReport.Audit {
    var fixture = AuditFixture()
    let first = fixture.observations.count
    fixture.scan(.badge(5), 2, at: 20, .admitted)
    meanwhile(&fixture)
    fixture.scan(.badge(5), 2, at: 22, .refused(.full), offline: true)
    let place = fixture.after.scans.count - 1
    fixture.takeBack(first, for: fixture.observations.count - 1, at: second)
    fixture.after.scans[place].received = fixture.after.scans[place].happened + .seconds(30)
    return fixture.report
  }

  @Test func `More people in a room than it takes are named by the conflicts of uploads`() {
    var fixture = AuditFixture()
    fixture.scan(.badge(2), 2, at: 20, .admitted, offline: true)
    fixture.scan(.badge(3), 2, at: 21, .admitted, offline: true)
    fixture.count(2, inside: 2, admitted: 2)
    // Ada is in the room already, and it takes two.
    #expect(fixture.report.wrong == 1)
    fixture.after.conflicts[fixture.after.scans[fixture.after.scans.count - 1].id] = ["FULL"]
    #expect(fixture.report.isClean, "\(fixture.report.faults)")
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `A long history with races, spells without the network and rooms that fill is clean`(_ seed: UInt64) {
    var simulation = AuditSimulation(seed: seed, scans: 4_000)
    let history = simulation.play()
    let report = history.report()
    #expect(report.isClean, "\(report.faults.prefix(5).joined(separator: "\n"))")
    #expect(report.checked > 3_500)
    #expect(history.observations.count >= 4_000)
    // The history has what it is for.
    let verdicts = Set(history.after.scans.map(\.verdict))
    #expect(verdicts.isSuperset(of: [.admitted, .wentOut, .refused(.alreadyInside), .refused(.full)]))
    #expect(history.after.scans.contains { $0.isOffline } && history.after.scans.contains { $0.isUndone })
    // Few histories have lanes let too many in at once.
    let reasons = Set(history.after.conflicts.values.joined())
    #expect(reasons.contains("ALREADY_INSIDE") && reasons.isSubset(of: ["ALREADY_INSIDE", "FULL"]))
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `Every answer of the server in a history that is changed, told and on record alike, is wrong by its rules`(
    _ seed: UInt64
  ) {
    var simulation = AuditSimulation(seed: seed, scans: 300)
    let history = simulation.play()
    let places = Dictionary(uniqueKeysWithValues: history.after.scans.enumerated().map { ($1.id, $0) })
    var tried = 0
    for (index, scan) in history.observations.enumerated() where scan.isLive {
      guard let place = places[scan.id], !history.after.scans[place].isUndone else { continue }
      var (observations, after) = (history.observations, history.after)
      let isAdmitted = after.scans[place].verdict == .admitted
      after.scans[place].verdict = isAdmitted ? .refused(.alreadyInside) : .admitted
      observations[index].outcome = .answered(after.scans[place].verdict, offline: false)
      observations[index].expected = []
      after.count(history.venue)
      let report = Audit(venue: history.venue, before: history.before, observations: observations, after: after)
        .report()
      tried += 1
      #expect(
        report.faults.contains { $0.hasPrefix("By the rules") && $0.contains("scan \(scan.id) ") },
        "\(scan.id): \(report.faults)"
      )
    }
    #expect(tried > 150)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `An answer of a long history that is right by the rules and not by the plan is wrong`(_ seed: UInt64) throws {
    var simulation = AuditSimulation(seed: seed, scans: 800)
    let history = simulation.play()
    // Of people whose every scan was answered by the server, in its time, the plan knows all that no limit decides.
    let unsteady = Set(
      history.observations.filter { !$0.isLive || $0.replacedID != nil }.map { history.person(of: $0) }
    )
    let steady = history.observations.indices.filter { index in
      let scan = history.observations[index]
      let door = history.venue.doors[scan.door]
      let hasLimit = history.venue.doors.contains { $0.area == door.area && $0.capacity != nil }
      return !scan.expected.isEmpty && !hasLimit && !unsteady.contains(history.person(of: scan))
    }
    var observations = history.observations
    observations[try #require(steady.last)].expected = [.refused(.held)]
    let report = Audit(
      venue: history.venue,
      before: history.before,
      observations: observations,
      after: history.after
    ).report()
    #expect(report.wrong == 1 && report.faults.first?.contains("By the plan of the run HELD was right") == true)
  }
}

extension Audit {
  /// Index of the person who was scanned; nil where nobody was.
  fileprivate func person(of scan: Observation) -> Int? {
    if case .badge(let badge) = scan.subject { venue.badges[badge].person } else { nil }
  }
}

extension Record {
  /// Counts anew by the model what is on record.
  fileprivate mutating func count(_ venue: Venue) {
    let audit = Audit(venue: venue, before: Record(scans: []), observations: [], after: self)
    var faults = AuditFaults(audit)
    var replay = AuditReplay(audit, AuditMatching(audit, &faults))
    replay.run(&faults)
    peopleInside = replay.model.peopleInside
    for (index, door) in venue.doors.enumerated() {
      counts[door.name] = Count(inside: replay.model.inside[index], admitted: replay.model.admitted[index])
    }
  }
}
