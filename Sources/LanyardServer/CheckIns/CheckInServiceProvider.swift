import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import Logging
import SwiftProtobuf

/// `lanyard.v1.CheckInService`.
struct CheckInServiceProvider: Lanyard_V1_CheckInService.SimpleServiceProtocol {
  let store: any ProgrammeStore & CheckInStore & RegistrationStore & BadgeStore
  let writer: AdmissionWriter
  let roster: RosterFeed
  /// How long a lane may take nothing of its roster.
  let rosterPatience: Duration
  let reports: DeviceReports
  let searches: SearchBudget
  /// Says what a text is that is no recorded badge's code.
  let reader: @Sendable (String) -> CodeReading
  let clock: ServerClock
  let logger: Logger
  /// Rosters that one caller watches at once.
  let watches: CallLimit
  /// Searches for people under way at once.
  let searching: CallLimit

  func checkIn(
    request: Lanyard_V1_CheckInRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_CheckInResponse {
    let caller = try context.caller
    let address = try ResourceName.checkpoint(request.checkpoint, field: "checkpoint")
    let scan = try SubmittedScan(request.scan, at: address, by: caller, received: clock.now, under: "scan.")
    let outcome =
      request.simulate
      ? try await store.simulate(scan, at: clock.now, reader: reader) : try await writer.admit(scan)
    if !request.simulate { searches.settle(outcome, for: caller.id) }
    switch outcome {
    case .recorded(let recorded):
      // Looked up only where it makes a difference.
      let language = recorded.isToldInWords ? await context.language : .english
      return .with {
        $0.checkIn = Lanyard_V1_CheckIn(recorded, in: language)
        if request.simulate { $0.checkIn.simulated = true }
      }
    case .failed(let failure): throw failure
    }
  }

  func streamCheckIns(
    request: RPCAsyncSequence<Lanyard_V1_StreamCheckInsRequest, any Error>,
    response: RPCWriter<Lanyard_V1_StreamCheckInsResponse>,
    context: ServerContext
  ) async throws {
    let lane = LaneStream(
      store: store,
      writer: writer,
      reports: reports,
      searches: searches,
      clock: clock,
      caller: try context.caller,
      language: { await context.language },
      act: { context.act(clock) }
    )
    try await context.whileAllowed { try await lane.run(request, response) }
  }

  func uploadCheckIns(
    request: Lanyard_V1_UploadCheckInsRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_UploadCheckInsResponse {
    let caller = try context.caller
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    guard request.checkIns.count <= RequestLimit.upload else {
      throw InvalidInput(field: "check_ins", .tooManyEntries(limit: RequestLimit.upload))
    }
    if request.hasReport { try await reports.note(request.report, of: caller) { context.act(clock) } }
    var upload = UploadRequest(event: event, caller: caller, now: clock.now)
    for (index, entry) in request.checkIns.enumerated() { upload.add(entry, number: index) }
    let outcomes = try await writer.upload(
      OfflineUpload(
        upload.scans,
        of: event,
        by: context.act(clock),
        reporter: caller.reporter,
        isSupervisor: caller.isSupervisor
      )
    )
    return upload.response(outcomes, in: await context.language)
  }

  func watchRoster(
    request: Lanyard_V1_WatchRosterRequest,
    response: RPCWriter<Lanyard_V1_WatchRosterResponse>,
    context: ServerContext
  ) async throws {
    let caller = try context.caller
    let withholding = RosterWithholding(known: request.knownRules)
    let watch = RosterWatch(
      feed: roster,
      event: try ResourceName.eventSlug(request.parent, field: "parent"),
      clock: clock,
      withholding: withholding,
      patience: rosterPatience,
      cancellation: context.cancellation
    )
    if request.hasReport { try await reports.note(request.report, of: caller) { context.act(clock) } }
    let checkpoints = try watch.checkpoints(request.checkpoints, for: caller)
    try await watches.run(context) {
      try await watch.run(checkpoints: checkpoints, from: withholding.cursor(request.cursor), response)
    }
  }

  func searchAttendees(
    request: Lanyard_V1_SearchAttendeesRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_SearchAttendeesResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let caller = try context.caller
    let search = AttendeeSearch(
      store: store,
      budget: searches,
      logger: logger,
      event: event,
      caller: caller.id,
      now: clock.now,
      language: await context.language
    )
    return try await searching.run(for: caller.id) { try await search.run(request) }
  }

  func undoCheckIn(
    request: Lanyard_V1_UndoCheckInRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_CheckIn {
    let caller = try context.caller
    let (event, scan) = try ResourceName.checkIn(request.name, field: "name")
    let note = try PlainText.validated(request.note, limit: OverrideNote.noteLimit, field: "note")
    let undo = UndoRequest(
      scan: scan,
      event: event,
      reporter: caller.reporter,
      isSupervisor: caller.isSupervisor,
      note: note
    )
    let now = clock.now
    if let undone = try await store.undo(context.act(clock).at(now), undo) {
      return Lanyard_V1_CheckIn(undone, in: await context.language)
    }
    return Lanyard_V1_CheckIn(withdrawn: scan, of: event, .init(at: now, reporter: caller.reporter, note: note))
  }

  func sendOut(
    request: Lanyard_V1_SendOutRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_SendOutResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    guard !request.registration.isEmpty || !request.checkpoint.isEmpty else {
      throw InvalidInput(field: "registration", .request(.nobodySentOut))
    }
    var (registration, checkpoint): (String?, String?)
    if !request.registration.isEmpty {
      registration = try ResourceName.registration(request.registration, of: event, field: "registration")
    }
    if !request.checkpoint.isEmpty {
      checkpoint = try ResourceName.checkpoint(request.checkpoint, of: event, field: "checkpoint")
    }
    let sendOut = SendOutRequest(
      event: event,
      registration: registration,
      checkpoint: checkpoint,
      note: try PlainText.validated(request.note, limit: OverrideNote.noteLimit, field: "note"),
      reporter: try context.caller.reporter
    )
    let sent = try await store.sendOut(sendOut) {
      // Who gave the call up asks for no more; what is done stays.
      try Task.checkCancellation()
      return context.act(clock)
    }
    logger.notice("people put outside", metadata: ["event": "\(event)", "people": "\(sent.people)"])
    return .with {
      $0.checkIns = sent.scans.map { ResourceName.checkIn($0, of: event).description }
      $0.people = Int32(clamping: sent.people)
      $0.remaining = Int32(clamping: sent.remaining)
    }
  }
}

extension RecordedScan {
  /// Whether what is told of it depends on the reader's language: why somebody is refused, and what their group or role is
  /// called.
  fileprivate var isToldInWords: Bool {
    if case .refused = answer { return true }
    guard let attendee else { return false }
    return terms.groupLabel(attendee.group, in: .english) != nil || terms.roleLabel(attendee.role, in: .english) != nil
  }
}
