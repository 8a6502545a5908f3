import ArgumentParser
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// Whether somebody takes a place on site though none is left.
struct OverCapacity: ParsableArguments {
  @Flag(
    name: .customLong("over-capacity"),
    help: "Give a place on site though none is left, which is recorded: for organisers."
  )
  var isAsked = false

  /// Says how many places are taken, where it was asked for and somebody took one that there was not.
  ///
  /// - Parameters:
  ///   - event: Slug of the event.
  ///   - tookPlace: Whether somebody has a place on site who had none.
  func tell(of event: String, tookPlace: Bool, _ client: ServerClient) async throws {
    guard isAsked, tookPlace else { return }
    let found = try await Lanyard_V1_EventService.Client(wrapping: client).getEvent(
      .with { $0.name = ResourceName.event(event).description }
    )
    guard found.hasOnsiteCapacity, found.onsiteConfirmed > found.onsiteCapacity else { return }
    let facts: [String: Sentence.Fact] = [
      "confirmed": .count(Int(found.onsiteConfirmed)), "capacity": .count(Int(found.onsiteCapacity)),
    ]
    Console.error(Sentence(.doneOverCapacity, facts), .ofSystem)
  }
}

extension Lanyard_V1_Registration {
  /// Whether it takes a place on site.
  var takesPlace: Bool {
    get throws(InvalidInput) {
      try RegistrationState(state, field: "state").takesPlace(Participation(participation, field: "participation"))
    }
  }
}
