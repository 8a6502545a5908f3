import LanyardDomain

/// Plays the record through the model in the order of the ledger. The model follows what is on record even where that is
/// wrong, so that one fault does not make a hundred others.
struct AuditReplay {
  /// Scans that lanes uploaded one after the other, and whom they let into an area that takes only so many.
  struct Uploads {
    let area: Int
    /// How many of them have to be in a conflict at the least, since more are inside than may be.
    var needed: Int
    /// Whether more were inside than may be at any moment.
    var wasOverfull: Bool
    /// Places of the admissions.
    var admissions: [Int]
  }

  private struct TakenBack {
    let moment: Instant
    let person: Int
    let place: Int
    let door: Int
  }

  private struct Latest {
    var sent: Duration
    var place: Int
  }

  private let audit: Audit
  private let matching: AuditMatching
  private(set) var model: AuditModel
  /// Index of each door by its resource name.
  private let doors: [String: Int]
  private(set) var uploads: [Uploads] = []
  /// Whether somebody passed a door that the venue has not, so that nobody here knows how many are inside anywhere.
  private(set) var hasPassagesElsewhere = false
  /// Passages that were taken back, by the person.
  private(set) var undone: [Int: [AuditModel.Passage]] = [:]
  /// Those of them that still count at this place of the ledger.
  private var counting: [TakenBack] = []
  /// Those that were taken back at the very moment at which the last scans were recorded, before or after them.
  private var inDoubt: [TakenBack] = []
  /// By area, with the most people too many that were inside before. An undone passage counts until the ledger is past its undo, and
  /// its person is in doubt at the moment of the undo itself; so the excess of an area is known but for one a person in doubt, at
  /// the least and at the most. `needed` is how much of the excess at the end, at the least, came on top of that at the beginning, at
  /// the most: what it asks for is wanted however doubts are settled. Whatever else raises the excess in between, which are undos
  /// only, raises what was there at the beginning.
  private var running: [Int: (excess: Int, uploads: Uploads)] = [:]
  /// Of the scans so far, the one that was sent last.
  private var latestOfPerson: [Int: Latest] = [:]
  private var latestInArea: [Int: Latest] = [:]
  /// People, and areas with a limit, of whom the plan of the run cannot know where they stand.
  private var unsteadyPeople: Set<Int> = []
  private var unsteadyAreas: Set<Int> = []
  /// People of whom something that was answered is not on record: what explains later answers follows from it.
  private var lostPeople: Set<Int> = []

  init(_ audit: Audit, _ matching: AuditMatching) {
    self.audit = audit
    self.matching = matching
    model = AuditModel(audit.venue)
    doors = Dictionary(audit.venue.doors.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { $1 })
    latestOfPerson.reserveCapacity(audit.venue.people.count)
    findUnsteady()
  }

  mutating func run(_ faults: inout AuditFaults) {
    for place in audit.after.scans.indices where matching.roles[place] != .repeated {
      let scan = audit.after.scans[place]
      takeBack(before: scan.received)
      if !scan.isOffline { endUploads() }
      // Who was inside on an earlier day is out.
      if matching.roles[place] == .before, let start = audit.before.dayStart, scan.happened < start { continue }
      guard let door = doors[scan.door] else {
        if scan.verdict.refusal == nil { hasPassagesElsewhere = true }
        continue
      }
      let person = model.person(ofBadge: scan.badge)
      switch matching.roles[place] {
      case .made(let index) where !scan.isOffline:
        checkAnswer(index, place, scan, &faults)
        checkOrder(index, place, person, &faults)
      case .replaced(let index): checkFirstTry(index, place, scan, &faults)
      case .made, .before, .unknown, .repeated: break
      }
      guard let person, scan.verdict == .admitted || scan.verdict == .wentOut else { continue }
      if let moment = scan.undone {
        guard matching.roles[place] != .before else { continue }
        counting.append(TakenBack(moment: moment, person: person, place: place, door: door))
        undone[person, default: []].append(model.follow(scan, of: person, door: door, place: place))
      } else if scan.isOffline {
        upload(scan, of: person, door: door, place: place)
      } else {
        model.follow(scan, of: person, door: door, place: place)
      }
    }
    takeBack(before: nil)
    endUploads()
  }

