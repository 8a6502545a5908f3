import GRPCCore
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardStore
import Logging
import SwiftProtobuf

/// The keys that sign badges.
extension BadgeServiceProvider {
  func listVerificationKeys(
    request: Lanyard_V1_ListVerificationKeysRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_ListVerificationKeysResponse {
    let page = try request.page()
    let after = try page.keys(from: [.number(.min), .number(.min)])
    func cursor(_ key: StoredSigningKey) -> PageCursor {
      PageCursor(.number(key.createdAt.microseconds), .number(Int64(key.id)))
    }
    let later = try await store.signingKeys().filter { after.lexicographicallyPrecedes(cursor($0).keys) }
    let shown = page.cut(later, by: cursor)
    let use = try context.caller.countsKeys ? try await store.signingKeyUse(at: clock.now) : nil
    return try .with {
      $0.verificationKeys = try shown.items.map { key in
        try signer.message(key, use.map { $0[key.id] ?? SigningKeyUse.none })
      }
      $0.nextPageToken = request.pageToken(of: shown.next)
    }
  }

  func rotateSigningKey(
    request: Lanyard_V1_RotateSigningKeyRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_VerificationKey {
    let key = try await signer.rotate(context.act(clock), at: clock.now, although: request.althoughLocked)
    logger.notice("another key signs badges", metadata: ["key": "\(key.id)"])
    return try signer.message(key, SigningKeyUse.none)
  }

  func retireVerificationKey(
    request: Lanyard_V1_RetireVerificationKeyRequest,
    context: ServerContext
  ) async throws -> Lanyard_V1_VerificationKey {
    let id = try ResourceName.verificationKey(request.name, field: "name")
    let key = try await signer.retire(context.act(clock), id)
    logger.notice("a key of badges was retired", metadata: ["key": "\(id)"])
    return try signer.message(key, try await store.signingKeyUse(at: clock.now)[id] ?? SigningKeyUse.none)
  }
}
