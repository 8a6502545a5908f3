import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import SwiftProtobuf

extension VisitorCalls {
  /// Exchanges a token for a sign-in, whose secret is told this once.
  func createSignIn(_ token: String) async throws -> (secret: String, signedIn: SignedIn) {
    let answer = try await service.access.createSignIn(.with { $0.token = token }, metadata: metadata, options: options)
    return (answer.secret, try SignedIn(answer))
  }

  /// Who is signed in; nil where nobody is, or no more.
  func signedIn() async throws -> SignedIn? {
    do {
      let request = Lanyard_V1_GetSignInRequest.with { $0.name = ResourceName.ownSignIn }
      return try SignedIn(try await service.access.getSignIn(request, metadata: metadata, options: options))
    } catch let error as RPCError where [.unauthenticated, .permissionDenied, .notFound].contains(error.code) {
      return nil
    }
  }

  func signOut() async throws {
    let request = Lanyard_V1_DeleteSignInRequest.with { $0.name = ResourceName.ownSignIn }
    _ = try await service.access.deleteSignIn(request, metadata: metadata, options: options)
  }
}