  /// Has the model take back what was taken back before a scan was recorded; the server's clock may stand still for a while, so
  /// what was at the same moment may have been before it or not.
  ///
  /// - Parameter received: Nil at the end of the record.
  private mutating func takeBack(before received: Instant?) {
    if counting.isEmpty, inDoubt.isEmpty { return }
    for passage in inDoubt where received.map({ passage.moment < $0 }) ?? true { model.settle(person: passage.person) }
    inDoubt.removeAll { passage in received.map { passage.moment < $0 } ?? true }
    for passage in counting where received.map({ passage.moment <= $0 }) ?? true {
      let before = running.mapValues { model.excess(in: $0.uploads.area).upperBound }
      model.takeBack(passage.place, of: passage.person)
      // Whom a way out that was taken back puts inside again is no admission of an upload.
      for (area, excess) in before {
        running[area]?.excess += max(0, model.excess(in: area).upperBound - excess)
      }
      if passage.moment == received { inDoubt.append(passage) }
    }
    counting.removeAll { passage in received.map { passage.moment <= $0 } ?? true }
    // Also those whose other passage was settled just now.
    for passage in inDoubt { model.doubt(person: passage.person, door: passage.door) }
  }

  /// Index of the door at which a scan is on record.
  func door(of place: Int) -> Int? { doors[audit.after.scans[place].door] }

  /// The plan knows the answers as long as every scan is answered, in its time, by the server; what lanes decided by
  /// themselves, and what came to nothing, changes the answers after it.
  private mutating func findUnsteady() {
    var changesPlaces = false
    for (index, scan) in audit.observations.enumerated() {
      if scan.isAnswered, matching.places[index] == nil, case .badge(let badge) = scan.subject {
        lostPeople.insert(audit.venue.badges[badge].person)
      }
      if scan.replacedID == nil, scan.isLive { continue }
      guard case .badge(let badge) = scan.subject else { continue }
      unsteadyPeople.insert(audit.venue.badges[badge].person)
      unsteadyAreas.insert(model.areas[scan.door])
      changesPlaces = true
    }
    // Who passes a door leaves the zones and rooms elsewhere: whichever it was, its count depends on it.
    for (door, area) in zip(audit.venue.doors, model.areas) where changesPlaces && !door.isEntrance {
      unsteadyAreas.insert(area)
    }
  }

  /// Whether the server's answer is the model's, and one that was planned.
  private func checkAnswer(_ index: Int, _ place: Int, _ scan: RecordedScan, _ faults: inout AuditFaults) {
    let seen = audit.observations[index]
    let right = model.rightAnswers(seen.subject, door: seen.door, isOut: seen.isOut)
    guard right.contains(scan.verdict) else {
      let words = right.map(\.word).joined(separator: " or ")
      return faults.add(\.wrong, observation: index, place: place, "By the rules \(words) was right")
    }
    if let fault = faultOfFacts(seen, scan) { faults.add(\.wrong, observation: index, place: place, fault) }
    guard case .answered(let verdict, _) = seen.outcome, verdict == scan.verdict, !seen.expected.isEmpty,
      !seen.expected.contains(verdict), case let area = model.areas[seen.door],
      model.capacities[area] == nil || !unsteadyAreas.contains(area)
    else { return }
    if case .badge(let badge) = seen.subject, unsteadyPeople.contains(audit.venue.badges[badge].person) { return }
    let words = seen.expected.map(\.word).sorted().joined(separator: " or ")
    faults.add(\.wrong, observation: index, place: place, "By the plan of the run \(words) was right")
  }

