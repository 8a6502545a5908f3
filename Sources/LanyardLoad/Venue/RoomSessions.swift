import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

/// The sessions in an event's rooms, by the programme, and to which of them a door leads for the whole of a run. Written for the
/// audit alone, as its model is.
struct RoomSessions: Sendable {
  /// What a session says of who goes in.
  struct Session: Sendable, Hashable {
    let title: String
    let span: Range<Instant>
    /// Stakeholder groups that it is for; nil admits all.
    let admits: Set<String>?
    let capacity: Int?
    let isBookedOnly: Bool
  }

  /// By the resource name of their door, the earliest first.
  private let byDoor: [String: [Session]]

  /// No session, as where rooms are not what is played.
  static let none = RoomSessions(byDoor: [:])

  private init(byDoor: [String: [Session]]) { self.byDoor = byDoor }

  /// - Throws: `InvalidInput` for one that does not say when it is.
  init(_ sessions: [Lanyard_V1_Session]) throws(InvalidInput) {
    var byDoor: [String: [Session]] = [:]
    for session in sessions where !session.checkpoint.isEmpty {
      let start = try session.startTime.instant(field: "start_time")
      let end = try session.endTime.instant(field: "end_time")
      let groups = session.admittedStakeholderGroups
      byDoor[session.checkpoint, default: []].append(
        Session(
          title: session.title,
          span: start..<max(start, end),
          admits: groups.isEmpty ? nil : Set(groups),
          capacity: session.hasCapacity ? Int(session.capacity) : nil,
          isBookedOnly: session.bookedOnly
        )
      )
    }
    self.byDoor = byDoor.mapValues { $0.sorted { $0.span.lowerBound < $1.span.lowerBound } }
  }

  /// The one session to which a door leads from the beginning of a span to its end; nil where it leads to none for any of that time,
  /// or to more than one. One that began the day before is none: whoever comes then comes on that day.
  func session(at checkpoint: Lanyard_V1_Checkpoint, during span: Range<Instant>) -> Session? {
    let sessions = byDoor[checkpoint.name] ?? []
    guard let leading = sessions.first(where: { $0.span.upperBound > span.lowerBound }),
      let day = AuditDay(span.lowerBound, timeZone: checkpoint.timeZone), day.start <= leading.span.lowerBound,
      leading.span.lowerBound - Duration(shown: checkpoint.earlyEntry) <= span.lowerBound,
      span.upperBound <= leading.span.upperBound, sessions.count(where: { $0.span.overlaps(span) }) <= 1
    else { return nil }
    return leading
  }

  /// The first session after the beginning of a span that is as long as the span; nil where there is none.
  func next(at checkpoint: Lanyard_V1_Checkpoint, after span: Range<Instant>) -> Session? {
    let length = span.upperBound - span.lowerBound
    return byDoor[checkpoint.name]?
      .first { session in
        let begins = session.span.lowerBound
        return begins > span.lowerBound
          && self.session(at: checkpoint, during: begins..<begins + length) == session
      }
  }
}
