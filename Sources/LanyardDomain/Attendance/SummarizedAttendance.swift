/// How many came on a day, with what is needed to call them by their names.
package struct SummarizedAttendance: Sendable {
  package let summary: AttendanceSummary
  /// Titles of the sessions of the summary's rows, by their ids.
  package let sessionTitles: [String: LocalizedText]
  package let timeZone: ZoneID
  /// What the event calls its groups and roles.
  package let terms: EventTerms

  package init(
    summary: AttendanceSummary,
    sessionTitles: [String: LocalizedText],
    timeZone: ZoneID,
    terms: EventTerms
  ) {
    (self.summary, self.sessionTitles, self.timeZone, self.terms) = (summary, sessionTitles, timeZone, terms)
  }
}
