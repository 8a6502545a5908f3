import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import SwiftProtobuf

/// `lanyard.v1.AttendanceService`.
struct AttendanceServiceProvider: Lanyard_V1_AttendanceService.SimpleServiceProtocol {
  let store: any CheckInStore
  let clock: ServerClock

  func getAttendance(
    request: Lanyard_V1_GetAttendanceRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Attendance {
    let event = try ResourceName.attendance(request.name, field: "name")
    let checkpoint = try self.checkpoint(request.checkpoint, of: event)
    let now = clock.now
    let counts = try await store.attendance(of: event, checkpoint: checkpoint, at: now)
    var attendance = Lanyard_V1_Attendance()
    attendance.name = request.name
    attendance.readTime = Google_Protobuf_Timestamp(now)
    attendance.peopleInside = Int32(clamping: counts.peopleInside)
    attendance.rehearsal = clock.isRehearsal
    attendance.timeZone = counts.timeZone
    attendance.checkpoints = counts.checkpoints.map { .init($0, of: event) }
    return attendance
  }

  func listCheckIns(
    request: Lanyard_V1_ListCheckInsRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListCheckInsResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let checkpoint = try self.checkpoint(request.checkpoint, of: event)
    let list = "\(request.parent)/checkIns at \(request.checkpoint)"
    let page = try await store.scans(
      of: event,
      checkpoint: checkpoint,
      PageToken.page(size: request.pageSize, token: request.pageToken, of: list)
    )
    var response = Lanyard_V1_ListCheckInsResponse()
    response.checkIns = page.items.map { Lanyard_V1_CheckIn($0, in: context.language) }
    response.nextPageToken = PageToken.token(page.next, of: list)
    return response
  }

  func listConflicts(
    request: Lanyard_V1_ListConflictsRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListConflictsResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let list = "\(request.parent)/conflicts"
    let page = try await store.conflicts(
      of: event,
      PageToken.page(size: request.pageSize, token: request.pageToken, of: list)
    )
    var response = Lanyard_V1_ListConflictsResponse()
    response.conflicts = page.items.map { Lanyard_V1_Conflict($0, of: event, in: context.language) }
    response.nextPageToken = PageToken.token(page.next, of: list)
    return response
  }

  /// The id of a checkpoint that a request names, of the same event; nil where it names none.
  private func checkpoint(_ name: String, of event: String) throws(InvalidInput) -> String? {
    guard !name.isEmpty else { return nil }
    let address = try ResourceName.checkpoint(name, field: "checkpoint")
    guard address.event == event else { throw InvalidInput(field: "checkpoint", .ofAnotherEvent) }
    return address.checkpoint
  }
}
