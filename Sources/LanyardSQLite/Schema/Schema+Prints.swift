extension Schema {
  /// What was drawn to be printed, and which badges: `face` is a digest of what stood on one, and is forgotten with its bearer.
  static let prints = """
    CREATE TABLE print_run (
      id INTEGER PRIMARY KEY,
      event_id INTEGER NOT NULL REFERENCES event (id),
      number INTEGER NOT NULL,
      made_at INTEGER NOT NULL,
      printed_at INTEGER,
      badges INTEGER NOT NULL CHECK (badges > 0),
      actor_kind TEXT NOT NULL CHECK (actor_kind IN ('TOKEN', 'DEVICE', 'PARTICIPANT', 'NOBODY', 'SYSTEM')),
      actor TEXT NOT NULL,
      design TEXT NOT NULL,
      UNIQUE (event_id, number)
    ) STRICT;
    CREATE TABLE print (
      run_id INTEGER NOT NULL REFERENCES print_run (id),
      number INTEGER NOT NULL,
      badge_id INTEGER NOT NULL REFERENCES badge (id),
      face BLOB CHECK (length(face) = 32),
      PRIMARY KEY (run_id, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX print_badge ON print (badge_id);
    """
}

extension Schema {
  /// By which file and on which sheet a run was drawn, so that the rest of it comes the same.
  static let looksOfPrints = """
    ALTER TABLE print_run ADD COLUMN design_digest BLOB CHECK (length(design_digest) = 32);
    ALTER TABLE print_run ADD COLUMN sheet TEXT CHECK (sheet IN ('SINGLE', 'A4'));
    """
}

extension Schema {
  /// Of a design that a caller brought the name of its file stood there, which may be somebody's.
  static let wordsOfDesigns =
    "UPDATE print_run SET design = 'FILE' WHERE design NOT IN ('CONFERENCE', 'LABEL', 'PHONE')"
}

extension Schema {
  /// Badges that open nothing until they are activated; why badges were revoked.
  static let activation = """
    ALTER TABLE event ADD COLUMN activates_badges INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE event ADD COLUMN activated_stakeholder_groups TEXT NOT NULL DEFAULT '[]';
    CREATE TABLE note_of_more (
      kind TEXT NOT NULL CHECK (kind IN ('ATTENTION', 'OVERRIDE', 'UNDO', 'SENT_OUT', 'MOVED_UP', 'REVOKED')),
      subject INTEGER NOT NULL,
      registration_id INTEGER REFERENCES registration (id),
      text TEXT NOT NULL,
      author TEXT NOT NULL,
      PRIMARY KEY (kind, subject)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO note_of_more SELECT kind, subject, registration_id, text, author FROM note;
    DROP TABLE note;
    ALTER TABLE note_of_more RENAME TO note;
    CREATE INDEX note_registration ON note (registration_id) WHERE registration_id IS NOT NULL;
    """
}
