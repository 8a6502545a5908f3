import GRDB
import LanyardStore

/// The tables, with the invariants that hold whatever a program does.
enum Schema {
  /// Migrations in order; each is run once and never changed after it was released.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 first form") { db in
      try db.execute(sql: shared)
      try db.execute(sql: programme)
      try db.execute(sql: registrations)
      try db.execute(sql: badges)
      try db.execute(sql: checkIns)
    }
    migrator.registerMigration("2 lanes") { db in
      try db.execute(sql: rules)
      try db.execute(sql: afterTheScan)
      try db.execute(sql: devices)
      // Names this data, so that a roster's cursor is not taken for one of other data.
      try db.execute(sql: "INSERT INTO setting VALUES ('store', lower(hex(randomblob(16))))")
    }
    migrator.registerMigration("3 readers") { db in try db.execute(sql: readers) }
    migrator.registerMigration("4 attendees", migrate: indexAttendees)
    migrator.registerMigration("5 double readings") { db in try db.execute(sql: doubleReadings) }
    migrator.registerMigration("6 codes in links") { db in try db.execute(sql: codesInLinks) }
    migrator.registerMigration("7 feed by event", migrate: numberByEvent)
    migrator.registerMigration("7 trail", migrate: beginTrail)
    migrator.registerMigration("8 people", migrate: layPeopleApart)
    migrator.registerMigration("10 tokens by event") { db in try db.execute(sql: tokensByEvent) }
    migrator.registerMigration("12 languages of events") { db in
      try db.execute(
        sql: """
          ALTER TABLE event ADD COLUMN language TEXT NOT NULL DEFAULT 'en'
            CHECK (language IN ('ar', 'en', 'es', 'fr', 'ru', 'zh'))
          """
      )
    }
    migrator.registerMigration("13 terms") { db in try db.execute(sql: terms) }
    // Lists of an event go along its registrations in the order of their keys.
    migrator.registerMigration("14 registrations of an event") { db in
      try db.execute(sql: "CREATE INDEX registration_event ON registration (event_id)")
    }
    migrator.registerMigration("14 places decided") { db in try db.execute(sql: placesDecided) }
    migrator.registerMigration("15 search texts", migrate: foldAnew)
    migrator.registerMigration("16 missed exits") { db in try db.execute(sql: missedExits) }
    // Names are told from organisations.
    migrator.registerMigration("17 names first", migrate: foldAnew)
    migrator.registerMigration("18 rules of doors", migrate: addDoorRules)
    migrator.registerMigration("19 afterwards") { db in try db.execute(sql: afterwards) }
    migrator.registerMigration("20 enrolment codes by id", migrate: nameEnrolmentCodes)
    migrator.registerMigration("23 upkeep") { db in try db.execute(sql: upkeep) }
    migrator.registerMigration("24 organisations", migrate: foldOrganisations)
    migrator.registerMigration("28 programme by hand") { db in try db.execute(sql: programmeByHand) }
    migrator.registerMigration("29 beginnings of texts") { db in try db.execute(sql: beginnings) }
    migrator.registerMigration("30 signed conflicts", migrate: signConflicts)
    migrator.registerMigration("31 places by hand") { db in try db.execute(sql: placesByHand) }
    migrator.registerMigration("32 renewed badges and ended lanes", migrate: markRenewedBadges)
    migrator.registerMigration("33 domains in ASCII", migrate: compareDomainsInASCII)
    migrator.registerMigration("34 sealed keys") { db in try db.execute(sql: sealedKeys) }
    migrator.registerMigration("35 prints") { db in try db.execute(sql: prints) }
    migrator.registerMigration("36 activation") { db in try db.execute(sql: activation) }
    migrator.registerMigration("37 moments decided") { db in
      // Where it differs from when the scan was recorded.
      try db.execute(
        sql: """
          ALTER TABLE scan ADD COLUMN decided_at INTEGER;
          CREATE INDEX scan_decided ON scan (sequence) WHERE decided_at IS NOT NULL;
          """
      )
    }
    migrator.registerMigration("38 scans of sessions") { db in try db.execute(sql: sessionScans) }
    migrator.registerMigration("39 names on badges") { db in try db.execute(sql: badgeNames) }
    migrator.registerMigration("40 words of designs") { db in try db.execute(sql: wordsOfDesigns) }
    migrator.registerMigration("42 mail") { db in try db.execute(sql: mail) }
    migrator.registerMigration("43 reasons told") { db in try db.execute(sql: reasonsTold) }
    migrator.registerMigration("45 looks of prints, names by language") { db in
      try db.execute(sql: looksOfPrints)
      try callByLanguage(db)
    }
    migrator.registerMigration("47 kinds of reporters") { db in
      // What was recorded before has none.
      try db.execute(
        sql: """
          ALTER TABLE scan ADD COLUMN reporter_kind TEXT;
          ALTER TABLE scan_undo ADD COLUMN reporter_kind TEXT;
          """
      )
    }
    migrator.registerMigration("50 registering in public") { db in try db.execute(sql: inPublic) }
    migrator.registerMigration("51 remote presence") { db in try db.execute(sql: remote) }
    migrator.registerMigration("57 questions") { db in try db.execute(sql: questions) }
    // Where groups have quotas, their places are counted with each registration.
    migrator.registerMigration("58 quotas") { db in
      try db.execute(
        sql: "CREATE INDEX registration_group ON registration (event_id, state, participation, stakeholder_group)"
      )
    }
    migrator.registerMigration("59 retention") { db in
      try db.execute(sql: "ALTER TABLE event ADD COLUMN retention_days INTEGER CHECK (retention_days >= 0)")
    }
    migrator.registerMigration("61 sign-ins") { db in try db.execute(sql: signIns) }
    return migrator
  }

  /// `feed` numbers every change that others follow; `plan_revision` grows whenever doors change.
  private static let shared = """
    CREATE TABLE feed (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      last_sequence INTEGER NOT NULL,
      plan_revision INTEGER NOT NULL
    ) STRICT;
    INSERT INTO feed VALUES (1, 0, 1);
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE token (
      id TEXT PRIMARY KEY,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      role TEXT NOT NULL CHECK (role IN ('organiser', 'desk', 'scanner', 'viewer')),
      label TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      revoked_at INTEGER
    ) STRICT, WITHOUT ROWID;
    """

  private static let programme = """
    CREATE TABLE event (
      id INTEGER PRIMARY KEY,
      slug TEXT NOT NULL UNIQUE,
      title TEXT NOT NULL,
      start_date TEXT NOT NULL,
      end_date TEXT NOT NULL CHECK (end_date >= start_date),
      time_zone TEXT NOT NULL,
      city TEXT NOT NULL,
      country TEXT NOT NULL,
      organisers TEXT NOT NULL,
      onsite_capacity INTEGER CHECK (onsite_capacity > 0),
      onsite_confirmed INTEGER NOT NULL DEFAULT 0 CHECK (onsite_confirmed >= 0),
      allows_remote INTEGER NOT NULL,
      tracks TEXT NOT NULL,
      stakeholder_groups TEXT NOT NULL,
      guest_roles TEXT NOT NULL,
      reviewed_stakeholder_groups TEXT NOT NULL,
      reviewed_guest_roles TEXT NOT NULL,
      deadlines TEXT NOT NULL,
      revision INTEGER NOT NULL,
      CONSTRAINT capacity CHECK (onsite_capacity IS NULL OR onsite_confirmed <= onsite_capacity)
    ) STRICT;
    CREATE TABLE checkpoint (
      id INTEGER PRIMARY KEY,
      event_id INTEGER NOT NULL REFERENCES event (id),
      public_id TEXT NOT NULL,
      position INTEGER NOT NULL,
      display_name TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('ENTRANCE', 'ZONE', 'SESSION_DOOR')),
      area TEXT NOT NULL,
      capacity INTEGER CHECK (capacity > 0),
      admitted_groups TEXT NOT NULL,
      admitted_roles TEXT NOT NULL,
      directions TEXT NOT NULL CHECK (directions IN ('IN', 'OUT', 'BOTH', 'BY_TURNS')),
      allows_reentry INTEGER NOT NULL,
      early_entry_seconds INTEGER NOT NULL CHECK (early_entry_seconds >= 0),
      is_closed INTEGER NOT NULL,
      time_zone TEXT NOT NULL,
      UNIQUE (event_id, public_id)
    ) STRICT;
    CREATE TABLE session (
      id INTEGER PRIMARY KEY,
      event_id INTEGER NOT NULL REFERENCES event (id),
      public_id TEXT NOT NULL,
      checkpoint_id INTEGER NOT NULL REFERENCES checkpoint (id),
      code TEXT NOT NULL,
      title TEXT NOT NULL,
      track TEXT NOT NULL,
      starts_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL CHECK (ends_at > starts_at),
      time_zone TEXT NOT NULL,
      venue TEXT NOT NULL,
      room TEXT NOT NULL,
      city TEXT NOT NULL,
      country TEXT NOT NULL,
      capacity INTEGER CHECK (capacity > 0),
      allows_remote INTEGER NOT NULL,
      admitted_groups TEXT NOT NULL,
      is_sample INTEGER NOT NULL,
      is_withdrawn INTEGER NOT NULL,
      UNIQUE (event_id, public_id)
    ) STRICT;
    """

  /// Triggers count the places, and the event's `capacity` constraint keeps the limit.
  private static let registrations = """
    CREATE TABLE registration (
      id INTEGER PRIMARY KEY,
      public_id TEXT NOT NULL UNIQUE,
      event_id INTEGER NOT NULL REFERENCES event (id),
      state TEXT NOT NULL CHECK (state IN ('SUBMITTED', 'CONFIRMED', 'WAITLISTED', 'REJECTED', 'CANCELLED')),
      waitlisted_sequence INTEGER CHECK ((state = 'WAITLISTED') = (waitlisted_sequence IS NOT NULL)),
      participation TEXT NOT NULL CHECK (participation IN ('ONSITE', 'REMOTE')),
      email TEXT NOT NULL,
      email_key TEXT NOT NULL,
      title TEXT NOT NULL,
      given_name TEXT NOT NULL,
      family_name TEXT NOT NULL,
      display_name TEXT NOT NULL,
      organisation TEXT NOT NULL,
      position TEXT NOT NULL,
      country TEXT NOT NULL,
      stakeholder_group TEXT NOT NULL,
      guest_role TEXT NOT NULL,
      language TEXT NOT NULL,
      accessibility_needs TEXT NOT NULL,
      photo_consent INTEGER NOT NULL,
      search_key TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      revision INTEGER NOT NULL,
      sequence INTEGER NOT NULL,
      request_high INTEGER,
      request_low INTEGER,
      request_fingerprint INTEGER,
      UNIQUE (request_high, request_low)
    ) STRICT;
    CREATE UNIQUE INDEX registration_live ON registration (event_id, email_key)
      WHERE state IN ('SUBMITTED', 'CONFIRMED', 'WAITLISTED');
    CREATE INDEX registration_email ON registration (event_id, email_key);
    CREATE INDEX registration_waiting ON registration (event_id, waitlisted_sequence)
      WHERE state = 'WAITLISTED';
    CREATE INDEX registration_sequence ON registration (sequence);
    CREATE TRIGGER registration_place_on_insert AFTER INSERT ON registration
      WHEN NEW.state = 'CONFIRMED' AND NEW.participation = 'ONSITE'
      BEGIN UPDATE event SET onsite_confirmed = onsite_confirmed + 1 WHERE id = NEW.event_id; END;
    CREATE TRIGGER registration_place_on_update AFTER UPDATE OF state, participation ON registration
      BEGIN UPDATE event SET onsite_confirmed = onsite_confirmed
        + (NEW.state = 'CONFIRMED' AND NEW.participation = 'ONSITE')
        - (OLD.state = 'CONFIRMED' AND OLD.participation = 'ONSITE') WHERE id = NEW.event_id; END;
    """

  private static let badges = """
    CREATE TABLE signing_key (
      id INTEGER PRIMARY KEY,
      private_key BLOB NOT NULL CHECK (length(private_key) = 32),
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE badge (
      id INTEGER PRIMARY KEY,
      serial INTEGER NOT NULL UNIQUE,
      event_id INTEGER NOT NULL REFERENCES event (id),
      registration_id INTEGER NOT NULL REFERENCES registration (id),
      code TEXT NOT NULL UNIQUE,
      state TEXT NOT NULL CHECK (state IN ('ACTIVE', 'REPLACED', 'REVOKED', 'NOT_ACTIVATED')),
      key_id INTEGER NOT NULL REFERENCES signing_key (id),
      issued_at INTEGER NOT NULL,
      valid_from INTEGER NOT NULL,
      valid_until INTEGER NOT NULL CHECK (valid_until > valid_from),
      sequence INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX badge_active ON badge (registration_id) WHERE state IN ('ACTIVE', 'NOT_ACTIVATED');
    CREATE INDEX badge_registration ON badge (registration_id);
    CREATE INDEX badge_sequence ON badge (sequence);
    """

  /// `scan` is the ledger: rows are added and never changed. Its key is the sequence number of the feed.
  private static let checkIns = """
    CREATE TABLE scan (
      sequence INTEGER PRIMARY KEY,
      id_high INTEGER NOT NULL,
      id_low INTEGER NOT NULL,
      fingerprint INTEGER NOT NULL,
      event_id INTEGER NOT NULL REFERENCES event (id),
      checkpoint_id INTEGER NOT NULL REFERENCES checkpoint (id),
      session_id INTEGER REFERENCES session (id),
      badge_id INTEGER REFERENCES badge (id),
      direction TEXT NOT NULL CHECK (direction IN ('IN', 'OUT')),
      answer TEXT NOT NULL CHECK (answer IN ('ADMITTED', 'LEFT', 'REFUSED')),
      reason TEXT CHECK ((answer = 'REFUSED') = (reason IS NOT NULL)),
      was_inside INTEGER,
      earlier_checkpoint_id INTEGER REFERENCES checkpoint (id),
      earlier_admitted_at INTEGER,
      opens_at INTEGER,
      admitted_here TEXT,
      scanned_at INTEGER NOT NULL,
      received_at INTEGER NOT NULL,
      reporter TEXT NOT NULL,
      UNIQUE (id_high, id_low)
    ) STRICT;
    CREATE TRIGGER scan_is_never_changed BEFORE UPDATE ON scan
      BEGIN SELECT RAISE(ABORT, 'the ledger of scans is only ever added to'); END;
    CREATE TRIGGER scan_is_never_deleted BEFORE DELETE ON scan
      BEGIN SELECT RAISE(ABORT, 'the ledger of scans is only ever added to'); END;
    CREATE TABLE presence (
      registration_id INTEGER NOT NULL REFERENCES registration (id),
      checkpoint_id INTEGER NOT NULL REFERENCES checkpoint (id),
      is_inside INTEGER NOT NULL,
      admitted_at INTEGER NOT NULL,
      period INTEGER NOT NULL,
      day INTEGER NOT NULL,
      PRIMARY KEY (registration_id, checkpoint_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE occupancy (
      checkpoint_id INTEGER NOT NULL REFERENCES checkpoint (id),
      period INTEGER NOT NULL,
      inside INTEGER NOT NULL CHECK (inside >= 0),
      PRIMARY KEY (checkpoint_id, period)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE tally (
      checkpoint_id INTEGER NOT NULL REFERENCES checkpoint (id),
      day INTEGER NOT NULL,
      counted TEXT NOT NULL,
      count INTEGER NOT NULL CHECK (count >= 0),
      PRIMARY KEY (checkpoint_id, day, counted)
    ) STRICT, WITHOUT ROWID;
    """

  /// Rules of checkpoints and sessions, bookings, and marks of badges.
  private static let rules = """
    ALTER TABLE checkpoint ADD COLUMN admitted_participations TEXT NOT NULL DEFAULT '["ONSITE"]';
    ALTER TABLE checkpoint ADD COLUMN requires_booking INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE checkpoint ADD COLUMN days TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE checkpoint ADD COLUMN opens_minute INTEGER NOT NULL DEFAULT 0 CHECK (opens_minute BETWEEN 0 AND 1439);
    ALTER TABLE checkpoint ADD COLUMN closes_minute INTEGER NOT NULL DEFAULT 1440
      CHECK (closes_minute BETWEEN 1 AND 1440);
    ALTER TABLE session ADD COLUMN requires_booking INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE badge ADD COLUMN attention TEXT NOT NULL DEFAULT 'NONE'
      CHECK (attention IN ('NONE', 'SPECIAL_NEEDS', 'ESCORT'));
    ALTER TABLE badge ADD COLUMN attention_note TEXT NOT NULL DEFAULT '';
    CREATE TABLE booking (
      registration_id INTEGER NOT NULL REFERENCES registration (id),
      checkpoint_id INTEGER NOT NULL REFERENCES checkpoint (id),
      session_id INTEGER NOT NULL,
      PRIMARY KEY (checkpoint_id, session_id, registration_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX booking_registration ON booking (registration_id);
    """

  /// What is known of a scan beside its answer, each added once: who let somebody in against it, that it happened
  /// offline, that it was taken back, that it contradicts another. An undo of a scan that is not on record has no
  /// `scan_sequence` and keeps it from ever being recorded.
  private static let afterTheScan = """
    CREATE INDEX scan_passage ON scan (badge_id) WHERE answer <> 'REFUSED';
    CREATE TABLE scan_override (
      scan_sequence INTEGER PRIMARY KEY REFERENCES scan (sequence),
      reason TEXT NOT NULL,
      note TEXT NOT NULL,
      operator TEXT NOT NULL
    ) STRICT;
    CREATE TABLE scan_offline (
      scan_sequence INTEGER PRIMARY KEY REFERENCES scan (sequence),
      happened_at INTEGER NOT NULL,
      not_in_roster INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE scan_undo (
      sequence INTEGER PRIMARY KEY,
      scan_sequence INTEGER UNIQUE REFERENCES scan (sequence),
      id_high INTEGER NOT NULL,
      id_low INTEGER NOT NULL,
      undone_at INTEGER NOT NULL,
      reporter TEXT NOT NULL,
      note TEXT NOT NULL,
      UNIQUE (id_high, id_low)
    ) STRICT;
    CREATE TABLE conflict (
      sequence INTEGER PRIMARY KEY,
      event_id INTEGER NOT NULL REFERENCES event (id),
      reason TEXT NOT NULL,
      scan_sequence INTEGER NOT NULL REFERENCES scan (sequence),
      earlier_sequence INTEGER REFERENCES scan (sequence),
      recorded_at INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX conflict_once ON conflict (scan_sequence, coalesce(earlier_sequence, 0), reason);
    CREATE INDEX conflict_earlier ON conflict (earlier_sequence) WHERE earlier_sequence IS NOT NULL;
    CREATE INDEX conflict_event ON conflict (event_id, sequence);
    CREATE TRIGGER scan_override_is_never_changed BEFORE UPDATE ON scan_override
      BEGIN SELECT RAISE(ABORT, 'the ledger of scans is only ever added to'); END;
    CREATE TRIGGER scan_override_is_never_deleted BEFORE DELETE ON scan_override
      BEGIN SELECT RAISE(ABORT, 'the ledger of scans is only ever added to'); END;
    CREATE TRIGGER scan_offline_is_never_changed BEFORE UPDATE ON scan_offline
      BEGIN SELECT RAISE(ABORT, 'the ledger of scans is only ever added to'); END;
    CREATE TRIGGER scan_offline_is_never_deleted BEFORE DELETE ON scan_offline
      BEGIN SELECT RAISE(ABORT, 'the ledger of scans is only ever added to'); END;
    CREATE TRIGGER scan_undo_is_never_changed BEFORE UPDATE ON scan_undo
      BEGIN SELECT RAISE(ABORT, 'the ledger of scans is only ever added to'); END;
    CREATE TRIGGER scan_undo_is_never_deleted BEFORE DELETE ON scan_undo
      BEGIN SELECT RAISE(ABORT, 'the ledger of scans is only ever added to'); END;
    """

  private static let devices = """
    CREATE TABLE enrolment_code (
      hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
      event_id INTEGER NOT NULL REFERENCES event (id),
      display_name TEXT NOT NULL,
      profile TEXT NOT NULL CHECK (profile IN ('LANE', 'DOOR', 'DESK', 'KIOSK')),
      checkpoints TEXT NOT NULL,
      is_supervisor INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      device_id TEXT,
      request_fingerprint INTEGER CHECK ((device_id IS NULL) = (request_fingerprint IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE device (
      id INTEGER PRIMARY KEY,
      public_id TEXT NOT NULL UNIQUE,
      event_id INTEGER NOT NULL REFERENCES event (id),
      display_name TEXT NOT NULL,
      profile TEXT NOT NULL CHECK (profile IN ('LANE', 'DOOR', 'DESK', 'KIOSK')),
      checkpoints TEXT NOT NULL,
      is_supervisor INTEGER NOT NULL,
      enrolled_at INTEGER NOT NULL,
      revoked_at INTEGER,
      certificate_ends_at INTEGER,
      seen_at INTEGER,
      version TEXT NOT NULL DEFAULT '',
      scans_waiting INTEGER NOT NULL DEFAULT 0 CHECK (scans_waiting >= 0),
      clock_offset INTEGER
    ) STRICT;
    """
}
