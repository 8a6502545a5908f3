import LanyardDomain

/// What people wrote about somebody: apart from the rows that stay for ever, so that it can be erased with the person.
package struct NoteTable {
  /// What a note is about.
  package enum Kind: String, CaseIterable {
    /// A badge's mark, by the badge's key.
    case attention = "ATTENTION"
    /// A scan that let somebody in against a refusal, or out whom nobody scanned, by the scan's number.
    case override = "OVERRIDE"
    /// A scan that was taken back, by the scan's number.
    case undo = "UNDO"
    /// Somebody who was put outside by an organiser, by the scan's number.
    case sentOut = "SENT_OUT"
    /// Somebody who was given a place out of turn, by the registration's key; the last time counts.
    case movedUp = "MOVED_UP"
    /// Why a registration was rejected, by its key; the last time counts.
    case rejected = "REJECTED"
    /// Why a badge was revoked, by the badge's key.
    case revoked = "REVOKED"
  }

  /// The note of a badge's mark, in a query that has the badge; looked up only where there is one.
  package static let ofBadge = """
    CASE WHEN badge.attention = \(Attention.none.word) AND badge.has_note = 0 THEN ''
      ELSE coalesce((SELECT text FROM note WHERE kind = \(Kind.attention.word) AND subject = badge.id), '') END
    """
  /// Why a badge was revoked, in a query that has the badge.
  static let ofRevocation = """
    CASE WHEN badge.state <> \(BadgeState.revoked.word) THEN ''
      ELSE coalesce((SELECT text FROM note WHERE kind = \(Kind.revoked.word) AND subject = badge.id), '') END
    """
  private static let removal = SQL("DELETE FROM note WHERE kind = ? AND subject = ?")
  private static let addition = SQL(
    """
    INSERT INTO note (kind, subject, registration_id, text, author) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (kind, subject) DO UPDATE SET registration_id = excluded.registration_id, text = excluded.text,
        author = excluded.author
    """
  )
  private static let reading = SQL("SELECT text FROM note WHERE kind = ? AND subject = ?")
  private static let about = SQL("SELECT text, author FROM note WHERE registration_id = ?")
  private static let erasure = SQL("SELECT erased_at FROM registration WHERE id = ?")

  /// Those of each kind that are about nobody who is known.
  private static let unassigned = Kind.allCases.map { kind in
    (
      kind: kind,
      statement: SQL(
        """
        SELECT subject, text, author FROM note WHERE kind = \(kind.word) AND registration_id IS NULL AND subject > ?
        ORDER BY subject LIMIT ?
        """
      )
    )
  }

  private let session: any SQLSession

  package init(_ session: any SQLSession) {
    self.session = session
  }

  /// The text of a note; empty where there is none.
  func text(as kind: Kind, of subject: Int64) throws -> String {
    try session.first(Self.reading, [kind.rawValue, subject]) { try $0.text(0) } ?? ""
  }

  /// What was noted about somebody, and by whom.
  ///
  /// - Parameter registration: The store's key of theirs.
  func texts(about registration: Int64) throws -> [String] {
    try session.all(Self.about, [registration]) { [try $0.text(0), try $0.text(1)] }.flatMap { $0 }
  }

  /// Removes those that name a person without being known to be about them, such as on a scan of a code that nobody could read.
  func erase(_ traces: PersonTraces) throws {
    for (kind, statement) in Self.unassigned {
      var rows = OrderedRows(statement, session, key: \.subject) { row in
        (subject: try row.integer(0), texts: [try row.text(1), try row.text(2)])
      }
      while let row = try rows.next() {
        guard row.texts.contains(where: traces.areNamed) else { continue }
        try session.run(Self.removal, [kind.rawValue, row.subject])
      }
    }
  }

  /// Keeps a note in place of the one before; nothing is kept where it is empty, or of somebody who was erased.
  ///
  /// - Parameters:
  ///   - registration: The store's key of whom it is about; nil where that is not known.
  ///   - author: Who wrote it, as they gave it.
  package func keep(
    _ text: String,
    by author: String = "",
    as kind: Kind,
    of subject: Int64,
    about registration: Int64?
  ) throws {
    let erasedAt: Instant? = try registration.flatMap { registration in
      try session.first(Self.erasure, [registration]) { row -> Instant? in try row[0] } ?? nil
    }
    if Erasure.keepsNote(text, by: author, isErased: erasedAt != nil) {
      try session.run(Self.addition, [kind.rawValue, subject, registration, text, author])
    } else {
      try session.run(Self.removal, [kind.rawValue, subject])
    }
  }
}
