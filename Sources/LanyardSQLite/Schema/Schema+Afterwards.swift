extension Schema {
  /// In which zone or room a checkpoint stands; notes of badges without a kind of attention; who was put outside by an organiser;
  /// and what is kept of a code that is no recorded badge's.
  static let afterwards = """
    ALTER TABLE checkpoint ADD COLUMN lies_in TEXT NOT NULL DEFAULT '';
    ALTER TABLE badge ADD COLUMN has_note INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE scan ADD COLUMN is_sent_out INTEGER;
    ALTER TABLE scan ADD COLUMN code_serial INTEGER;
    ALTER TABLE scan ADD COLUMN code_event TEXT;
    ALTER TABLE scan ADD COLUMN code_beginning TEXT;
    ALTER TABLE scan ADD COLUMN code_length INTEGER;
    CREATE TABLE note_of_more (
      kind TEXT NOT NULL CHECK (kind IN ('ATTENTION', 'OVERRIDE', 'UNDO', 'SENT_OUT')),
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
