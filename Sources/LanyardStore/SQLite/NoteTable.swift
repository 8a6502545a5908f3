import GRDB
import LanyardDomain

/// What people wrote about somebody: apart from the rows that stay for ever, so that it can be erased with the person.
struct NoteTable {
  /// What a note is about.
  enum Kind: String {
    /// A badge's mark, by the badge's key.
    case attention = "ATTENTION"
    /// A scan that let somebody in against a refusal, by the scan's number.
    case override = "OVERRIDE"
    /// A scan that was taken back, by the scan's number.
    case undo = "UNDO"
  }

  /// The note of a badge's mark, in a query that has the badge; looked up only where there is a mark.
  static let ofBadge = """
    CASE badge.attention WHEN 'NONE' THEN ''
      ELSE coalesce((SELECT text FROM note WHERE kind = 'ATTENTION' AND subject = badge.id), '') END
    """

  let db: Database

  /// Keeps a note in place of the one before; nothing is kept where it is empty, or of somebody who was erased.
  ///
  /// - Parameters:
  ///   - registration: The store's key of whom it is about; nil where that is not known.
  ///   - author: Who wrote it, as they gave it.
  func keep(_ text: String, by author: String = "", as kind: Kind, of subject: Int64, about registration: Int64?) throws
  {
    guard Erasure.keepsNote(text, by: author, isErased: try isErased(registration)) else {
      return try db.cachedStatement(sql: "DELETE FROM note WHERE kind = ? AND subject = ?").execute(
        arguments: [kind.rawValue, subject]
      )
    }
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO note (kind, subject, registration_id, text, author) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT (kind, subject) DO UPDATE SET registration_id = excluded.registration_id, text = excluded.text,
            author = excluded.author
        """
    )
    try statement.execute(arguments: [kind.rawValue, subject, registration, text, author])
  }

  private func isErased(_ registration: Int64?) throws -> Bool {
    guard let registration else { return false }
    let statement = try db.cachedStatement(sql: "SELECT erased_at FROM registration WHERE id = ?")
    return try Int64.fetchOne(statement, arguments: [registration]) != nil
  }

  /// Keeps a note about the bearer of a badge.
  ///
  /// - Parameter badge: The store's key; nil where the scan was of none on record.
  func keep(_ text: String, by author: String = "", as kind: Kind, of subject: Int64, badge: Int64?) throws {
    let registration = try badge.flatMap { badge in
      try Int64.fetchOne(
        db.cachedStatement(sql: "SELECT registration_id FROM badge WHERE id = ?"),
        arguments: [badge]
      )
    }
    try keep(text, by: author, as: kind, of: subject, about: registration)
  }
}
