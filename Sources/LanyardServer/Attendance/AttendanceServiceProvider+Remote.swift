import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import SwiftProtobuf

/// How participants follow sessions over the network.
extension AttendanceServiceProvider {
  func joinSession(
    request: Lanyard_V1_JoinSessionRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_JoinSessionResponse {
    let (event, session) = try ResourceName.session(request.session, field: "session")
    let registration = try ResourceName.registration(request.registration, of: event, field: "registration")
    let visit = try await store.joinSession(context.act(clock), session, by: registration, of: event)
    return .with {
      $0.streamUri = visit.session.stream
      $0.heartbeatInterval = Google_Protobuf_Duration(RemotePresence.heartbeat)
      $0.silenceLimit = Google_Protobuf_Duration(RemotePresence.silence)
      $0.joinTime = Google_Protobuf_Timestamp(visit.joinedAt)
      $0.endTime = Google_Protobuf_Timestamp(visit.session.span.upperBound)
    }
  }

  func leaveSession(
    request: Lanyard_V1_LeaveSessionRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_LeaveSessionResponse {
    let (event, session) = try ResourceName.session(request.session, field: "session")
    let registration = try ResourceName.registration(request.registration, of: event, field: "registration")
    try await store.leaveSession(context.act(clock), session, by: registration, of: event)
    return Lanyard_V1_LeaveSessionResponse()
  }
}

extension Lanyard_V1_Attendance.RemoteAttendance {
  /// - Parameter id: Of the session.
  init(_ count: RemoteCount, at id: String, of event: String) {
    self.init()
    session = ResourceName.session(id, of: event).description
    (inside, people) = (Int32(clamping: count.inside), Int32(clamping: count.people))
  }
}
