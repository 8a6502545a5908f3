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
  /// Resource id of the session, at a session's door.
  package let session: String?
  package let reporter: Reporter
  package let overridden: RecordedScan.Overridden?
  /// Who said that the person was outside, whom nobody scanned out.
  package let missedExit: OverrideNote?
  /// Why an organiser put the person outside; nil where somebody scanned a badge.
  package let sentOutNote: String?
  /// What is kept of the code, where it is no recorded badge's.
  package let trace: CodeTrace?

  /// When it happened, by the server's clock.
  package var happenedAt: Instant { offline?.happenedAt ?? decidedAt ?? receivedAt }

  /// - Throws: `InvalidInput` where a name, a moment, the answer or its reason is left out, or is none that this version knows.
  package init(_ message: Lanyard_V1_CheckIn, under prefix: String = "") throws(InvalidInput) {
    guard let id = UUIDBytes(message.scanID) else { throw InvalidInput(field: "\(prefix)scan_id", .noUUID) }
    self.id = id
    checkpoint = try ResourceName.checkpoint(message.checkpoint, field: "\(prefix)checkpoint")
    answer = try RecordedScan.Answer(message.answer, message.reason, wasInside: !message.wasNotInside, under: prefix)
    direction = try Direction(message.direction, field: "\(prefix)direction")
    registration =
      try message.hasAttendee
      ? ResourceName.registration(message.attendee.registration, field: "\(prefix)attendee.registration").id
      : nil
    badge = try message.badge.isEmpty ? nil : ResourceName.badge(message.badge, field: "\(prefix)badge").serial
    scannedAt = try message.scanTime.instant(field: "\(prefix)scan_time")
    receivedAt = try message.receiveTime.instant(field: "\(prefix)receive_time")
    decidedAt = try message.hasDecideTime ? message.decideTime.instant(field: "\(prefix)decide_time") : nil
    offline =
      try message.hasOffline
      ? RecordedScan.Offline(
        happenedAt: message.offline.happenTime.instant(field: "\(prefix)offline.happen_time"),
        notInRoster: message.offline.notInRoster
      )
      : nil
    undo =
      try message.hasUndo
      ? RecordedScan.Undo(
        at: message.undo.undoTime.instant(field: "\(prefix)undo.undo_time"),
        reporter: Reporter(
          Reporter.Kind.stated(message.undo.reporterKind, field: "\(prefix)undo.reporter_kind"),
          id: message.undo.reporter
        ),
        note: message.undo.note
      )
      : nil
    isDoubleReading = message.doubleReading
    session = try message.session.isEmpty ? nil : ResourceName.session(message.session, field: "\(prefix)session").id
    let kind = try Reporter.Kind.stated(message.reporterKind, field: "\(prefix)reporter_kind")
    reporter = Reporter(kind, id: message.reporter)
    overridden = try RefusalReason.stated(message.overriddenReason, field: "\(prefix)overridden_reason").map {
      RecordedScan.Overridden(reason: $0, note: OverrideNote(recorded: message.override))
    }
    missedExit = message.hasMissedExit ? OverrideNote(recorded: message.missedExit) : nil
    sentOutNote = message.sentOut ? message.sentOutNote : nil
    trace = try message.hasCodeTrace ? CodeTrace(message.codeTrace, field: "\(prefix)code_trace") : nil
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
