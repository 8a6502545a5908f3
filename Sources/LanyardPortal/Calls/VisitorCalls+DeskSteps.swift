import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

extension VisitorCalls {
  /// Does with a registration, or with its badge, what a button says.
  ///
  /// - Parameters:
  ///   - etag: Of the registration as it was shown.
  ///   - badge: Resource name of the badge that was shown; empty where there was none.
  func take(_ step: DeskStep, on name: String, etag: String, badge: String, note: String) async throws {
    switch step {
    case .approve:
      let request = Lanyard_V1_ApproveRegistrationRequest.with { ($0.name, $0.etag) = (name, etag) }
      _ = try await service.registrations.approveRegistration(request, metadata: metadata, options: options)
    case .cancel:
      let request = Lanyard_V1_CancelRegistrationRequest.with { ($0.name, $0.etag) = (name, etag) }
      _ = try await service.registrations.cancelRegistration(request, metadata: metadata, options: options)
    case .restore:
      let request = Lanyard_V1_RestoreRegistrationRequest.with { ($0.name, $0.etag) = (name, etag) }
      _ = try await service.registrations.restoreRegistration(request, metadata: metadata, options: options)
    case .onsite, .remote:
      var registration = Lanyard_V1_Registration()
      (registration.name, registration.etag) = (name, etag)
      registration.participation = (step == .onsite ? Participation.onsite : .remote).wire
      try await update(registration, [.participation])
    case .issue: _ = try await issueBadge(of: name)
    case .activate: try await activateBadge(badge)
    case .replace:
      _ = try await service.badges.replaceBadge(.with { $0.name = badge }, metadata: metadata, options: options)
    case .hold: _ = try await service.badges.holdBadge(.with { $0.name = badge }, metadata: metadata, options: options)
    case .release:
      _ = try await service.badges.releaseBadge(.with { $0.name = badge }, metadata: metadata, options: options)
    case .revoke:
      let request = Lanyard_V1_RevokeBadgeRequest.with { ($0.name, $0.note) = (badge, note) }
      _ = try await service.badges.revokeBadge(request, metadata: metadata, options: options)
    }
  }

  /// The badge of a confirmed registration: that which it has, else a new one.
  func issueBadge(of registration: String) async throws -> Lanyard_V1_Badge {
    try await service.badges.issueBadge(.with { $0.registration = registration }, metadata: metadata, options: options)
  }

  func activateBadge(_ name: String) async throws {
    _ = try await service.badges.activateBadge(.with { $0.name = name }, metadata: metadata, options: options)
  }

  /// Draws a badge to be printed, and records that it was.
  func printed(_ badge: String, of event: String) async throws -> [UInt8] {
    var request = Lanyard_V1_RenderBadgesRequest()
    (request.parent, request.badges, request.record) = (ResourceName.event(event).description, [badge], true)
    let (bytes, run, fault) = try await service.badges.renderBadges(request, metadata: metadata, options: options) {
      stream -> ([UInt8], String, String) in
      var (bytes, run, fault) = ([UInt8](), "", "")
      for try await part in stream.messages {
        bytes += part.content
        if !part.printRun.isEmpty { run = part.printRun }
        if let out = part.leftOut.first { fault = out.message }
      }
      return (bytes, run, fault)
    }
    guard !run.isEmpty, !bytes.isEmpty else { throw DeskFault.notPrinted(fault) }
    _ = try await service.badges.confirmPrintRun(.with { $0.name = run }, metadata: metadata, options: options)
    return bytes
  }

  /// A badge for a telephone, as a picture.
  func phoneBadge(_ name: String) async throws -> (type: String, bytes: [UInt8]) {
    let request = Lanyard_V1_RenderBadgeRequest.with { ($0.name, $0.format) = (name, .phone) }
    let file = try await service.badges.renderBadge(request, metadata: metadata, options: options)
    return (file.mediaType, [UInt8](file.content))
  }

  /// Registers somebody who stands at the desk; the same form sent twice makes one registration.
  func registerAtDesk(_ typed: TypedRegistration, for event: String) async throws -> Lanyard_V1_Registration {
    var request = Lanyard_V1_CreateRegistrationRequest()
    (request.parent, request.registration) = (ResourceName.event(event).description, typed.message)
    request.requestID = typed.requestID
    return try await service.registrations.createRegistration(request, metadata: metadata, options: options)
  }
}

/// Why the desk's page did not do something, where it is not the service that says so.
enum DeskFault: Error {
  /// The badge was left out of what was drawn, for this reason; empty where none was told.
  case notPrinted(String)
}
