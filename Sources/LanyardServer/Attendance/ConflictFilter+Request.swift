import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import SwiftProtobuf

extension ConflictFilter {
  /// What a request asks for.
  ///
  /// - Parameter event: Slug of the event that it names.
  /// - Throws: `InvalidInput` where a name is none, or of another event, or a value is none that this version knows.
  init(_ request: Lanyard_V1_ListConflictsRequest, of event: String) throws(InvalidInput) {
    self.init()
    reason = try RefusalReason.stated(request.reason, field: "reason")
    kind = try ConflictKind.stated(request.kind, field: "kind")
    if !request.checkpoint.isEmpty {
      checkpoint = try ResourceName.checkpoint(request.checkpoint, of: event, field: "checkpoint")
    }
    if !request.registration.isEmpty {
      registration = try ResourceName.registration(request.registration, of: event, field: "registration")
    }
    if !request.reporter.isEmpty { reporter = request.reporter }
    answer = try AnswerKind.stated(request.answer, field: "answer")
    direction = try Direction.stated(request.direction, field: "direction")
    if request.hasStartTime { start = try request.startTime.instant(field: "start_time") }
    if request.hasEndTime { end = try request.endTime.instant(field: "end_time") }
  }
}
