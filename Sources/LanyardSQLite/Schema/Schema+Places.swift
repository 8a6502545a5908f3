extension Schema {
  /// Which state takes a place and which still stands, the rules say: what decides writes it, and the tables only refuse what
  /// cannot be. A registration's number of the feed was read by nobody.
  static let placesDecided = """
    DROP TRIGGER registration_place_on_insert;
    DROP TRIGGER registration_place_on_update;
    DROP TRIGGER person_is_live_on_update;
    ALTER TABLE registration DROP COLUMN sequence;
    CREATE TRIGGER person_lives_as_long BEFORE UPDATE OF is_live ON person
      WHEN NOT EXISTS (SELECT 1 FROM registration WHERE id = NEW.registration_id
        AND (state IN ('SUBMITTED', 'CONFIRMED', 'WAITLISTED')) = NEW.is_live)
      BEGIN SELECT RAISE(ABORT, 'a person is of a registration, and lives as long as it does'); END;
    """
}
