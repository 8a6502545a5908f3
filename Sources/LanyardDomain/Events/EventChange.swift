/// What is changed of an event beside its programme; nil leaves as it is.
package struct EventChange: Hashable, Sendable {
  package var isArchived: Bool?
  /// From when on people register in public; nil within says that they never do.
  package var opens: Instant??
  /// Until when; nil within says until the event is over.
  package var closes: Instant??

  package init(isArchived: Bool? = nil, opens: Instant?? = nil, closes: Instant?? = nil) {
    (self.isArchived, self.opens, self.closes) = (isArchived, opens, closes)
  }

  /// The event with what is changed.
  ///
  /// - Throws: `InvalidInput` where it would close before it opens.
  package func applied(to event: Event) throws(InvalidInput) -> Event {
    var event = event
    if let opens { event.inPublic.opens = opens }
    if let closes { event.inPublic.closes = closes }
    if let (_, fault) = event.inPublic.fault { throw InvalidInput(field: "event.registration_close_time", fault) }
    return event
  }
}
