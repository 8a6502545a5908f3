import BadgeCodes
import BadgePrinting
import Foundation
import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import Logging
import SwiftProtobuf

/// `lanyard.v1.BadgeService`.
struct BadgeServiceProvider: Lanyard_V1_BadgeService.SimpleServiceProtocol {

  let store: any BadgeStore & RegistrationStore & ProgrammeStore & DeviceStore
  let signer: BadgeSigner
  /// Tells whose a personal link is that somebody holds before a kiosk.
  let links: TokenCheck
  let clock: ServerClock
  let logger: Logger

  func issueBadge(request: Lanyard_V1_IssueBadgeRequest, context: ServerContext) async throws -> Lanyard_V1_Badge {
    let (event, id) = try ResourceName.registration(request.registration, field: "registration")
    let issued = try await issue([id], of: event, renewingRevoked: try context.caller.mayIssueAgain, context)
    guard let first = issued.first else { throw StoreError.notFound(.registration(id, of: event)) }
    let badge = first.badge
    guard !first.isWithheld else {
      throw RPCError.make(
        .badgeRevoked,
        .errorBadgeRevoked,
        metadata: ["resource": ResourceName.badge(badge.serial, of: event).description]
      )
    }
    return try message(badge, for: context.caller)
  }

  func batchIssueBadges(
    request: Lanyard_V1_BatchIssueBadgesRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_BatchIssueBadgesResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    guard request.registrations.count <= RequestLimit.badges else {
      throw InvalidInput(field: "registrations", .tooManyNames(limit: RequestLimit.badges))
    }
    let ids = try ResourceName.registrations(request.registrations, of: event, field: "registrations")
    let issued = try await issue(ids, of: event, renewingRevoked: false, context)
    var response = Lanyard_V1_BatchIssueBadgesResponse()
    response.badges = issued.map { Lanyard_V1_Badge($0.badge) }
    response.issued = Int32(clamping: issued.count(where: \.isNew))
    response.revoked = Int32(clamping: issued.count(where: \.isWithheld))
    response.unchanged = Int32(clamping: issued.count) - response.issued - response.revoked
    return response
  }

  func getBadge(request: Lanyard_V1_GetBadgeRequest, context: ServerContext) async throws -> Lanyard_V1_Badge {
    try message(await badge(request.name), for: context.caller)
  }

  /// A badge as a caller may read it.
  private func message(_ badge: Badge, for caller: Caller) -> Lanyard_V1_Badge {
    var message = Lanyard_V1_Badge(badge)
    if !caller.readsNotes {
      (message.attention, message.attentionNote, message.revocationNote) = (.unspecified, "", "")
    }
    return message
  }

  func listBadges(
    request: Lanyard_V1_ListBadgesRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListBadgesResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let caller = try context.caller
    var registration: String?
    if !request.registration.isEmpty {
      registration = try ResourceName.registration(request.registration, of: event, field: "registration")
    }
    // A participant lists their own, whatever they ask for.
    if let own = caller.ownRegistration { registration = own.id }
    let page = try await store.badges(
      of: event,
      registration: registration,
      withAttention: request.withAttention,
      in: .stated(request.state, field: "state"),
      request.page()
    )
    var response = Lanyard_V1_ListBadgesResponse()
    response.badges = page.items.map { message($0, for: caller) }
    response.nextPageToken = request.pageToken(of: page.next)
    return response
  }

  func updateBadge(request: Lanyard_V1_UpdateBadgeRequest, context: ServerContext) async throws -> Lanyard_V1_Badge {
    let (event, serial) = try ResourceName.badge(request.badge.name, field: "badge.name")
    let change = try AttentionChange(request)
    let etag = request.badge.etag
    return Lanyard_V1_Badge(
      try await store.mark(context.act(clock), serial, of: event, change, etag: etag.isEmpty ? nil : etag)
    )
  }

  func replaceBadge(request: Lanyard_V1_ReplaceBadgeRequest, context: ServerContext) async throws -> Lanyard_V1_Badge {
    let (slug, serial) = try ResourceName.badge(request.name, field: "name")
    let event = try await store.event(slug).event
    let old = try await store.badge(serial, of: slug)
    let draft = try signer.draft(for: try await store.registration(old.registration, of: slug), of: event)
    let new = try await store.replace(context.act(clock), serial, of: slug, with: draft)
    logger.notice("badge replaced", metadata: ["old": "\(request.name)", "new": "\(new.serial)"])
    return Lanyard_V1_Badge(new)
  }

