/// What an organiser's programme document says: events with their sessions and checkpoints.
package struct Programme: Sendable {
  /// The most bytes of a document.
  package static let byteLimit = 3 * 1024 * 1024
  private static let eventLimit = 100

  package var events: [ProgrammeEvent]

  package init(events: [ProgrammeEvent]) {
    self.events = events
  }

  /// Reads a programme document: JSON whose keys the manual lists.
  ///
  /// - Throws: `InvalidInput`: where it is not JSON one violation, whose field is `line L, column C`; else every fault
  ///   up to 50, with paths such as `events[1].sessions[3].start`.
  package static func reading(_ document: [UInt8]) throws(InvalidInput) -> Programme {
    guard document.count <= byteLimit else {
      throw InvalidInput(field: "events", .programme(.tooLarge(limit: byteLimit >> 20)))
    }
    let value = try JSONReader.value(of: document)
    guard case .object = value else {
      throw InvalidInput(field: "events", .programme(.noDocument(value.kind)))
    }
    var check = FieldCheck()
    let root = JSONFields(value, path: "", known: ["events"], &check)
    var paths: [String: String] = [:]
    var events: [ProgrammeEvent] = []
    for (path, value) in root.entries("events", limit: eventLimit, required: true, &check) {
      let read = ProgrammeEvent.read(value, path: path, &check)
      let slug = read.event.slug
      if let earlier = paths[slug], !slug.isEmpty {
        check.add("\(path).slug", .doubledSlug(path: earlier, slug: slug))
      } else {
        paths[slug] = path
      }
      events.append(read)
    }
    try check.finish()
    return Programme(events: events)
  }
}

/// One event of a programme with all that belongs to it.
package struct ProgrammeEvent: Sendable {
  package var event: Event
  package var sessions: [Session]
  /// Entrances first, then zones, then the doors of the rooms.
  package var checkpoints: [Checkpoint]
  /// Nil where the programme says nothing of questions: then the event asks what it asked before.
  package var questions: [EventQuestion]?

  package init(
    event: Event,
    sessions: [Session],
    checkpoints: [Checkpoint],
    questions: [EventQuestion]? = nil
  ) {
    self.questions = questions
    self.event = event
    self.sessions = sessions
    self.checkpoints = checkpoints
  }
}
