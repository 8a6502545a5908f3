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

  /// A token that is on record.
  private struct Known {
    let hash: [UInt8]
    /// Who bears it.
    let caller: Caller
    /// When it runs out; nil where it does not.
    let expiresAt: Instant?
  }

  private struct Remembered {
    let token: Known
    let until: ContinuousClock.Instant
  }

  private let store: any TokenStore & SignInStore & LinkStore
  private let clock: ServerClock
  private let remembered = Mutex<[String: Remembered]>([:])

  init(store: any TokenStore & SignInStore & LinkStore, clock: ServerClock) {
    self.store = store
    self.clock = clock
  }

  /// Who bears the token; nil where it is not known, was revoked or has run out.
  ///
  /// - Parameter anew: Whether it is looked up whatever is remembered.
  func caller(_ token: BearerToken, anew: Bool = false) async throws -> Caller? {
    let now = ContinuousClock.now
    let known =
      anew
      ? nil
      : remembered.withLock { remembered -> Known? in
        guard let known = remembered[token.id] else { return nil }
        if known.until > now { return known.token }
        // Of many calls at once one looks again, and the others go by what was known meanwhile.
        remembered[token.id] = Remembered(token: known.token, until: now + Self.memory)
        return nil
      }
    if let known { return bearer(of: token, known) }
    guard let stored = try await stored(token) else {
      remembered.withLock { _ = $0.removeValue(forKey: token.id) }
      return nil
    }
    guard let caller = bearer(of: token, stored) else { return nil }
    remembered.withLock { remembered in
      if remembered.count >= Self.limit { remembered.removeAll() }
      remembered[token.id] = Remembered(token: stored, until: now + Self.memory)
    }
    return caller
  }

  /// Nil where it is another token of the same id, or has run out.
  private func bearer(of token: BearerToken, _ known: Known) -> Caller? {
    guard token.matches(known.hash) else { return nil }
    if let end = known.expiresAt, end <= clock.now { return nil }
    return known.caller
  }

  /// What is on record under the token's id; nil where there is nothing, or it was revoked.
  private func stored(_ token: BearerToken) async throws -> Known? {
    switch token.kind {
    case .role:
      guard let stored = try await store.token(token.id), stored.revokedAt == nil else { return nil }
      let caller = Caller(id: stored.id, standing: .token(stored.role, event: stored.event))
      return Known(hash: stored.hash, caller: caller, expiresAt: nil)
    case .signIn:
      guard let (signIn, stored) = try await store.signIn(token.id), stored.revokedAt == nil else { return nil }
      let caller = Caller(id: stored.id, standing: .token(stored.role, event: stored.event), signIn: signIn.id)
      return Known(hash: signIn.hash, caller: caller, expiresAt: signIn.expiresAt)
    case .personalLink:
      guard let link = try await store.personalLink(token.id) else { return nil }
      let caller = Caller(
        id: link.registration,
        standing: .participant(registration: link.registration, event: link.event)
      )
      return Known(hash: link.hash, caller: caller, expiresAt: link.expiresAt)
    // It confirms an address, and nobody calls with it.
    case .verification: return nil
    }
  }
}
