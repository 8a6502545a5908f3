extension Schema {
  /// A code has a long form for links beside the short one. A device that a code names and that is not on record waits
  /// for its first call.
  static let codesInLinks = """
    ALTER TABLE enrolment_code ADD COLUMN link_hash BLOB CHECK (link_hash IS NULL OR length(link_hash) = 32);
    ALTER TABLE enrolment_code ADD COLUMN certificate_ends_at INTEGER;
    CREATE UNIQUE INDEX enrolment_code_link ON enrolment_code (link_hash) WHERE link_hash IS NOT NULL;
    CREATE UNIQUE INDEX enrolment_code_device ON enrolment_code (device_id) WHERE device_id IS NOT NULL;
    """
}
