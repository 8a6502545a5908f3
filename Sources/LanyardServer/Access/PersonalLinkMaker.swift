import LanyardDomain
import LanyardStore

/// Makes personal links and the tokens of mails. Each secret follows from the token's id, so that a mail that is composed once more
/// has the same token, though only its hash is stored.
struct PersonalLinkMaker: Sendable {
  let store: any LinkStore & PublicStore & ProgrammeStore
  let secret: LinkSecret
  let clock: ServerClock

  /// A new link of a registration.
  ///
  /// - Parameter endingOthers: Whether all others end.
  func make(
    _ act: Act,
    of registration: String,
    _ event: String,
    endingOthers: Bool
  ) async throws -> (token: BearerToken, end: Instant) {
    let (token, link) = try await draft(of: registration, event)
    try await store.addPersonalLink(act, link, endingOthers: endingOthers)
    return (token, link.expiresAt)
  }

  /// The newest link of a registration that is valid; a new one where there is none, or where its secret is not known.
  func lasting(_ act: Act, of registration: String, _ event: String) async throws -> (token: BearerToken, end: Instant)
  {
    let (new, draft) = try await draft(of: registration, event)
    let link = try await store.lastingLink(act, else: draft)
    let token = BearerToken.derived(.personalLink, id: link.id, from: secret)
    if token.matches(link.hash) { return (token, link.expiresAt) }
    try await store.addPersonalLink(act, draft)
    return (new, draft.expiresAt)
  }

  private func draft(of registration: String, _ event: String) async throws -> (BearerToken, StoredPersonalLink) {
    let token = BearerToken.random(.personalLink, from: secret)
    let now = clock.now
    let end = PersonalLinks.end(madeAt: now, eventEnds: try await store.event(event).event.span?.upperBound)
    return (token, token.stored(registration: registration, of: event, at: now, until: end))
  }

  /// A new token that is to confirm an address.
  func verification() -> VerificationDraft {
    let token = BearerToken.random(.verification, from: secret)
    return VerificationDraft(id: token.id, hash: token.hash)
  }

  /// What a token of a mail confirms; nil where it is none, or not known.
  func verification(by text: String) async throws -> StoredVerification? {
    guard let token = BearerToken(text), token.kind == .verification,
      let stored = try await store.verification(token.id), token.matches(stored.hash)
    else { return nil }
    return stored
  }

  /// The token that confirms the address of a registration; nil where it has none, or its secret is not known.
  func verification(of registration: String, _ event: String) async throws -> BearerToken? {
    guard let stored = try await store.verification(of: registration, event) else { return nil }
    let token = BearerToken.derived(.verification, id: stored.id, from: secret)
    return token.matches(stored.hash) ? token : nil
  }
}
