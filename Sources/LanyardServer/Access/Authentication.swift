import GRPCCore
import LanyardDomain
import LanyardStore
import LanyardTexts

/// Lets a call through only with a token or a device's certificate that may make it, and each of its messages only where
/// the caller may ask for what it names; the services behind it find the `Caller` in their context.
struct Authentication: ServerInterceptor {
  private let tokens: TokenCheck
  private let devices: DeviceCheck
  private let badges: any BadgeStore
  private let connections: Connections
  private let reports: DeviceReports
  private let clock: ServerClock

  init(
    store: any TokenStore & LinkStore & BadgeStore,
    devices: DeviceCheck,
    connections: Connections,
    reports: DeviceReports,
    clock: ServerClock
  ) {
    self.clock = clock
    tokens = TokenCheck(store: store, clock: clock)
    badges = store
    self.devices = devices
    self.connections = connections
    self.reports = reports
  }

  func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingServerRequest<Input>,
    context: ServerContext,
    next:
      @Sendable (StreamingServerRequest<Input>, ServerContext) async throws -> StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let access = AccessPolicy.access(to: context.descriptor)
    if access.rule == .everyone { return try await next(request, context) }
    let credential = try credential(request.metadata)
    guard case .device(let name) = credential else {
      return try await admit(credential, request, context, access, next)
    }
    // Known as open before it is looked up: a revocation waits for it, or the look-up finds the revocation.
    return try await devices.whileOpen(name) { _ in try await admit(credential, request, context, access, next) }
  }

  /// Finds who calls, and makes the call where they may.
  private func admit<Input: Sendable, Output: Sendable>(
    _ credential: Credential,
    _ request: StreamingServerRequest<Input>,
    _ context: ServerContext,
    _ access: MethodAccess,
    _ next:
      @Sendable (StreamingServerRequest<Input>, ServerContext) async throws -> StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let (peer, requestID) = (context.remotePeer, RequestID(request.metadata))
    let caller = try await caller(credential, peer, requestID)
    try connections.admit(request.metadata, caller.id)
    if let device = caller.device {
      await reports.saw(device) { .call(by: caller, from: peer, request: requestID, at: clock.now) }
    }
    guard access.rule.admits(caller) else { throw Self.denied(caller, context.descriptor) }
    let checked = try request.checked(by: access, for: caller, badges: badges, context.descriptor)
    var context = context
    context.transportSpecific = AuthenticatedContext(
      caller: caller,
      language: request.metadata[stringValues: "accept-language"].first { _ in true }.flatMap {
        Language(acceptLanguage: $0)
      },
      request: requestID,
      devices: devices,
      recheck: { _ = try await self.caller(credential, peer, requestID) },
      transport: context.transportSpecific
    )
    return try await next(checked, context)
  }

  /// What a caller makes itself known by.
  private enum Credential: Sendable {
    case token(BearerToken)
    /// The name that its certificate proves.
    case device(String)
  }

  /// The token that was sent; without one, the certificate that the connection was made with.
  private func credential(_ metadata: Metadata) throws -> Credential {
    let headers = Array(metadata[stringValues: "authorization"].prefix(2))
    guard let header = headers.first else {
      guard let name = try connections.certifiedName(metadata) else { throw Self.missing }
      return .device(name)
    }
    let scheme = "bearer "
    guard headers.count == 1, header.utf8.count <= 200, header.prefix(scheme.count).lowercased() == scheme,
      let token = BearerToken(header.dropFirst(scheme.count))
    else { throw Self.refused }
    return .token(token)
  }

  private func caller(_ credential: Credential, _ peer: String, _ request: RequestID) async throws -> Caller {
    switch credential {
    case .device(let name):
      return try await devices.caller(name, from: peer, request: request)
    case .token(let token):
      guard let caller = try await tokens.caller(token) else { throw Self.refused }
      return caller
    }
  }

  private static func denied(_ caller: Caller, _ method: MethodDescriptor) -> RPCError {
    switch caller.standing {
    case .token(let role, _):
      .make(
        .permissionDenied,
        "ROLE_NOT_ALLOWED",
        "A token of the role \(role.rawValue) may not call \(method.fullyQualifiedMethod).",
        metadata: ["role": role.rawValue]
      )
    case .device(let device):
      .make(
        .permissionDenied,
        "PROFILE_NOT_ALLOWED",
        "A device of the profile \(device.profile.rawValue) may not call \(method.fullyQualifiedMethod).",
        metadata: ["profile": device.profile.rawValue]
      )
    case .participant:
      .make(
        .permissionDenied,
        "PARTICIPANT_NOT_ALLOWED",
        "A personal link may not call \(method.fullyQualifiedMethod); ask the registration desk."
      )
    }
  }

  static let missing = RPCError.make(
    .unauthenticated,
    "TOKEN_MISSING",
    "Send a token as the metadata authorization: Bearer TOKEN, or connect with a device's certificate. `lanyard admin "
      + "token create` makes a token, `lanyard device code` lets a device enrol."
  )
  private static let refused = RPCError.make(
    .unauthenticated,
    "TOKEN_REFUSED",
    "The token is not known here, was revoked, or has run out. Ask the organiser for another."
  )
}
