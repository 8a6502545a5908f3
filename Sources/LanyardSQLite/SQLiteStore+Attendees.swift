import GRDB
import LanyardDomain
package import LanyardStore

extension SQLiteStore {
  package func attendees(
    of event: String,
    matching words: [String],
    _ page: PageRequest
  ) async throws(StoreError) -> AttendeePage {
    try await surveying { db in
      let eventID = try EventRow.find(event, db).id
      let index = try AttendeeIndex(db, event: eventID)
      let after = try page.keys(from: [.number(0), .number(0)])
      guard !words.isEmpty, let query = try index.query(words) else {
        return AttendeePage(page: Page(items: [], next: nil), total: 0)
      }
      let positions = try index.positions(query, after: after, count: page.size + 1)
      let shown = page.cut(positions) { PageCursor(.number(Int64($0.part)), .number($0.id)) }
      let people = try Self.attendees(shown.items.map(\.id), event: eventID, db)
      return AttendeePage(
        page: Page(items: shown.items.compactMap { people[$0.id] }, next: shown.next),
        total: try index.count(query)
      )
    }
  }

  /// People by the store's keys of their registrations, each with the badge that counts. The + keeps SQLite from going
  /// through the whole event for them.
  private static func attendees(_ ids: [Int64], event: Int64, _ db: Database) throws -> [Int64: AttendeeMatch] {
    let rows = try SQLRequest<Row>(
      """
      SELECT registration.id, public_id, display_name, organisation, stakeholder_group, guest_role,
        badge.serial, badge.attention, \(sql: NoteTable.ofBadge)
      FROM registration JOIN person ON person.registration_id = registration.id LEFT JOIN badge
        ON badge.registration_id = registration.id AND badge.state IN ('ACTIVE', 'NOT_ACTIVATED')
      WHERE registration.id IN \(ids) AND +registration.event_id = \(event)
      """
    ).fetchAll(db)
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] as Int64, AttendeeMatch($0)) })
  }
}

extension AttendeeMatch {
  /// From a row of the statement above.
  fileprivate init(_ row: Row) {
    let serial: Int64? = row[6]
    let attention: String? = row[7]
    self.init(
      registration: row[1],
      displayName: row[2],
      organisation: row[3],
      group: row[4],
      role: row[5],
      badge: serial.map { BadgeSerial(UInt64(bitPattern: $0)) },
      mark: AttentionMark(attention: attention.flatMap(Attention.init) ?? .none, note: row[8] ?? "")
    )
  }
}
