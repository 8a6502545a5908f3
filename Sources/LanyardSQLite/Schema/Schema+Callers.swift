extension Schema {
  /// A token is for one event or for all. A participant has links of their own, for one registration each.
  static let tokensByEvent = """
    ALTER TABLE token ADD COLUMN event_id INTEGER REFERENCES event (id);
    CREATE TABLE personal_link (
      id TEXT PRIMARY KEY,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      registration_id INTEGER NOT NULL REFERENCES registration (id),
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL CHECK (expires_at > created_at)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX personal_link_registration ON personal_link (registration_id);
    """
}
