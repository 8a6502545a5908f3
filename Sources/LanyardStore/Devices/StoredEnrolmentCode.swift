package import LanyardDomain

/// A code with which one device may enrol.
package struct StoredEnrolmentCode: Hashable, Sendable {
  /// Resource id; nobody enrols with it.
  package let id: String
  /// SHA-256 of the code that people type.
  package let hash: [UInt8]
  /// SHA-256 of the code in links; nil where there is none.
  package let linkHash: [UInt8]?
  /// Slug of the event.
  package let event: String
  package let displayName: String
  package let profile: DeviceProfile
  /// Ids of checkpoints; empty means all.
  package let checkpoints: [String]
  package let isSupervisor: Bool
  package let expiresAt: Instant

  package init(
    id: String = RegistrationID.random(),
    hash: [UInt8],
    linkHash: [UInt8]? = nil,
    event: String,
    displayName: String,
    profile: DeviceProfile,
    checkpoints: [String],
    isSupervisor: Bool,
    expiresAt: Instant
  ) {
    self.id = id
    self.hash = hash
    self.linkHash = linkHash
    self.event = event
    self.displayName = displayName
    self.profile = profile
    self.checkpoints = checkpoints
    self.isSupervisor = isSupervisor
    self.expiresAt = expiresAt
  }

  /// What it offers.
  package var enrolment: Enrolment {
    Enrolment(
      id: id,
      event: event,
      displayName: displayName,
      profile: profile,
      checkpoints: checkpoints,
      isSupervisor: isSupervisor,
      expiresAt: expiresAt,
      promise: nil
    )
  }
}
