import LanyardAPI
import LanyardDomain
package import LanyardTexts

/// Which event a command is about: the one that is said, or whose something is that is named beside it; else the only one that there
/// is. Every command that takes an event, or names of what is of one, asks here.
package struct EventChoice: Sendable {
  /// Slug of the event; nil where neither says it.
  package let said: String?

  /// - Parameters:
  ///   - slug: As it is said; nil where it is not.
  ///   - texts: What is named beside it, as people name things: those that are resource names say their event.
  /// - Throws: `EventMismatch` where they say different ones.
  package init(_ slug: String?, beside texts: [String] = []) throws(EventMismatch) {
    var said = slug
    for text in texts {
      guard let event = ResourceName(text)?.event else { continue }
      if let said, said != event { throw EventMismatch(name: text, event: said) }
      said = event
    }
    self.said = said
  }

  /// Slug of the event.
  ///
  /// - Throws: `EventUnclear` where none is said and there is none, or several.
  package func slug(_ client: ServerClient) async throws -> String {
    if let said { return said }
    let events = try await Listing.events(client).map { event throws(InvalidInput) in
      try ResourceName.eventSlug(event.name, field: "name")
    }
    guard let first = events.first, events.count == 1 else { throw EventUnclear(events: events) }
    return first
  }
}

/// That what is named is of another event than is said beside it. Nothing is done then.
package struct EventMismatch: SpokenError, Hashable {
  /// What is named, as it was.
  let name: String
  /// Slug of the event that is said.
  let event: String

  package init(name: String, event: String) { (self.name, self.event) = (name, event) }

  package var sentence: Sentence {
    Sentence(.optionOtherEvent, ["name": .text(name), "event": .text(event)])
  }

  package var isWrongUse: Bool { true }
}

/// That no event is said, and it is not the only one.
package struct EventUnclear: SpokenError, Hashable {
  /// Slugs of all that there are.
  let events: [String]

  package var sentence: Sentence {
    events.isEmpty ? Sentence(.doneNoEvents) : Sentence(.doneWhichEvent, ["events": .list(events)])
  }

  package var isAnswer: Bool { true }
}
