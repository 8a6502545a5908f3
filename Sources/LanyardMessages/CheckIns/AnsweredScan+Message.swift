package import LanyardAPI
package import LanyardDomain
package import SwiftProtobuf

/// What an answer, or the record, says came of a scan, as programs go by it; who shows it has the message with its words.
package struct AnsweredScan: Hashable, Sendable {
  package let id: UUIDBytes
  package let checkpoint: CheckpointAddress
  package let answer: RecordedScan.Answer
  package let direction: Direction
  /// Resource id of the person's registration, where the badge is on record.
  package let registration: String?
  package let badge: BadgeSerial?
  package let scannedAt: Instant
  package let receivedAt: Instant
  /// When it was decided, where that was before `receivedAt` by a clock that had been set back.
  package let decidedAt: Instant?
  package let offline: RecordedScan.Offline?
  package let undo: RecordedScan.Undo?
  package let isDoubleReading: Bool

  /// When it happened, by the server's clock.
  package var happenedAt: Instant { offline?.happenedAt ?? decidedAt ?? receivedAt }

  /// - Throws: `InvalidInput` where a name, a moment, the answer or its reason is left out, or is none that this version knows.
  package init(_ message: Lanyard_V1_CheckIn) throws(InvalidInput) {
    guard let id = UUIDBytes(message.scanID) else { throw InvalidInput(field: "scan_id", .noUUID) }
    self.id = id
    checkpoint = try ResourceName.checkpoint(message.checkpoint, field: "checkpoint")
    answer = try RecordedScan.Answer(message.answer, message.reason, wasInside: !message.wasNotInside)
    direction = try Direction(message.direction, field: "direction")
    registration =
      try message.hasAttendee
      ? ResourceName.registration(message.attendee.registration, field: "attendee.registration").id
      : nil
    badge = try message.badge.isEmpty ? nil : ResourceName.badge(message.badge, field: "badge").serial
    scannedAt = try message.scanTime.instant(field: "scan_time")
    receivedAt = try message.receiveTime.instant(field: "receive_time")
    decidedAt = try message.hasDecideTime ? message.decideTime.instant(field: "decide_time") : nil
    offline =
      try message.hasOffline
      ? RecordedScan.Offline(
        happenedAt: message.offline.happenTime.instant(field: "offline.happen_time"),
        notInRoster: message.offline.notInRoster
      )
      : nil
    undo =
      try message.hasUndo
      ? RecordedScan.Undo(
        at: message.undo.undoTime.instant(field: "undo.undo_time"),
        reporter: message.undo.reporter,
        note: message.undo.note
      )
      : nil
    isDoubleReading = message.doubleReading
  }
}

extension Lanyard_V1_CheckIn {
  /// When the server answered it, by its clock.
  package var answerTime: Google_Protobuf_Timestamp { hasDecideTime ? decideTime : receiveTime }
}

/// Whom an answer let pass: what a lane follows before its roster tells of it.
package struct AnsweredPassage: Hashable, Sendable {
  package let way: Direction
  /// Resource id of the checkpoint.
  package let checkpoint: String
  /// Resource id of the person's registration.
  package let registration: String
  package let moment: Instant
  /// Its place in the event's feed.
  package let sequence: Int64
  package let isDoubleReading: Bool

  /// Nil where the answer lets nobody pass whose badge is on record.
  ///
  /// - Throws: `InvalidInput` where the answer, a name or the moment is none that this version knows.
  package init?(_ message: Lanyard_V1_CheckIn) throws(InvalidInput) {
    guard message.hasAttendee, let way = try AnswerKind(message.answer, field: "answer").way else { return nil }
    self.way = way
    checkpoint = try ResourceName.checkpoint(message.checkpoint, field: "checkpoint").checkpoint
    registration = try ResourceName.registration(message.attendee.registration, field: "attendee.registration").id
    let field = message.hasDecideTime ? "decide_time" : "receive_time"
    moment = try message.answerTime.instant(field: field)
    sequence = message.sequence
    isDoubleReading = message.doubleReading
  }
}
