/// How long after an event it is known who registered, and what they answered.
package enum Retention {
  /// How many days after its last day that can be.
  package static let days = 0...3650
}

extension Event {
  /// When so many days past its last one are over; nil where the calendar has no such day.
  private func end(ofDays days: Int) -> Instant? {
    timeZone.calendar.end(of: LocalDate(daysSince1970: endDate.daysSince1970 + days))
  }

  /// From when on everybody who registered is erased; nil where nobody is by themselves.
  package var erasesPeopleAt: Instant? { retentionDays.flatMap(end(ofDays:)) }

  /// Whether everybody who registered is to be erased by a moment.
  package func erasesPeople(at now: Instant) -> Bool { erasesPeopleAt.map { $0 <= now } ?? false }

  /// The questions, also those that are asked no more, whose answers are to be erased by a moment.
  package func questionsToForget(at now: Instant) -> [EventQuestion] {
    questions.filter { question in
      question.retentionDays.flatMap(end(ofDays:)).map { $0 <= now } ?? false
    }
  }
}
