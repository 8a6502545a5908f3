/// The places on site of one event: a hard limit of confirmed registrations. Who takes part from elsewhere needs none.
package struct Places: Hashable, Sendable {
  /// Nil where there is no limit.
  package let capacity: Int?
  package private(set) var taken: Int
  /// How many wait for one. As long as anybody does, the places that are free are theirs.
  package private(set) var waiting: Int

  package init(capacity: Int?, taken: Int, waiting: Int = 0) {
    (self.capacity, self.taken, self.waiting) = (capacity, taken, waiting)
  }

  /// How many are free, of which no more than `limit` are asked for.
  package func free(upTo limit: Int) -> Int {
    capacity.map { min(limit, max(0, $0 - taken)) } ?? limit
  }

  /// Whether more are taken than there are, as an organiser let somebody in past the limit, or the limit fell.
  package var isOver: Bool { capacity.map { taken > $0 } ?? false }

  /// Whether one more registration of this participation fits, without overtaking anybody who waits.
  package func hasRoom(for participation: Participation) -> Bool {
    switch participation {
    case .onsite: waiting <= 0 && hasPlace(for: .onsite)
    case .remote: true
    }
  }

  /// Whether there is a place for one who waits, out of turn.
  func hasPlace(for participation: Participation) -> Bool {
    switch participation {
    case .onsite: free(upTo: 1) > 0
    case .remote: true
    }
  }

  /// Counts a registration that comes from one state, nil where it is new, to another.
  mutating func count(
    _ participation: Participation,
    from before: RegistrationState?,
    to after: RegistrationState
  ) {
    if before?.takesPlace(participation) == true { taken -= 1 }
    if after.takesPlace(participation) { taken += 1 }
    if before == .waitlisted { waiting -= 1 }
    if after == .waitlisted { waiting += 1 }
  }

  /// Gives the places that are free to those who wait, the longest waiting first; returns who gets one.
  mutating func give<Waiting>(to waiting: [Waiting]) -> [Waiting] {
    let moving = Array(waiting.prefix(free(upTo: waiting.count)))
    for _ in moving { count(.onsite, from: .waitlisted, to: .confirmed) }
    return moving
  }
}
