extension Schema {
  /// Who follows sessions over the network, and followed them: one at a time.
  static let remote = """
    CREATE TABLE remote_presence (
      id INTEGER PRIMARY KEY,
      registration_id INTEGER NOT NULL REFERENCES registration (id),
      session_id INTEGER NOT NULL REFERENCES session (id),
      joined_at INTEGER NOT NULL,
      heard_at INTEGER NOT NULL CHECK (heard_at >= joined_at),
      left_at INTEGER CHECK (left_at IS NULL OR left_at >= joined_at)
    ) STRICT;
    CREATE UNIQUE INDEX remote_presence_now ON remote_presence (registration_id) WHERE left_at IS NULL;
    CREATE INDEX remote_presence_session ON remote_presence (session_id, registration_id);
    """
}
