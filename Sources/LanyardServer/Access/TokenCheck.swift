import LanyardDomain
import LanyardStore
import Synchronization

/// Looks tokens up, and remembers for a moment those that were good: a lane that calls a thousand times a second does not
/// cost a thousand reads. A token that was revoked is refused within `memory`.
final class TokenCheck: Sendable {
  /// How long a good token is trusted without another look.
  static let memory = Duration.milliseconds(100)
  /// The most tokens that are remembered.
  private static let limit = 10_000

  private struct Remembered {
    let token: StoredToken
    let until: ContinuousClock.Instant
  }

  private let store: any TokenStore
  private let remembered = Mutex<[String: Remembered]>([:])

  init(store: any TokenStore) {
    self.store = store
  }

  /// Who bears the token; nil where it is not known or was revoked.
  func caller(_ token: BearerToken) async throws -> Caller? {
    let now = ContinuousClock.now
    let known = remembered.withLock { $0[token.id] }
    if let known, known.until > now { return token.matches(known.token) ? Caller(known.token) : nil }
    guard let stored = try await store.token(token.id), token.matches(stored), stored.revokedAt == nil else {
      return nil
    }
    remembered.withLock { remembered in
      if remembered.count >= Self.limit { remembered.removeAll() }
      remembered[token.id] = Remembered(token: stored, until: now + Self.memory)
    }
    return Caller(stored)
  }
}

extension Caller {
  /// Nil where the role is not known here.
  fileprivate init?(_ token: StoredToken) {
    guard let role = Role(rawValue: token.role) else { return nil }
    self.init(id: token.id, standing: .token(role))
  }
}
