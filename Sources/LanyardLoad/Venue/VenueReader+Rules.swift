import LanyardAPI
import LanyardDomain

/// What of an event's rules the audit's model does not play: it calls no answer wrong that it cannot know.
extension VenueReader {
  /// The most doors that a refusal to play names.
  private static let namedDoors = 4

  /// The first rule of a checkpoint by which an answer may be right that the model would call wrong, in words; nil where it has
  /// none.
  ///
  /// - Parameters:
  ///   - session: The one to which it leads for all of the run; nil for none.
  ///   - all: The event's checkpoints: those of its area count with it.
  static func unknownRule(
    _ checkpoint: Lanyard_V1_Checkpoint,
    of session: RoomSessions.Session? = nil,
    among all: [Lanyard_V1_Checkpoint]
  ) -> String? {
    let rules: [(isAsked: Bool, words: String)] = [
      (checkpoint.reEntry == .unscanned, "re-entry without a scan out"),
      (checkpoint.hasEntryPause, "a pause between two entries"), (checkpoint.hasMostEntries, "a limit of entries"),
      (checkpoint.hasMostDays, "a limit of days"), (checkpoint.hasGrace, "grace after a session"),
      (checkpoint.bookedOnly || session?.isBookedOnly == true, "bookings"), (!checkpoint.reEntryAllowed, "no re-entry"),
      (!checkpoint.admittedGuestRoles.isEmpty, "guest roles"), (!checkpoint.days.isEmpty, "days of its own"),
      (all.contains { $0.area == checkpoint.area && passesMidnight($0) }, "an area that is open past midnight"),
    ]
    return rules.first(where: \.isAsked)?.words
  }

  /// At such a closing everybody in the area is out, in the middle of a day.
  private static func passesMidnight(_ checkpoint: Lanyard_V1_Checkpoint) -> Bool {
    let hours = hours(of: checkpoint)
    return checkpoint.kind != .sessionDoor && hours.closes <= hours.opens
  }

  /// Whether a registration is for the day that is played: who is not is not scanned.
  ///
  /// - Parameter dates: That day by the clocks of the doors that are played, `YYYY-MM-DD` each.
  static func mayCome(_ registration: Lanyard_V1_Registration, on dates: Set<String>) -> Bool {
    registration.days.isEmpty || dates.isSubset(of: registration.days)
  }

  /// Why nothing can be played at an event.
  ///
  /// - Parameters:
  ///   - kind: Of the doors that a scenario plays at.
  ///   - span: In which they have to be open.
  ///   - sessions: Those in its rooms, where these are played.
  static func noDoor(
    _ event: String,
    _ kind: Lanyard_V1_Checkpoint.Kind,
    during span: Range<Instant>,
    among all: [Lanyard_V1_Checkpoint],
    _ sessions: RoomSessions = .none
  ) -> LoadFailure {
    let what = kind == .sessionDoor ? "session door" : "entrance"
    let doors = all.filter { $0.kind == kind }
    guard !doors.isEmpty else {
      return LoadFailure(
        "\(event) has no \(what) at all; a load test needs one: import a programme that has it",
        .wrongUse
      )
    }
    let left = doors.map { "\($0.displayName) (\(unplayedReason($0, during: span, among: all, sessions)))" }
    let more = left.count > namedDoors ? "; and \(left.count - namedDoors) more" : ""
    return LoadFailure(
      "\(event) has no \(what) at which a load test could be played: \(left.prefix(namedDoors).joined(separator: "; "))\(more)",
      .wrongUse
    )
  }

  /// Why nobody can be scanned at a door all the time, or not everybody, and what to do where that is the organiser's to change.
  private static func unplayedReason(
    _ checkpoint: Lanyard_V1_Checkpoint,
    during span: Range<Instant>,
    among all: [Lanyard_V1_Checkpoint],
    _ sessions: RoomSessions
  ) -> String {
    func change(_ option: [String]) -> String {
      CommandWords.line(["lanyard", "event", "change", checkpoint.displayName] + option)
    }
    if checkpoint.closed { return "closed: open it with \(change(["--open"]))" }
    if checkpoint.directions != .both {
      return "one way only: let people go both with \(change(["--directions", "both"]))"
    }
    if !admitsOnsite(checkpoint) { return "not for those who are on site" }
    if let rule = unknownRule(checkpoint, of: sessions.session(at: checkpoint, during: span), among: all) {
      return "\(rule), which is not played, since nobody could say what is right"
    }
    if !isOpen(checkpoint, during: span, sessions) {
      if checkpoint.kind == .sessionDoor { return noSession(checkpoint, during: span, sessions) }
      let (opens, closes) = hours(of: checkpoint)
      return "open from \(clock(opens)) to \(clock(closes)), and not for the next "
        + "\(TimeSpan.words(span.upperBound - span.lowerBound)): play at another hour, or faster with --speed"
    }
    return "for some groups only: another is needed that is for everybody"
  }

  /// That no session lasts from the beginning of a run to ten minutes after it, and when one would.
  private static func noSession(
    _ checkpoint: Lanyard_V1_Checkpoint,
    during span: Range<Instant>,
    _ sessions: RoomSessions
  ) -> String {
    let words = "no one session from \(span.lowerBound.rfc3339()) to \(span.upperBound.rfc3339())"
    guard let next = sessions.next(at: checkpoint, after: span) else {
      return "\(words), and later none that is as long: play faster with --speed, or another day"
    }
    return "\(words): let the server rehearse \(next.span.lowerBound.rfc3339()), when “\(next.title)” begins"
  }

  /// Minutes after midnight as a clock shows them.
  private static func clock(_ minutes: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(two(minutes / 60)):\(two(minutes % 60))"
  }
}
