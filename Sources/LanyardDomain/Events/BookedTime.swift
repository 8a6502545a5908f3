/// A time at which places are taken: who is booked for a session of it, and who is booked for a door whatever it leads to, share
/// them.
package struct BookedTime: Hashable, Sendable {
  /// Ids of the sessions that are held then and take bookings.
  package let sessions: Set<String>
  /// How many it takes; nil where there is no limit.
  package let capacity: Int?

  package init(_ sessions: Set<String>, capacity: Int?) { (self.sessions, self.capacity) = (sessions, capacity) }

  /// When whoever is booked for a place takes one of it; the first is of the place itself.
  ///
  /// - Parameters:
  ///   - session: The session that is booked; nil where it is a door.
  ///   - others: Sessions behind the doors of its area that take bookings; those that have ended take nothing.
  ///   - area: How many the area takes.
  package static func of(_ session: Session?, among others: [Session], area: Int?, at now: Instant) -> [BookedTime] {
    let sessions = others.filter { other in
      other.id != session?.id && (other.span.isEmpty || other.span.upperBound > now)
        && (session == nil || session?.span.overlaps(other.span) == true)
    }
    func own(_ session: Session) -> BookedTime {
      BookedTime([session.id], capacity: Capacity.least([area, session.capacity]))
    }
    var times = [session.map(own) ?? BookedTime([], capacity: area)]
    // What is booked for a door is so for each session behind it; a session's own places are its own.
    if session == nil { times += sessions.map(own) }
    let all = sessions + [session].compactMap(\.self)
    for moment in Set(all.map(\.span.lowerBound)).sorted() {
      let held = all.filter { $0.span.contains(moment) }
      guard held.count > 1, session.map(held.contains) != false else { continue }
      times.append(BookedTime(Set(held.map(\.id)), capacity: area))
    }
    return times
  }
}
