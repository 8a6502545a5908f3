import Foundation
import GRDB
package import LanyardDomain
package import LanyardStore

extension SQLiteStore {
  package func addEnrolmentCode(_ act: Act, _ code: StoredEnrolmentCode) async throws(StoreError) {
    try await recording(act, of: .event(code.event)) { db, trail in
      let (event, eventID) = try EventRow.find(code.event, db)
      for checkpoint in code.checkpoints { _ = try CheckpointRow.find(checkpoint, event: event, db) }
      try db.execute(
        sql: """
          INSERT INTO enrolment_code (hash, link_hash, event_id, display_name, profile, checkpoints, is_supervisor, expires_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          Data(code.hash), code.linkHash.map { Data($0) }, eventID, code.displayName, code.profile.rawValue,
          ScanReader.list(code.checkpoints) ?? "", code.isSupervisor, code.expiresAt.microseconds,
        ]
      )
      try trail.record(
        .enrolmentCodeCreated(
          code.profile,
          checkpoints: code.checkpoints,
          isSupervisor: code.isSupervisor,
          expiresAt: code.expiresAt,
          of: code.event
        )
      )
    }
  }

  package func enrol(_ act: Act, codeHash: [UInt8], request: Int64) async throws(StoreError) -> Device {
    try await recording(act, of: .foundOut) { db, trail in
      let now = act.now
      guard let code = try EnrolmentCodeRow.find(codeHash, db), code.expiresAt > now.microseconds else {
        throw StoreError.enrolmentCodeRefused
      }
      let made = try code.deviceId.flatMap { try DeviceRow.find($0, db) }
      if code.requestFingerprint == request, let id = code.deviceId {
        return try made?.device() ?? code.device(id, at: now)
      }
      guard made == nil else { throw StoreError.enrolmentCodeRefused }
      try trail.feed.take(code.eventSlug)
      let id = RegistrationID.random()
      try db.execute(
        sql: "UPDATE enrolment_code SET device_id = ?, request_fingerprint = ? WHERE hash = ?",
        arguments: [id, request, code.hash]
      )
      let device = try code.device(id, at: now)
      try trail.record(.promised(device))
      return device
    }
  }

  package func confirmDevice(_ act: Act, _ id: String) async throws(StoreError) -> Device? {
    try await recording(act, of: .foundOut) { db, trail in
      if let row = try DeviceRow.find(id, db) { return try row.device() }
      guard let event = try EnrolmentCodeRow.event(ofDevice: id, db) else { return nil }
      try trail.feed.take(event)
      try db.execute(
        sql: """
          INSERT INTO device (public_id, event_id, display_name, profile, checkpoints, is_supervisor, enrolled_at,
            certificate_ends_at)
          SELECT device_id, event_id, display_name, profile, checkpoints, is_supervisor, ?1, certificate_ends_at
          FROM enrolment_code WHERE device_id = ?2 AND expires_at > ?1
          """,
        arguments: [act.now.microseconds, id]
      )
      guard let device = try DeviceRow.find(id, db)?.device() else { return nil }
      try trail.record(.enrolled(device))
      return device
    }
  }

  package func device(_ id: String) async throws(StoreError) -> Device? {
    try await reading { db in try DeviceRow.find(id, db)?.device() }
  }

  package func devices(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<Device> {
    try await reading { db in
      let rows = try DeviceRow.fetchAll(
        db,
        sql: "\(DeviceRow.selection) WHERE device.event_id = ? AND device.id > ? ORDER BY device.id LIMIT ?",
        arguments: [EventRow.find(event, db).id, page.number(), page.size + 1]
      )
      return try page.cut(rows) { PageCursor(.number($0.id)) }.map { try $0.device() }
    }
  }

  package func noteCertificate(_ act: Act, of device: String, endsAt: Instant) async throws(StoreError) {
    try await recording(act, of: .foundOut) { db, trail in
      if let known = try DeviceRow.find(device, db)?.device() {
        guard known.revokedAt == nil else { throw StoreError.deviceRevoked }
        try trail.feed.take(known.event)
        try db.execute(
          sql: "UPDATE device SET certificate_ends_at = ? WHERE public_id = ?",
          arguments: [endsAt.microseconds, device]
        )
        return try trail.record(.certified(device, of: known.event, from: known.certificateEndsAt, until: endsAt))
      }
      // Another request has taken its place meanwhile.
      guard let event = try EnrolmentCodeRow.event(ofDevice: device, db) else { throw StoreError.enrolmentCodeRefused }
      try trail.feed.take(event)
      try db.execute(
        sql: "UPDATE enrolment_code SET certificate_ends_at = ? WHERE device_id = ?",
        arguments: [endsAt.microseconds, device]
      )
      try trail.record(.certified(device, of: event, from: nil, until: endsAt))
    }
  }

  package func noteCall(_ act: Act, of device: String) async throws(StoreError) {
    try await recording(act, of: .foundOut, .sighting) { db, _ in
      try db.execute(
        sql: "UPDATE device SET seen_at = ? WHERE public_id = ?",
        arguments: [act.now.microseconds, device]
      )
    }
  }

  package func note(_ act: Act, _ report: DeviceReport, of device: String) async throws(StoreError) {
    try await recording(act, of: .foundOut, .sighting) { db, trail in
      guard let known = try DeviceRow.find(device, db)?.device() else { return }
      if known.report?.version ?? "" != report.version { try trail.record(.updated(known, to: report.version)) }
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

  package func revokeDevice(_ act: Act, _ id: String, of event: String) async throws(StoreError) -> Device {
    try await recording(act, of: .event(event)) { db, trail in
      guard var device = try DeviceRow.find(id, db)?.device(), device.event == event else {
        throw StoreError.notFound(.device(id, of: event))
      }
      guard device.revokedAt == nil else { return device }
      try db.execute(
        sql: "UPDATE device SET revoked_at = ? WHERE public_id = ?",
        arguments: [act.now.microseconds, id]
      )
      try trail.record(.revoked(device))
      device.revokedAt = act.now
      return device
    }
  }
}

/// One row of `enrolment_code`, with the slug of its event.
private struct EnrolmentCodeRow: StoreRow {
  static let databaseTableName = "enrolment_code"

  let hash: Data
  let eventSlug: String
  let displayName: String
  let profile: String
  let checkpoints: String
  let isSupervisor: Bool
  let expiresAt: Int64
  let deviceId: String?
  let requestFingerprint: Int64?

  /// The code with this hash, as people type it or as links have it; nil where there is none.
  static func find(_ hash: [UInt8], _ db: Database) throws -> EnrolmentCodeRow? {
    try fetchOne(
      db,
      sql: """
        SELECT enrolment_code.*, event.slug AS event_slug FROM enrolment_code JOIN event ON event.id = event_id
        WHERE hash = ?1 OR link_hash = ?1
        """,
      arguments: [Data(hash)]
    )
  }

  /// Slug of the event of the code that is to make a device; nil where there is none.
  static func event(ofDevice id: String, _ db: Database) throws -> String? {
    try String.fetchOne(
      db,
      sql: "SELECT slug FROM event WHERE id = (SELECT event_id FROM enrolment_code WHERE device_id = ?)",
      arguments: [id]
    )
  }

  /// The device that the code is to make.
  func device(_ id: String, at now: Instant) throws(StoreError) -> Device {
    Device(
      id: id,
      event: eventSlug,
      displayName: displayName,
      profile: try known(profile, "enrolment_code", "profile"),
      checkpoints: checkpoints.split(separator: "\n").map(String.init),
      isSupervisor: isSupervisor,
      enrolledAt: now
    )
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

  func device() throws(StoreError) -> Device {
    var device = Device(
      id: publicId,
      event: eventSlug,
      displayName: displayName,
      profile: try known(profile, "device", "profile"),
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
