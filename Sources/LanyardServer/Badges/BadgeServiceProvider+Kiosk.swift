import BadgeCodes
import Crypto
import Foundation
import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import Logging
import SwiftProtobuf

/// What a kiosk asks for whoever stands before it.
extension BadgeServiceProvider {
  func printOwnBadge(
    request: Lanyard_V1_PrintOwnBadgeRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_PrintOwnBadgeResponse {
    let slug = try ResourceName.eventSlug(request.parent, field: "parent")
    guard request.code.utf8.count <= RequestLimit.code else {
      throw InvalidInput(field: "code", .codeTooLong(limit: RequestLimit.code))
    }
    let design = try BadgeDesignName.stated(request.design, field: "design") ?? .label
    let badge = try await ownBadge(request.code, of: slug, context)
    let event = try await store.event(slug).event
    let bearer = try await store.registration(badge.registration, of: slug)
    let run = try BadgeRun(
      .with {
        $0.parent = request.parent
        $0.design = design.wire
      },
      of: event,
      for: await context.language
    )
    let drawn = try await run.file(of: badge, bearer, from: store)
    let claim = try await store.claimPrint(context.act(clock), drawn.print, look: run.look, of: slug)
    var response = Lanyard_V1_PrintOwnBadgeResponse()
    response.badge = ResourceName.badge(badge.serial, of: slug).description
    (response.displayName, response.language) = (drawn.name, bearer.details.language)
    response.isNotActivated = badge.state == .notActivated
    switch claim {
    case .now(let run): (response.content, response.printRun) = (Data(drawn.content), run.name.description)
    case .before(let earlier):
      response.earlierBadgeCount = Int32(clamping: earlier.count)
      response.earlierPrintTime = Google_Protobuf_Timestamp(earlier.printedAt ?? earlier.createdAt)
      if case .device(let id) = earlier.actor {
        response.earlierDevice = try await store.device(id)?.displayName ?? id
      }
    }
    return response
  }

  /// The badge of whom a code tells; who has none is issued one.
  ///
  /// - Throws: `StoreError.notFound` where the code tells of nobody of the event, without saying of whom it may be.
  private func ownBadge(_ text: String, of event: String, _ context: ServerContext) async throws -> Badge {
    guard let registration = try await bearer(of: text, in: event) else {
      throw RPCError.make(.ownCodeUnknown, .errorOwnCodeUnknown)
    }
    let issued = try await issue([registration], of: event, renewingRevoked: false, context)
    guard let first = issued.first, !first.isWithheld else { throw RPCError.make(.badgeRevoked, .errorBadgeRevoked) }
    return first.badge
  }

  /// Id of the registration that a code is of; nil where it is of none of the event.
  private func bearer(of text: String, in event: String) async throws -> String? {
    if let token = BearerToken(within: text) { return try await bearer(of: token, in: event) }
    guard let code = Self.code(in: text),
      let badge = try await store.existingBadge(BadgeSerial(code.claimedSerial), of: event),
      // Only who has the whole code has the badge; that of one which was lost and replaced gets nobody the other.
      SHA256.hash(data: Data(badge.code.utf8)) == SHA256.hash(data: Data(code.text.utf8)), badge.state.isPrinted
    else { return nil }
    return badge.registration
  }

  private func bearer(of link: BearerToken, in event: String) async throws -> String? {
    guard let own = try await links.caller(link, anew: true)?.ownRegistration, own.event == event else { return nil }
    return own.id
  }

  /// Nil where the text is no code of a badge.
  private static func code(in text: String) -> UnverifiedBadgeCode? {
    do throws(BadgeCodeError) {
      return try UnverifiedBadgeCode(reading: text)
    } catch {
      return nil
    }
  }
}
