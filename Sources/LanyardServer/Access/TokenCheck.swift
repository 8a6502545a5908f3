import LanyardDomain
import LanyardStore
import Synchronization

/// Looks tokens up, and remembers for a moment those that were good: a lane that calls a thousand times a second does not
/// cost a thousand reads. A token that was revoked is refused within twice `memory`.
final class TokenCheck: Sendable {
  /// How long a good token is trusted without another look.
  static let memory = Duration.milliseconds(50)
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
    let known = remembered.withLock { remembered -> StoredToken? in
      guard let known = remembered[token.id] else { return nil }
      if known.until > now { return known.token }
      // Of many calls at once one looks again, and the others go by what was known meanwhile.
      remembered[token.id] = Remembered(token: known.token, until: now + Self.memory)
      return nil
    }
    if let known { return token.matches(known) ? Caller(known) : nil }
    guard let stored = try await store.token(token.id), stored.revokedAt == nil else {
      remembered.withLock { _ = $0.removeValue(forKey: token.id) }
      return nil
    }
    guard token.matches(stored) else { return nil }
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
