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
    entries = Int32(clamping: presence.entries)
    earlierDays = presence.earlierDays.map { "\(LocalDate(number: $0))" }
  }
}

extension RosterPresence {
  /// Where a person stands, under the key that a device gave the checkpoint.
  ///
  /// - Parameters:
  ///   - area: The checkpoint's.
  ///   - day: The number of the day that holds a moment, by the clocks of the checkpoint.
  /// - Throws: `InvalidInput` where one of its moments is none, or is left out, since by another one the person would be inside
  ///   nowhere; where a count or a day is none.
  package init(
    _ message: Lanyard_V1_RosterPresence,
    at checkpoint: Key<Checkpoint>,
    in area: String,
    day: (Instant) -> Int
  ) throws(InvalidInput) {
    var presence: Presence?
    if message.hasAdmitTime {
      let admittedAt = try message.admitTime.instant(field: "admit_time")
      guard message.entries >= 0 else { throw InvalidInput(field: "entries", .isNegative) }
      var earlierDays: [Int] = []
      for (index, day) in message.earlierDays.enumerated() {
        earlierDays.append(try LocalDate(day, field: "earlier_days[\(index)]").number)
      }
      guard message.hasPeriodStartTime else { throw InvalidInput(field: "period_start_time", .noTime) }
      presence = Presence(
        checkpoint: checkpoint,
        isInside: message.inside,
        admittedAt: admittedAt,
        period: try message.periodStartTime.instant(field: "period_start_time"),
        day: day(admittedAt),
        // Left out is once, as the contract says.
        entries: message.entries == 0 ? 1 : Int(message.entries),
        earlierDays: earlierDays
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
