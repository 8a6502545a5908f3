extension Schema {
  /// How texts begin that nobody could read: they may be of a person, so that rows of it can be deleted. Those of before stand in
  /// the ledger, hashed.
  static let beginnings = """
    CREATE TABLE scan_beginning (
      scan_sequence INTEGER PRIMARY KEY REFERENCES scan (sequence),
      text TEXT NOT NULL
    ) STRICT;
    """
}
