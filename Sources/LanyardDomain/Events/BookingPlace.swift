/// A place that registrations are booked for.
package enum BookingPlace: Hashable, Sendable {
  case checkpoint(CheckpointAddress)
  /// A session by its id, of the event with this slug.
  case session(String, event: String)

  /// Reads a checkpoint's or a session's name.
  ///
  /// - Throws: `InvalidInput` where it is neither.
  package init(_ name: String, field: String) throws(InvalidInput) {
    if case .session(let id, let event)? = ResourceName(name) {
      self = .session(id, event: event)
    } else {
      self = .checkpoint(try ResourceName.checkpoint(name, field: field))
    }
  }

  /// Slug of the event.
  package var event: String {
    switch self {
    case .checkpoint(let address): address.event
    case .session(_, let event): event
    }
  }

  package var name: ResourceName {
    switch self {
    case .checkpoint(let address): address.name
    case .session(let id, let event): .session(id, of: event)
    }
  }
}
