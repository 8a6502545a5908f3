import LanyardDomain

/// One row of `device`.
struct DeviceRow: Sendable {
  private static let selection = """
    SELECT device.id, device.public_id, event.slug, device.display_name, device.profile, device.checkpoints,
      device.is_supervisor, device.enrolled_at, device.revoked_at, device.certificate_ends_at, device.seen_at,
      device.version, device.scans_waiting, device.clock_offset, device.ended_at
    FROM device JOIN event ON event.id = device.event_id
    """
  private static let byID = SQL("\(selection) WHERE device.public_id = ?")
  /// A device that is promised is of the event of its code.
  private static let eventOf = SQL(
    """
    SELECT event.slug FROM event WHERE event.id IN (SELECT device.event_id FROM device WHERE device.public_id = ?1
      UNION SELECT enrolment_code.event_id FROM enrolment_code WHERE enrolment_code.device_id = ?1)
    """
  )
  private static let page = SQL(
    "\(selection) WHERE device.event_id = ? AND device.id > ? ORDER BY device.id LIMIT ?"
  )
  private static let addition = SQL(
    """
    INSERT INTO device (public_id, event_id, display_name, profile, checkpoints, is_supervisor, enrolled_at,
      certificate_ends_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """
  )
  private static let certificate = SQL("UPDATE device SET certificate_ends_at = ? WHERE public_id = ?")
  private static let change = SQL(
    "UPDATE device SET display_name = ?, checkpoints = ?, is_supervisor = ? WHERE public_id = ?"
  )
  private static let end = SQL("UPDATE device SET revoked_at = ? WHERE public_id = ?")
  /// The columns that say what a device last said of itself.
  static let sighted: Set = ["seen_at", "scans_waiting", "clock_offset", "ended_at"]
  private static let call = SQL("UPDATE device SET seen_at = ? WHERE public_id = ?")
  private static let report = SQL(
    "UPDATE device SET seen_at = ?, scans_waiting = ?, clock_offset = ?, ended_at = ? WHERE public_id = ?"
  )
  private static let version = SQL("UPDATE device SET version = ? WHERE public_id = ?")

  /// The store's key.
  let key: Int64
  let device: Device

  /// - Throws: `StoreError.unknownValue`.
  private init(_ row: any SQLRow) throws {
    key = try row[0]
    var device = Device(
      id: try row[1],
      event: try row[2],
      displayName: try row[3],
      profile: try known(row[4], "device", "profile"),
      checkpoints: ScanReader.items(try row[5]),
      isSupervisor: try row[6],
      enrolledAt: try row[7]
    )
    device.revokedAt = try row[8]
    device.certificateEndsAt = try row[9]
    if let seenAt: Instant = try row[10] {
      let offset: Int64? = try row[13]
      device.report = DeviceReport(
        version: try row[11],
        scansWaiting: try known(row[12], in: 0..., "device", "scans_waiting"),
        clockOffset: offset.map { .microseconds($0) },
        receivedAt: seenAt,
        endedAt: try row[14]
      )
    }
    self.device = device
  }

  /// Nil where there is none of this id.
  static func find(_ id: String, _ session: any SQLSession) throws -> Device? {
    try session.first(byID, [id], DeviceRow.init)?.device
  }

  /// The event of a device that is on record, or promised.
  static func event(of id: String) -> EventLookup { EventLookup(eventOf, id) }

  /// Devices in the order in which they were enrolled.
  ///
  /// - Parameter event: The store's key.
  static func page(of event: Int64, _ page: PageRequest, _ session: any SQLSession) throws -> Page<Device> {
    let rows = try session.all(Self.page, [event, page.number(), page.size + 1], DeviceRow.init)
    return page.cut(rows) { PageCursor(.number($0.key)) }.map(\.device)
  }

  /// - Parameter event: The store's key.
  static func add(_ device: Device, to event: Int64, _ session: any SQLSession) throws {
    try session.run(
      addition,
      [
        device.id, event, device.displayName, device.profile.rawValue, ScanReader.list(device.checkpoints) ?? "",
        device.isSupervisor, device.enrolledAt, device.certificateEndsAt,
      ]
    )
  }

  /// Writes when the latest certificate runs out.
  static func keepCertificate(of device: Device, _ session: any SQLSession) throws {
    try session.run(certificate, [device.certificateEndsAt, device.id])
  }

  /// Writes what the organiser changed.
  static func keepChange(of device: Device, _ session: any SQLSession) throws {
    let values: [any SQLValue] = [
      device.displayName, ScanReader.list(device.checkpoints) ?? "", device.isSupervisor, device.id,
    ]
    try session.run(change, values)
  }

  /// Writes when the device was revoked.
  static func keepEnd(of device: Device, _ session: any SQLSession) throws {
    try session.run(end, [device.revokedAt, device.id])
  }

  /// Writes which version of the program the device runs.
  static func keepVersion(of device: Device, _ session: any SQLSession) throws {
    try session.run(version, [device.version, device.id])
  }

  /// Writes what else the device said of itself.
  static func keepReport(of device: Device, _ session: any SQLSession) throws {
    guard let report = device.report else { return }
    let offset = report.clockOffset.map { (Instant(microseconds: 0) + $0).microseconds }
    try session.run(
      Self.report,
      [report.receivedAt, report.scansWaiting, offset, report.endedAt, device.id]
    )
  }

  static func keepCall(of device: String, at now: Instant, _ session: any SQLSession) throws {
    try session.run(call, [now, device])
  }
}
