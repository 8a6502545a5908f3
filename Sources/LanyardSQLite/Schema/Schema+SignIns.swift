extension Schema {
  /// Who signed in with which token.
  static let signIns = """
    CREATE TABLE sign_in (
      id TEXT PRIMARY KEY,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      token_id TEXT NOT NULL REFERENCES token (id),
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL CHECK (expires_at > created_at)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sign_in_token ON sign_in (token_id);
    """
}
