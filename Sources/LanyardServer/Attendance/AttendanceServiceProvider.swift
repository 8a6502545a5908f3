import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import SwiftProtobuf

/// `lanyard.v1.AttendanceService`.
struct AttendanceServiceProvider: Lanyard_V1_AttendanceService.SimpleServiceProtocol {
  let store: any CheckInStore & DeviceStore & TokenStore & RemoteStore
  let feed: AttendanceFeed
  let clock: ServerClock
  /// How long a watcher may take nothing of what is sent.
  let patience: Duration
  /// Headcounts that one caller watches at once.
  let watches: CallLimit

  func getAttendance(
    request: Lanyard_V1_GetAttendanceRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Attendance {
    let event = try ResourceName.attendance(request.name, field: "name")
    let checkpoint = try self.checkpoint(request.checkpoint, of: event)
    let now = clock.now
    let counts = try await store.attendance(of: event, checkpoint: checkpoint, at: now)
    var attendance = Lanyard_V1_Attendance(counts, of: event, at: now, isRehearsal: clock.isRehearsal)
    guard checkpoint == nil else { return attendance }
    let remote = try await store.remoteCounts(of: event, at: now)
    attendance.remote = remote.sorted { $0.key < $1.key }.map { .init($0.value, at: $0.key, of: event) }
    attendance.remotePeople = attendance.remote.reduce(0) { $0 + $1.inside }
    return attendance
  }

  func watchAttendance(
    request: Lanyard_V1_WatchAttendanceRequest,
    response: RPCWriter<Lanyard_V1_WatchAttendanceResponse>,
    context: ServerContext
  ) async throws {
    let event = try ResourceName.attendance(request.name, field: "name")
    let checkpoint = try self.checkpoint(request.checkpoint, of: event)
    let watch = OpenWatch<Lanyard_V1_WatchAttendanceResponse>(patience: patience, cancellation: context.cancellation)
    try await watches.run(context) { try await watch.run(response) { try await follow(event, checkpoint, $0) } }
  }

  /// Tells state after state; who takes one late is told the newest next.
  private func follow(
    _ event: String,
    _ checkpoint: String?,
    _ delivery: Delivery<Lanyard_V1_WatchAttendanceResponse>
  ) async throws {
    var (told, due) = (Int64(0), ContinuousClock.now)
    while true {
      let state = try await feed.state(of: event)
      if let checkpoint, !state.counts.checkpoints.contains(where: { $0.id == checkpoint }) {
        throw StoreError.notFound(.checkpoint(checkpoint, of: event))
      }
      let message = try state.message(
        of: event,
        after: told,
        checkpoint: checkpoint,
        isRehearsal: clock.isRehearsal,
        always: due <= .now
      )
      if let message {
        try await delivery.write(message)
        due = .now + AttendanceFeed.silence
      }
      told = state.number
      try await feed.change(of: event, after: state)
    }
  }

  func listPeopleInside(
    request: Lanyard_V1_ListPeopleInsideRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListPeopleInsideResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let checkpoint = try self.checkpoint(request.checkpoint, of: event)
    let now = clock.now
    let found = try await store.peopleInside(
      of: event,
      checkpoint: checkpoint,
      at: now,
      request.page()
    )
    let language = await context.language
    return .with {
      $0.people = found.page.items.map { .init($0, of: event, found.terms, in: language) }
      $0.nextPageToken = request.pageToken(of: found.page.next)
      $0.totalSize = Int32(clamping: found.total)
      $0.readTime = Google_Protobuf_Timestamp(now)
      $0.rehearsal = clock.isRehearsal
      $0.timeZone = found.timeZone.rawValue
    }
  }

  func summarizeAttendance(
    request: Lanyard_V1_SummarizeAttendanceRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_AttendanceSummary {
    let event = try ResourceName.attendance(request.name, field: "name")
    let grouping = try AttendanceGrouping.stated(request.grouping, field: "grouping")
    let now = clock.now
    let found = try await store.summary(of: event, on: request.date, by: grouping, at: now)
    var summary = Lanyard_V1_AttendanceSummary(found, of: event, in: await context.language)
    summary.readTime = Google_Protobuf_Timestamp(now)
    summary.rehearsal = clock.isRehearsal
    return summary
  }

  func listCheckIns(
    request: Lanyard_V1_ListCheckInsRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListCheckInsResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let asked = try request.page()
    try await requireReporter(request.reporter, of: event)
    let page = try await store.scans(of: event, matching: ScanFilter(request, of: event), asked)
    let language = await context.language
    var response = Lanyard_V1_ListCheckInsResponse()
    response.checkIns = page.items.map { Lanyard_V1_CheckIn($0, in: language) }
    response.nextPageToken = request.pageToken(of: page.next)
    return response
  }

  func listConflicts(
    request: Lanyard_V1_ListConflictsRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListConflictsResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let asked = try request.page()
    try await requireReporter(request.reporter, of: event)
    let page = try await store.conflicts(of: event, matching: ConflictFilter(request, of: event), asked)
    let language = await context.language
    var response = Lanyard_V1_ListConflictsResponse()
    response.conflicts = page.items.map { Lanyard_V1_Conflict($0, of: event, in: language) }
    response.nextPageToken = request.pageToken(of: page.next)
    return response
  }

  /// Throws where nobody is there of whose scans a list is asked for: nothing would be taken for an answer.
  ///
  /// - Parameter id: Of a device of the event, or of a token that is for it; empty where all are asked for.
  private func requireReporter(_ id: String, of event: String) async throws {
    guard !id.isEmpty else { return }
    if let token = try await store.token(id), token.event ?? event == event { return }
    guard try await store.device(id)?.event == event else { throw StoreError.notFound(.token(id)) }
  }

  /// The id of a checkpoint that a request names, of the same event; nil where it names none.
  private func checkpoint(_ name: String, of event: String) throws(InvalidInput) -> String? {
    name.isEmpty ? nil : try ResourceName.checkpoint(name, of: event, field: "checkpoint")
  }
}
