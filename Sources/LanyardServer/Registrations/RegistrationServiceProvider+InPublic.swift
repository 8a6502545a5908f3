import Foundation
import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import SwiftProtobuf

/// What strangers do: they register, confirm their address, and ask for the way to what they registered.
extension RegistrationServiceProvider {
  /// Registers somebody whom nobody knows. What is done and said does not depend on whether the address is registered: the mail
  /// that follows from it does.
  func registerInPublic(
    _ request: Lanyard_V1_CreateRegistrationRequest,
    _ context: ServerContext
  ) async throws -> Lanyard_V1_Registration {
    let slug = try ResourceName.eventSlug(request.parent, field: "parent")
    try limits.count(context.visitor)
    let event = try await store.event(slug).event
    do throws(RegistrationNotOpen) {
      try event.requireOpen(at: clock.now)
    } catch {
      throw StoreError.registrationNotOpen(error)
    }
    guard !request.overCapacity else { throw StoreError.decisionNeeded }
    let details = try Self.publicDetails(request.registration, for: event)
    try limits.countMail(to: details.email, of: slug)
    try await store.registerInPublic(
      context.act(clock),
      details,
      for: slug,
      request: try identity(request),
      verification: links.verification()
    )
    return Lanyard_V1_Registration(pending: details)
  }

  /// What a stranger says of themselves.
  ///
  /// - Throws: All that is wrong with it at once.
  private static func publicDetails(
    _ message: Lanyard_V1_Registration,
    for event: Event
  ) throws(InvalidInput) -> RegistrationDetails {
    let prefix = "registration"
    var faults: [FieldViolation] = []
    do throws(InvalidInput) {
      try event.requireInPublic(guestRole: message.guestRole)
    } catch {
      faults = error.violations.map { $0.under(prefix) }
    }
    do throws(InvalidInput) {
      let details = try details(message, for: event, under: prefix)
      if faults.isEmpty { return details }
    } catch {
      let others = Set(error.violations.map(\.field))
      throw InvalidInput(error.violations + faults.filter { !others.contains($0.field) })
    }
    throw InvalidInput(faults)
  }

  func verifyEmail(
    request: Lanyard_V1_VerifyEmailRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_VerifyEmailResponse {
    if try context.caller.isStranger { try limits.count(context.visitor) }
    guard let stored = try await links.verification(by: request.token) else { throw Self.verificationUnknown }
    let act = context.act(of: stored.registration, clock)
    guard let verified = try await store.verifyEmail(act, stored.id, of: stored.event) else {
      throw Self.verificationUnknown
    }
    let registration = verified.registration
    var response = Lanyard_V1_VerifyEmailResponse()
    response.registration = Lanyard_V1_Registration(registration)
    response.alreadyVerified = verified.wasVerified
    if registration.erasedAt == nil {
      let act = context.act(of: registration.id, clock)
      let link = try await links.lasting(act, of: registration.id, registration.event)
      response.personalLink = Lanyard_V1_PersonalLink(link)
    }
    return response
  }

  func sendPersonalLink(
    request: Lanyard_V1_SendPersonalLinkRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_SendPersonalLinkResponse {
    let event = try ResourceName.eventSlug(request.parent, field: "parent")
    if try context.caller.isStranger { try limits.count(context.visitor) }
    if let fault = EmailAddress.fault(of: request.email) { throw InvalidInput(field: "email", fault) }
    try limits.countMail(to: request.email, of: event)
    try await store.requestLink(context.act(clock), of: request.email, event)
    return Lanyard_V1_SendPersonalLinkResponse()
  }

  private static let verificationUnknown = RPCError.make(.verificationUnknown, .errorVerificationUnknown)
}

extension ServerContext {
  /// What the person of a registration does who shows that its address is theirs.
  fileprivate func act(of registration: String, _ clock: ServerClock) -> Act {
    let act = act(clock)
    return Act(.participant(registration), at: clock.now, from: "", request: act.requestID)
  }
}

extension Lanyard_V1_Registration {
  /// What a stranger gave, as it was understood, and nothing that tells of what is on record.
  fileprivate init(pending details: RegistrationDetails) {
    var form = RegistrationForm()
    form.person = details.person
    (form.stakeholderGroup, form.guestRole) = (details.stakeholderGroup, details.guestRole)
    form.participation = details.participation
    form.days = details.days.map(\.description)
    form.answers = details.answers
    self.init(form)
    state = .emailPending
    displayName = details.displayName
  }
}

extension Lanyard_V1_PersonalLink {
  init(_ link: (token: BearerToken, end: Instant)) {
    self.init()
    token = link.token.text
    expireTime = Google_Protobuf_Timestamp(link.end)
  }
}
