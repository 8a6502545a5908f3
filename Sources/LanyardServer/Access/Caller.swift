import GRPCCore

/// Who calls, once authenticated.
package struct Caller: Sendable, Hashable {
  /// Id of the token.
  package let id: String
  package let role: Role

  package init(id: String, role: Role) {
    self.id = id
    self.role = role
  }
}

/// The transport's context with the caller that authentication found.
struct AuthenticatedContext: ServerContext.TransportSpecific {
  let caller: Caller
  /// Looks again whether the caller may still call, for calls that stay open.
  let recheck: @Sendable () async throws -> Void
  let transport: (any ServerContext.TransportSpecific)?
}

extension ServerContext {
  /// The caller that authentication found.
  ///
  /// - Throws: An `RPCError` where the method is open to everyone, so that nobody was asked for.
  var caller: Caller {
    get throws {
      guard let context = transportSpecific as? AuthenticatedContext else { throw Authentication.missing }
      return context.caller
    }
  }

  /// Looks again whether the caller may still call: a call that stays open asks for each message.
  ///
  /// - Throws: `RPCError` UNAUTHENTICATED where the token was revoked.
  func recheckCaller() async throws {
    try await (transportSpecific as? AuthenticatedContext)?.recheck()
  }
}
