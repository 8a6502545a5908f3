import GRPCCore
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts

/// Lets a call through only with a token or a device's certificate that may make it, and each of its messages only where
/// the caller may ask for what it names; the services behind it find the `Caller` in their context.
struct Authentication: ServerInterceptor {
  private let tokens: TokenCheck
  private let devices: DeviceCheck
  private let store: any BadgeStore & ProgrammeStore & RegistrationStore
  private let connections: Connections
  private let reports: DeviceReports
  private let callers: CallerFeed
  private let clock: ServerClock

  init(
    store: any TokenStore & SignInStore & LinkStore & BadgeStore & ProgrammeStore & RegistrationStore,
    devices: DeviceCheck,
    connections: Connections,
    reports: DeviceReports,
    callers: CallerFeed,
    clock: ServerClock
  ) {
    self.callers = callers
    self.clock = clock
    tokens = TokenCheck(store: store, clock: clock)
    self.store = store
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
    let language = CallLanguage(request.metadata, store)
    return try await .told(in: language) {
      if access.rule == .everyone {
        var context = context
        context.transportSpecific = StrangersContext(request: RequestID(request.metadata))
        return try await next(request, context)
      }
      let credential = try credential(request.metadata, orStranger: access.rule.admitsStrangers)
      guard case .device(let name) = credential else {
        return try await admit(credential, request, context, access, language, call: nil, next)
      }
      // Known as open before it is looked up: a revocation waits for it, or the look-up finds the revocation.
      return try await devices.whileOpen(name) { _, call in
        try await admit(credential, request, context, access, language, call: call, next)
      }
    }
  }

  /// Finds who calls, and makes the call where they may.
  ///
  /// - Parameter call: Number of a device's call.
  private func admit<Input: Sendable, Output: Sendable>(
    _ credential: Credential,
    _ request: StreamingServerRequest<Input>,
    _ context: ServerContext,
    _ access: MethodAccess,
    _ language: CallLanguage,
    call: Int?,
    _ next:
      @Sendable (StreamingServerRequest<Input>, ServerContext) async throws -> StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let (peer, requestID) = (context.remotePeer, RequestID(request.metadata))
    let caller = try await caller(credential, peer, requestID)
    language.note(caller)
    if !caller.isStranger { try connections.admit(request.metadata, caller.id) }
    if let device = caller.device {
      await reports.saw(device) { .call(by: caller, from: peer, request: requestID, at: clock.now) }
    }
    guard access.rule.admits(caller) else { throw Self.denied(caller, context.descriptor) }
    let checked = try request.checked(by: access, for: caller, store: store, context.descriptor)
    var context = context
    context.transportSpecific = AuthenticatedContext(
      caller: caller,
      language: language,
      request: requestID,
      visitor: VisitorAddress(request.metadata, peer: peer),
      devices: devices,
      deviceCall: call,
      callers: callers,
      lookUp: {
        let now = try await self.caller(credential, anew: true, peer, requestID)
        if let device = caller.device, now.device?.maySame(as: device) != true { throw Self.changed }
      },
      transport: context.transportSpecific
    )
    return try await next(checked.noting(language, by: access, for: caller), context)
  }

  /// What a caller makes itself known by.
  private enum Credential: Sendable {
    case token(BearerToken)
    /// The name that its certificate proves.
    case device(String)
    /// Nothing.
    case none
  }

  /// The token that was sent; without one, the certificate that the connection was made with.
  ///
  /// - Parameter orStranger: Whether nothing will do.
  private func credential(_ metadata: Metadata, orStranger: Bool) throws -> Credential {
    let headers = Array(metadata[stringValues: "authorization"].prefix(2))
    guard let header = headers.first else {
      if let name = try connections.certifiedName(metadata) { return .device(name) }
      guard orStranger else { throw Self.missing }
      return .none
    }
    let scheme = "bearer "
    guard headers.count == 1, header.utf8.count <= 200, header.prefix(scheme.count).lowercased() == scheme,
      let token = BearerToken(header.dropFirst(scheme.count))
    else { throw Self.refused }
    return .token(token)
  }

  private func caller(
    _ credential: Credential,
    anew: Bool = false,
    _ peer: String,
    _ request: RequestID
  ) async throws -> Caller {
    switch credential {
    case .none: return .stranger
    case .device(let name):
      return try await devices.caller(name, anew: anew, from: peer, request: request)
    case .token(let token):
      guard let caller = try await tokens.caller(token, anew: anew) else { throw Self.refused }
      return caller
    }
  }

  private static func denied(_ caller: Caller, _ method: MethodDescriptor) -> RPCError {
    let name = method.fullyQualifiedMethod
    let called = Sentence.Fact.text(method.command.map { "`lanyard \($0)`" } ?? name)
    return switch caller.standing {
    case .token(let role, _):
      .make(
        .roleNotAllowed,
        Sentence(.errorRoleNotAllowed, ["role": .role(role), "method": called]),
        metadata: ["role": role.rawValue, "method": name]
      )
    case .device(let device):
      .make(
        .profileNotAllowed,
        Sentence(.errorProfileNotAllowed, ["profile": .profile(device.profile), "method": called]),
        metadata: ["profile": device.profile.rawValue, "method": name]
      )
    case .participant:
      .make(
        .participantNotAllowed,
        Sentence(.errorParticipantNotAllowed, ["method": called]),
        metadata: ["method": name]
      )
    case .stranger: missing
    }
  }

  private static let changed = RPCError.make(.deviceChanged, .errorDeviceChanged)
  static let missing = RPCError.make(
    .tokenMissing,
    .errorTokenMissing
  )
  private static let refused = RPCError.make(
    .tokenRefused,
    .errorTokenRefused
  )
}
