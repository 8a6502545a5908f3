import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import Logging
import SwiftProtobuf

/// `lanyard.v1.EventService`.
struct EventServiceProvider: Lanyard_V1_EventService.SimpleServiceProtocol {

  let store: any ProgrammeStore & QuestionStore
  let clock: ServerClock
  let logger: Logger

  func getEvent(request: Lanyard_V1_GetEventRequest, context: ServerContext) async throws -> Lanyard_V1_Event {
    let event = try ResourceName.eventSlug(request.name, field: "name")
    let found = Lanyard_V1_Event(try await store.event(event), at: clock.now)
    return try context.caller.knowsWhatIsPublic ? found.forEveryone : found
  }

  func listEvents(
    request: Lanyard_V1_ListEventsRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListEventsResponse {
    if let event = try context.caller.listedEvent {
      let own = Lanyard_V1_Event(try await store.event(event), at: clock.now)
      return .with { $0.events = [own] }
    }
    let isPublic = try context.caller.isStranger
    let page = try await store.events(
      request.page(),
      includingArchived: request.showArchived && !isPublic
    )
    var response = Lanyard_V1_ListEventsResponse()
    let now = clock.now
    response.events = page.items.compactMap { stored in
      let event = Lanyard_V1_Event(stored, at: now)
      if isPublic { return stored.hasPublicPages ? event.forEveryone : nil }
      return event
    }
    response.nextPageToken = request.pageToken(of: page.next)
    return response
  }

  func updateEvent(
    request: Lanyard_V1_UpdateEventRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Event {
    let slug = try ResourceName.eventSlug(request.event.name, field: "event.name")
    let changed = try await store.change(context.act(clock), slug, EventChange(request))
    logger.notice("event changed", metadata: ["event": "\(slug)", "archived": "\(changed.isArchived)"])
    return Lanyard_V1_Event(changed, at: clock.now)
  }

  func deleteEvent(
    request: Lanyard_V1_DeleteEventRequest,
    context: ServerContext
  ) async throws -> Google_Protobuf_Empty {
    let slug = try ResourceName.eventSlug(request.name, field: "name")
    try await store.deleteEvent(context.act(clock), slug)
    logger.notice("event deleted", metadata: ["event": "\(slug)"])
    return Google_Protobuf_Empty()
  }

  func getSession(request: Lanyard_V1_GetSessionRequest, context: ServerContext) async throws -> Lanyard_V1_Session {
    let (event, id) = try ResourceName.session(request.name, field: "name")
    let found = Lanyard_V1_Session(try await store.session(id, of: event), of: event)
    return try await told([found], of: event, context)[0]
  }

  func listSessions(
    request: Lanyard_V1_ListSessionsRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListSessionsResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let page = try await store.sessions(
      of: event,
      request.page()
    )
    var response = Lanyard_V1_ListSessionsResponse()
    response.sessions = try await told(page.items.map { Lanyard_V1_Session($0, of: event) }, of: event, context)
    response.nextPageToken = request.pageToken(of: page.next)
    return response
  }

  func getCheckpoint(
    request: Lanyard_V1_GetCheckpointRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Checkpoint {
    let address = try ResourceName.checkpoint(request.name, field: "name")
    return Lanyard_V1_Checkpoint(try await store.checkpoint(address), of: address.event)
  }

  func listCheckpoints(
    request: Lanyard_V1_ListCheckpointsRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListCheckpointsResponse {
    let event = try context.eventOrEvery(request.parent, field: "parent")
    let page = try await store.checkpoints(
      of: event,
      request.page()
    )
    var response = Lanyard_V1_ListCheckpointsResponse()
    response.checkpoints = page.items.map { Lanyard_V1_Checkpoint($0.checkpoint, of: $0.event) }
    response.nextPageToken = request.pageToken(of: page.next)
    return response
  }

  func updateCheckpoint(
    request: Lanyard_V1_UpdateCheckpointRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Checkpoint {
    let address = try ResourceName.checkpoint(request.checkpoint.name, field: "checkpoint.name")
    let changed = try await store.change(context.act(clock), address, CheckpointChange(request))
    logger.notice("checkpoint changed", metadata: ["checkpoint": "\(request.checkpoint.name)"])
    return Lanyard_V1_Checkpoint(changed, of: address.event)
  }

  func addBookings(
    request: Lanyard_V1_AddBookingsRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_AddBookingsResponse {
    let place = try BookingPlace(request.parent, field: "parent")
    let ids = try Self.registrationIDs(request.registrations, of: place.event)
    if try context.caller.ownRegistration != nil {
      guard !request.insist else { throw Self.insisting }
      try await requireNotOver(place)
    }
    let made = try await store.book(context.act(clock), ids, for: place, insisting: request.insist)
    func names(_ ids: [String]) -> [String] { ids.map { ResourceName.registration($0, of: place.event).description } }
    return .with {
      $0.added = Int32(clamping: made.answer.added.count)
      $0.unchanged = Int32(clamping: ids.count - made.answer.added.count - made.answer.ended.count)
      $0.notConfirmed = names(made.answer.notConfirmed)
      $0.ended = names(made.answer.ended)
      $0.booked = Int32(clamping: made.count)
      if let capacity = made.capacity { $0.capacity = Int32(clamping: capacity) }
    }
  }

  func removeBookings(
    request: Lanyard_V1_RemoveBookingsRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_RemoveBookingsResponse {
    let place = try BookingPlace(request.parent, field: "parent")
    let ids = try Self.registrationIDs(request.registrations, of: place.event)
    let removed = try await store.unbook(context.act(clock), ids, for: place)
    return .with { $0.removed = Int32(clamping: removed) }
  }

  func listBookings(
    request: Lanyard_V1_ListBookingsRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListBookingsResponse {
    let place = try BookingPlace(request.parent, field: "parent")
    let page = try await store.bookings(
      for: place,
      request.page()
    )
    var response = Lanyard_V1_ListBookingsResponse()
    response.registrations = page.items.map { ResourceName.registration($0, of: place.event).description }
    response.nextPageToken = request.pageToken(of: page.next)
    return response
  }

  /// That a participant can still book a place: a session that is not over.
  private func requireNotOver(_ place: BookingPlace) async throws {
    guard case .session(let id, let event) = place else { throw StoreError.takesNoBookings(place.name) }
    guard try await store.session(id, of: event).span.upperBound > clock.now else {
      throw StoreError.takesNoBookings(place.name)
    }
  }

  private static let insisting = RPCError.make(.participantNotAllowed, .errorInsistNotAllowed)

  private static func registrationIDs(_ names: [String], of event: String) throws -> [String] {
    guard names.count <= RequestLimit.bookings else {
      throw InvalidInput(field: "registrations", .tooManyNames(limit: RequestLimit.bookings))
    }
    return try ResourceName.registrations(names, of: event, field: "registrations")
  }

  func importProgramme(
    request: Lanyard_V1_ImportProgrammeRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ImportProgrammeResponse {
    let programme = try Programme.reading([UInt8](request.document))
    let imported = try await store.importProgramme(context.act(clock), programme, insisting: request.force)
    var response = Lanyard_V1_ImportProgrammeResponse()
    for event in imported {
      logger.info(
        "programme imported",
        metadata: ["event": "\(event.slug)", "sessions": "\(event.sessions)", "changed": "\(event.isChanged)"]
      )
      response.events.append(
        .with {
          $0.event = ResourceName.event(event.slug).description
          $0.sessions = Int32(clamping: event.sessions)
          $0.checkpoints = Int32(clamping: event.checkpoints)
          $0.changed = event.isChanged
          $0.badgesEndingEarly = Int32(clamping: event.badgesEndingEarly)
        }
      )
    }
    return response
  }
}

extension EventServiceProvider {
  /// Sessions as whoever calls may know them, with what can be booked, and what is.
  private func told(
    _ sessions: [Lanyard_V1_Session],
    of event: String,
    _ context: ServerContext
  ) async throws -> [Lanyard_V1_Session] {
    let caller = try context.caller
    let openings = try await store.openings(of: event, for: caller.ownRegistration?.id, at: clock.now)
    return try sessions.map { session in
      var told = caller.knowsWhatIsPublic ? session.forEveryone : session
      if !caller.readsNotes { told.streamUri = "" }
      if let opening = openings[try ResourceName.session(session.name, field: "name").id] {
        if let left = opening.placesLeft { told.placesLeft = Int32(clamping: left) }
        told.booked = opening.isBooked
      }
      return told
    }
  }
}

extension Lanyard_V1_Event {
  fileprivate init(_ stored: StoredEvent, at now: Instant) {
    self.init(
      stored.event,
      onsiteConfirmed: stored.onsiteConfirmed,
      placesLeft: stored.placesLeft,
      phase: stored.event.registrationPhase(at: now),
      etag: stored.etag,
      isArchived: stored.isArchived,
      taken: stored.taken
    )
  }
}
