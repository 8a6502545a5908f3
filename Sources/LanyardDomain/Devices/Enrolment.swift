/// What a code on record offers: a place for one device. Who shows the code is promised the place, and has it from the first
/// call of the device on.
package struct Enrolment: Hashable, Sendable {
  /// To whom the place is promised.
  package struct Promise: Hashable, Sendable {
    /// Resource id of the device.
    package let device: String
    /// Fingerprint of the certificate request.
    package let request: Int64
    /// When the certificate that was handed out runs out; nil where none was yet.
    package let certificateEndsAt: Instant?

    package init(device: String, request: Int64, certificateEndsAt: Instant?) {
      self.device = device
      self.request = request
      self.certificateEndsAt = certificateEndsAt
    }
  }

  /// What who shows the code gets.
  package enum Answer: Hashable, Sendable {
    /// What the same request got before.
    case same(Device)
    /// A promise, in place of one that was given before.
    case promise(Device)
  }

  /// The most codes of an event with which a device can enrol at one time: each is a door for whoever guesses one.
  package static let openLimit = 200
  /// How long a code can be taken, where its maker says it.
  package static let lifetimes = Duration.seconds(60)...Duration.seconds(3600)
  /// The same where its maker does not.
  package static let usualLifetime = Duration.seconds(600)

  /// Resource id of the code; it is not what a device shows.
  package let id: String
  /// Slug of the event.
  package let event: String
  package let displayName: String
  package let profile: DeviceProfile
  /// Ids of checkpoints; empty means all.
  package let checkpoints: [String]
  package let isSupervisor: Bool
  package let expiresAt: Instant
  /// When an organiser withdrew the code.
  package private(set) var withdrawnAt: Instant?
  package let promise: Promise?

  package init(
    id: String,
    event: String,
    displayName: String,
    profile: DeviceProfile,
    checkpoints: [String],
    isSupervisor: Bool,
    expiresAt: Instant,
    withdrawnAt: Instant? = nil,
    promise: Promise?
  ) {
    self.id = id
    self.event = event
    self.displayName = displayName
    self.profile = profile
    self.checkpoints = checkpoints
    self.isSupervisor = isSupervisor
    self.expiresAt = expiresAt
    self.withdrawnAt = withdrawnAt
    self.promise = promise
  }

  /// What who shows the code gets: until the promised device has called, another request takes its place; then the code is
  /// used up, and only the request that used it is answered again.
  ///
  /// - Parameters:
  ///   - request: Fingerprint of the certificate request.
  ///   - enrolled: The promised device where it is on record.
  ///   - id: Of a device that is promised now.
  /// - Throws: `DeviceRefused.codeWithdrawn`, or `.code` where the code has run out or is used up.
  package func answer(
    _ request: Int64,
    enrolled: Device?,
    id: String,
    at now: Instant
  ) throws(DeviceRefused) -> Answer {
    // Who shows it held it, and may know why it is of no use.
    guard withdrawnAt == nil else { throw .codeWithdrawn }
    guard isGood(at: now) else { throw .code }
    if let promise, promise.request == request { return .same(enrolled ?? device(promise.device, at: now)) }
    guard enrolled == nil else { throw .code }
    return .promise(device(id, at: now))
  }

  /// The promised device as it comes onto the record with its first call; nil where none is promised, or the code has run out
  /// or was withdrawn.
  package func confirmed(at now: Instant) -> Device? {
    guard let promise, isGood(at: now) else { return nil }
    var device = device(promise.device, at: now)
    device.certificateEndsAt = promise.certificateEndsAt
    return device
  }

  /// The code once it is withdrawn; withdrawing again keeps the first time, and what has run out stays as it is.
  ///
  /// - Parameter enrolled: The promised device where it is on record.
  /// - Throws: `DeviceRefused.codeUsed`: its device is to be revoked.
  package func withdrawn(at now: Instant, enrolled: Device?) throws(DeviceRefused) -> Enrolment {
    if let enrolled { throw .codeUsed(enrolled.name) }
    guard isGood(at: now) else { return self }
    var enrolment = self
    enrolment.withdrawnAt = now
    return enrolment
  }

  /// Whether a device can still enrol with the code.
  ///
  /// - Parameter isUsed: Whether the promised device is on record.
  package func isOpen(at now: Instant, isUsed: Bool) -> Bool { !isUsed && isGood(at: now) }

  private func isGood(at now: Instant) -> Bool { now < expiresAt && withdrawnAt == nil }

  private func device(_ id: String, at now: Instant) -> Device {
    Device(
      id: id,
      event: event,
      displayName: displayName,
      profile: profile,
      checkpoints: checkpoints,
      isSupervisor: isSupervisor,
      enrolledAt: now
    )
  }
}

extension Device {
  /// The device once it got a new certificate.
  ///
  /// - Throws: `DeviceRefused.revoked`: one that was revoked gets none.
  package func certified(until end: Instant) throws(DeviceRefused) -> Device {
    guard revokedAt == nil else { throw .revoked }
    var device = self
    device.certificateEndsAt = end
    return device
  }

  /// The device once it is revoked; revoking again keeps the first time.
  package func revoked(at now: Instant) -> Device {
    var device = self
    device.revokedAt = revokedAt ?? now
    return device
  }

  /// The device once it said something of itself; what it does not say of its clock stays known.
  package func reporting(_ new: DeviceReport) -> Device {
    var device = self
    device.report = DeviceReport(
      version: new.version,
      scansWaiting: new.scansWaiting,
      clockOffset: new.clockOffset ?? report?.clockOffset,
      receivedAt: new.receivedAt,
      endedAt: new.endedAt
    )
    return device
  }

  /// Which version of the program it runs; empty where it never said.
  package var version: String { report?.version ?? "" }
}

/// Thrown where a device gets no place or no certificate, or stays as it is.
package enum DeviceRefused: Error, Hashable, Sendable {
  /// The code is not known, was used, or has run out; or another request has taken the promised place.
  case code
  /// The organiser has withdrawn the code.
  case codeWithdrawn
  /// This device has enrolled with the code.
  case codeUsed(ResourceName)
  /// This device was revoked, so that nothing of it can be changed.
  case ended(ResourceName)
  /// The device was revoked.
  case revoked
}
