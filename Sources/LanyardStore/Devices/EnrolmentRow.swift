import LanyardDomain

/// One row of `enrolment_code`.
struct EnrolmentRow: Sendable {
  private static let selection = """
    SELECT enrolment_code.hash, event.slug, enrolment_code.display_name, enrolment_code.profile,
      enrolment_code.checkpoints, enrolment_code.is_supervisor, enrolment_code.expires_at, enrolment_code.device_id,
      enrolment_code.request_fingerprint, enrolment_code.certificate_ends_at, enrolment_code.public_id,
      enrolment_code.withdrawn_at
    FROM enrolment_code JOIN event ON event.id = enrolment_code.event_id
    """
  private static let byHash = SQL("\(selection) WHERE enrolment_code.hash = ?1 OR enrolment_code.link_hash = ?1")
  private static let byID = SQL("\(selection) WHERE enrolment_code.public_id = ?")
  /// In the order in which they run out.
  private static let page = SQL(
    """
    \(selection)
    WHERE enrolment_code.event_id = ?1
      AND (enrolment_code.expires_at > ?2 OR enrolment_code.expires_at = ?2 AND enrolment_code.public_id > ?3)
    ORDER BY enrolment_code.expires_at, enrolment_code.public_id LIMIT ?4
    """
  )
  /// The most codes that are read at once for those with which a device can still enrol.
  private static let part = 500
  private static let byDevice = SQL("\(selection) WHERE enrolment_code.device_id = ?")
  private static let eventOf = SQL(
    """
    SELECT event.slug FROM enrolment_code JOIN event ON event.id = enrolment_code.event_id
    WHERE enrolment_code.hash = ?1 OR enrolment_code.link_hash = ?1
    """
  )
  private static let addition = SQL(
    """
    INSERT INTO enrolment_code (hash, link_hash, event_id, display_name, profile, checkpoints, is_supervisor, expires_at,
      public_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  )
  private static let openCount = SQL(
    """
    SELECT count(*) FROM enrolment_code
    WHERE event_id = ? AND expires_at > ? AND withdrawn_at IS NULL
      AND (device_id IS NULL OR NOT EXISTS (SELECT 1 FROM device WHERE device.public_id = enrolment_code.device_id))
    """
  )
  private static let promise = SQL("UPDATE enrolment_code SET device_id = ?, request_fingerprint = ? WHERE hash = ?")
  private static let withdrawal = SQL("UPDATE enrolment_code SET withdrawn_at = ? WHERE hash = ?")
  private static let certificate = SQL("UPDATE enrolment_code SET certificate_ends_at = ? WHERE hash = ?")

  private let hash: [UInt8]
  let enrolment: Enrolment

  /// - Throws: `StoreError.unknownValue`.
  private init(_ row: any SQLRow) throws {
    hash = try row[0]
    var promise: Enrolment.Promise?
    if let device: String = try row[7], let request: Int64 = try row[8] {
      promise = Enrolment.Promise(device: device, request: request, certificateEndsAt: try row[9])
    }
    enrolment = Enrolment(
      id: try row[10],
      event: try row[1],
      displayName: try row[2],
      profile: try known(row[3], "enrolment_code", "profile"),
      checkpoints: ScanReader.items(try row[4]),
      isSupervisor: try row[5],
      expiresAt: try row[6],
      withdrawnAt: try row[11],
      promise: promise
    )
  }

  /// The event of a code.
  static func event(of hash: [UInt8]) -> EventLookup { EventLookup(eventOf, hash) }

  /// The row of a code by its hash, as people type it or as links have it; nil where there is none.
  static func find(_ hash: [UInt8], _ session: any SQLSession) throws -> EnrolmentRow? {
    try session.first(byHash, [hash], EnrolmentRow.init)
  }

  /// The row of a code of an event by its resource id; nil where there is none.
  static func find(_ id: String, of event: String, _ session: any SQLSession) throws -> EnrolmentRow? {
    let row = try session.first(byID, [id], EnrolmentRow.init)
    return row?.enrolment.event == event ? row : nil
  }

  /// How many codes a device can still enrol with.
  ///
  /// - Parameter event: The store's key.
  static func openCount(of event: Int64, at now: Instant, _ session: any SQLSession) throws -> Int {
    try session.first(openCount, [event, now]) { try $0[0] } ?? 0
  }

  /// Codes with which a device can still enrol, in the order in which they run out.
  ///
  /// - Parameter event: The store's key.
  static func page(
    of event: Int64,
    at now: Instant,
    _ page: PageRequest,
    _ session: any SQLSession
  ) throws -> Page<Enrolment> {
    func cursor(_ code: Enrolment) -> PageCursor { PageCursor(.number(code.expiresAt.microseconds), .text(code.id)) }
    var (open, rest, isAtEnd): ([Enrolment], PageRequest, Bool) = ([], page, false)
    while open.count <= page.size, !isAtEnd {
      let values = [event] + (try rest.values(from: .number(0), .text(""))) + [part]
      let codes = try session.all(Self.page, values, EnrolmentRow.init).map(\.enrolment)
      open += try codes.filter { code in
        let device = try code.promise.flatMap { try DeviceRow.find($0.device, session) }
        return code.isOpen(at: now, isUsed: device != nil)
      }
      isAtEnd = codes.count < part
      rest.after = codes.last.map(cursor)
    }
    return page.cut(open, by: cursor)
  }

  /// The row of the code by which a device is promised; nil where there is none.
  static func find(promising device: String, _ session: any SQLSession) throws -> EnrolmentRow? {
    try session.first(byDevice, [device], EnrolmentRow.init)
  }

  /// - Parameter event: The store's key.
  static func add(_ code: StoredEnrolmentCode, to event: Int64, _ session: any SQLSession) throws {
    try session.run(
      addition,
      [
        code.hash, code.linkHash, event, code.displayName, code.profile.rawValue,
        ScanReader.list(code.checkpoints) ?? "", code.isSupervisor, code.expiresAt, code.id,
      ]
    )
  }

  /// Promises a device to a request.
  func promise(_ device: Device, to request: Int64, _ session: any SQLSession) throws {
    try session.run(Self.promise, [device.id, request, hash])
  }

  /// Writes when a code was withdrawn.
  func keepWithdrawal(of enrolment: Enrolment, _ session: any SQLSession) throws {
    try session.run(Self.withdrawal, [enrolment.withdrawnAt, hash])
  }

  /// Writes when the certificate of the promised device runs out.
  func keepCertificate(endsAt: Instant, _ session: any SQLSession) throws {
    try session.run(Self.certificate, [endsAt, hash])
  }
}
