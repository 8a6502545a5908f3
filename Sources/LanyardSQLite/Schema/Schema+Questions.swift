extension Schema {
  /// Questions of events, and how many have the choices of which there are only so many.
  static let questions = """
    CREATE TABLE question (
      id INTEGER PRIMARY KEY,
      event_id INTEGER NOT NULL REFERENCES event (id),
      public_id TEXT NOT NULL,
      position INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('TEXT', 'LONG_TEXT', 'CHOICE', 'CHOICES', 'NUMBER', 'DATE', 'YES_NO', 'CONSENT')),
      labels TEXT NOT NULL,
      help TEXT NOT NULL,
      is_required INTEGER NOT NULL CHECK (is_required IN (0, 1)),
      asked_of TEXT NOT NULL,
      choices TEXT NOT NULL,
      retention_days INTEGER CHECK (retention_days >= 0),
      is_withdrawn INTEGER NOT NULL CHECK (is_withdrawn IN (0, 1)),
      UNIQUE (event_id, public_id)
    ) STRICT;
    CREATE TABLE choice_place (
      event_id INTEGER NOT NULL REFERENCES event (id),
      question TEXT NOT NULL,
      choice TEXT NOT NULL,
      places INTEGER NOT NULL CHECK (places >= 0),
      taken INTEGER NOT NULL CHECK (taken >= 0),
      PRIMARY KEY (event_id, question, choice)
    ) STRICT, WITHOUT ROWID;
    """
}
