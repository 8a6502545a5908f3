import Foundation
import GRDB
import LanyardDomain

extension Schema {
  /// A code has a long form for links beside the short one. A device that a code names and that is not on record waits
  /// for its first call.
  static let codesInLinks = """
    ALTER TABLE enrolment_code ADD COLUMN link_hash BLOB CHECK (link_hash IS NULL OR length(link_hash) = 32);
    ALTER TABLE enrolment_code ADD COLUMN certificate_ends_at INTEGER;
    CREATE UNIQUE INDEX enrolment_code_link ON enrolment_code (link_hash) WHERE link_hash IS NOT NULL;
    CREATE UNIQUE INDEX enrolment_code_device ON enrolment_code (device_id) WHERE device_id IS NOT NULL;
    """

  /// A code has an id that is no secret, by which it is listed and withdrawn.
  @Sendable static func nameEnrolmentCodes(_ db: Database) throws {
    try db.execute(
      sql: """
        ALTER TABLE enrolment_code ADD COLUMN public_id TEXT NOT NULL DEFAULT '';
        ALTER TABLE enrolment_code ADD COLUMN withdrawn_at INTEGER;
        """
    )
    for hash in try Data.fetchAll(db, sql: "SELECT hash FROM enrolment_code") {
      try db.execute(
        sql: "UPDATE enrolment_code SET public_id = ? WHERE hash = ?",
        arguments: [RegistrationID.random(), hash]
      )
    }
    try db.execute(
      sql: """
        CREATE UNIQUE INDEX enrolment_code_id ON enrolment_code (public_id);
        CREATE INDEX enrolment_code_event ON enrolment_code (event_id, expires_at);
        """
    )
  }
}
