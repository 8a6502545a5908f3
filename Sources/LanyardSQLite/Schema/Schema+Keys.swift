extension Schema {
  /// Keys whose private half may be encrypted, or gone; the public half stands beside it. A table with such a rule of a column is
  /// made anew; what refers to it refers to its name.
  static let sealedKeys = """
    CREATE TABLE signing_key_of_more (
      id INTEGER PRIMARY KEY,
      private_key BLOB CHECK (length(private_key) = 32),
      sealed_key BLOB,
      public_key BLOB CHECK (length(public_key) = 32),
      created_at INTEGER NOT NULL,
      retired_at INTEGER,
      CHECK (private_key IS NULL OR sealed_key IS NULL),
      CHECK (retired_at IS NULL OR private_key IS NULL AND sealed_key IS NULL),
      CHECK (retired_at IS NOT NULL OR private_key IS NOT NULL OR sealed_key IS NOT NULL),
      CHECK (private_key IS NOT NULL OR public_key IS NOT NULL)
    ) STRICT;
    INSERT INTO signing_key_of_more (id, private_key, created_at)
      SELECT id, private_key, created_at FROM signing_key ORDER BY id;
    DROP TABLE signing_key;
    ALTER TABLE signing_key_of_more RENAME TO signing_key;
    """
}