  func renewBadges(
    request: Lanyard_V1_RenewBadgesRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_RenewBadgesResponse {
    let slug = try ResourceName.eventSlug(request.parent, field: "parent")
    let renewed: RenewedBadges
    if request.replace {
      let event = try await store.event(slug).event
      let way: OutdatedBadges =
        request.verificationKey.isEmpty
        ? .byCode : .signed(by: try ResourceName.verificationKey(request.verificationKey, field: "verification_key"))
      let old = try await store.outdatedBadges(of: slug, way, limit: RequestLimit.badges).badges
      let bearers = try await store.registrations(old.map(\.registration), of: slug)
      let drafts = zip(old, try await signer.drafts(for: bearers, of: event)).map { (old: $0.serial, draft: $1) }
      renewed = try await store.replace(context.act(clock), drafts, of: slug, way)
    } else {
      guard request.verificationKey.isEmpty else {
        throw InvalidInput(field: "verification_key", .request(.needsReplace))
      }
      renewed = try await store.renew(context.act(clock), of: slug, limit: RequestLimit.badges)
    }
    logger.notice("badges renewed", metadata: ["event": "\(slug)", "badges": "\(renewed.badges.count)"])
    return .with {
      $0.badges = renewed.badges.map { Lanyard_V1_Badge($0) }
      $0.remaining = Int32(clamping: renewed.remaining)
    }
  }

  func revokeBadge(request: Lanyard_V1_RevokeBadgeRequest, context: ServerContext) async throws -> Lanyard_V1_Badge {
    let (event, serial) = try ResourceName.badge(request.name, field: "name")
    let note = try PlainText.validated(request.note, limit: AttentionMark.noteLimit, field: "note")
    let badge = try await store.revoke(context.act(clock), serial, of: event, note: note)
    logger.notice("badge revoked", metadata: ["badge": "\(request.name)"])
    return Lanyard_V1_Badge(badge)
  }

  func activateBadge(
    request: Lanyard_V1_ActivateBadgeRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_Badge {
    let (event, serial) = try ResourceName.badge(request.name, field: "name")
    let badge = try await store.activate(context.act(clock), serial, of: event)
    logger.notice("badge activated", metadata: ["badge": "\(request.name)"])
    return Lanyard_V1_Badge(badge)
  }

  func holdBadge(request: Lanyard_V1_HoldBadgeRequest, context: ServerContext) async throws -> Lanyard_V1_Badge {
    let (event, serial) = try ResourceName.badge(request.name, field: "name")
    let badge = try await store.hold(context.act(clock), serial, of: event)
    logger.notice("badge held", metadata: ["badge": "\(request.name)"])
    return Lanyard_V1_Badge(badge)
  }

  func releaseBadge(request: Lanyard_V1_ReleaseBadgeRequest, context: ServerContext) async throws -> Lanyard_V1_Badge {
    let (event, serial) = try ResourceName.badge(request.name, field: "name")
    let badge = try await store.release(context.act(clock), serial, of: event)
    logger.notice("badge released", metadata: ["badge": "\(request.name)"])
    return Lanyard_V1_Badge(badge)
  }

  func renderBadge(
    request: Lanyard_V1_RenderBadgeRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_RenderBadgeResponse {
    let format = try BadgePictureFormat(request.format, field: "format")
    var response = Lanyard_V1_RenderBadgeResponse()
    response.mediaType = format.mediaType
    let badge = try await badge(request.name)
    response.content =
      switch format {
      case .png: try Self.symbol(of: badge, as: .png())
      case .svg: try Self.symbol(of: badge, as: .svg())
      case .pdf: try Self.symbol(of: badge, as: .pdf())
      case .phone: Data(try await picture(of: badge, context))
      }
    return response
  }

  private static func symbol(of badge: Badge, as format: QRImage.Format) throws -> Data {
    Data(try QRImage(QRSymbol(ofBadge: badge.code)).bytes(as: format))
  }

  func renderBadges(
    request: Lanyard_V1_RenderBadgesRequest,
    response: RPCWriter<Lanyard_V1_RenderBadgesResponse>,
    context: ServerContext
  ) async throws {
    let event = try await store.event(ResourceName.eventSlug(request.parent, field: "parent")).event
    try await BadgeRun(request, of: event, for: context.language).run(
      from: store,
      to: response,
      record: request.record
        ? { try await store.addPrintRun(context.act(clock), $0, look: $1, of: event.slug) } : nil
    )
  }

  func previewBadges(
    request: Lanyard_V1_PreviewBadgesRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_PreviewBadgesResponse {
    let event = try await store.event(ResourceName.eventSlug(request.parent, field: "parent")).event
    return try await BadgePreview(request, of: event, for: context.language).run(from: store)
  }

  func confirmPrintRun(
    request: Lanyard_V1_ConfirmPrintRunRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_PrintRun {
    let (event, number) = try ResourceName.printRun(request.name, field: "name")
    return Lanyard_V1_PrintRun(try await store.confirmPrintRun(context.act(clock), number, of: event))
  }

  func withdrawPrintRun(
    request: Lanyard_V1_WithdrawPrintRunRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_PrintRun {
    let (event, number) = try ResourceName.printRun(request.name, field: "name")
    let isOwn = try !context.caller.seesPrints
    return Lanyard_V1_PrintRun(
      try await store.withdrawPrintRun(context.act(clock), number, of: event, isOwn: isOwn)
    )
  }

  func listPrintRuns(
    request: Lanyard_V1_ListPrintRunsRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListPrintRunsResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    let page = try await store.printRuns(of: event, request.page())
    return .with {
      $0.printRuns = page.items.map(Lanyard_V1_PrintRun.init)
      $0.nextPageToken = request.pageToken(of: page.next)
    }
  }

  /// A badge for a telephone.
  private func picture(of badge: Badge, _ context: ServerContext) async throws -> [UInt8] {
    let event = try await store.event(badge.event).event
    let request = Lanyard_V1_RenderBadgesRequest.with { $0.design = BadgeDesignName.phone.wire }
    let bearer = try await store.registration(badge.registration, of: badge.event)
    return try await BadgeRun(request, of: event, for: context.language).picture(of: badge, bearer, from: store)
  }

  private func badge(_ name: String) async throws -> Badge {
    let (event, serial) = try ResourceName.badge(name, field: "name")
    return try await store.badge(serial, of: event)
  }

  func issue(
    _ ids: [String],
    of slug: String,
    renewingRevoked: Bool,
    _ context: ServerContext
  ) async throws -> [IssuedBadge] {
    let event = try await store.event(slug).event
    let drafts = try await signer.drafts(for: store.registrations(ids, of: slug), of: event)
    let issued = try await store.issue(context.act(clock), drafts, of: slug, renewingRevoked: renewingRevoked)
    let count = issued.count(where: \.isNew)
    if count > 0 { logger.info("badges issued", metadata: ["event": "\(slug)", "badges": "\(count)"]) }
    return issued
  }
}
