package import LanyardDomain

extension SQLEngine {
  package func addEnrolmentCode(_ act: Act, _ code: StoredEnrolmentCode) async throws(StoreError) {
    try await write(act, of: .event(code.event)) { session, trail in
      try Self.check(code.checkpoints, of: code.event, session)
      let event = try trail.feed.key(of: code.event)
      guard try EnrolmentRow.openCount(of: event, at: trail.now(), session) < Enrolment.openLimit else {
        throw StoreError.invalid(InvalidInput(field: "parent", .tooManyCodes(limit: Enrolment.openLimit)))
      }
      try EnrolmentRow.add(code, to: event, session)
      try trail.record(
        .enrolmentCodeCreated(
          code.id,
          code.profile,
          checkpoints: code.checkpoints,
          isSupervisor: code.isSupervisor,
          expiresAt: code.expiresAt,
          of: code.event
        )
      )
    }
  }

  /// - Throws: `StoreError.notFound` where the event has no such checkpoint.
  private static func check(_ checkpoints: [String], of event: String, _ session: any SQLSession) throws {
    for checkpoint in checkpoints {
      _ = try CheckpointRow.find(CheckpointAddress(event: event, checkpoint: checkpoint), session)
    }
  }

  package func enrolmentCodes(
    of event: String,
    at now: Instant,
    _ page: PageRequest
  ) async throws(StoreError) -> Page<Enrolment> {
    try await read { session in try EnrolmentRow.page(of: EventKey.find(event, session), at: now, page, session) }
  }

  package func withdrawEnrolmentCode(
    _ act: Act,
    _ id: String,
    of event: String
  ) async throws(StoreError) -> Enrolment {
    try await write(act, of: .event(event)) { session, trail in
      guard let row = try EnrolmentRow.find(id, of: event, session) else {
        throw StoreError.notFound(.enrolmentCode(id, of: event))
      }
      let enrolled = try row.enrolment.promise.flatMap { try DeviceRow.find($0.device, session) }
      let withdrawn = try row.enrolment.withdrawn(at: trail.now(), enrolled: enrolled)
      guard withdrawn != row.enrolment else { return withdrawn }
      try row.keepWithdrawal(of: withdrawn, session)
      try trail.record(.withdrawn(withdrawn))
      return withdrawn
    }
  }

  package func enrol(_ act: Act, codeHash: [UInt8], request: Int64) async throws(StoreError) -> Device {
    let device = try await write(act, ofEventOf: EnrolmentRow.event(of: codeHash)) { session, trail in
      guard let row = try EnrolmentRow.find(codeHash, session) else { throw DeviceRefused.code }
      let enrolled = try row.enrolment.promise.flatMap { try DeviceRow.find($0.device, session) }
      let id = RegistrationID.random()
      switch try row.enrolment.answer(request, enrolled: enrolled, id: id, at: trail.now()) {
      case .same(let device): return device
      case .promise(let device):
        try row.promise(device, to: request, session)
        try trail.record(.promised(device))
        return device
      }
    }
    guard let device else { throw StoreError(DeviceRefused.code) }
    return device
  }

  package func confirmDevice(_ act: Act, _ id: String) async throws(StoreError) -> Device? {
    let confirmed = try await write(act, ofEventOf: DeviceRow.event(of: id)) { session, trail -> Device? in
      if let device = try DeviceRow.find(id, session) { return device }
      guard let device = try EnrolmentRow.find(promising: id, session)?.enrolment.confirmed(at: trail.now()) else {
        return nil
      }
      try DeviceRow.add(device, to: trail.feed.key(of: device.event), session)
      try trail.record(.enrolled(device))
      return device
    }
    return confirmed ?? nil
  }

  package func device(_ id: String) async throws(StoreError) -> Device? {
    try await read { session in try DeviceRow.find(id, session) }
  }

  package func devices(of event: String, _ page: PageRequest) async throws(StoreError) -> Page<Device> {
    try await read { session in try DeviceRow.page(of: EventKey.find(event, session), page, session) }
  }

  package func noteCertificate(_ act: Act, of device: String, endsAt: Instant) async throws(StoreError) {
    let noted: Void? = try await write(act, ofEventOf: DeviceRow.event(of: device)) { session, trail in
      if let known = try DeviceRow.find(device, session) {
        let certified = try known.certified(until: endsAt)
        try DeviceRow.keepCertificate(of: certified, session)
        return try trail.record(.certified(device, of: known.event, from: known.certificateEndsAt, until: endsAt))
      }
      // Another request has taken its place meanwhile.
      guard let row = try EnrolmentRow.find(promising: device, session), row.enrolment.withdrawnAt == nil else {
        throw DeviceRefused.code
      }
      try row.keepCertificate(endsAt: endsAt, session)
      try trail.record(.certified(device, of: row.enrolment.event, from: nil, until: endsAt))
    }
    guard noted != nil else { throw StoreError(DeviceRefused.code) }
  }

  package func noteCall(_ act: Act, of device: String) async throws(StoreError) {
    // Nothing is noted of a device that is not on record.
    _ = try await sight(act, ofEventOf: DeviceRow.event(of: device)) { session, trail in
      try DeviceRow.keepCall(of: device, at: trail.now(), session)
    }
  }

  package func note(_ act: Act, _ report: DeviceReport, of device: String) async throws(StoreError) {
    // That it runs another version is a change; the rest of what it says comes every few seconds.
    if let known = try await self.device(device), known.version != report.version {
      try await write(act, of: .event(known.event)) { session, trail in
        guard let known = try DeviceRow.find(device, session), known.version != report.version else { return }
        try DeviceRow.keepVersion(of: known.reporting(report), session)
        try trail.record(.updated(known, to: report.version))
      }
    }
    // As above.
    _ = try await sight(act, ofEventOf: DeviceRow.event(of: device)) { session, _ in
      guard let known = try DeviceRow.find(device, session) else { return }
      try DeviceRow.keepReport(of: known.reporting(report), session)
    }
  }

  package func change(
    _ act: Act,
    device id: String,
    of event: String,
    _ change: DeviceChange
  ) async throws(StoreError) -> Device {
    try await write(act, of: .event(event)) { session, trail in
      guard let device = try DeviceRow.find(id, session), device.event == event else {
        throw StoreError.notFound(.device(id, of: event))
      }
      let changed = try change.applied(to: device)
      guard changed != device else { return device }
      try Self.check(changed.checkpoints, of: event, session)
      try DeviceRow.keepChange(of: changed, session)
      try trail.record(.changed(device, to: changed))
      return changed
    }
  }

  package func revokeDevice(_ act: Act, _ id: String, of event: String) async throws(StoreError) -> Device {
    try await write(act, of: .event(event)) { session, trail in
      guard let device = try DeviceRow.find(id, session), device.event == event else {
        throw StoreError.notFound(.device(id, of: event))
      }
      let revoked = try device.revoked(at: trail.now())
      guard revoked != device else { return device }
      try DeviceRow.keepEnd(of: revoked, session)
      try trail.record(.revoked(device))
      return revoked
    }
  }
}
