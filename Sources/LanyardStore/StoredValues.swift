package import LanyardDomain

/// What an import made of one event.
package struct ImportedEvent: Hashable, Sendable {
  package let slug: String
  package let sessions: Int
  package let checkpoints: Int
  package let isChanged: Bool

  package init(slug: String, sessions: Int, checkpoints: Int, isChanged: Bool) {
    self.slug = slug
    self.sessions = sessions
    self.checkpoints = checkpoints
    self.isChanged = isChanged
  }
}

/// An event with what the store counts of it.
package struct StoredEvent: Hashable, Sendable {
  package let event: Event
  /// Confirmed registrations that take part on site.
  package let onsiteConfirmed: Int
  package let revision: Int64

  package init(event: Event, onsiteConfirmed: Int, revision: Int64) {
    self.event = event
    self.onsiteConfirmed = onsiteConfirmed
    self.revision = revision
  }

  /// The entity tag (AIP-154).
  package var etag: String { "\"\(revision)\"" }
}

/// A checkpoint with the event that it belongs to.
package struct StoredCheckpoint: Hashable, Sendable {
  /// Slug of the event.
  package let event: String
  package let checkpoint: Checkpoint

  package init(event: String, checkpoint: Checkpoint) {
    self.event = event
    self.checkpoint = checkpoint
  }
}

/// Which registrations to list; what is nil or empty does not narrow the list.
package struct RegistrationFilter: Hashable, Sendable {
  package var state: RegistrationState?
  package var group: String?
  package var participation: Participation?
  /// Words that each must occur in the names, the organisation or the e-mail address.
  package var words: [String] = []

  package init() {}
}

/// One page of the people that were found by name.
package struct AttendeePage: Sendable {
  /// The most that is counted.
  package static let countLimit = 1000

  package let page: Page<AttendeeMatch>
  /// How many there are on all pages, counted up to `countLimit`.
  package let total: Int

  package init(page: Page<AttendeeMatch>, total: Int) {
    self.page = page
    self.total = total
  }
}

/// A badge that is signed and waits to be recorded.
package struct BadgeDraft: Hashable, Sendable {
  package let serial: BadgeSerial
  /// Resource id of the registration.
  package let registration: String
  package let code: String
  package let keyID: UInt32
  package let validity: Range<Instant>

  package init(serial: BadgeSerial, registration: String, code: String, keyID: UInt32, validity: Range<Instant>) {
    self.serial = serial
    self.registration = registration
    self.code = code
    self.keyID = keyID
    self.validity = validity
  }
}

/// A badge that a registration has after issuing.
package struct IssuedBadge: Hashable, Sendable {
  package let badge: Badge
  /// Whether this call issued it.
  package let isNew: Bool

  package init(badge: Badge, isNew: Bool) {
    self.badge = badge
    self.isNew = isNew
  }
}

/// A key pair that signs badge codes.
package struct StoredSigningKey: Hashable, Sendable {
  package let id: UInt32
  /// The 32 bytes of the Ed25519 private key.
  package let privateKey: [UInt8]
  package let createdAt: Instant

  package init(id: UInt32, privateKey: [UInt8], createdAt: Instant) {
    self.id = id
    self.privateKey = privateKey
    self.createdAt = createdAt
  }
}

extension StoredSigningKey: CustomStringConvertible, CustomDebugStringConvertible {
  /// Names the key and hides its secret.
  package var description: String { "signing key \(id)" }
  package var debugDescription: String { description }
}

/// A bearer token as it is stored: nobody can make the token from it.
package struct StoredToken: Hashable, Sendable {
  package let id: String
  /// SHA-256 of the secret.
  package let hash: [UInt8]
  package let role: String
  /// Slug of the event that it is for alone; nil where it is for all events.
  package let event: String?
  /// What it is for, in its maker's words.
  package let label: String
  package let createdAt: Instant
  package let revokedAt: Instant?

  package init(
    id: String,
    hash: [UInt8],
    role: String,
    event: String? = nil,
    label: String,
    createdAt: Instant,
    revokedAt: Instant? = nil
  ) {
    self.id = id
    self.hash = hash
    self.role = role
    self.event = event
    self.label = label
    self.createdAt = createdAt
    self.revokedAt = revokedAt
  }
}

/// A personal link as it is stored: nobody can make the link from it. One that was ended is stored no more.
package struct StoredPersonalLink: Hashable, Sendable {
  package let id: String
  /// SHA-256 of the secret.
  package let hash: [UInt8]
  /// Id of the registration that it reads and changes.
  package let registration: String
  /// Slug of the event.
  package let event: String
  package let createdAt: Instant
  package let expiresAt: Instant

  package init(
    id: String,
    hash: [UInt8],
    registration: String,
    event: String,
    createdAt: Instant,
    expiresAt: Instant
  ) {
    self.id = id
    self.hash = hash
    self.registration = registration
    self.event = event
    self.createdAt = createdAt
    self.expiresAt = expiresAt
  }
}
