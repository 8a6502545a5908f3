package import LanyardAPI
package import LanyardDomain
import SwiftProtobuf

extension Lanyard_V1_RosterPresence {
  package init(_ stand: RosterPresence) {
    self.init()
    registration = stand.registration
    checkpoint = stand.checkpoint
    guard let presence = stand.presence else { return }
    inside = presence.isInside
    admitTime = Google_Protobuf_Timestamp(presence.admittedAt)
    periodStartTime = Google_Protobuf_Timestamp(presence.period)
  }
}

extension RosterPresence {
  /// Where a person stands, under the key that a device gave the checkpoint.
  ///
  /// - Parameters:
  ///   - area: The checkpoint's.
  ///   - day: The number of the day that holds a moment, by the clocks of the checkpoint.
  /// - Throws: `InvalidInput` where one of its moments is none, or is left out: by another one the person would be inside
  ///   nowhere.
  package init(
    _ message: Lanyard_V1_RosterPresence,
    at checkpoint: Key<Checkpoint>,
    in area: String,
    day: (Instant) -> Int
  ) throws(InvalidInput) {
    var presence: Presence?
    if message.hasAdmitTime {
      let admittedAt = try message.admitTime.instant(field: "admit_time")
      guard message.hasPeriodStartTime else { throw InvalidInput(field: "period_start_time", .noTime) }
      presence = Presence(
        checkpoint: checkpoint,
        isInside: message.inside,
        admittedAt: admittedAt,
        period: try message.periodStartTime.instant(field: "period_start_time"),
        day: day(admittedAt)
      )
    }
    self.init(
      registration: message.registration,
      checkpoint: message.checkpoint,
      area: area,
      presence: presence
    )
  }
}
