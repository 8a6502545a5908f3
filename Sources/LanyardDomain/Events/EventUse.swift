/// What keeps an event from being deleted.
package struct EventUse: Hashable, Sendable {
  /// Registrations in any state, those that have ended and those of persons who were erased among them.
  package let registrations: Int
  /// Scans on record at its checkpoints.
  package let scans: Int
  /// Devices that are not revoked.
  package let devices: Int
  /// Tokens for it alone that are not revoked.
  package let tokens: Int

  package init(registrations: Int = 0, scans: Int = 0, devices: Int = 0, tokens: Int = 0) {
    (self.registrations, self.scans, self.devices, self.tokens) = (registrations, scans, devices, tokens)
  }

  /// Whether it can be deleted.
  package var isNone: Bool { self == EventUse() }
}

/// An event is in use, so it is not deleted.
package struct EventInUse: Error, Hashable, Sendable {
  /// Slug of the event.
  package let event: String
  package let use: EventUse

  package init(_ event: String, _ use: EventUse) {
    (self.event, self.use) = (event, use)
  }
}
