import LanyardDomain

/// Who is where, and which answer is right: the rules of the door, written for the audit alone. Doors, areas and people
/// are indexes; a badge that the venue has not is a stranger's.
struct AuditModel {
  /// One admission or way out on record.
  struct Passage {
    /// When it happened, for the order among a person's passages.
    let moment: Instant
    /// In the ledger.
    let place: Int
    let door: Int
    let isIn: Bool
    let isOffline: Bool
  }

  private struct Standing {
    /// In the order in which they happened.
    var passages: [Passage] = []
    /// The doors through which the person came into where they are.
    var inside: [Int] = []
    /// The doors at which they were ever admitted.
    var admitted: [Int] = []
    var latestLive: Instant?
    /// Whether something of theirs may be taken back by now, or not.
    var isUncertain = false
  }

  let venue: Venue
  /// Area of each door.
  let areas: [Int]
  /// The areas in which each door stands, whether they are of entrances or not.
  private let around: [Set<Int>]
  /// Whether an entrance leads to an area.
  private let isOfEntrance: [Bool]
  /// Whether a session's door leads to an area.
  private let isOfRoom: [Bool]
  /// The least limit of each area's doors.
  let capacities: [Int?]
  private let badges: [String: Int]
  private var strangers: [String: Int] = [:]
  private var standings: [Standing]
  /// People inside by the door through which they came.
  private(set) var inside: [Int]
  private(set) var insideArea: [Int]
  /// People who were admitted at a door, each once.
  private(set) var admitted: [Int]
  private(set) var peopleInside = 0
  /// By area, the people of whom it is not known whether they are inside, since a passage of theirs may be taken back by now: the
  /// server's count may differ by as many, one a person.
  private var doubtful: [Set<Int>]

  init(_ venue: Venue) {
    self.venue = venue
    var numbers: [String: Int] = [:]
    let areas = venue.doors.map { door in
      let number = numbers[door.area] ?? numbers.count
      numbers[door.area] = number
      return number
    }
    self.areas = areas
    var isOfEntrance = [Bool](repeating: false, count: numbers.count)
    for (door, area) in zip(venue.doors, areas) where door.isEntrance { isOfEntrance[area] = true }
    self.isOfEntrance = isOfEntrance
    var isOfRoom = [Bool](repeating: false, count: numbers.count)
    for (door, area) in zip(venue.doors, areas) where door.isRoom { isOfRoom[area] = true }
    self.isOfRoom = isOfRoom
    around = venue.doors.map { door in
      var around: Set<Int> = []
      var names = [door.within]
      while let name = names.popLast() {
        guard let area = numbers[name], around.insert(area).inserted else { continue }
        names += zip(venue.doors, areas).filter { $0.1 == area }.map(\.0.within)
      }
      return around
    }
    var capacities = [Int?](repeating: nil, count: numbers.count)
    for (door, area) in zip(venue.doors, areas) {
      if let limit = door.capacity { capacities[area] = min(limit, capacities[area] ?? limit) }
    }
    self.capacities = capacities
    badges = Dictionary(venue.badges.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { $1 })
    standings = Array(repeating: Standing(), count: venue.people.count)
    inside = Array(repeating: 0, count: venue.doors.count)
    admitted = inside
    insideArea = Array(repeating: 0, count: numbers.count)
    doubtful = Array(repeating: [], count: numbers.count)
  }

  var people: Range<Int> { standings.indices }

  /// Everybody's passages, in the order in which they happened.
  func passages(of person: Int) -> [Passage] { standings[person].passages }

  /// Whose badge it is; nil where none is named.
  mutating func person(ofBadge name: String) -> Int? {
    if name.isEmpty { return nil }
    if let badge = badges[name] { return venue.badges[badge].person }
    if let known = strangers[name] { return known }
    strangers[name] = standings.count
    standings.append(Standing())
    return standings.count - 1
  }

  /// Whether somebody is inside anywhere.
  func isInside(_ person: Int) -> Bool { !standings[person].inside.isEmpty }

  /// Whether somebody is inside an area.
  func isInside(_ person: Int, area: Int) -> Bool { standings[person].inside.contains { areas[$0] == area } }

  /// Whether something of theirs may be taken back by now, or not.
  func isUncertain(_ person: Int) -> Bool { standings[person].isUncertain }

  // MARK: - Right answers

  /// The answer that holds wherever the person stands; nil where that matters.
  func fixedAnswer(_ subject: Observation.Subject, door: Int, isOut: Bool) -> Answer? {
    switch subject {
    case .unreadable: return .refused(.unreadable)
    case .forged: return .refused(.forged)
    case .badge(let index):
      if isOut { return .wentOut }
      let badge = venue.badges[index]
      switch badge.state {
      case .replaced: return .refused(.replaced)
      case .revoked: return .refused(.revoked)
      case .active: break
      }
      guard let groups = venue.doors[door].admits else { return nil }
      return groups.contains(venue.people[badge.person].group) ? nil : .refused(.notAdmittedHere)
    }
  }

  /// The answers that the server may give now. There is more than one only where a passage was taken back at this very moment.
  func rightAnswers(_ subject: Observation.Subject, door: Int, isOut: Bool) -> [Answer] {
    if let fixed = fixedAnswer(subject, door: door, isOut: isOut) { return [fixed] }
    guard case .badge(let badge) = subject else { return [] }
    let standing = standings[venue.badges[badge].person]
    let area = areas[door]
    let isInside = standing.inside.contains { areas[$0] == area }
    var right: [Answer] = []
    if isInside || standing.isUncertain { right.append(.refused(.alreadyInside)) }
    guard !isInside || standing.isUncertain else { return right }
    guard let capacity = capacities[area] else { return right + [.admitted] }
    if insideArea[area] - doubtful[area].count < capacity { right.append(.admitted) }
    if insideArea[area] + doubtful[area].count >= capacity { right.append(.refused(.full)) }
    return right
  }

