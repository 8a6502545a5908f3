import GRPCCore
import GRPCProtobuf
import LanyardAPI
import LanyardDomain
import LanyardMessages
package import LanyardTexts

/// That there is no event with a slug, with what helps.
package struct EventFault: SpokenError {
  package let sentence: Sentence
  /// What the server said.
  package let failure: CallFailure
  package var isAnswer: Bool { true }

  /// - Parameters:
  ///   - failure: What the server said.
  ///   - known: The slugs of all events that are listed.
  package init(_ slug: String, _ failure: CallFailure, known: [String]) {
    self.failure = failure
    let event = Sentence.Fact.text(slug)
    sentence =
      switch NearestName.advice(for: slug, known: known) {
      case .meant(let meant): Sentence(.callEventMeant, ["event": event, "meant": .text(meant)])
      case .known([], _): Sentence(.callNoEvents, ["event": event])
      case .known(let events, _): Sentence(.callEventUnknown, ["event": event, "events": .list(events)])
      }
  }

  /// What a call's failure is where it says that an event is not there; nil for all others.
  init?(_ error: RPCError, _ client: ServerClient) async {
    guard CallFailure(error).known == .notFound, let name = error.details?.info.metadata["resource"],
      case .event(let slug)? = ResourceName(name)
    else { return nil }
    do {
      self.init(
        slug,
        CallFailure(error),
        known: try await Listing.events(client).map { try ResourceName.eventSlug($0.name, field: "name") }
      )
    } catch {
      // Then what the server said of the event is all that is known.
      return nil
    }
  }
}
