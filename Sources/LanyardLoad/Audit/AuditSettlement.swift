import LanyardDomain

/// What can be judged only when all is known: conflicts, what lanes decided by themselves, and headcounts.
struct AuditSettlement {
  let audit: Audit
  let matching: AuditMatching
  let replay: AuditReplay
  let model: AuditModel
  /// The later of two admissions in a row, with the earlier one.
  private let doubles: [Int: Int]
  private let hearing: LaneHearing

  init(_ audit: Audit, _ matching: AuditMatching, _ replay: AuditReplay) {
    self.audit = audit
    self.matching = matching
    self.replay = replay
    model = replay.model
    var doubles: [Int: Int] = [:]
    for person in replay.model.people {
      for (earlier, later) in replay.model.doubleAdmissions(of: person) { doubles[later] = earlier }
    }
    self.doubles = doubles
    hearing = LaneHearing(audit)
  }

  // MARK: - Conflicts

  /// Whether every conflict is named that there is, and no other. What was on record before the run is not judged:
  /// operators may have let people in against the rules.
  func checkConflicts(_ faults: inout AuditFaults) {
    for (later, earlier) in doubles.sorted(by: { $0.key < $1.key }) where matching.roles[later] != .before {
      if !isNamed(later, for: .refused(.alreadyInside)) {
        faults.add(
          \.double,
          observation: observation(at: later),
          place: later,
          "The person is inside twice, since number \(earlier + 1) too, and no conflict names it"
        )
      }
    }
    var mayBeFull: Set<Int> = []
    for uploads in replay.uploads {
      if uploads.wasOverfull { mayBeFull.formUnion(uploads.admissions) }
      let unnamed = uploads.admissions.filter { !isNamed($0, for: .refused(.full)) }
      let named = uploads.admissions.count - unnamed.count
      for place in unnamed.suffix(max(0, uploads.needed - named)) {
        faults.add(\.wrong, observation: observation(at: place), place: place, "It was FULL, and no conflict names it")
      }
    }
    checkReasons(mayBeFull, &faults)
    checkEarlier(&faults)
    for (id, reasons) in audit.after.conflicts {
      for reason in Set(reasons).subtracting(audit.before.conflicts[id] ?? []) { faults.addConflict(reason) }
    }
  }

  private func isNamed(_ place: Int, for verdict: Answer) -> Bool {
    audit.after.conflicts[audit.after.scans[place].id]?.contains { $0 == verdict.refusal?.rawValue } ?? false
  }

  /// Whether every conflict is still named that was before the run, and for the same reason.
  private func checkEarlier(_ faults: inout AuditFaults) {
    let earlier = audit.before.conflicts.sorted { ($0.key.high, $0.key.low) < ($1.key.high, $1.key.low) }
    for (id, reasons) in earlier {
      let now = audit.after.conflicts[id] ?? []
      for reason in Set(reasons).subtracting(now).sorted() {
        let others = Set(now).subtracting(reasons).sorted().joined(separator: " and ")
        faults.add(
          \.wrong,
          observation: nil,
          place: audit.after.scans.firstIndex { $0.id == id },
          "A conflict of before the run for \(reason) is \(others.isEmpty ? "gone" : "one for \(others) now")"
        )
      }
    }
  }

  private func checkReasons(_ mayBeFull: Set<Int>, _ faults: inout AuditFaults) {
    var unmet = audit.after.conflicts
    for (place, scan) in audit.after.scans.enumerated() where !unmet.isEmpty {
      guard let reasons = unmet.removeValue(forKey: scan.id), !scan.isUndone else { continue }
      let earlier = audit.before.conflicts[scan.id] ?? []
      // One that took the place of another is told of that one.
      guard Set(earlier).isSubset(of: reasons) else { continue }
      let index = observation(at: place)
      for reason in Set(reasons).subtracting(earlier).sorted() {
        let isRight =
          switch RefusalReason(rawValue: reason) {
          case .alreadyInside: doubles[place] != nil
          case .full: mayBeFull.contains(place)
          default:
            scan.isOffline && scan.verdict == .admitted
              && index.flatMap(fixedAnswer)?.refusal?.rawValue == reason
          }
        if !isRight {
          faults.add(\.wrong, observation: index, place: place, "A conflict names it for \(reason), and there is none")
        }
      }
    }
    for (id, reasons) in unmet.sorted(by: { ($0.key.high, $0.key.low) < ($1.key.high, $1.key.low) }) {
      for reason in reasons {
        faults.add(\.wrong, observation: nil, place: nil, "A conflict for \(reason) names scan \(id)")
      }
    }
  }

