package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_CheckIn {
  /// Says what else explains a refusal, with the title of a session as it is for all.
  mutating func explain(_ explanation: RecordedScan.Explanation, of event: String) {
    switch explanation.used {
    case .entries(let limit): mostEntries = Int32(clamping: limit)
    case .days(let limit): mostDays = Int32(clamping: limit)
    case nil: break
    }
    if let next = explanation.nextSession {
      help.session = ResourceName.session(next.session, of: event).description
      help.sessionTitle = next.title.plain
      help.sessionOpensTime = Google_Protobuf_Timestamp(next.opensAt)
    }
    guard !explanation.doors.isEmpty else { return }
    help.checkpoints = explanation.doors.map { ResourceName.checkpoint($0.checkpoint, of: event).description }
    help.checkpointDisplayNames = explanation.doors.map(\.displayName)
  }

  /// How often, or on how many days, a person may be admitted, where that is used up.
  package var usedLimit: EntryLimit? {
    if hasMostEntries { return .entries(Int(mostEntries)) }
    return hasMostDays ? .days(Int(mostDays)) : nil
  }
}