  /// How many more people were inside an area than may be, at the least and at the most.
  func excess(in area: Int) -> ClosedRange<Int> {
    guard let capacity = capacities[area] else { return 0...0 }
    let excess = insideArea[area] - capacity
    let doubt = doubtful[area].count
    return max(0, excess - doubt)...max(0, excess + doubt)
  }

  // MARK: - Following the record

  /// Takes in a passage on record. Those of the server follow one another as it recorded them; one that a lane decided
  /// by itself is placed by when it happened, also among those that the server recorded before it heard of it.
  @discardableResult
  mutating func follow(_ scan: RecordedScan, of person: Int, door: Int, place: Int) -> Passage {
    var moment = scan.happened
    if !scan.isOffline {
      moment = max(moment, standings[person].latestLive ?? moment)
      standings[person].latestLive = moment
    }
    let passage = Passage(
      moment: moment,
      place: place,
      door: door,
      isIn: scan.verdict == .admitted,
      isOffline: scan.isOffline
    )
    var standing = standings[person]
    standings[person] = Standing()
    let before = standing.inside
    if let last = standing.passages.last, last.moment > moment {
      // Few are late, and nobody passes often: the place is sought from the end.
      let index = (standing.passages.lastIndex { $0.moment <= moment } ?? -1) + 1
      standing.passages.insert(passage, at: index)
      standing.inside = []
      for passage in standing.passages { pass(passage, &standing.inside) }
    } else {
      standing.passages.append(passage)
      pass(passage, &standing.inside)
    }
    if passage.isIn, !standing.admitted.contains(door) {
      standing.admitted.append(door)
      admitted[door] += 1
    }
    count(before, by: -1)
    count(standing.inside, by: 1)
    if standing.isUncertain {
      // What was taken back may have happened later than this, and have counted instead.
      for door in standing.inside { doubtful[areas[door]].insert(person) }
    }
    standings[person] = standing
    return passage
  }

  /// Takes in that the passage at a place of the ledger was taken back: the person stands where the others put them.
  mutating func takeBack(_ place: Int, of person: Int) {
    var standing = standings[person]
    guard let index = standing.passages.firstIndex(where: { $0.place == place }) else { return }
    let passage = standing.passages.remove(at: index)
    let before = standing.inside
    standing.inside = []
    for passage in standing.passages { pass(passage, &standing.inside) }
    if passage.isIn, !standing.passages.contains(where: { $0.isIn && $0.door == passage.door }) {
      standing.admitted.removeAll { $0 == passage.door }
      admitted[passage.door] -= 1
    }
    count(before, by: -1)
    count(standing.inside, by: 1)
    standings[person] = standing
  }

  /// Nothing of theirs is in doubt any more.
  mutating func settle(person: Int) {
    standings[person].isUncertain = false
    for area in doubtful.indices { doubtful[area].remove(person) }
  }

  /// Takes in that it is not known whether a passage of theirs is taken back by now.
  mutating func doubt(person: Int, door: Int) {
    standings[person].isUncertain = true
    doubtful[areas[door]].insert(person)
    for other in standings[person].inside { doubtful[areas[other]].insert(person) }
  }

  /// Two admissions of a person into one area with no way out between them, by their places in the ledger.
  func doubleAdmissions(of person: Int) -> [(earlier: Int, later: Int)] {
    let passages = standings[person].passages
    guard passages.count > 1 else { return [] }
    var found: [(earlier: Int, later: Int)] = []
    var inside: [Int] = []
    var admissions: [Int: Int] = [:]
    for passage in passages {
      if passage.isIn {
        if let door = inside.first(where: { areas[$0] == areas[passage.door] }), let earlier = admissions[door] {
          found.append((earlier, passage.place))
        }
        admissions[passage.door] = passage.place
      }
      pass(passage, &inside)
    }
    return found
  }

  /// Whether a passage takes the person out of an area: who enters a room leaves the one before; who goes out of an entrance is out
  /// of all behind it; and who passes a door, either way, is in no zone and no room elsewhere.
  func takesOut(_ passage: Passage, of area: Int) -> Bool {
    let door = venue.doors[passage.door]
    if !passage.isIn, areas[passage.door] == area || door.isEntrance { return true }
    guard areas[passage.door] != area else { return false }
    return isElsewhere(area, from: passage.door) || passage.isIn && door.isRoom && isOfRoom[area]
  }

  /// Whether who passes a door cannot be in an area: a zone or a room other than the door's in which the door does not stand.
  private func isElsewhere(_ area: Int, from door: Int) -> Bool {
    area != areas[door] && !isOfEntrance[area] && !around[door].contains(area)
  }

  /// Whoever comes in by another door of the same area is inside by that one.
  private func pass(_ passage: Passage, _ inside: inout [Int]) {
    inside.removeAll { areas[$0] == areas[passage.door] || takesOut(passage, of: areas[$0]) }
    if passage.isIn { inside.append(passage.door) }
  }

  private mutating func count(_ doors: [Int], by step: Int) {
    if !doors.isEmpty { peopleInside += step }
    for door in doors {
      inside[door] += step
      insideArea[areas[door]] += step
    }
  }
}