  // MARK: - What lanes decided by themselves

  /// Whether each lane could decide so, with what it knew.
  func checkOffline(_ faults: inout AuditFaults) {
    let admissions = admissionsByArea()
    for (place, scan) in audit.after.scans.enumerated() where scan.isOffline {
      guard let index = observation(at: place), replay.door(of: place) != nil else { continue }
      if let fault = fault(of: index, place, scan, admissions) {
        faults.add(\.wrong, observation: index, place: place, fault)
      }
    }
  }

  /// Why a decision of a lane is wrong; nil where it is not.
  private func fault(of index: Int, _ place: Int, _ scan: RecordedScan, _ admissions: [Int: [Duration]]) -> String? {
    let seen = audit.observations[index]
    if let fixed = fixedAnswer(index) {
      if scan.verdict == fixed { return nil }
      return isNews(seen, fixed) && isAdmittedAndNamed(scan) && !seen.isOut ? nil : "\(fixed.word) was right"
    }
    switch scan.verdict {
    case .admitted:
      return mustRefuse(index, place).map { admission in
        let isOwn = madeAt(admission)?.lane == seen.lane
        let who = isOwn ? "the lane itself let the person in" : "the lane must have heard that the person was let in"
        return "ALREADY_INSIDE was right: \(who) as number \(admission + 1)"
      }
    case .refused(.alreadyInside):
      return mayKnowInside(index, place) ? nil : "ADMITTED was right: no admission that the lane could know went before"
    case .refused(.full):
      // What a lane holds for the count it has from all lanes as of a second ago, and not who went out since: it cannot
      // be recomputed, but so many must have come in at all, by the driver's clock, since the server's may be set back.
      let area = model.areas[seen.door]
      guard let capacity = model.capacities[area] else { return "There is no limit to be full by" }
      let end = seen.answered ?? seen.leftAt
      let known = admissions[area] ?? []
      return known.partitionPoint { $0 <= end } >= capacity ? nil : "It was not FULL: fewer had ever come in"
    default:
      return "It was not for the lane to say so"
    }
  }

  /// Whether a lane need not know why somebody may not go in: only badges change in a run that are made in it. What is forged or
  /// no badge every lane sees, and what was revoked or replaced before the run stands in each roster.
  private func isNews(_ seen: Observation, _ right: Answer) -> Bool {
    guard case .badge(let badge) = seen.subject else { return false }
    return badge >= audit.badgesBefore && right == .refused(.notAdmittedHere)
  }

  /// Whether a lane let somebody in, and the server says what the rules say.
  private func isAdmittedAndNamed(_ scan: RecordedScan) -> Bool {
    scan.verdict == .admitted && audit.after.conflicts[scan.id] != nil
  }

  /// The admission that the lane must have known of, after which it had to refuse the person; nil where there is none.
  private func mustRefuse(_ index: Int, _ place: Int) -> Int? {
    let seen = audit.observations[index]
    guard let person = person(of: seen) else { return nil }
    let area = model.areas[seen.door]
    return model.passages(of: person).reversed().first { passage in
      passage.isIn && model.areas[passage.door] == area && passage.place != place && mustKnow(seen, passage)
        && !mayHaveLeft(seen, place, since: passage, person)
    }?.place
  }

  /// Whether the lane must know of an admission as it decides: of its own, and of what the server had answered at others long
  /// enough before the lane lost it. What lanes decided by themselves the server tells when it hears of it, and nobody here knows
  /// when that was.
  private func mustKnow(_ seen: Observation, _ admission: AuditModel.Passage) -> Bool {
    guard let earlier = madeAt(admission.place) else {
      return matching.roles[admission.place] == .before && hearing.knows(seen.lane, of: .zero, at: seen.leftAt)
    }
    guard earlier.isAnswered, let answered = earlier.answered else { return false }
    if earlier.lane == seen.lane { return answered <= seen.leftAt }
    return earlier.isLive && !admission.isOffline && hearing.knows(seen.lane, of: answered, at: seen.leftAt)
  }

