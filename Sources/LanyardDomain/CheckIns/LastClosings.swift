/// When the last of some doors closes, day by day: each counts on the days on which it opens.
struct LastClosings: Sendable {
  /// On days that no door names; nil where it never closes, or none opens.
  private let usual: Int?
  /// On days that a door names.
  private let ofDays: [LocalDate: Int?]

  /// - Parameter minute: When a door closes, in minutes after the start of the day on which it opened; nil where it never does.
  init(_ doors: [Checkpoint], _ minute: (Checkpoint) -> Int?) {
    func last(_ doors: [Checkpoint]) -> Int? {
      let minutes = doors.map(minute)
      return minutes.contains(nil) ? nil : minutes.compactMap(\.self).max()
    }
    usual = last(doors.filter(\.days.isEmpty))
    ofDays = Dictionary(
      Set(doors.flatMap(\.days)).map { date in
        (date, last(doors.filter { $0.days.isEmpty || $0.days.contains(date) }))
      },
      uniquingKeysWith: { $1 }
    )
  }

  /// When the last closes of those that open on a day, in minutes after its start; nil where it never does, or none opens.
  func minute(on date: LocalDate) -> Int? {
    if let special = ofDays[date] { return special }
    return usual
  }

  /// Whether each day ends with the last door.
  var isMidnight: Bool {
    ([usual] + ofDays.values).allSatisfy { ($0 ?? DailyHours.minutesOfDay) == DailyHours.minutesOfDay }
  }

  /// Whether there is no day on which the last closes.
  var isNever: Bool { usual == nil && ofDays.values.allSatisfy { $0 == nil } }
}
