package import LanyardAPI

/// An answer in the words that an operator reads.
package struct AnswerWords: Sendable {
  /// One word to be shown very large.
  package let headline: String
  /// What explains it, the most important first.
  package let lines: [String]
  /// The style of the headline as ANSI codes: green to go, red to stop, blue on the way out.
  package let style: String

  package init(_ checkIn: Lanyard_V1_CheckIn) {
    let person = [checkIn.attendee.displayName, checkIn.attendee.stakeholderGroup, checkIn.attendee.guestRole]
      .filter { !$0.isEmpty }.joined(separator: " · ")
    let who = person.isEmpty ? [] : [person]
    switch checkIn.answer {
    case .admitted:
      (headline, style) = ("ADMITTED", "1;30;42")
      lines = who
    case .left:
      (headline, style) = ("LEFT", "1;37;44")
      lines = who + (checkIn.wasNotInside ? ["was not known to be inside"] : [])
    case .refused, .unspecified, .UNRECOGNIZED:
      (headline, style) = ("REFUSED", "1;37;41")
      lines = [checkIn.operatorMessage.isEmpty ? "Call a supervisor." : checkIn.operatorMessage] + who
    }
  }
}
