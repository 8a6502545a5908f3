/// That somebody was in a session for a while: from when they were admitted to it until they left, were found elsewhere, or it
/// ended.
package struct SessionVisit: Hashable, Sendable {
  package let session: Key<Session>
  package let span: Range<Instant>

  package init(session: Key<Session>, span: Range<Instant>) {
    (self.session, self.span) = (session, span)
  }

  /// A visit that has not ended yet.
  private struct Open {
    let session: SessionRecord
    let presence: Presence
    let start: Instant

    func ended(at moment: Instant) -> SessionVisit? {
      let end = min(moment, session.session.span.upperBound)
      return start < end ? SessionVisit(session: session.key, span: start..<end) : nil
    }
  }

  /// The visits to which one person's passages come.
  ///
  /// - Parameter passages: All that stand, in any order.
  package static func visits(
    _ passages: [Passage],
    of registration: Key<Registration>,
    plan: VenuePlan
  ) -> [SessionVisit] {
    var fold = AdmissionFold()
    fold.load(nil, of: registration)
    var (visits, open): ([SessionVisit], [Open]) = ([], [])
    for passage in PassageHistory.inOrder(passages, until: nil) {
      _ = fold.follow(passage, of: registration, plan: plan)
      let inside = fold.presences(of: registration).filter(\.isInside)
      func isThere(_ visit: Open) -> Bool {
        inside.contains { $0.checkpoint == visit.presence.checkpoint && $0.period == visit.presence.period }
      }
      visits += open.filter { !isThere($0) }.compactMap { $0.ended(at: passage.moment) }
      open.removeAll { !isThere($0) }
      guard passage.way == .into, let key = passage.session, !open.contains(where: { $0.session.key == key }),
        let session = plan.session(key, at: passage.checkpoint),
        let presence = inside.first(where: { $0.checkpoint == passage.checkpoint })
      else { continue }
      open.append(Open(session: session, presence: presence, start: passage.moment))
    }
    return visits + open.compactMap { $0.ended(at: $0.session.session.span.upperBound) }
  }

  /// The most that lasted at one moment; one that ends when another begins is over then.
  package static func most(_ visits: [SessionVisit]) -> Int {
    let steps = visits.flatMap { [($0.span.lowerBound, 1), ($0.span.upperBound, -1)] }.sorted { $0 < $1 }
    var (now, most) = (0, 0)
    for (_, step) in steps {
      now += step
      most = max(most, now)
    }
    return most
  }
}
