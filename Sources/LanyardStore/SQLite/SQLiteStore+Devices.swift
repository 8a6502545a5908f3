import Foundation
import GRDB
package import LanyardDomain

extension SQLiteStore {
  package func addEnrolmentCode(_ code: StoredEnrolmentCode) async throws(StoreError) {
    try await write { db in
      let (event, eventID) = try EventRow.find(code.event, db)
      for checkpoint in code.checkpoints { _ = try CheckpointRow.find(checkpoint, event: event, db) }
      try db.execute(
        sql: "INSERT INTO enrolment_code VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)",
        arguments: [
          Data(code.hash), eventID, code.displayName, code.profile.rawValue, ScanReader.list(code.checkpoints) ?? "",
          code.isSupervisor, code.expiresAt.microseconds,
        ]
      )
    }
  }

  package func enrol(codeHash: [UInt8], request: Int64, at now: Instant) async throws(StoreError) -> Device {
    try await write { db in
      let code = try Row.fetchOne(
        db,
        sql: "SELECT * FROM enrolment_code WHERE hash = ? AND expires_at > ?",
        arguments: [Data(codeHash), now.microseconds]
      )
      guard let code else { throw StoreError.enrolmentCodeRefused }
      if let made = code["device_id"] as String? {
        guard code["request_fingerprint"] == request, let row = try DeviceRow.find(made, db) else {
          throw StoreError.enrolmentCodeRefused
        }
        return row.device
      }
      let id = RegistrationID.random()
      try db.execute(
        sql: """
          INSERT INTO device (public_id, event_id, display_name, profile, checkpoints, is_supervisor, enrolled_at)
          SELECT ?, event_id, display_name, profile, checkpoints, is_supervisor, ? FROM enrolment_code WHERE hash = ?
          """,
        arguments: [id, now.microseconds, Data(codeHash)]
      )
      try db.execute(
        sql: "UPDATE enrolment_code SET device_id = ?, request_fingerprint = ? WHERE hash = ?",
        arguments: [id, request, Data(codeHash)]
      )
      guard let row = try DeviceRow.find(id, db) else { throw StoreError.failed(code: -1) }
      return row.device
    }
  }

  package func device(_ id: String) async throws(StoreError) -> Device? {
    try await read { db in try DeviceRow.find(id, db)?.device }
  }

  package func devices(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<Device> {
    try await read { db in
      let rows = try DeviceRow.fetchAll(
        db,
        sql: "\(DeviceRow.selection) WHERE device.event_id = ? AND device.id > ? ORDER BY device.id LIMIT ?",
        arguments: [EventRow.find(event, db).id, page.after ?? 0, page.size + 1]
      )
      let items = rows.prefix(page.size)
      return Page(items: items.map(\.device), next: rows.count > page.size ? items.last?.id : nil)
    }
  }

  package func noteCertificate(of device: String, endsAt: Instant) async throws(StoreError) {
    try await write { db in
      try db.execute(
        sql: "UPDATE device SET certificate_ends_at = ? WHERE public_id = ?",
        arguments: [endsAt.microseconds, device]
      )
    }
  }

  package func note(_ report: DeviceReport, of device: String) async throws(StoreError) {
    try await write { db in
      try db.execute(
        sql: """
          UPDATE device SET seen_at = ?, version = ?, scans_waiting = ?, clock_offset = coalesce(?, clock_offset)
          WHERE public_id = ?
          """,
        arguments: [
          report.receivedAt.microseconds, report.version, report.scansWaiting,
          report.clockOffset.map { (Instant(microseconds: 0) + $0).microseconds }, device,
        ]
      )
    }
  }

  package func revokeDevice(_ id: String, of event: String, at now: Instant) async throws(StoreError) -> Device {
    try await write { db in
      try db.execute(
        sql: """
          UPDATE device SET revoked_at = coalesce(revoked_at, ?)
          WHERE public_id = ? AND event_id = (SELECT id FROM event WHERE slug = ?)
          """,
        arguments: [now.microseconds, id, event]
      )
      guard db.changesCount > 0, let row = try DeviceRow.find(id, db) else {
        throw StoreError.notFound(name: "events/\(event)/devices/\(id)")
      }
      return row.device
    }
  }
}

/// One row of `device`, with the slug of its event.
private struct DeviceRow: StoreRow {
  static let databaseTableName = "device"

  let id: Int64
  let publicId: String
  let eventSlug: String
  let displayName: String
  let profile: String
  let checkpoints: String
  let isSupervisor: Bool
  let enrolledAt: Int64
  let revokedAt: Int64?
  let certificateEndsAt: Int64?
  let seenAt: Int64?
  let version: String
  let scansWaiting: Int
  let clockOffset: Int64?

  /// What every query of devices selects.
  static let selection = """
    SELECT device.*, event.slug AS event_slug FROM device JOIN event ON event.id = device.event_id
    """

  /// Nil where there is none of this id.
  static func find(_ id: String, _ db: Database) throws -> DeviceRow? {
    try fetchOne(db.cachedStatement(sql: "\(selection) WHERE device.public_id = ?"), arguments: [id])
  }

  var device: Device {
    var device = Device(
      id: publicId,
      event: eventSlug,
      displayName: displayName,
      profile: DeviceProfile(rawValue: profile) ?? .kiosk,
      checkpoints: checkpoints.split(separator: "\n").map(String.init),
      isSupervisor: isSupervisor,
      enrolledAt: Instant(microseconds: enrolledAt)
    )
    device.revokedAt = revokedAt.map(Instant.init(microseconds:))
    device.certificateEndsAt = certificateEndsAt.map(Instant.init(microseconds:))
    device.report = seenAt.map {
      DeviceReport(
        version: version,
        scansWaiting: scansWaiting,
        clockOffset: clockOffset.map { .microseconds($0) },
        receivedAt: Instant(microseconds: $0)
      )
    }
    return device
  }
}
