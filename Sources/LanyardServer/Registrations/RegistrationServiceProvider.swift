import Foundation
import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import Logging
import SwiftProtobuf

/// `lanyard.v1.RegistrationService`.
struct RegistrationServiceProvider: Lanyard_V1_RegistrationService.SimpleServiceProtocol {
  let store: any Store
  let links: PersonalLinkMaker
  let limits: PublicLimits
  let clock: ServerClock
  let logger: Logger

  func createRegistration(
    request: Lanyard_V1_CreateRegistrationRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Registration {
    if try context.caller.isStranger { return try await registerInPublic(request, context) }
    let slug = try ResourceName.eventSlug(request.parent, field: "parent")
    let event = try await store.event(slug).event
    let details = try RegistrationServiceProvider.details(request.registration, for: event, under: "registration")
    do {
      let made = try await store.register(
        context.act(clock),
        details,
        for: slug,
        request: try identity(request),
        overCapacity: context.discretion(overCapacity: request.overCapacity).overCapacity
      )
      return Lanyard_V1_Registration(made)
    } catch StoreError.invalid(let input) {
      throw InvalidInput(input.violations.map { $0.under("registration") })
    }
  }

  func getRegistration(
    request: Lanyard_V1_GetRegistrationRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Registration {
    let (event, named) = try ResourceName.registration(request.name, field: "name")
    // Of nobody else the store knows that id.
    let id = named == ResourceName.own ? try context.caller.ownRegistration?.id ?? named : named
    let (registration, place) = try await store.placedRegistration(id, of: event)
    var found = Lanyard_V1_Registration(registration)
    if let place { found.waitingPlace = Int32(clamping: place) }
    if try context.caller.readsNotes { found.moveUpNote = try await store.placeNote(of: id, event) }
    return found
  }

  func listRegistrations(
    request: Lanyard_V1_ListRegistrationsRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListRegistrationsResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let page = try request.page()
    let filter = try await RegistrationFilter(request, of: store.event(event).event) {
      try await store.countries(of: event)
    }
    let found = try await store.registrations(of: event, matching: filter, page)
    if found.total == 0 { try await requireOrganisation(filter, of: event) }
    var response = Lanyard_V1_ListRegistrationsResponse()
    response.registrations = found.page.items.map(Lanyard_V1_Registration.init)
    response.nextPageToken = request.pageToken(of: found.page.next)
    response.totalSize = Int32(clamping: found.total)
    return response
  }

  func findRegistrations(
    request: Lanyard_V1_FindRegistrationsRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_FindRegistrationsResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let text = try PlainText.validated(request.text, limit: PersonSearch.limit, field: "text")
    let found = try await PersonFinder(store: store, event: event).people(text)
    var response = Lanyard_V1_FindRegistrationsResponse()
    response.registrations = found.people.prefix(PersonSearch.listLimit).map(Lanyard_V1_Registration.init)
    response.totalSize = Int32(clamping: found.total)
    if found.total == 0 {
      let others = try await PersonFinder(store: store, event: event).others(text)
      response.others = others.people.prefix(PersonSearch.listLimit).map(Lanyard_V1_Registration.init)
      response.othersSize = Int32(clamping: others.total)
    }
    return response
  }

  func updateRegistration(
    request: Lanyard_V1_UpdateRegistrationRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Registration {
    let (event, id) = try ResourceName.registration(request.registration.name, field: "registration.name")
    let change = try RegistrationChange(request, for: await store.event(event).event)
    let etag = request.registration.etag
    do {
      let (act, discretion) = (context.act(clock), try context.discretion(overCapacity: request.overCapacity))
      let changed = try await tellingChanges(of: id, event, since: etag) { () throws(StoreError) in
        try await store.change(
          act,
          id,
          of: event,
          by: change,
          etag: etag.isEmpty ? nil : etag,
          as: discretion
        )
      }
      return Lanyard_V1_Registration(changed)
    } catch StoreError.invalid(let input) {
      throw InvalidInput(input.violations.map { $0.under("registration") })
    }
  }

  func approveRegistration(
    request: Lanyard_V1_ApproveRegistrationRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Registration {
    try await take(.approve, on: request.name, etag: request.etag, overCapacity: request.overCapacity, context)
  }

  func rejectRegistration(
    request: Lanyard_V1_RejectRegistrationRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Registration {
    let reason = try PlainText.validated(request.reason, limit: Discretion.noteLimit, field: "reason")
    return try await take(.reject, on: request.name, etag: request.etag, note: reason, context)
  }

  func restoreRegistration(
    request: Lanyard_V1_RestoreRegistrationRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Registration {
    try await take(.restore, on: request.name, etag: request.etag, overCapacity: request.overCapacity, context)
  }

  func moveUpRegistration(
    request: Lanyard_V1_MoveUpRegistrationRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Registration {
    let note = try PlainText.validated(request.note, limit: Discretion.noteLimit, field: "note")
    guard !note.isEmpty else { throw InvalidInput(field: "note", .noReasonGiven) }
    return try await take(
      .moveUp,
      on: request.name,
      etag: request.etag,
      overCapacity: request.overCapacity,
      note: note,
      context
    )
  }

  func cancelRegistration(
    request: Lanyard_V1_CancelRegistrationRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Registration {
    try await take(.cancel, on: request.name, etag: request.etag, context)
  }

  func eraseRegistration(
    request: Lanyard_V1_EraseRegistrationRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Registration {
    let (event, id) = try ResourceName.registration(request.name, field: "name")
    // Erasing again changes nothing, so that the id need not be remembered.
    _ = try Self.requestID(request.requestID)
    let etag = request.etag.isEmpty ? nil : request.etag
    let act = context.act(clock)
    let erased = try await tellingChanges(of: id, event, since: request.etag) { () throws(StoreError) in
      try await store.erase(act, id, of: event, etag: etag)
    }
    return Lanyard_V1_Registration(erased)
  }

  func createPersonalLink(
    request: Lanyard_V1_CreatePersonalLinkRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_PersonalLink {
    let (event, id) = try ResourceName.registration(request.name, field: "name")
    let link = try await links.make(context.act(clock), of: id, event, endingOthers: request.endOthers)
    return Lanyard_V1_PersonalLink(link)
  }

  func exportPersonalData(
    request: Lanyard_V1_ExportPersonalDataRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ExportPersonalDataResponse {
    let (event, id) = try ResourceName.registration(request.name, field: "name")
    let registration = try await store.registration(id, of: event)
    guard registration.erasedAt == nil else { throw StoreError.erased(.registration(id, of: event)) }
    let content = try await PersonalData(store: store, registration: registration, clock: clock).json()
    return .with { $0.content = content }
  }

  func importRegistrations(
    request: RPCAsyncSequence<Lanyard_V1_ImportRegistrationsRequest, any Error>,
    context: ServerContext
  ) async throws -> Lanyard_V1_ImportRegistrationsResponse {
    var messages = request.makeAsyncIterator()
    guard let first = try await messages.next() else {
      throw InvalidInput(field: "parent", .request(.eventNotNamed))
    }
    let slug = try ResourceName.eventSlug(first.parent, field: "parent")
    var run = RegistrationImport(
      event: try await store.event(slug).event,
      store: store,
      act: context.act(clock),
      clock: clock,
      language: await context.language,
      isPreview: first.validateOnly,
      isUpdate: first.update,
      isMailed: first.sendMail
    )
    try await run.run(first, messages)
    logger.info(
      run.isPreview ? "registrations would be imported" : "registrations imported",
      metadata: [
        "event": "\(run.event.slug)", "imported": "\(run.response.imported)",
        "updated": "\(run.response.updated)", "unchanged": "\(run.response.unchanged)",
        "refused": "\(run.response.refusedCount)",
      ]
    )
    return run.response
  }

  func exportRegistrations(
    request: Lanyard_V1_ExportRegistrationsRequest,
    response: RPCWriter<Lanyard_V1_ExportRegistrationsResponse>,
    context: ServerContext
  ) async throws {
    let slug = try ResourceName.eventSlug(request.parent, field: "parent")
    let event = try await store.event(slug).event
    let count = try await RegistrationExport(request, of: event).run(from: store, to: response)
    logger.info("registrations exported", metadata: ["event": "\(event.slug)", "registrations": "\(count)"])
  }

  /// The validated details of a message; faults are named under `prefix` where it is not empty.
  static func details(
    _ message: Lanyard_V1_Registration,
    for event: Event,
    under prefix: String,
    isRow: Bool = false
  ) throws(InvalidInput) -> RegistrationDetails {
    do throws(InvalidInput) {
      return try message.form(under: "").validated(for: event, isRow: isRow)
    } catch {
      throw prefix.isEmpty ? error : InvalidInput(error.violations.map { $0.under(prefix) })
    }
  }

  /// Refuses the words of an organisation that nobody is of, and says which organisations there are.
  private func requireOrganisation(_ filter: RegistrationFilter, of event: String) async throws {
    guard !filter.organisation.isEmpty else { return }
    var ofOrganisation = RegistrationFilter()
    ofOrganisation.organisation = filter.organisation
    guard try await store.registrations(of: event, matching: ofOrganisation, PageRequest(size: 1)).total == 0 else {
      return
    }
    let known = try await store.organisations(of: event, limit: RegistrationFilter.knownLimit)
    throw InvalidInput(field: "organisation", known.isEmpty ? .nothingToChoose : .otherOrganisation(known: known))
  }

  private func take(
    _ step: RegistrationStep,
    on name: String,
    etag: String,
    overCapacity: Bool = false,
    note: String = "",
    _ context: ServerContext
  ) async throws -> Lanyard_V1_Registration {
    let (event, id) = try ResourceName.registration(name, field: "name")
    var discretion = try context.discretion(overCapacity: overCapacity)
    discretion.note = note
    let (act, settled) = (context.act(clock), discretion)
    let changed = try await tellingChanges(of: id, event, since: etag) { () throws(StoreError) in
      try await store.take(act, step, on: id, of: event, etag: etag.isEmpty ? nil : etag, as: settled)
    }
    return Lanyard_V1_Registration(changed)
  }

  func identity(_ request: Lanyard_V1_CreateRegistrationRequest) throws -> RequestIdentity? {
    guard let id = try Self.requestID(request.requestID) else { return nil }
    let registration = try request.registration.serializedData().base64EncodedString()
    return RequestIdentity(
      id: id,
      // As servers made it that knew of nothing else.
      fingerprint: request.overCapacity
        ? Fingerprint.of(request.parent, registration, "over_capacity") : Fingerprint.of(request.parent, registration)
    )
  }

  /// Nil where a request has no id.
  private static func requestID(_ text: String) throws(InvalidInput) -> UUIDBytes? {
    guard !text.isEmpty else { return nil }
    guard let id = UUIDBytes(text) else {
      throw InvalidInput(field: "request_id", .request(.noRequestID))
    }
    return id
  }
}

extension ServerContext {
  /// What the caller may settle with registrations.
  ///
  /// - Parameter overCapacity: Whether they ask for a place though none is left.
  /// - Throws: `StoreError.decisionNeeded` where that is not theirs to ask.
  fileprivate func discretion(overCapacity: Bool) throws -> Discretion {
    let discretion = try caller.discretion
    guard overCapacity else { return discretion }
    guard discretion.mayDecide else { throw StoreError.decisionNeeded }
    return discretion.goingOver
  }
}
