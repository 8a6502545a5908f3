/// Who is booked for a place: of those whom a request names, and how many in all. The doors of an area are one place, in which
/// each person takes one seat whatever doors and sessions they are booked for.
package struct Bookings: Sendable {
  /// The seats of one time.
  package struct Seats: Sendable {
    /// Of those whom the request names, who has one.
    fileprivate var seated: Set<String>
    /// Registrations that have one and have not ended.
    package fileprivate(set) var count: Int
    /// How many there are; nil where there is no limit.
    package let capacity: Int?

    package init(_ seated: Set<String>, count: Int, capacity: Int?) {
      (self.seated, self.count, self.capacity) = (seated, count, capacity)
    }
  }

  /// Somebody who is to be booked.
  package struct Candidate: Hashable, Sendable {
    /// Id of the registration.
    package let registration: String
    package let state: RegistrationState

    package init(_ registration: String, _ state: RegistrationState) {
      (self.registration, self.state) = (registration, state)
    }
  }

  /// Whether a session takes bookings: nobody is asked for one where neither it nor its door admits by them.
  package static func areTaken(for session: Session, behind door: Checkpoint) -> Bool {
    session.requiresBooking || door.requiresBooking
  }

  /// What came of booking. Ids of registrations, each once and in the order of the request.
  package struct Answer: Hashable, Sendable {
    /// Those that were not booked before.
    package var added: [String] = []
    /// Those that are booked and not confirmed yet: they are admitted once they are.
    package var notConfirmed: [String] = []
    /// Those that were passed over, since they have ended: such a one gives its bookings back.
    package var ended: [String] = []

    package init() {}
  }

  /// Who is booked for this very door or session.
  private var booked: Set<String>
  /// The seats of each time at which the place takes some; the first are of the place itself.
  private var seats: [Seats]

  /// Registrations that are booked for the place and have not ended.
  package var count: Int { seats.first?.count ?? 0 }
  /// How many it takes; nil where there is no limit.
  package var capacity: Int? { seats.first?.capacity }

  /// How many more can be booked; nil where there is no limit.
  package var left: Int? { seats.compactMap { seats in seats.capacity.map { max(0, $0 - seats.count) } }.min() }

  /// - Parameters:
  ///   - booked: Ids of those registrations that the request names.
  ///   - seats: Of each time at which the place takes some; the first are of the place itself.
  package init(_ booked: Set<String>, _ seats: [Seats]) { (self.booked, self.seats) = (booked, seats) }

  /// Books registrations, all that can be or none.
  ///
  /// - Parameter insisting: Whether more may be booked than the place takes.
  /// - Throws: `BookedOut`.
  package mutating func add(_ candidates: [Candidate], insisting: Bool) throws(BookedOut) -> Answer {
    var (answer, seen) = (Answer(), Set<String>())
    for candidate in candidates where seen.insert(candidate.registration).inserted {
      guard candidate.state.isLive else {
        answer.ended.append(candidate.registration)
        continue
      }
      if candidate.state != .confirmed { answer.notConfirmed.append(candidate.registration) }
      if !booked.contains(candidate.registration) { answer.added.append(candidate.registration) }
    }
    var taken = seats
    for index in taken.indices {
      let (count, capacity) = (taken[index].count, taken[index].capacity)
      // Who has a place already asks for nothing more.
      let asked = answer.added.count { !taken[index].seated.contains($0) }
      if let capacity, !insisting, asked > 0, count + asked > capacity {
        throw BookedOut(capacity: capacity, booked: count, asked: asked)
      }
      taken[index].seated.formUnion(answer.added)
      taken[index].count += asked
    }
    seats = taken
    booked.formUnion(answer.added)
    return answer
  }

  /// Takes bookings back.
  ///
  /// - Returns: Those that were booked, each once and in order.
  package mutating func remove(_ registrations: [String]) -> [String] {
    registrations.filter { booked.remove($0) != nil }
  }
}

/// Thrown where a place does not take as many as are to be booked for it.
package struct BookedOut: Error, Hashable, Sendable {
  package let capacity: Int
  /// How many are booked already.
  package let booked: Int
  /// How many were to be.
  package let asked: Int

  package init(capacity: Int, booked: Int, asked: Int) {
    (self.capacity, self.booked, self.asked) = (capacity, booked, asked)
  }
}