  /// Whether the server's answer was the model's that nobody saw in time, so that a lane took it back.
  private func checkFirstTry(_ index: Int, _ place: Int, _ scan: RecordedScan, _ faults: inout AuditFaults) {
    let seen = audit.observations[index]
    let right = model.rightAnswers(seen.subject, door: seen.door, isOut: seen.isOut)
    guard !right.contains(scan.verdict) else { return }
    let words = right.map(\.word).joined(separator: " or ")
    faults.add(\.wrong, observation: index, place: place, "By the rules \(words) was right at the first try")
  }

  /// What is wrong of what explains an answer: the admission that it names, and whether who left was inside.
  private func faultOfFacts(_ seen: Observation, _ scan: RecordedScan) -> String? {
    guard let facts = scan.facts, case .badge(let badge) = seen.subject, !model.venue.badges[badge].name.isEmpty else {
      return nil
    }
    let (person, area) = (model.venue.badges[badge].person, model.areas[seen.door])
    guard !model.isUncertain(person), !lostPeople.contains(person) else { return nil }
    if scan.verdict == .wentOut {
      let wasInside = model.isInside(person, area: area)
      guard facts.wasNotInside == wasInside else { return nil }
      return "It says that the person was \(facts.wasNotInside ? "not " : "")inside, who was\(wasInside ? "" : " not")"
    }
    guard scan.verdict == .refused(.alreadyInside) else { return nil }
    guard let earlier = facts.earlier else { return "It does not say when the person was admitted" }
    let admission = model.passages(of: person).last { $0.isIn && model.areas[$0.door] == area }
    guard let admission, !model.passages(of: person).contains(where: \.isOffline) else { return nil }
    let isRight =
      earlier.door == ScanFacts.number(model.venue.doors[admission.door].name)
      && earlier.admitted == audit.after.scans[admission.place].happened
    return isRight ? nil : "It names another admission than number \(admission.place + 1)"
  }

  /// Whether the ledger's order is possible: what was answered before another scan was sent stands before it. People and
  /// areas are what answers depend on.
  private mutating func checkOrder(_ index: Int, _ place: Int, _ person: Int?, _ faults: inout AuditFaults) {
    let seen = audit.observations[index]
    let area = model.areas[seen.door]
    let later = [person.flatMap { latestOfPerson[$0] }, latestInArea[area]].compactMap(\.self).first { latest in
      if seen.isAnswered, let answered = seen.answered { latest.sent > answered } else { false }
    }
    if let later {
      faults.add(
        \.wrong,
        observation: index,
        place: place,
        "It stands after number \(later.place + 1), which was sent only after this one was answered"
      )
    }
    if let person, latestOfPerson[person].map({ $0.sent < seen.leftAt }) ?? true {
      latestOfPerson[person] = Latest(sent: seen.leftAt, place: place)
    }
    if latestInArea[area].map({ $0.sent < seen.leftAt }) ?? true {
      latestInArea[area] = Latest(sent: seen.leftAt, place: place)
    }
  }

  /// Follows what a lane decided by itself, and how full that makes its area.
  private mutating func upload(_ scan: RecordedScan, of person: Int, door: Int, place: Int) {
    let area = model.areas[door]
    if scan.verdict == .admitted, model.capacities[area] != nil, running[area] == nil {
      let most = model.excess(in: area).upperBound
      running[area] = (most, Uploads(area: area, needed: 0, wasOverfull: most > 0, admissions: []))
    }
    model.follow(scan, of: person, door: door, place: place)
    guard var entry = running[area] else { return }
    running[area] = nil
    if scan.verdict == .admitted { entry.uploads.admissions.append(place) }
    if model.excess(in: area).upperBound > 0 { entry.uploads.wasOverfull = true }
    running[area] = entry
  }

  /// The server looks at the end of each upload, and the record does not tell where one ends. However they were cut, in
  /// all as many admissions are named as people are inside too many that were not before.
  private mutating func endUploads() {
    guard !running.isEmpty else { return }
    for (area, entry) in running {
      var ended = entry.uploads
      ended.needed = max(0, model.excess(in: area).lowerBound - entry.excess)
      uploads.append(ended)
    }
    running = [:]
  }
}
