/// Whose rows of the feed a transaction takes. It takes them before its body reads anything: what the body reads is what
/// no other transaction of these events can change any more.
package enum FeedScope: Sendable {
  case installation
  /// Slug of the event, which has to be there.
  case event(String)
  /// Slugs of events; those that are not there are passed over.
  case events([String])
  /// Slugs of events, some of which may be about to be made: then the installation's row is taken too, so that no two make
  /// the same.
  case programme([String])
  /// The installation and all events.
  case everything
  /// Slug of an event that is about to be deleted, which has to be there; with the installation's row, where that is recorded.
  case ending(String)
  /// The event that something is of; where it is of none, no row is taken.
  case eventOf(EventLookup)
}

/// Finds out which event something is of. It gives nothing else: nothing can be relied on that is read before the event's
/// row of the feed is taken.
package struct EventLookup: Sendable {
  private let statement: SQL
  private let values: [any SQLValue]

  /// - Parameter statement: Selects the event's slug.
  package init(_ statement: SQL, _ values: any SQLValue...) {
    (self.statement, self.values) = (statement, values)
  }

  func slug(_ session: any SQLSession) throws -> String? {
    try session.first(statement, values) { try $0.text(0) }
  }
}
