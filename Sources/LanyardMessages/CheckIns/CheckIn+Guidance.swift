package import LanyardAPI
package import LanyardDomain
package import LanyardTexts
import SwiftProtobuf

extension Lanyard_V1_CheckIn {
  /// What is said about a refusal to a reader of a language, whoever decided it.
  ///
  /// - Parameters:
  ///   - terms: What the event calls its groups and roles, where that is known here.
  ///   - title: What a later session is called in the language; nil where the answer's own title has to do.
  /// - Returns: Nil where the reason, the time zone or a way of taking part is one that this program does not know, as of a
  ///   server from before it told the clock of the place: then the server's own words are all there is.
  package func guidance(_ terms: EventTerms, _ reader: Language, session title: String? = nil) -> Guidance? {
    let ways = admittedParticipations.compactMap(\.value)
    guard let reason = reason.value, let zone = ZoneID(rawValue: timeZone), ways.count == admittedParticipations.count
    else { return nil }
    var known = Guidance.Circumstances(clock: VenueTime(zone: zone))
    known.opensAt = hasOpensTime ? Instant(shown: opensTime) : nil
    // Who does not know what the event calls its groups has what the server called them.
    known.admittedHere =
      terms == .none && !admittedHereLabels.isEmpty
      ? admittedHereLabels
      : terms.names(admittedHere, in: reader)
    known.admittedParticipations = ways
    if hasEarlier {
      known.earlier = .init(at: Instant(shown: earlier.admitTime), through: earlier.checkpointDisplayName)
    }
    known.used = usedLimit
    known.doors = help.checkpointDisplayNames
    if !help.session.isEmpty, help.hasSessionOpensTime {
      known.nextSession = .init(title ?? help.sessionTitle, from: Instant(shown: help.sessionOpensTime))
    }
    return Guidance(reason, known)
  }
}
