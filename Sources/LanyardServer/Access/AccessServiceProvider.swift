import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTexts
import Logging
import SwiftProtobuf

/// `lanyard.v1.AccessService`.
struct AccessServiceProvider: Lanyard_V1_AccessService.SimpleServiceProtocol {
  let store: any TokenStore & SignInStore & LinkStore
  let clock: ServerClock
  let logger: Logger
  private let tokens: TokenCheck
  private let guardian: EnrolmentGuard

  init(store: any TokenStore & SignInStore & LinkStore, clock: ServerClock, logger: Logger) {
    (self.store, self.clock, self.logger) = (store, clock, logger)
    tokens = TokenCheck(store: store, clock: clock)
    guardian = EnrolmentGuard(clock: clock)
  }

  func createSignIn(request: Lanyard_V1_CreateSignInRequest, context: ServerContext) async throws -> Lanyard_V1_SignIn {
    let attempt = try guardian.begin(context.origin, form: .link)
    guard let token = BearerToken(request.token), token.kind == .role,
      let caller = try await tokens.caller(token, anew: true)
    else { throw RPCError.make(.tokenRefused, .errorTokenRefused) }
    guardian.giveBack(attempt)
    guard caller.maySignIn else { throw RPCError.make(.roleNotAllowed, .errorSignInRole) }
    let secret = BearerToken.random(.signIn)
    let signIn = secret.stored(signedInWith: caller.id, at: clock.now)
    let act = context.act(clock, as: Caller(id: caller.id, standing: caller.standing, signIn: signIn.id))
    do throws(StoreError) {
      try await store.addSignIn(act, signIn)
    } catch .notFound {
      // Revoked in this moment.
      throw RPCError.make(.tokenRefused, .errorTokenRefused)
    }
    logger.info("somebody signed in", metadata: ["token": "\(caller.id)", "sign-in": "\(signIn.id)"])
    var answer = Lanyard_V1_SignIn(try await signedIn(signIn.id))
    answer.secret = secret.text
    return answer
  }

  func getSignIn(request: Lanyard_V1_GetSignInRequest, context: ServerContext) async throws -> Lanyard_V1_SignIn {
    Lanyard_V1_SignIn(try await signedIn(own(request.name, context)))
  }

  func deleteSignIn(
    request: Lanyard_V1_DeleteSignInRequest,
    context: ServerContext
  ) async throws -> Google_Protobuf_Empty {
    let id = try own(request.name, context)
    _ = try await store.endSignIn(context.act(clock), id)
    logger.info("somebody signed out", metadata: ["sign-in": "\(id)"])
    return Google_Protobuf_Empty()
  }

  /// The id of the sign-in that calls, where the name is its.
  ///
  /// - Throws: `StoreError.notFound` where it is another's, or the caller has not signed in.
  private func own(_ name: String, _ context: ServerContext) throws -> String {
    let named = try ResourceName.signIn(name, field: "name")
    let caller = try context.caller
    guard let id = caller.signIn, named == nil || named?.id == id && named?.token == caller.id else {
      throw StoreError.notFound(.signIn(named?.id ?? "-", of: named?.token ?? "-"))
    }
    return id
  }

  private func signedIn(_ id: String) async throws -> SignedIn {
    guard let (signIn, token) = try await store.signIn(id) else {
      throw RPCError.make(.tokenRefused, .errorTokenRefused)
    }
    return SignedIn(
      id: signIn.id,
      token: token.id,
      role: token.role,
      event: token.event,
      label: token.label,
      createdAt: signIn.createdAt,
      expiresAt: signIn.expiresAt
    )
  }
}
