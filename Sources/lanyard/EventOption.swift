import ArgumentParser
import LanyardClient

/// Which event a command is about, one way for all that are about one.
struct EventOption: ParsableArguments {
  @Option(
    name: .long,
    help: "Slug of the event. (default: that of a resource name, or the only one)",
    transform: EventSlug.read
  )
  private var event: String?

  /// As --event says it; what is named beside it may say otherwise.
  var said: String? { event }

  /// - Parameter texts: What is named beside it.
  /// - Throws: `EventMismatch` where they are of different events.
  func choice(beside texts: [String]) throws(EventMismatch) -> EventChoice { try EventChoice(event, beside: texts) }

  /// Slug of the event.
  ///
  /// - Parameter texts: What is named beside it, where it is.
  /// - Throws: `EventMismatch` where they are of different events, `EventUnclear` where nothing says it.
  func slug(_ client: ServerClient, beside texts: String?...) async throws -> String {
    try await EventChoice(event, beside: texts.compactMap(\.self)).slug(client)
  }
}
