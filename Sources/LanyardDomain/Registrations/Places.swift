/// The places on site of one event: a hard limit of confirmed registrations, and of those of each group that has a quota. Who takes
/// part from elsewhere needs none.
package struct Places: Hashable, Sendable {
  /// Nil where there is no limit.
  package let capacity: Int?
  package private(set) var taken: Int
  /// How many wait for one. As long as anybody does who would get one, the places that are free are theirs.
  package private(set) var waiting: Int
  package private(set) var groups: GroupPlaces

  package init(capacity: Int?, taken: Int, waiting: Int = 0, groups: GroupPlaces = GroupPlaces()) {
    (self.capacity, self.taken, self.waiting, self.groups) = (capacity, taken, waiting, groups)
  }

  /// How many are free, of which no more than `limit` are asked for.
  package func free(upTo limit: Int) -> Int {
    capacity.map { min(limit, max(0, $0 - taken)) } ?? limit
  }

  /// Whether more are taken than there are, as an organiser let somebody in past the limit, or the limit fell.
  package var isOver: Bool { capacity.map { taken > $0 } ?? false }

  /// Whether that is so of all places, or of those of a group.
  func isOver(for group: String) -> Bool { isOver || groups.isOver(group) }

  /// Whether one more registration of this participation and group fits, without overtaking anybody who waits.
  package func hasRoom(for participation: Participation, of group: String = "") -> Bool {
    switch participation {
    case .onsite: !isWaitedFor(by: group) && hasPlace(for: .onsite, of: group)
    case .remote: true
    }
  }

  /// Whether those who wait come before one more of a group.
  private func isWaitedFor(by group: String) -> Bool {
    groups.isEmpty ? waiting > 0 : groups.hasWaiting(of: group) || groups.waitingForCapacity > 0
  }

  /// Whether who has a place has it in another group too, without overtaking anybody of that group who waits.
  func hasPlace(movingTo group: String) -> Bool {
    groups.quotas[group] == nil || groups.hasPlace(of: group) && !groups.hasWaiting(of: group)
  }

  /// Whether there is a place for one who waits, out of turn.
  func hasPlace(for participation: Participation, of group: String = "") -> Bool {
    switch participation {
    case .onsite: free(upTo: 1) > 0 && groups.hasPlace(of: group)
    case .remote: true
    }
  }

  /// Counts a registration that comes from one state, nil where it is new, to another.
  mutating func count(
    _ participation: Participation,
    of group: String = "",
    from before: RegistrationState?,
    to after: RegistrationState?
  ) {
    if before?.takesPlace(participation) == true { take(-1, of: group) }
    if after?.takesPlace(participation) == true { take(1, of: group) }
    if before == .waitlisted { wait(-1, of: group) }
    if after == .waitlisted { wait(1, of: group) }
  }

  private mutating func take(_ change: Int, of group: String) {
    taken += change
    if !groups.isEmpty { groups.take(change, of: group) }
  }

  private mutating func wait(_ change: Int, of group: String) {
    waiting += change
    if !groups.isEmpty { groups.wait(change, of: group) }
  }

  /// Gives the places that are free to those who wait, the longest waiting first, past those whose group has none left; returns who
  /// gets one.
  mutating func give<Waiting>(to waiting: [Waiting], group: (Waiting) -> String) -> [Waiting] {
    var moving: [Waiting] = []
    for person in waiting {
      guard free(upTo: 1) > 0 else { break }
      guard groups.hasPlace(of: group(person)) else { continue }
      count(.onsite, of: group(person), from: .waitlisted, to: .confirmed)
      moving.append(person)
    }
    return moving
  }
}
