extension Schema {
  /// What is still to be cleared of the file, and the mark by which it is tried whether it takes anything: nothing that anybody
  /// reads, and apart from the settings, which only signed changes write.
  static let upkeep = """
    CREATE TABLE upkeep (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO upkeep SELECT name, value FROM setting WHERE name IN ('traces', 'rewriting', 'recording');
    DELETE FROM setting WHERE name IN ('traces', 'rewriting', 'recording');
    """
}
