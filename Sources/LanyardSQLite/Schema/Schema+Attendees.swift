import GRDB
import LanyardDomain
import LanyardStore

extension Schema {
  /// Finds people by their names and organisation: `attendee_key` of each registration, and a full-text index of it by
  /// three letters at a time, which triggers keep in step. `attendee_term` lists what stands in the index.
  static func indexAttendees(_ db: Database) throws {
    try db.execute(sql: "ALTER TABLE registration ADD COLUMN attendee_key TEXT NOT NULL DEFAULT ''")
    try fillAttendeeKeys(db)
    try db.execute(sql: attendees)
  }

  private static func fillAttendeeKeys(_ db: Database) throws {
    try changeEach(
      db,
      "SELECT id, given_name, family_name, organisation FROM registration WHERE id > ? ORDER BY id LIMIT 1000",
      by: "UPDATE registration SET attendee_key = ? WHERE id = ?"
    ) { row in
      // Nobody had a name of their own on badges yet.
      [Person.attendeeKey(given: row[1], family: row[2], badge: "", organisation: row[3]), row[0] as Int64]
    }
  }

  /// Folds the texts that people are found by anew, as `SearchText` does.
  static func foldAnew(_ db: Database) throws {
    try changeEach(
      db,
      """
      SELECT registration_id, given_name, family_name, organisation, email FROM person WHERE registration_id > ?
      ORDER BY registration_id LIMIT 1000
      """,
      by: "UPDATE person SET attendee_key = ?, search_key = ? WHERE registration_id = ?"
    ) { row in
      let key = Person.attendeeKey(given: row[1], family: row[2], badge: "", organisation: row[3])
      return [key, Person.searchKey(key, email: row[4]), row[0] as Int64]
    }
  }

  /// What lists of people are narrowed by who ask for an organisation.
  static func foldOrganisations(_ db: Database) throws {
    try db.execute(sql: "ALTER TABLE person ADD COLUMN organisation_key TEXT NOT NULL DEFAULT ''")
    try changeEach(
      db,
      "SELECT registration_id, organisation FROM person WHERE registration_id > ? ORDER BY registration_id LIMIT 1000",
      by: "UPDATE person SET organisation_key = ? WHERE registration_id = ?"
    ) { row in
      [Person.organisationKey(row[1]), row[0] as Int64]
    }
  }

  /// Compares domains of addresses in their ASCII form. Two who registered before with one address, written in both ways, stay as
  /// they are: the one whose domain was not written in ASCII is found by the address as it was written.
  static func compareDomainsInASCII(_ db: Database) throws {
    try changeEach(
      db,
      """
      SELECT registration_id, email FROM person WHERE registration_id > ? AND email_key GLOB '*[^' || char(1) || '-~]*'
      ORDER BY registration_id LIMIT 1000
      """,
      by: """
        UPDATE person SET email_key = ?1 WHERE registration_id = ?2 AND NOT (is_live AND EXISTS (SELECT 1 FROM person AS other
          WHERE other.event_id = person.event_id AND other.email_key = ?1 AND other.is_live
            AND other.registration_id <> ?2))
        """
    ) { row in
      [EmailAddress.key(row[1]), row[0] as Int64]
    }
  }

  /// Puts the family name of those first whose language has it there; badges and screens say it in that order from now on.
  static func callByLanguage(_ db: Database) throws {
    try changeEach(
      db,
      """
      SELECT registration_id, given_name, family_name, language FROM person WHERE registration_id > ? AND badge_name = ''
      ORDER BY registration_id LIMIT 1000
      """,
      by: "UPDATE person SET display_name = ?1 WHERE registration_id = ?2 AND display_name <> ?1"
    ) { row in
      [DisplayName.joined(given: row[1], family: row[2], language: row[3]), row[0] as Int64]
    }
  }

  /// Runs a statement for each row of a table, of which no more than a part is held at once.
  ///
  /// - Parameters:
  ///   - part: Selects the rows after a key, which is its first column, in its order, up to a limit.
  ///   - arguments: What the statement is given of a row.
  private static func changeEach(
    _ db: Database,
    _ part: String,
    by change: String,
    _ arguments: (Row) -> StatementArguments
  ) throws {
    let rows = try db.makeStatement(sql: part)
    let update = try db.makeStatement(sql: change)
    var last: Int64 = 0
    while true {
      let part = try Row.fetchAll(rows, arguments: [last])
      guard let end = part.last else { return }
      for row in part { try update.execute(arguments: arguments(row)) }
      last = end[0]
    }
  }

  private static let attendees = """
    CREATE INDEX registration_state ON registration (event_id, state);
    \(EventLetters.view(of: "registration", key: "id"))
    CREATE VIRTUAL TABLE attendee_search USING fts5 (event, attendee_key, content = 'attendee', content_rowid = 'id',
      columnsize = 0, tokenize = 'trigram case_sensitive 1');
    CREATE VIRTUAL TABLE attendee_term USING fts5vocab (attendee_search, 'row');
    INSERT INTO attendee_search (attendee_search) VALUES ('rebuild');
    CREATE TRIGGER attendee_on_insert AFTER INSERT ON registration
      BEGIN
        INSERT INTO attendee_search (rowid, event, attendee_key)
          SELECT id, event, attendee_key FROM attendee WHERE id = NEW.id;
      END;
    CREATE TRIGGER attendee_before_update BEFORE UPDATE OF attendee_key, event_id ON registration
      WHEN OLD.attendee_key <> NEW.attendee_key OR OLD.event_id <> NEW.event_id
      BEGIN
        INSERT INTO attendee_search (attendee_search, rowid, event, attendee_key)
          SELECT 'delete', id, event, attendee_key FROM attendee WHERE id = OLD.id;
      END;
    CREATE TRIGGER attendee_after_update AFTER UPDATE OF attendee_key, event_id ON registration
      WHEN OLD.attendee_key <> NEW.attendee_key OR OLD.event_id <> NEW.event_id
      BEGIN
        INSERT INTO attendee_search (rowid, event, attendee_key)
          SELECT id, event, attendee_key FROM attendee WHERE id = NEW.id;
      END;
    CREATE TRIGGER attendee_on_delete BEFORE DELETE ON registration
      BEGIN
        INSERT INTO attendee_search (attendee_search, rowid, event, attendee_key)
          SELECT 'delete', id, event, attendee_key FROM attendee WHERE id = OLD.id;
      END;
    """
}
