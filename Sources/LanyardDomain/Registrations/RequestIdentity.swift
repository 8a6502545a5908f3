/// A request's id with a fingerprint of its content, so that the id cannot stand for other content (AIP-155).
package struct RequestIdentity: Hashable, Sendable {
  package let id: UUIDBytes
  package let fingerprint: Int64

  package init(id: UUIDBytes, fingerprint: Int64) {
    self.id = id
    self.fingerprint = fingerprint
  }
}

/// What is known of the request of the same id that was carried out before.
package struct EarlierRequest: Hashable, Sendable {
  /// Id of the registration that it made.
  package let registration: String
  /// Nil where nothing is kept of what it said.
  package let fingerprint: Int64?
  /// Whether it was for the same event.
  package let isOfSameEvent: Bool
  /// Whether the person whom it registered was erased, so that nobody can tell any more what it said.
  package let isErased: Bool

  package init(registration: String, fingerprint: Int64?, isOfSameEvent: Bool, isErased: Bool) {
    self.registration = registration
    self.fingerprint = fingerprint
    self.isOfSameEvent = isOfSameEvent
    self.isErased = isErased
  }

  /// Whether a request is this one once more.
  func isRepeated(by request: RequestIdentity) -> Bool {
    isOfSameEvent && (isErased || fingerprint == request.fingerprint)
  }
}
