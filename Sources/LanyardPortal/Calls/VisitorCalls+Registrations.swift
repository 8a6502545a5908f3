import GRPCCore
import GRPCProtobuf
import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

extension VisitorCalls {
  /// Registers somebody who has yet to show that the address is theirs.
  ///
  /// The same form sent twice makes one registration. Sent again with other content, as by who went back and mended it, it is a
  /// request of its own.
  func register(_ typed: TypedRegistration, for event: String) async throws {
    var request = Lanyard_V1_CreateRegistrationRequest()
    request.parent = ResourceName.event(event).description
    request.registration = typed.message
    request.requestID = typed.requestID
    do {
      _ = try await service.registrations.createRegistration(request, metadata: metadata, options: options)
    } catch let error as RPCError where error.details?.info.reason == ErrorReason.requestIDReused.rawValue {
      request.requestID = TypedRegistration.newRequestID()
      _ = try await service.registrations.createRegistration(request, metadata: metadata, options: options)
    }
  }

  /// Confirms an address by the token of a mail.
  func verify(_ token: String) async throws -> Lanyard_V1_VerifyEmailResponse {
    try await service.registrations.verifyEmail(.with { $0.token = token }, metadata: metadata, options: options)
  }

  /// Has the way to their registration sent to whoever has the address, if it is registered.
  func sendLink(to address: String, for event: String) async throws {
    var request = Lanyard_V1_SendPersonalLinkRequest()
    (request.parent, request.email) = (ResourceName.event(event).description, address)
    _ = try await service.registrations.sendPersonalLink(request, metadata: metadata, options: options)
  }

  /// The event of the registration whose personal link the visitor has.
  func ownEvent(_ slug: String) async throws -> ShownEvent {
    do {
      return try await event(slug)
    } catch let error as RPCError where [.unauthenticated, .permissionDenied].contains(error.code) {
      throw PortalFault.signedOut(event: slug)
    }
  }

  /// The registration whose personal link the visitor has.
  func ownRegistration(of event: String) async throws -> Lanyard_V1_Registration {
    let request = Lanyard_V1_GetRegistrationRequest.with {
      $0.name = ResourceName.registration(ResourceName.own, of: event).description
    }
    do {
      return try await service.registrations.getRegistration(request, metadata: metadata, options: options)
    } catch let error as RPCError where [.unauthenticated, .permissionDenied, .notFound].contains(error.code) {
      throw PortalFault.signedOut(event: event)
    }
  }

  func update(_ registration: Lanyard_V1_Registration, _ fields: [RegistrationField]) async throws {
    var request = Lanyard_V1_UpdateRegistrationRequest()
    request.registration = registration
    request.updateMask = .init(of: fields)
    _ = try await service.registrations.updateRegistration(request, metadata: metadata, options: options)
  }

  func cancel(_ name: String) async throws {
    _ = try await service.registrations.cancelRegistration(
      .with { $0.name = name },
      metadata: metadata,
      options: options
    )
  }

  func restore(_ name: String) async throws {
    _ = try await service.registrations.restoreRegistration(
      .with { $0.name = name },
      metadata: metadata,
      options: options
    )
  }

  func erase(_ name: String) async throws {
    _ = try await service.registrations.eraseRegistration(
      .with { $0.name = name },
      metadata: metadata,
      options: options
    )
  }

  /// All that is on record about the person, as JSON.
  func personalData(_ name: String) async throws -> [UInt8] {
    let answer = try await service.registrations.exportPersonalData(
      .with { $0.name = name },
      metadata: metadata,
      options: options
    )
    return [UInt8](answer.content)
  }
}
