extension Schema {
  /// Registrations that somebody made in public and whose address nobody has confirmed yet, with the tokens that confirm them: only
  /// their hashes. When people register in public, and where sessions are followed over the network. A mail may say that an address
  /// has a registration already.
  static let inPublic = """
    DROP TRIGGER person_is_of_a_registration;
    DROP TRIGGER person_lives_as_long;
    CREATE TABLE registration_of_more (
      id INTEGER PRIMARY KEY,
      public_id TEXT NOT NULL UNIQUE,
      event_id INTEGER NOT NULL REFERENCES event (id),
      state TEXT NOT NULL
        CHECK (state IN ('EMAIL_PENDING', 'SUBMITTED', 'CONFIRMED', 'WAITLISTED', 'REJECTED', 'CANCELLED')),
      waitlisted_sequence INTEGER CHECK ((state = 'WAITLISTED') = (waitlisted_sequence IS NOT NULL)),
      participation TEXT NOT NULL CHECK (participation IN ('ONSITE', 'REMOTE')),
      stakeholder_group TEXT NOT NULL,
      guest_role TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      request_high INTEGER,
      request_low INTEGER,
      request_fingerprint INTEGER,
      erased_at INTEGER CHECK (erased_at IS NULL OR (state IN ('REJECTED', 'CANCELLED') AND request_fingerprint IS NULL)),
      days TEXT NOT NULL DEFAULT '',
      UNIQUE (request_high, request_low)
    ) STRICT;
    INSERT INTO registration_of_more SELECT id, public_id, event_id, state, waitlisted_sequence, participation,
      stakeholder_group, guest_role, created_at, updated_at, revision, request_high, request_low, request_fingerprint,
      erased_at, days FROM registration ORDER BY id;
    DROP TABLE registration;
    ALTER TABLE registration_of_more RENAME TO registration;
    CREATE INDEX registration_event ON registration (event_id);
    CREATE INDEX registration_state ON registration (event_id, state);
    CREATE INDEX registration_waiting ON registration (event_id, waitlisted_sequence) WHERE state = 'WAITLISTED';
    CREATE INDEX registration_pending ON registration (event_id, created_at) WHERE state = 'EMAIL_PENDING';
    CREATE TRIGGER person_is_of_a_registration BEFORE INSERT ON person
      WHEN NOT EXISTS (SELECT 1 FROM registration WHERE id = NEW.registration_id AND event_id = NEW.event_id
        AND (state IN ('SUBMITTED', 'CONFIRMED', 'WAITLISTED')) = NEW.is_live AND erased_at IS NULL)
      BEGIN SELECT RAISE(ABORT, 'a person is of a registration, and lives as long as it does'); END;
    CREATE TRIGGER person_lives_as_long BEFORE UPDATE OF is_live ON person
      WHEN NOT EXISTS (SELECT 1 FROM registration WHERE id = NEW.registration_id
        AND (state IN ('SUBMITTED', 'CONFIRMED', 'WAITLISTED')) = NEW.is_live)
      BEGIN SELECT RAISE(ABORT, 'a person is of a registration, and lives as long as it does'); END;
    CREATE TABLE email_verification (
      id TEXT PRIMARY KEY,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      registration_id INTEGER NOT NULL REFERENCES registration (id),
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL CHECK (expires_at > created_at),
      used_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX email_verification_registration ON email_verification (registration_id);
    ALTER TABLE event ADD COLUMN registration_opens_at INTEGER;
    ALTER TABLE event ADD COLUMN registration_closes_at INTEGER;
    ALTER TABLE session ADD COLUMN stream_address TEXT NOT NULL DEFAULT '';
    CREATE TABLE mail_of_more (
      id INTEGER PRIMARY KEY,
      event_id INTEGER NOT NULL REFERENCES event (id),
      registration_id INTEGER NOT NULL REFERENCES registration (id),
      kind TEXT NOT NULL CHECK (kind IN ('VERIFY_ADDRESS', 'RECEIVED', 'CONFIRMED', 'WAITLISTED', 'REJECTED', 'MOVED_UP',
        'BADGE_READY', 'CHANGED', 'CANCELLED', 'PERSONAL_LINK', 'REMINDER', 'ALREADY_REGISTERED')),
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
    INSERT INTO mail_of_more SELECT id, event_id, registration_id, kind, sequence, state, created_at, due_at,
      claimed_until, attempts, failing_since, sent_at, fault, reply_code, reply_status FROM mail ORDER BY id;
    DROP TABLE mail;
    ALTER TABLE mail_of_more RENAME TO mail;
    CREATE INDEX mail_waiting ON mail (event_id, due_at) WHERE state = 'WAITING';
    CREATE INDEX mail_event ON mail (event_id, id);
    """
}
