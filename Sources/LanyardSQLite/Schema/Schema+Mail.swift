extension Schema {
  /// What is to be told to participants, how far each event's feed was followed for it, and who is written to: those who registered
  /// by themselves, and those of whom it was told so. Who a mail goes to and what stands in it is not kept. Of what happened before,
  /// nobody is told.
  static let mail = """
    ALTER TABLE event ADD COLUMN mail TEXT NOT NULL DEFAULT '{}';
    CREATE TABLE mail_cursor (
      event_id INTEGER PRIMARY KEY REFERENCES event (id),
      sequence INTEGER NOT NULL,
      reminded_at INTEGER
    ) STRICT;
    INSERT INTO mail_cursor (event_id, sequence) SELECT event_id, last_sequence FROM feed WHERE event_id <> 0;
    CREATE TABLE mail_audience (registration_id INTEGER PRIMARY KEY REFERENCES registration (id)) STRICT;
    CREATE TABLE mail (
      id INTEGER PRIMARY KEY,
      event_id INTEGER NOT NULL REFERENCES event (id),
      registration_id INTEGER NOT NULL REFERENCES registration (id),
      kind TEXT NOT NULL CHECK (kind IN ('VERIFY_ADDRESS', 'RECEIVED', 'CONFIRMED', 'WAITLISTED', 'REJECTED', 'MOVED_UP',
        'BADGE_READY', 'CHANGED', 'CANCELLED', 'PERSONAL_LINK', 'REMINDER')),
      sequence INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('WAITING', 'SENT', 'BOUNCED', 'GIVEN_UP', 'DROPPED')),
      created_at INTEGER NOT NULL,
      due_at INTEGER NOT NULL,
      claimed_until INTEGER CHECK (claimed_until IS NULL OR state = 'WAITING'),
      attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
      failing_since INTEGER,
      sent_at INTEGER CHECK ((state = 'SENT') = (sent_at IS NOT NULL)),
      fault TEXT CHECK (fault IN ('REFUSED', 'NOT_REACHED', 'NOT_TRUSTED', 'NOT_SIGNED_IN', 'SENDER_REFUSED', 'CUT',
        'NOT_COMPOSED')),
      reply_code INTEGER,
      reply_status TEXT NOT NULL DEFAULT '',
      UNIQUE (registration_id, sequence, kind)
    ) STRICT;
    CREATE INDEX mail_waiting ON mail (event_id, due_at) WHERE state = 'WAITING';
    CREATE INDEX mail_event ON mail (event_id, id);
    """

  /// Why registrations were rejected.
  static let reasonsTold = """
    CREATE TABLE note_of_more (
      kind TEXT NOT NULL
        CHECK (kind IN ('ATTENTION', 'OVERRIDE', 'UNDO', 'SENT_OUT', 'MOVED_UP', 'REVOKED', 'REJECTED')),
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
