/// One person's registration for one event.
package struct Registration: Hashable, Sendable {
  /// Resource id: 26 letters and digits, made by `RegistrationID.random()`.
  package var id: String
  /// Slug of the event.
  package var event: String
  package var state: RegistrationState
  package var details: RegistrationDetails
  package var createdAt: Instant
  package var updatedAt: Instant
  /// Counts the changes; the etag shows it.
  package var revision: Int64
  /// When the person was erased; then nothing is left in `details` but what counts go by.
  package var erasedAt: Instant?

  package init(
    id: String,
    event: String,
    state: RegistrationState,
    details: RegistrationDetails,
    createdAt: Instant,
    updatedAt: Instant,
    revision: Int64,
    erasedAt: Instant? = nil
  ) {
    self.id = id
    self.event = event
    self.state = state
    self.details = details
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.revision = revision
    self.erasedAt = erasedAt
  }

  /// The entity tag (AIP-154).
  package var etag: String { EntityTag.of(revision) }
}

/// Ids of registrations.
package enum RegistrationID {
  /// How many characters each has.
  package static let length = 26

  /// A new id of 130 random bits in 26 letters and digits, so that ids need no counter and cannot be guessed.
  package static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    var letters: [UInt8] = []
    // Each number asks the system once, and has twelve letters of five bits.
    while letters.count < length {
      let bits = generator.next()
      letters += (0..<min(12, length - letters.count)).map { alphabet[Int(bits >> (5 * $0) & 31)] }
    }
    return String(decoding: letters, as: UTF8.self)
  }

  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
}
