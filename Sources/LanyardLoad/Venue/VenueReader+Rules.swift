import LanyardAPI
import LanyardDomain

/// What of an event's rules the audit's model does not play: it calls no answer wrong that it cannot know.
extension VenueReader {
  /// The most doors that a refusal to play names.
  private static let namedDoors = 4

  /// The first rule of a checkpoint by which an answer may be right that the model would call wrong, in words; nil where it has
  /// none.
  ///
  /// - Parameter all: The event's checkpoints: those of its area count with it.
  static func unknownRule(_ checkpoint: Lanyard_V1_Checkpoint, among all: [Lanyard_V1_Checkpoint]) -> String? {
    let rules: [(isAsked: Bool, words: String)] = [
      (checkpoint.reEntry == .unscanned, "re-entry without a scan out"),
      (checkpoint.hasEntryPause, "a pause between two entries"), (checkpoint.hasMostEntries, "a limit of entries"),
      (checkpoint.hasMostDays, "a limit of days"), (checkpoint.hasGrace, "grace after a session"),
      (checkpoint.bookedOnly, "bookings"), (!checkpoint.reEntryAllowed, "no re-entry"),
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
  /// - Parameter kind: Of the doors that a scenario plays at.
  static func noDoor(
    _ event: String,
    _ kind: Lanyard_V1_Checkpoint.Kind,
    _ length: Duration,
    among all: [Lanyard_V1_Checkpoint]
  ) -> LoadFailure {
    let left = all.filter { $0.kind == kind }.compactMap { checkpoint in
      unknownRule(checkpoint, among: all).map { "\(checkpoint.displayName) (\($0))" }
    }
    let named = left.prefix(namedDoors).joined(separator: ", ") + (left.count > namedDoors ? " and others" : "")
    let why = left.isEmpty ? "" : ". What these ask for is not played, since nobody could say what is right: \(named)"
    return LoadFailure(
      "\(event) has no \(kind == .sessionDoor ? "session door" : "entrance") that is open for the next "
        + "\(TimeSpan.words(length)) and admits everybody on site both ways; a load test needs one\(why)",
      .wrongUse
    )
  }
}
