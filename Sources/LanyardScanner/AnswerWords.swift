import Foundation
package import LanyardAPI
import SwiftProtobuf

/// An answer in the words that an operator reads.
package struct AnswerWords: Sendable {
  /// One word to be shown very large.
  package let headline: String
  /// What explains it, the most important first.
  package let lines: [String]
  /// The style of the headline as ANSI codes: green to go, red to stop, blue on the way out.
  package let style: String

  /// - Parameter time: The clock of the place, in which times are told.
  package init(_ checkIn: Lanyard_V1_CheckIn, time: VenueTime) {
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
      lines = [Self.sentence(for: checkIn, time: time)] + who
    }
  }

  /// What the operator needs to know of a refusal.
  package static func sentence(for checkIn: Lanyard_V1_CheckIn, time: VenueTime) -> String {
    switch checkIn.reason {
    case .unreadable: "This is no badge code. Scan again."
    case .forged: "The code is forged. Call a supervisor."
    case .unknownKey: "The code is signed with a key that is not known here. Call a supervisor."
    case .otherEvent: "The badge is of another event."
    case .unknownBadge: "The badge is not on record. Send to the registration desk."
    case .replaced: "The badge was replaced by another one. Ask for the new badge."
    case .revoked: "The badge was revoked. Call a supervisor."
    case .notActivated: "The badge is not activated yet. Send to the registration desk."
    case .cancelled: "The registration was cancelled. Send to the registration desk."
    case .notConfirmed: "The registration is not confirmed. Send to the registration desk."
    case .remoteOnly: "Registered for remote participation only. Send to the registration desk."
    case .notYetValid: "The badge is not valid yet\(from(checkIn, time))."
    case .expired: "The badge is not valid any more."
    case .outsideHours: "Nobody is admitted here now\(from(checkIn, time))."
    case .notAdmittedHere:
      checkIn.admittedHere.isEmpty
        ? "Not admitted here." : "Only for: \(checkIn.admittedHere.joined(separator: ", "))."
    case .notBooked: "Only for who booked."
    case .checkpointClosed: "This checkpoint is closed."
    case .alreadyInside: "Already inside\(since(checkIn, time))."
    case .alreadyAdmitted: "Was admitted before, and re-entry is not allowed\(since(checkIn, time))."
    case .full: "It is full inside. Ask to wait."
    case .unspecified, .UNRECOGNIZED: "Call a supervisor."
    }
  }

  private static func from(_ checkIn: Lanyard_V1_CheckIn, _ time: VenueTime) -> String {
    checkIn.hasOpensTime ? ": from \(time.dateAndTime(checkIn.opensTime))" : ""
  }

  private static func since(_ checkIn: Lanyard_V1_CheckIn, _ time: VenueTime) -> String {
    guard checkIn.hasEarlier else { return "" }
    let earlier = checkIn.earlier
    return ": since \(time.timeOfDay(earlier.admitTime)) through \(earlier.checkpointDisplayName)"
  }
}
