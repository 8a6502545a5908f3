package import GRPCCore
package import LanyardStore

/// Lets a call through only with a token whose role may make it; the services behind it find the `Caller` in their
/// context.
package struct Authentication: ServerInterceptor {
  private let tokens: TokenCheck

  package init(tokens: any TokenStore) {
    self.tokens = TokenCheck(store: tokens)
  }

  package func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingServerRequest<Input>,
    context: ServerContext,
    next:
      @Sendable (StreamingServerRequest<Input>, ServerContext) async throws -> StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    switch AccessPolicy.rule(for: context.descriptor) {
    case .everyone:
      return try await next(request, context)
    case .roles(let roles):
      let token = try token(request.metadata)
      let caller = try await caller(token)
      guard roles.contains(caller.role) else {
        throw RPCError.make(
          .permissionDenied,
          "ROLE_NOT_ALLOWED",
          "A token of the role \(caller.role.rawValue) may not call \(context.descriptor.fullyQualifiedMethod).",
          metadata: ["role": caller.role.rawValue]
        )
      }
      var context = context
      context.transportSpecific = AuthenticatedContext(
        caller: caller,
        recheck: { _ = try await self.caller(token) },
        transport: context.transportSpecific
      )
      return try await next(request, context)
    }
  }

  private func token(_ metadata: Metadata) throws -> BearerToken {
    let headers = Array(metadata[stringValues: "authorization"].prefix(2))
    guard let header = headers.first else { throw Self.missing }
    let scheme = "bearer "
    guard headers.count == 1, header.utf8.count <= 200, header.lowercased().hasPrefix(scheme),
      let token = BearerToken(header.dropFirst(scheme.count))
    else { throw Self.refused }
    return token
  }

  private func caller(_ token: BearerToken) async throws -> Caller {
    guard let caller = try await tokens.caller(token) else { throw Self.refused }
    return caller
  }

  static let missing = RPCError.make(
    .unauthenticated,
    "TOKEN_MISSING",
    "Send a token as the metadata authorization: Bearer TOKEN. `lanyard admin token create` makes one."
  )
  private static let refused = RPCError.make(
    .unauthenticated,
    "TOKEN_REFUSED",
    "The token is not known here, or it was revoked. Ask the organiser for another."
  )
}
