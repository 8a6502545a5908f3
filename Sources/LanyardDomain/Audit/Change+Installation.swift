/// What belongs to no event.
extension Change {
  package static func signingKeyAdded(_ id: UInt32) -> Change {
    Change(.signingKeyAdded, of: nil, to: ResourceName.verificationKey(id))
  }

  package static func signingKeySealed(_ id: UInt32) -> Change {
    Change(
      .signingKeySealed,
      of: nil,
      to: ResourceName.verificationKey(id),
      before: ["is_sealed": .flag(false)],
      after: ["is_sealed": .flag(true)]
    )
  }

  package static func signingKeyRetired(_ id: UInt32) -> Change {
    Change(
      .signingKeyRetired,
      of: nil,
      to: ResourceName.verificationKey(id),
      before: ["is_retired": .flag(false)],
      after: ["is_retired": .flag(true)]
    )
  }

  /// A token was made, for one event or for all; what it is for, in its maker's words, is not said.
  package static func tokenCreated(_ id: String, role: String, event: String?) -> Change {
    var facts: [String: Fact] = ["role": .word(role)]
    if let event { facts["event"] = .word(event) }
    return Change(.tokenCreated, of: nil, to: ResourceName.token(id), after: facts)
  }

  package static func tokenRevoked(_ id: String) -> Change {
    Change(
      .tokenRevoked,
      of: nil,
      to: ResourceName.token(id),
      before: ["is_revoked": .flag(false)],
      after: ["is_revoked": .flag(true)]
    )
  }

  /// Somebody signed in with a token.
  package static func signedIn(_ id: String, with token: String, until end: Instant) -> Change {
    Change(.signInCreated, of: nil, to: ResourceName.signIn(id, of: token), after: ["expires_at": .moment(end)])
  }

  package static func signedOut(_ id: String, of token: String) -> Change {
    Change(
      .signInEnded,
      of: nil,
      to: ResourceName.signIn(id, of: token),
      before: ["is_ended": .flag(false)],
      after: ["is_ended": .flag(true)]
    )
  }

  /// The data was made for real use or for rehearsals.
  package static func storeMarked(_ mode: String) -> Change {
    Change(.storeMarked, of: nil, to: ChangedResource.store, after: ["mode": .word(mode)])
  }

  package static func storeRenamed() -> Change { Change(.storeRenamed, of: nil, to: ChangedResource.store) }

  /// A copy was made for a rehearsal, without the tokens.
  package static func storeCopied(tokensRemoved: Int) -> Change {
    Change(
      .storeCopied,
      of: nil,
      to: ChangedResource.store,
      after: ["tokens_removed": .number(Int64(tokensRemoved))]
    )
  }
}
