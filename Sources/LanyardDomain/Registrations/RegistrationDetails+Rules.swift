extension LocalDate {
  /// Whether who is registered for some days is registered for this one: where none is named, for every day.
  package func isAmong(_ days: [LocalDate]) -> Bool { days.isEmpty || days.contains(self) }
}

extension RegistrationDetails {
  /// Whether it is for a day of the event.
  package func isFor(_ day: LocalDate) -> Bool { day.isAmong(days) }

  /// Whether somebody of this state is waited for at the doors of a day.
  package func isExpected(on day: LocalDate, as state: RegistrationState) -> Bool {
    state.takesPlace(participation) && isFor(day)
  }

  /// What the person is counted under: the group, or the role where there is no group.
  package var countedGroup: String { Self.counted(group: stakeholderGroup, role: guestRole) }

  /// The same, of ids or of labels.
  package static func counted(group: String, role: String) -> String { group.isEmpty ? role : group }
}

extension Event {
  /// Whether a date is one of its days.
  package func isHeld(on date: LocalDate) -> Bool { startDate <= date && date <= endDate }

  /// What is wrong with a date that is none of its days.
  package var otherDay: Fault { .otherDay(start: "\(startDate)", end: "\(endDate)") }

  /// The day of it that a text names.
  ///
  /// - Throws: `InvalidInput` where it is no date, or none of its days.
  package func day(_ text: String, field: String) throws(InvalidInput) -> LocalDate {
    guard let day = LocalDate(text) else { throw InvalidInput(field: field, .noDate) }
    guard isHeld(on: day) else { throw InvalidInput(field: field, otherDay) }
    return day
  }
}
