import GRDB
import LanyardDomain
import LanyardStore

extension Schema {
  /// Which badges were renewed on record, so that their codes say other days, of before as the trail has it; and when lanes were
  /// ended by their operators.
  @Sendable static func markRenewedBadges(_ db: Database) throws {
    try db.execute(
      sql: """
        ALTER TABLE badge ADD COLUMN is_renewed INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE device ADD COLUMN ended_at INTEGER;
        """
    )
    let renewed = try String.fetchAll(
      db,
      sql: "SELECT DISTINCT resource FROM change WHERE name = ?",
      arguments: [ChangeName.badgeRenewed.rawValue]
    )
    for name in renewed {
      let serial = try ResourceName.badge(name, field: "resource").serial
      try db.execute(
        sql: "UPDATE badge SET is_renewed = 1 WHERE serial = ?",
        arguments: [Int64(bitPattern: serial.rawValue)]
      )
    }
  }
}
