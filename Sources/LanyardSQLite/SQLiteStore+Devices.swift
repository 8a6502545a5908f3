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
      guard let code = try EnrolmentCodeRow.find(codeHash, db) else { throw DeviceRefused.code }
      let enrolled = try code.deviceId.flatMap { try DeviceRow.find($0, db)?.device() }
      let id = RegistrationID.random()
      switch try code.enrolment().answer(request, enrolled: enrolled, id: id, at: act.now) {
      case .same(let device): return device
      case .promise(let device):
        try trail.feed.take(device.event)
        try db.execute(
          sql: "UPDATE enrolment_code SET device_id = ?, request_fingerprint = ? WHERE hash = ?",
          arguments: [id, request, code.hash]
        )
        try trail.record(.promised(device))
        return device
      }
    }
  }

  package func confirmDevice(_ act: Act, _ id: String) async throws(StoreError) -> Device? {
    try await recording(act, of: .foundOut) { db, trail in
      if let row = try DeviceRow.find(id, db) { return try row.device() }
      guard let device = try EnrolmentCodeRow.find(promising: id, db)?.enrolment().confirmed(at: act.now) else {
        return nil
      }
      let event = try trail.feed.take(device.event)
      try db.execute(
        sql: """
          INSERT INTO device (public_id, event_id, display_name, profile, checkpoints, is_supervisor, enrolled_at,
            certificate_ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          device.id, event, device.displayName, device.profile.rawValue, ScanReader.list(device.checkpoints) ?? "",
          device.isSupervisor, device.enrolledAt.microseconds, device.certificateEndsAt?.microseconds,
        ]
      )
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
        let certified = try known.certified(until: endsAt)
        try trail.feed.take(known.event)
        try db.execute(
          sql: "UPDATE device SET certificate_ends_at = ? WHERE public_id = ?",
          arguments: [certified.certificateEndsAt?.microseconds, device]
        )
        return try trail.record(.certified(device, of: known.event, from: known.certificateEndsAt, until: endsAt))
      }
      // Another request has taken its place meanwhile.
      guard let code = try EnrolmentCodeRow.find(promising: device, db) else { throw DeviceRefused.code }
      try trail.feed.take(code.eventSlug)
      try db.execute(
        sql: "UPDATE enrolment_code SET certificate_ends_at = ? WHERE device_id = ?",
        arguments: [endsAt.microseconds, device]
      )
      try trail.record(.certified(device, of: code.eventSlug, from: nil, until: endsAt))
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
      let reporting = known.reporting(report)
      if reporting.version != known.version { try trail.record(.updated(known, to: reporting.version)) }
      let clockOffset = reporting.report?.clockOffset.map { (Instant(microseconds: 0) + $0).microseconds }
      try db.execute(
        sql: "UPDATE device SET seen_at = ?, version = ?, scans_waiting = ?, clock_offset = ? WHERE public_id = ?",
        arguments: [report.receivedAt.microseconds, reporting.version, report.scansWaiting, clockOffset, device]
      )
    }
  }

  package func revokeDevice(_ act: Act, _ id: String, of event: String) async throws(StoreError) -> Device {
    try await recording(act, of: .event(event)) { db, trail in
      guard let device = try DeviceRow.find(id, db)?.device(), device.event == event else {
        throw StoreError.notFound(.device(id, of: event))
      }
      let revoked = device.revoked(at: act.now)
      guard revoked != device else { return device }
      try db.execute(
        sql: "UPDATE device SET revoked_at = ? WHERE public_id = ?",
        arguments: [revoked.revokedAt?.microseconds, id]
      )
      try trail.record(.revoked(device))
      return revoked
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
  let certificateEndsAt: Int64?

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

  /// The code by which a device is promised; nil where there is none.
  static func find(promising id: String, _ db: Database) throws -> EnrolmentCodeRow? {
    try fetchOne(
      db,
      sql: """
        SELECT enrolment_code.*, event.slug AS event_slug FROM enrolment_code JOIN event ON event.id = event_id
        WHERE device_id = ?
        """,
      arguments: [id]
    )
  }

  func enrolment() throws(StoreError) -> Enrolment {
    var promise: Enrolment.Promise?
    if let deviceId, let requestFingerprint {
      promise = Enrolment.Promise(
        device: deviceId,
        request: requestFingerprint,
        certificateEndsAt: certificateEndsAt.map(Instant.init(microseconds:))
      )
    }
    return Enrolment(
      event: eventSlug,
      displayName: displayName,
      profile: try known(profile, "enrolment_code", "profile"),
      checkpoints: checkpoints.split(separator: "\n").map(String.init),
      isSupervisor: isSupervisor,
      expiresAt: Instant(microseconds: expiresAt),
      promise: promise
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
