extension Schema {
  /// Events in which an organiser may let somebody in past the capacity: what decides keeps the limit, for all but those. Whether
  /// places that become free are given by themselves, and until when; and why somebody was given one out of turn. A table with such
  /// a rule of all its columns is made anew; what refers to it refers to its name.
  static let placesByHand = """
    CREATE TABLE event_of_more (
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
      language TEXT NOT NULL DEFAULT 'en' CHECK (language IN ('ar', 'en', 'es', 'fr', 'ru', 'zh')),
      titles TEXT NOT NULL DEFAULT '{}',
      allows_missed_exits INTEGER NOT NULL DEFAULT 0,
      listed_needs TEXT NOT NULL DEFAULT '[]',
      is_archived INTEGER NOT NULL DEFAULT 0,
      is_deleted INTEGER NOT NULL DEFAULT 0,
      moves_up INTEGER NOT NULL DEFAULT 1,
      moving_up_ends_at INTEGER
    ) STRICT;
    INSERT INTO event_of_more SELECT id, slug, title, start_date, end_date, time_zone, city, country, organisers,
      onsite_capacity, onsite_confirmed, allows_remote, tracks, stakeholder_groups, guest_roles,
      reviewed_stakeholder_groups, reviewed_guest_roles, deadlines, revision, language, titles, allows_missed_exits,
      listed_needs, is_archived, is_deleted, 1, NULL FROM event ORDER BY id;
    DROP TABLE event;
    ALTER TABLE event_of_more RENAME TO event;
    CREATE TABLE note_of_more (
      kind TEXT NOT NULL CHECK (kind IN ('ATTENTION', 'OVERRIDE', 'UNDO', 'SENT_OUT', 'MOVED_UP')),
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