  /// Whether a person who was let in may have been out again by a scan, for all that its lane knew. Everything that may have let
  /// them out in between, wherever that was, leaves it open: the lane may have heard of it or not.
  private func mayHaveLeft(_ seen: Observation, _ place: Int, since admission: AuditModel.Passage, _ person: Int)
    -> Bool
  {
    guard let answered = seen.answered else { return true }
    let passages = model.passages(of: person) + (replay.undone[person] ?? [])
    let earlier = madeAt(admission.place)
    return passages.contains { passage in
      guard passage.place != admission.place, passage.place != place else { return false }
      // A passage that was taken back puts the person back where they stood before it.
      let isUndone = audit.after.scans[passage.place].isUndone
      guard isUndone || model.takesOut(passage, of: model.areas[seen.door]) else { return false }
      guard let other = madeAt(passage.place) else {
        guard matching.roles[passage.place] == .before else { return true }
        return earlier == nil && passage.place > admission.place
      }
      guard other.leftAt <= answered else { return false }
      guard other.isAnswered, let end = other.answered, let earlier else { return true }
      return end >= earlier.leftAt
    }
  }

  /// Whether there is an admission for which the lane could believe the person inside. It hears of what others do up to
  /// the moment at which it loses the server, and of what other lanes did by themselves once those have uploaded it;
  /// its own passages it knows.
  private func mayKnowInside(_ index: Int, _ place: Int) -> Bool {
    let seen = audit.observations[index]
    guard let person = person(of: seen) else { return false }
    let area = model.areas[seen.door]
    let passages = model.passages(of: person)
    let own = passages.filter { passage in
      guard model.takesOut(passage, of: area), let other = madeAt(passage.place), other.lane == seen.lane,
        other.isAnswered
      else { return false }
      return other.answered.map { $0 <= seen.leftAt } ?? false
    }
    return (passages + (replay.undone[person] ?? [])).contains { passage in
      guard passage.isIn, model.areas[passage.door] == area, passage.place != place else { return false }
      // The first try of this very scan lets nobody in.
      if matching.roles[passage.place] == .replaced(index) { return false }
      guard let admission = madeAt(passage.place) else { return passage.moment <= audit.after.scans[place].happened }
      if admission.leftAt > seen.answered ?? seen.leftAt { return false }
      if passage.isOffline, admission.lane != seen.lane, passage.place > place { return false }
      return !own.contains { exit in
        guard let exit = madeAt(exit.place), let answered = admission.answered else { return false }
        return answered <= exit.leftAt
      }
    }
  }

  /// When those were sent who were let into each area that takes only so many, in order.
  private func admissionsByArea() -> [Int: [Duration]] {
    var moments: [Int: [Duration]] = [:]
    for (place, scan) in audit.after.scans.enumerated() where scan.verdict == .admitted {
      guard let door = replay.door(of: place), model.capacities[model.areas[door]] != nil else { continue }
      let sent = observation(at: place).map { audit.observations[$0].leftAt }
      moments[model.areas[door], default: []].append(sent ?? .zero)
    }
    return moments.mapValues { $0.sorted() }
  }

  /// Whether what one lane decided by itself about one person is on record as having happened in the order in which it
  /// did.
  func checkOrder(_ faults: inout AuditFaults) {
    for person in model.people {
      let offline = model.passages(of: person).filter(\.isOffline)
      for (earlier, later) in zip(offline, offline.dropFirst()) {
        guard let first = madeAt(earlier.place), let second = madeAt(later.place), first.lane == second.lane,
          let answered = second.answered, answered < first.leftAt
        else { continue }
        faults.add(
          \.wrong,
          observation: observation(at: later.place),
          place: later.place,
          "It happened before number \(earlier.place + 1), and is on record as after it"
        )
      }
    }
  }

  // MARK: - Looking up

  private func fixedAnswer(_ index: Int) -> Answer? {
    let seen = audit.observations[index]
    return model.fixedAnswer(seen.subject, door: seen.door, isOut: seen.isOut)
  }

  private func observation(at place: Int) -> Int? {
    switch matching.roles[place] {
    case .made(let index), .replaced(let index): index
    case .before, .unknown, .repeated: nil
    }
  }

  /// What the driver saw of the scan on record at a place; nil where it saw nothing, or only a later try.
  private func madeAt(_ place: Int) -> Observation? {
    if case .made(let index) = matching.roles[place] { audit.observations[index] } else { nil }
  }

  private func person(of scan: Observation) -> Int? {
    if case .badge(let badge) = scan.subject { audit.venue.badges[badge].person } else { nil }
  }
}
