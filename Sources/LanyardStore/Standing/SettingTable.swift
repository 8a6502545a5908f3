package import LanyardDomain

/// What a store says of itself as a whole, in the table `setting`, within the caller's transaction.
package struct SettingTable {
  private static let standing = SQL(
    """
    SELECT value, (SELECT CAST(sum(last_sequence) AS BIGINT) FROM feed) FROM setting WHERE name = 'store'
    """
  )
  private static let mode = SQL("SELECT value FROM setting WHERE name = 'mode'")
  private static let modeChange = SQL(
    "INSERT INTO setting (name, value) VALUES ('mode', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
  )
  private static let nameChange = SQL("UPDATE setting SET value = ? WHERE name = 'store'")
  private static let tokens = SQL("SELECT count(*) FROM token")
  private static let tokenRemoval = SQL("DELETE FROM token")
  private static let signInRemoval = SQL("DELETE FROM sign_in")
  private static let linkRemoval = SQL("DELETE FROM personal_link")
  private static let verificationRemoval = SQL("DELETE FROM email_verification")

  private let session: any SQLSession

  package init(_ session: any SQLSession) { self.session = session }

  /// Nil where the store has no name, and so is none.
  package func standing() throws -> StoreStanding? {
    try session.first(Self.standing) { StoreStanding(store: try $0[0], sequence: try $0[1]) }
  }

  /// Nil where no server has run on it yet.
  ///
  /// - Throws: `StoreError.unknownValue` where it is of a mode that this version does not know.
  package func mode() throws -> StoreMode? {
    try session.first(Self.mode) { try known($0.text(0), "setting", "value") }
  }

  /// Marks what is not marked yet.
  ///
  /// - Throws: `StoreError.otherMode` where it is marked as data of the other.
  package func dedicate(to mode: StoreMode, _ trail: Trail) throws {
    guard let marked = try self.mode() else {
      try trail.record(.storeMarked(mode.rawValue))
      try session.run(Self.modeChange, [mode.rawValue])
      return
    }
    guard marked == mode else { throw StoreError.otherMode(dataIsRehearsal: marked == .rehearsal) }
  }

  /// Names the data anew, so that nothing that was heard of it before is taken for what it says now.
  package func rename(_ trail: Trail) throws {
    try session.run(Self.nameChange, [(0..<16).map { _ in UInt8.random(in: .min ... .max) }.hexadecimal])
    try trail.record(.storeRenamed())
  }

  /// Makes data of a rehearsal of a copy: who has a token or a link for the original has none for it.
  package func becomeRehearsal(_ trail: Trail) throws {
    let tokens = try session.first(Self.tokens) { try $0[0] as Int } ?? 0
    try trail.record(.storeCopied(tokensRemoved: tokens))
    try session.run(Self.modeChange, [StoreMode.rehearsal.rawValue])
    try session.run(Self.linkRemoval)
    try session.run(Self.verificationRemoval)
    try session.run(Self.signInRemoval)
    try session.run(Self.tokenRemoval)
  }
}

extension SQLEngine {
  package func standing() async throws(StoreError) -> StoreStanding {
    try await read { session in
      guard let standing = try SettingTable(session).standing() else {
        throw StoreError.failed(.store, about: "the store has no name")
      }
      return standing
    }
  }

  package func mode() async throws(StoreError) -> StoreMode? {
    try await read { session in try SettingTable(session).mode() }
  }

  package func dedicate(_ act: Act, to mode: StoreMode) async throws(StoreError) {
    try await write(act, of: .installation) { session, trail in
      try SettingTable(session).dedicate(to: mode, trail)
    }
  }

  package func takeNewName(_ act: Act) async throws(StoreError) {
    try await write(act, of: .installation) { session, trail in try SettingTable(session).rename(trail) }
  }

  package func becomeRehearsal(_ act: Act) async throws(StoreError) {
    try await write(act, of: .installation) { session, trail in try SettingTable(session).becomeRehearsal(trail) }
  }
}
