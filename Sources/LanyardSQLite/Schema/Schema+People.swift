import GRDB
import LanyardDomain
import LanyardStore

extension Schema {
  /// The setting that says that the file is to be written anew, as earlier versions left texts of people in its free pages.
  static let rewriting = "rewriting"

  /// Lays apart who somebody is, what they answered and what was noted about them, so that it can be erased: rows that
  /// others hang on, and those that are only ever added to, have none of it any more.
  static func layPeopleApart(_ db: Database) throws {
    let hadPeople = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM registration)") == true
    try db.execute(sql: people)
    try db.execute(sql: leanRegistrations)
    try db.execute(sql: peopleFound)
    try db.execute(sql: notes)
    if hadPeople { try db.execute(sql: "INSERT INTO setting VALUES (?, 'due')", arguments: [rewriting]) }
  }

  /// One live registration a person and event: `is_live` follows the registration's state.
  private static let people = """
    CREATE TABLE person (
      registration_id INTEGER PRIMARY KEY REFERENCES registration (id),
      event_id INTEGER NOT NULL REFERENCES event (id),
      is_live INTEGER NOT NULL CHECK (is_live IN (0, 1)),
      display_name TEXT NOT NULL,
      organisation TEXT NOT NULL,
      email TEXT NOT NULL,
      email_key TEXT NOT NULL,
      title TEXT NOT NULL,
      given_name TEXT NOT NULL,
      family_name TEXT NOT NULL,
      position TEXT NOT NULL,
      country TEXT NOT NULL,
      language TEXT NOT NULL,
      search_key TEXT NOT NULL,
      attendee_key TEXT NOT NULL
    ) STRICT;
    INSERT INTO person SELECT id, event_id, state IN ('SUBMITTED', 'CONFIRMED', 'WAITLISTED'), display_name,
      organisation, email, email_key, title, given_name, family_name, position, country, language, search_key,
      attendee_key FROM registration ORDER BY id;
    CREATE UNIQUE INDEX person_live ON person (event_id, email_key) WHERE is_live;
    CREATE INDEX person_email ON person (event_id, email_key);
    CREATE TABLE answer (
      registration_id INTEGER NOT NULL REFERENCES registration (id),
      question TEXT NOT NULL,
      value TEXT NOT NULL CHECK (value <> ''),
      PRIMARY KEY (registration_id, question)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO answer SELECT id, 'accessibility_needs', accessibility_needs FROM registration
      WHERE accessibility_needs <> '' ORDER BY id;
    INSERT INTO answer SELECT id, 'photo_consent', 'yes' FROM registration WHERE photo_consent ORDER BY id;
    """

  /// The registrations without their people: what rules and counts go by.
  private static let leanRegistrations = """
    DROP VIEW attendee;
    CREATE TABLE lean_registration (
      id INTEGER PRIMARY KEY,
      public_id TEXT NOT NULL UNIQUE,
      event_id INTEGER NOT NULL REFERENCES event (id),
      state TEXT NOT NULL CHECK (state IN ('SUBMITTED', 'CONFIRMED', 'WAITLISTED', 'REJECTED', 'CANCELLED')),
      waitlisted_sequence INTEGER CHECK ((state = 'WAITLISTED') = (waitlisted_sequence IS NOT NULL)),
      participation TEXT NOT NULL CHECK (participation IN ('ONSITE', 'REMOTE')),
      stakeholder_group TEXT NOT NULL,
      guest_role TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      request_high INTEGER,
      request_low INTEGER,
      request_fingerprint INTEGER,
      erased_at INTEGER CHECK (erased_at IS NULL OR (state IN ('REJECTED', 'CANCELLED') AND request_fingerprint IS NULL)),
      UNIQUE (request_high, request_low)
    ) STRICT;
    INSERT INTO lean_registration SELECT id, public_id, event_id, state, waitlisted_sequence, participation,
      stakeholder_group, guest_role, created_at, updated_at, revision, sequence, request_high, request_low,
      request_fingerprint, NULL FROM registration ORDER BY id;
    DROP TABLE registration;
    ALTER TABLE lean_registration RENAME TO registration;
    CREATE INDEX registration_waiting ON registration (event_id, waitlisted_sequence) WHERE state = 'WAITLISTED';
    CREATE INDEX registration_state ON registration (event_id, state);
    CREATE TRIGGER registration_place_on_insert AFTER INSERT ON registration
      WHEN NEW.state = 'CONFIRMED' AND NEW.participation = 'ONSITE'
      BEGIN UPDATE event SET onsite_confirmed = onsite_confirmed + 1 WHERE id = NEW.event_id; END;
    CREATE TRIGGER registration_place_on_update AFTER UPDATE OF state, participation ON registration
      BEGIN UPDATE event SET onsite_confirmed = onsite_confirmed
        + (NEW.state = 'CONFIRMED' AND NEW.participation = 'ONSITE')
        - (OLD.state = 'CONFIRMED' AND OLD.participation = 'ONSITE') WHERE id = NEW.event_id; END;
    CREATE TRIGGER person_is_live_on_update AFTER UPDATE OF state ON registration
      BEGIN UPDATE person SET is_live = NEW.state IN ('SUBMITTED', 'CONFIRMED', 'WAITLISTED')
        WHERE registration_id = NEW.id; END;
    CREATE TRIGGER person_is_of_a_registration BEFORE INSERT ON person
      WHEN NOT EXISTS (SELECT 1 FROM registration WHERE id = NEW.registration_id AND event_id = NEW.event_id
        AND (state IN ('SUBMITTED', 'CONFIRMED', 'WAITLISTED')) = NEW.is_live AND erased_at IS NULL)
      BEGIN SELECT RAISE(ABORT, 'a person is of a registration, and lives as long as it does'); END;
    """

  /// The index of names goes on as it is: its numbers are those of the registrations.
  private static let peopleFound = """
    \(EventLetters.view(of: "person", key: "registration_id"))
    CREATE TRIGGER attendee_on_insert AFTER INSERT ON person
      BEGIN
        INSERT INTO attendee_search (rowid, event, attendee_key)
          SELECT id, event, attendee_key FROM attendee WHERE id = NEW.registration_id;
      END;
    CREATE TRIGGER attendee_before_update BEFORE UPDATE OF attendee_key, event_id ON person
      WHEN OLD.attendee_key <> NEW.attendee_key OR OLD.event_id <> NEW.event_id
      BEGIN
        INSERT INTO attendee_search (attendee_search, rowid, event, attendee_key)
          SELECT 'delete', id, event, attendee_key FROM attendee WHERE id = OLD.registration_id;
      END;
    CREATE TRIGGER attendee_after_update AFTER UPDATE OF attendee_key, event_id ON person
      WHEN OLD.attendee_key <> NEW.attendee_key OR OLD.event_id <> NEW.event_id
      BEGIN
        INSERT INTO attendee_search (rowid, event, attendee_key)
          SELECT id, event, attendee_key FROM attendee WHERE id = NEW.registration_id;
      END;
    CREATE TRIGGER attendee_on_delete BEFORE DELETE ON person
      BEGIN
        INSERT INTO attendee_search (attendee_search, rowid, event, attendee_key)
          SELECT 'delete', id, event, attendee_key FROM attendee WHERE id = OLD.registration_id;
      END;
    """

  /// `subject` is the number of the scan of an override or undo, and the key of the badge of an attention mark.
  private static let notes = """
    CREATE TABLE note (
      kind TEXT NOT NULL CHECK (kind IN ('ATTENTION', 'OVERRIDE', 'UNDO')),
      subject INTEGER NOT NULL,
      registration_id INTEGER REFERENCES registration (id),
      text TEXT NOT NULL,
      author TEXT NOT NULL,
      PRIMARY KEY (kind, subject)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX note_registration ON note (registration_id) WHERE registration_id IS NOT NULL;
    INSERT INTO note SELECT 'ATTENTION', id, registration_id, attention_note, '' FROM badge WHERE attention_note <> '';
    INSERT INTO note SELECT 'OVERRIDE', scan_sequence, badge.registration_id, note, operator
      FROM scan_override JOIN scan ON scan.sequence = scan_override.scan_sequence LEFT JOIN badge ON badge.id = scan.badge_id
      WHERE note <> '' OR operator <> '';
    INSERT INTO note SELECT 'UNDO', scan_sequence, badge.registration_id, note, ''
      FROM scan_undo JOIN scan ON scan.sequence = scan_undo.scan_sequence LEFT JOIN badge ON badge.id = scan.badge_id
      WHERE note <> '';
    ALTER TABLE badge DROP COLUMN attention_note;
    ALTER TABLE scan_override DROP COLUMN note;
    ALTER TABLE scan_override DROP COLUMN operator;
    ALTER TABLE scan_undo DROP COLUMN note;
    """

  /// What people want to be called.
  static let badgeNames = """
    ALTER TABLE person ADD COLUMN badge_name TEXT NOT NULL DEFAULT '';
    """
}
